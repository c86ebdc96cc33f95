// The second thread. It ends the process when its parent is gone: a program in
// an endless loop would not see that nobody reads any more. And it interrupts a
// turn that takes too long, looks where it is, and says so in its place.
import fs from 'node:fs';
import { Session } from 'node:inspector/promises';
import { workerData } from 'node:worker_threads';
import { lines } from './lines.mjs';

const { beat, moment, parent, bundle, memory } = workerData;
const EVERY = 100;  // ms between two looks
const EARLY = 2000; // ms before photofinish loses its patience, to be the one who says why
const LONG = 400;   // ms: a turn of that length that fills the memory does not come to its end
const HALT = 1700;  // ms in which a loop must let itself be halted

let turn = 0, since = 0;
const watching = setInterval(() => {
  if (gone()) end();
  const now = Date.now(), running = Atomics.load(beat, 0);
  if (running !== turn) { [turn, since] = [running, now]; return; }
  if (!running) return;
  const slow = now - since > beat[1] * 1000 - EARLY, full = now - since > LONG && process.memoryUsage.rss() > memory * 0.9 * (1 << 20);
  if (!slow && !full) return;
  clearInterval(watching);
  interrupt(full ? after => `it ran out of memory (${memory} MiB) after ${after}: an endless loop?`
    : after => `after ${after} it did not come to rest in ${beat[1]} s: an endless loop?`);
}, EVERY);

// gone: a process whose parent has ended has another, but on Windows.
function gone() {
  if (process.ppid !== parent) return true;
  try { process.kill(parent, 0); } catch (e) { return e.code === 'ESRCH'; }
  return false;
}

const end = () => process.kill(process.pid, 'SIGKILL');

async function interrupt(sentence) {
  let line = '';
  const patience = new Promise(resolve => setTimeout(resolve, HALT));
  await Promise.race([patience, halted(stack => line = lines(bundle)(stack)).catch(() => {})]);
  if (Atomics.load(beat, 0) !== turn) return end(); // it has just answered after all
  const failed = sentence(Buffer.from(moment.slice(0, moment.indexOf(0))).toString()) + (line && ` (${line})`);
  fs.writeSync(1, JSON.stringify({ failed }) + '\n');
  end();
}

// halted stops the first thread where it is, and asks enough of its stack. It may
// be in Node's own code just then, and is stopped again.
async function halted(enough) {
  const session = new Session(), urls = new Map();
  session.connectToMainThread();
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  await session.post('Debugger.enable');
  for (let stack; !enough(stack);) {
    const paused = new Promise(resolve => session.once('Debugger.paused', resolve));
    await session.post('Debugger.pause');
    const { params } = await paused;
    stack = params.callFrames.map(({ location, url }) => `${url || urls.get(location.scriptId)}:${location.lineNumber + 1}:${location.columnNumber + 1}`).join('\n');
    await session.post('Debugger.resume');
  }
}
