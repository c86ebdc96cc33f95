import { workerData } from 'node:worker_threads';

const { beat, parent } = workerData;
setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 250);
