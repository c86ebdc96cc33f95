// The second thread. It ends the process when its parent is gone: a program in
// an endless loop would not see that nobody reads any more. And it interrupts a
// turn that takes too long, looks where it is, and says so in its place.
// It is no module, and needs two of Node's until it has to look: so it starts sooner.
const fs = require('node:fs');
const { workerData } = require('node:worker_threads');

const { beat, moment, parent, bundle, memory } = workerData;
const EVERY = 100; // ms between two looks
const EARLY = 600; // ms before photofinish loses its patience, to be the one who says why
const LONG = 400;  // ms: a turn of that length that fills the memory does not come to its end
const AGAIN = 20; // ms between two tries to halt it
const HALT = 1500; // ms in which a turn that fills the memory must let itself be halted

let turn = 0, since = 0, looked = 0, line = ''; // of the turn that runs
setInterval(() => {
  if (gone()) end();
  const now = Date.now(), running = Atomics.load(beat, 0);
  if (running !== turn) { [turn, since, looked, line] = [running, now, 0, '']; return; }
  if (!running) return;
  const patience = beat[1] * 1000, full = now - since > LONG && process.memoryUsage.rss() > memory * 0.9 * (1 << 20);
  if (!looked && (full || now - since > patience / 2)) { looked = now; look(turn).catch(() => {}); }
  if (full && (line || now - looked > HALT)) say(after => `it ran out of memory (${memory} MiB) after ${after}: an endless loop?`);
  if (now - since > patience - EARLY) say(after => `after ${after} it did not come to rest in ${beat[1]} s: an endless loop?`);
}, EVERY);

// gone: a process whose parent has ended has another, but on Windows.
function gone() {
  if (process.ppid !== parent) return true;
  try { process.kill(parent, 0); } catch (e) { return e.code === 'ESRCH'; }
  return false;
}

const end = () => process.kill(process.pid, 'SIGKILL');

// say answers in the place of the turn that is stuck, and ends the process.
function say(sentence) {
  const failed = sentence(Buffer.from(moment.slice(0, moment.indexOf(0))).toString()) + (line && ` (${line})`);
  fs.writeSync(1, JSON.stringify({ failed }) + '\n');
  end();
}

// look halts the first thread where it is, and, since that may be in Node's own
// code, goes on step by step until it has seen a line of the user's in its stack.
// What asks it to halt is lost if it comes just as it goes on, and is asked again.
async function look(at) {
  const { Session } = require('node:inspector/promises'), { lines } = await import('./lines.mjs');
  const session = new Session(), urls = new Map(), lineOf = lines(bundle);
  session.connectToMainThread();
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  session.on('Debugger.paused', ({ params: { callFrames } }) => {
    const stack = callFrames.map(({ location, url }) => `${url || urls.get(location.scriptId)}:${location.lineNumber + 1}:${location.columnNumber + 1}`);
    if (turn === at) line ||= lineOf(stack.join('\n'));
    session.post(line || turn !== at ? 'Debugger.resume' : 'Debugger.stepInto').catch(() => {}); // it may have gone on by itself
  });
  await session.post('Debugger.enable');
  while (!line && turn === at) {
    await session.post('Debugger.pause');
    await new Promise(resolve => setTimeout(resolve, AGAIN));
  }
  session.disconnect();
}
