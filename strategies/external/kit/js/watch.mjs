// A second thread, for what the first cannot do while it is busy: see watcher.cjs.
import { Worker } from 'node:worker_threads';
import { trial } from './trial.mjs';
import { about } from './bundle.mjs';
import { path } from './place.mjs';

const FIRST = 30, LATER = 5; // seconds that photofinish waits for a turn
const beat = new Int32Array(new SharedArrayBuffer(8)); // number of the turn that runs, 0 at rest; its seconds
const moment = Buffer.from(new SharedArrayBuffer(256)); // trial.moment, as text that ends in a 0
let turns = 0;

// watched is a turn that the other thread knows of.
export function* watched(turn) {
  beat[1] = turns < 2 ? FIRST : LATER; // the greeting, and the first trial
  Atomics.store(beat, 0, ++turns);
  try { return yield* turn; } finally { Atomics.store(beat, 0, 0); }
}

// during says what the turn is about, in words.
export function during(text) {
  trial.moment = text;
  moment[moment.write(text, 0, moment.length - 1)] = 0;
}

export function watch() {
  new Worker(new URL('./watcher.cjs', import.meta.url), {
    workerData: { beat, moment: new Uint8Array(moment.buffer), parent: process.ppid, bundle: path, memory: about.memory }, stdout: true, stderr: true,
  }).unref();
}
