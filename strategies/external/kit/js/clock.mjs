// Time as the program sees it. It stands still while code runs; immediate tasks
// move it by as much as they were to wait.
import { trial, use } from './trial.mjs';
import { put } from './globals.mjs';

const EPOCH = Date.UTC(2024, 0, 1);

// elapsed is the time since the trial began, in ms, where it makes no difference
// that somebody has read it.
export const elapsed = () => trial.now;
const read = () => { use('clock'); return trial.now; };
const today = () => EPOCH + trial.clock + Math.floor(read());

export function install() {
  const Real = Date;
  function VirtualDate(...args) {
    if (!new.target) return new Real(today()).toString();
    return Reflect.construct(Real, args.length ? args : [today()], new.target);
  }
  VirtualDate.prototype = Real.prototype;
  for (const name of ['UTC', 'parse']) put(VirtualDate, name, Real[name]);
  put(VirtualDate, 'now', today);
  Object.defineProperty(VirtualDate, 'length', { value: 7, configurable: true });
  Object.defineProperty(VirtualDate, 'name', { value: 'Date', configurable: true });
  put(Real.prototype, 'constructor', VirtualDate);
  put(globalThis, 'Date', VirtualDate);

  // A format of no date is one of today.
  const { prototype } = Intl.DateTimeFormat, { formatToParts } = prototype, { get } = Object.getOwnPropertyDescriptor(prototype, 'format');
  Object.defineProperty(prototype, 'format', { get() { const format = get.call(this); return date => format(date ?? today()); }, configurable: true });
  put(prototype, 'formatToParts', function (date = today()) { return formatToParts.call(this, date); });

  // Marks and measures are for a profiler, which is not there.
  const mark = (name, options) => ({ name, entryType: 'mark', startTime: trial.now, duration: 0, detail: options?.detail ?? null });
  const performance = {
    now: read, get timeOrigin() { return EPOCH + trial.clock; }, toJSON: () => ({}),
    mark, measure: mark, clearMarks() {}, clearMeasures() {}, clearResourceTimings() {},
    getEntries: () => [], getEntriesByName: () => [], getEntriesByType: () => [],
    addEventListener() {}, removeEventListener() {},
  };
  put(globalThis, 'performance', performance);

  const hrtime = before => {
    const ns = Math.round(read() * 1e6), s = Math.floor(ns / 1e9), at = [s, ns - s * 1e9];
    if (!before) return at;
    const d = [at[0] - before[0], at[1] - before[1]];
    return d[1] < 0 ? [d[0] - 1, d[1] + 1e9] : d;
  };
  hrtime.bigint = () => BigInt(Math.round(read() * 1e6));
  put(process, 'hrtime', hrtime);
  put(process, 'uptime', () => read() / 1000);
  stamp(Event.prototype);
}

// stamp gives events the time of the program: an event of a browser has the
// time at which it was made.
const made = new WeakMap();
export function stamp(prototype) {
  const get = function () {
    if (!made.has(this)) made.set(this, read());
    return made.get(this);
  };
  Object.defineProperty(prototype, 'timeStamp', { get, configurable: true, enumerable: true });
}
