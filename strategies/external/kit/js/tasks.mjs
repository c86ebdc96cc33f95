// Tasks, timers, and what "at rest" means: no microtask and no task is left that
// runs at once. A timer of up to 16 ms (a frame) runs at once too: it belongs to
// the turn in which it was set. Longer ones are photofinish's to fire.
import { promisify } from 'node:util';
import { trial, by, as, emit, use, fail } from './trial.mjs';
import { put } from './globals.mjs';
import { complain } from './log.mjs';
import { where } from './place.mjs';

const INSTANT = 16;   // ms
const MOST = 10_000;  // immediate tasks of a turn
const TRACED = 10;    // so many of the last of them are asked where they come from
const FOREVER = 0x7fffffff;

let soon = [], pending = new Map(), last = 0, ran = 0;

// reset forgets all tasks and timers of the last trial.
export function reset() { soon = []; pending = new Map(); last = 0; ran = 0; }

// at runs f as an immediate task, after ms of the program's time, in the context
// in which it is now.
export function at(ms, f) { return queue({ f, ms, due: trial.now + ms, by: by(), dead: false, stack: stack() }); }

const stack = () => ran > MOST - TRACED ? new Error().stack : null;

// queue keeps tasks in the order of their time, then of their making.
function queue(task) {
  let i = soon.length;
  while (i > 0 && soon[i - 1].due > task.due) i--;
  soon.splice(i, 0, task);
  return task;
}

// rest runs all that runs at once. It yields where microtasks must be drained.
export function* rest() {
  for (ran = 0; ;) {
    yield;
    const task = soon.shift();
    if (!task) return;
    if (task.dead) continue;
    if (++ran > MOST) fail(`more than 10,000 immediate tasks after ${trial.moment}${where(task.stack, ', the last from ')}`);
    if (task.ms >= 1) use('instant');
    trial.now = Math.max(trial.now, task.due);
    run(task);
  }
}

export function run(task) {
  try { as(task.by, task.f); } catch (e) { complain('threw', e); }
}

// A Timer is what setTimeout returns to programs for Node; to those for a
// browser it is only its number.
class Timer {
  constructor(f, ms, again) {
    this.id = ++last;
    ms = Math.trunc(Number(ms)) || 0;
    if (ms > FOREVER) ms = 1;
    Object.defineProperties(this, {
      f: { value: f }, again: { value: again }, by: { value: by() },
      ms: { value: again ? Math.max(ms, INSTANT + 1) : Math.max(ms, 0) },
      task: { value: null, writable: true }, event: { value: null, writable: true },
    });
    this.#set();
  }

  #set() {
    pending.set(this.id, this);
    if (this.ms <= INSTANT) {
      const { id, f } = this;
      this.task = at(this.ms, () => { pending.delete(id); f(); });
    } else {
      this.event = emit({ timer: this.id, after: trial.now - trial.turn + this.ms, by: this.by });
    }
  }

  // fire is called when photofinish says so.
  fire() {
    this.event = null;
    trial.now = Math.max(trial.now, trial.turn);
    if (this.again) this.#set(); else pending.delete(this.id);
    run(this);
  }

  clear() {
    if (!pending.delete(this.id)) return;
    if (this.task) this.task.dead = true;
    // What was set in this very turn was never there.
    else if (!trial.out.includes(this.event)) emit({ clear: this.id });
    else trial.out.splice(trial.out.indexOf(this.event), 1);
  }

  ref() { return this; }
  unref() { return this; }
  hasRef() { return true; }
  refresh() { this.clear(); this.#set(); return this; }
  close() { this.clear(); return this; }
  [Symbol.toPrimitive]() { return this.id; }
  [Symbol.dispose ?? Symbol('dispose')]() { this.clear(); }
}

export const wake = id => pending.get(id)?.fire();

const timer = (f, ms, again, args) => {
  if (typeof f !== 'function') throw new TypeError('The callback of a timer must be a function');
  return new Timer(args.length ? () => f(...args) : f, ms, again);
};
const setTimeout = (f, ms, ...args) => timer(f, ms, false, args);
const setInterval = (f, ms, ...args) => timer(f, ms, true, args);
const setImmediate = (f, ...args) => timer(f, 0, false, args);
const clear = timer => pending.get(Number(timer))?.clear();

// later is a promise that a timer settles, as node:timers/promises has it.
const later = (ms, value, { signal } = {}) => new Promise((resolve, reject) => {
  if (signal?.aborted) return reject(signal.reason);
  const abort = () => { clear(timer); reject(signal.reason); };
  const timer = setTimeout(() => { signal?.removeEventListener('abort', abort); resolve(value); }, ms);
  signal?.addEventListener('abort', abort, { once: true });
});
async function* every(ms, value, options) {
  for (;;) yield await later(ms, value, options);
}
for (const f of [setTimeout, setImmediate]) {
  Object.defineProperty(f, promisify.custom, { value: f === setTimeout ? later : (value, options) => later(0, value, options) });
}

// What `node:timers` and `node:timers/promises` are to a program.
const promises = { setTimeout: later, setImmediate: (value, options) => later(0, value, options), setInterval: every,
  scheduler: { wait: (ms, options) => later(ms, undefined, options), yield: () => later(0) } };
export const modules = {
  timers: { setTimeout, setInterval, setImmediate, clearTimeout: clear, clearInterval: clear, clearImmediate: clear, promises },
  'timers/promises': promises,
};

// A port of a MessageChannel: a message is a task.
const { Event, EventTarget } = globalThis; // a page brings others
class Port extends EventTarget {
  #other; #closed = false;
  onmessage = null;
  static pair() { const a = new Port(), b = new Port(); a.#other = b; b.#other = a; return [a, b]; }
  postMessage(data) {
    const to = this.#other;
    if (typeof data === 'object' && data) data = structuredClone(data);
    at(0, () => {
      if (to.#closed) return;
      const event = Object.assign(new Event('message'), { data });
      to.onmessage?.(event);
      to.dispatchEvent(event);
    });
  }
  close() { this.#closed = true; }
  start() {}
  ref() {}
  unref() {}
}
class MessageChannel { constructor() { [this.port1, this.port2] = Port.pair(); } }

// A frame, and a moment in which there is nothing to do.
const requestAnimationFrame = f => Number(setTimeout(() => f(trial.now), INSTANT));
const requestIdleCallback = f => Number(setTimeout(() => f({ didTimeout: false, timeRemaining: () => 50 }), 0));

// install puts them in. A page gets numbers for its timers.
export function install(on = globalThis, page = false) {
  const number = set => page ? (...args) => Number(set(...args)) : set;
  const all = { setTimeout: number(setTimeout), setInterval: number(setInterval), setImmediate, clearTimeout: clear, clearInterval: clear, clearImmediate: clear,
    MessageChannel, MessagePort: Port, requestAnimationFrame, cancelAnimationFrame: clear, requestIdleCallback, cancelIdleCallback: clear };
  for (const name in all) put(on, name, all[name]);
}

// timeout is AbortSignal.timeout, for either kind of AbortController.
export function timeout(AbortController) {
  return ms => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')), ms);
    return controller.signal;
  };
}
