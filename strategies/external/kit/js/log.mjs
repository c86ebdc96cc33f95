// What the program prints goes into the answer of its turn: standard output is
// the protocol's.
import { EventEmitter } from 'node:events';
import { format, inspect } from 'node:util';
import { trial } from './trial.mjs';
import { where } from './place.mjs';
import { put } from './globals.mjs';
import { elapsed } from './clock.mjs';

const LINES = 50, WIDTH = 300; // of a trial, and of a line
const FEW = 10; // errors of a turn that nobody caught

export function print(text) {
  for (const line of String(text).split('\n')) {
    if (!line) continue;
    if (trial.logged++ >= LINES) return;
    trial.log.push(line.length > WIDTH ? line.slice(0, WIDTH) : line);
  }
}

// complain notes what nobody caught, with the line that threw it.
export function complain(what, error) {
  const says = String(error?.message ?? brief(error)), at = where(error?.stack, '');
  trial.trouble ??= `${what}: ${says}${at && ` (${at})`}`;
  if (trial.uncaught.length < FEW) trial.uncaught.push({ what, says: says.slice(0, WIDTH), at: at || undefined });
}

export const brief = x => typeof x === 'string' ? x : inspect(x, { depth: 2, breakLength: Infinity });

// short is an error in one line: most of its stack is not the user's.
const short = x => x instanceof Error ? `${x.name}: ${x.message}${where(x.stack, ' (', ')')}` : x;

// A stream that a console or a library can write to, and nothing else.
class Aside extends EventEmitter {
  isTTY = false; columns = 80; writable = true;
  write(text, ...rest) {
    print(typeof text === 'string' ? text : new TextDecoder().decode(text));
    const done = rest.at(-1);
    if (typeof done === 'function') queueMicrotask(done);
    return true;
  }
  end() {}
  cork() {}
  uncork() {}
}

export function install() {
  const aside = new Aside();
  for (const name of ['stdout', 'stderr']) put(process, name, aside);
  const say = (...args) => print(format(...args.map(short))), counted = new Map(), started = new Map();
  const console = {};
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'group', 'groupCollapsed']) console[name] = say;
  console.error = (...args) => {
    const error = args.find(x => x instanceof Error);
    if (error) trial.trouble ??= short(error);
    say(...args);
  };
  for (const name of ['groupEnd', 'clear', 'profile', 'profileEnd', 'timeStamp']) console[name] = () => {};
  console.dir = console.table = console.dirxml = x => say(x);
  console.assert = (is, ...args) => { if (!is) say('Assertion failed', ...args); };
  console.count = (label = 'default') => { counted.set(label, (counted.get(label) ?? 0) + 1); say(`${label}: ${counted.get(label)}`); };
  console.countReset = (label = 'default') => { counted.delete(label); };
  console.time = (label = 'default') => { started.set(label, elapsed()); };
  console.timeLog = console.timeEnd = (label = 'default') => say(`${label}: ${elapsed() - (started.get(label) ?? 0)}ms`);
  put(globalThis, 'console', console);
  process.on('uncaughtException', e => complain('threw', e));
  process.on('unhandledRejection', e => complain('unhandled rejection', e));
}
