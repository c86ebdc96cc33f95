// Messages: one line in, one line out, strictly in turns.
//
// The kit never goes back to Node's event loop. It reads and writes blockingly,
// and between the two it drains next ticks and microtasks by hand; so a turn is
// a function call, and nothing real (a timer, a socket) can get in between.
import fs from 'node:fs';
import { turn } from './turn.mjs';
import { watched } from './watch.mjs';

const pause = new Int32Array(new SharedArrayBuffer(4));
const chunk = Buffer.alloc(1 << 16);
let rest = null; // what has been read beyond the last line

// readLine returns the next line, or null at the end.
function readLine() {
  for (;;) {
    const end = rest ? rest.indexOf(10) : -1;
    if (end >= 0) {
      const line = rest.toString('utf8', 0, end);
      rest = end + 1 < rest.length ? rest.subarray(end + 1) : null;
      return line;
    }
    const n = read();
    if (!n) return null;
    const more = chunk.subarray(0, n);
    if (!rest && more[n - 1] === 10 && more.indexOf(10) === n - 1) return more.toString('utf8', 0, n - 1);
    rest = rest ? Buffer.concat([rest, more]) : Buffer.from(more);
  }
}

function read() {
  for (;;) {
    try { return fs.readSync(0, chunk, 0, chunk.length, null); } catch (e) {
      if (e.code === 'EOF') return 0; // so Windows says that nobody is there any more
      if (e.code !== 'EAGAIN') throw e;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

function writeLine(text) {
  const bytes = Buffer.from(text + '\n');
  for (let at = 0; at < bytes.length;) {
    try { at += fs.writeSync(1, bytes, at); } catch (e) {
      if (e.code !== 'EAGAIN') throw e;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

// open serves until there is no more to read. It begins in a task of its own:
// inside of a microtask no other microtask can be run.
const { setImmediate } = globalThis;
export function open() {
  setImmediate(typeof process._tickCallback === 'function' ? serve : serveLater);
}

function serve() {
  for (let line; (line = readLine()) !== null;) {
    const rest = watched(turn(line));
    let step;
    while (!(step = rest.next()).done) tick();
    writeLine(JSON.stringify(step.value));
  }
  process.exit(0);
}

// tick drains next ticks and microtasks until there are none. A next tick that
// throws comes out here, and those behind it are still to be run.
function tick() {
  for (;;) {
    try { return process._tickCallback(); } catch (e) { process.emit('uncaughtException', e); }
  }
}

// serveLater is serve where Node has no _tickCallback, which is not documented:
// a round of the event loop drains as well, and takes a little longer.
function serveLater() {
  const line = readLine();
  if (line === null) process.exit(0);
  const rest = watched(turn(line));
  (function round() {
    const step = rest.next();
    if (!step.done) return setImmediate(round);
    writeLine(JSON.stringify(step.value));
    setImmediate(serveLater);
  })();
}
