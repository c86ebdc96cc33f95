// All globals together: put in once, and put back for every trial.
import { Kept, put } from './globals.mjs';
import * as clock from './clock.mjs';
import * as fetch from './fetch.mjs';
import * as log from './log.mjs';
import * as luck from './luck.mjs';
import * as page from './page.mjs';
import * as tasks from './tasks.mjs';
import * as window from './window.mjs';
import { about } from './bundle.mjs';
import { watch } from './watch.mjs';

const kept = new Kept();

export function* install() {
  log.install();
  page.load();
  watch();
  put(process, 'env', { ...process.env, NODE_ENV: about.mode });
  window.install();
  clock.install();
  luck.install();
  tasks.install();
  fetch.install();
  window.extras();
  page.install();
  yield* tasks.rest();
  kept.add(globalThis, Math, JSON, Date, console, crypto, navigator, performance, process.env, AbortSignal);
  kept.add(Promise, Promise.prototype, Object.prototype, Array.prototype, String.prototype); // of polyfills
}

// renew puts back what the last trial has changed.
export function* renew() {
  yield; // what it still had to do
  kept.restore();
  window.reset();
  yield* page.renew();
}
