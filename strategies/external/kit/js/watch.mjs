// A second thread, for what the first cannot do while it is busy: end the
// process when nobody is there any more to read its answers, and tell where an
// endless loop is.
import { Worker } from 'node:worker_threads';

const FIRST = 29_000, LATER = 4_500; // ms that a turn may take, a little less than photofinish waits
const beat = new Int32Array(new SharedArrayBuffer(8)); // [number of the turn that runs, 0 at rest; its patience in ms]
let turns = 0;

// watched is a turn that the other thread knows of.
export function* watched(turn) {
  beat[1] = turns < 2 ? FIRST : LATER; // the greeting, and the first trial
  Atomics.store(beat, 0, ++turns);
  try { return yield* turn; } finally { Atomics.store(beat, 0, 0); }
}

export function watch(about) {
  new Worker(new URL('./watcher.mjs', import.meta.url), { workerData: { beat, parent: process.ppid, about }, env: process.env, stdout: true, stderr: true }).unref();
}
