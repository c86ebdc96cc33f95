// The protocol: what a line asks for, and what is on the screen after it.
import { trial, begin, by, as, emit, fail, label, Failure } from './trial.mjs';
import * as tasks from './tasks.mjs';
import * as wire from './wire.mjs';
import { seed } from './luck.mjs';
import { about, file, evaluate } from './bundle.mjs';
import { where } from './place.mjs';
import { install, renew } from './world.mjs';
import * as page from './page.mjs';
import { brief } from './log.mjs';
import { during } from './watch.mjs';

const METHODS = { create: 'create', update: 'update', delete: 'delete', 'set-permissions': 'setPermissions', fetch: 'fetch' };
const KEYS = {
  '': ['t', 'hello', 'start', 'act', 'answer', 'wake', 'online'],
  hello: ['protocol'],
  start: ['seed', 'given', 'fields', 'client', 'clock', 'lines'],
  act: ['n', 'do', 'set'],
  answer: ['n', 'status', 'json', 'do', 'id'],
};

// turn runs one line, and returns what is to be answered. It yields where
// microtasks must be drained.
export function* turn(line) {
  try {
    const message = JSON.parse(line), kind = known(message);
    if (kind === 'hello') return yield* hello();
    Object.assign(trial, { out: [], log: [], uncaught: [], standing: '' });
    trial.turn = message.t ?? 0;
    if (kind === 'start') yield* start(message.start);
    if (trial.failed) return { failed: trial.failed };
    trial.now = Math.max(trial.now, trial.turn);
    if (kind === 'act') act(message.act);
    if (kind === 'answer') wire.answer(message.answer);
    if (kind === 'wake') { during('a timer'); tasks.wake(message.wake); }
    if (kind === 'online') online(message.online);
    yield* rest();
    return look(kind === 'start');
  } catch (e) {
    if (!(e instanceof Failure)) trial.failed ??= `${e?.message ?? e}${where(e?.stack, ' (', ')')}`;
    return { failed: trial.failed ?? e.message };
  }
}

// known returns the kind of a message, all of whose keys must be known.
function known(message) {
  for (const part in KEYS) {
    for (const key in part ? message[part] : message) {
      if (!KEYS[part].includes(key)) throw new Failure(`the kit does not know ${part && part + '.'}${key}, which photofinish sent`);
    }
  }
  return Object.keys(message).find(key => key !== 't');
}

function* hello() {
  yield* install();
  const runs = `node ${process.versions.node}${about.mode === 'test' ? ' (NODE_ENV test)' : ''}`;
  return { hello: { protocol: 1, runs, of: [...about.of ?? [], ...page.of].sort(), bundle: about.bundle } };
}

// start begins a new trial: the client of the last one is disposed of, and all
// that it left goes with it.
function* start(how) {
  during('the start');
  try { trial.client?.dispose?.(); } catch { /* it is gone all the same */ }
  yield* renew();
  begin(how);
  tasks.reset();
  wire.reset();
  seed(trial.seed);
  trial.waiting = waiting();
  Error.stackTraceLimit = trial.lines ? 100 : 10;
  try { evaluate(); } catch (e) { broken(e, 'its modules threw while they were loaded'); }
  const { make } = file;
  if (typeof make !== 'function') fail(`${about.file} has no default export: export default ({ given }) => ({ … })`);
  const given = how.given ? wire.toTheirs(how.given) : null;
  const theirs = Object.entries(file.map?.fields ?? {});
  const fields = trial.fields.map(name => theirs.find(([, ours]) => ours === name)?.[0] ?? name);
  try { trial.client = make({ given, fields, client: how.client ?? 1, tell, refuse }); } catch (e) { broken(e, 'the default export threw'); }
  if (typeof trial.client?.then === 'function') fail('the default export returned a promise: it must be ready at once');
  if (typeof trial.client !== 'object' || !trial.client) fail('the default export returned no client: ({ given }) => ({ update(set) { … }, screen: () => ({ … }) })');
  if (typeof trial.client.screen !== 'function') fail('screen() is missing: screen: () => ({ … })');
}

// broken ends the trial because of what the file threw, unless that is the
// kit's own complaint.
const broken = (e, what) => fail(trial.failed ?? `${what}: ${e?.message ?? brief(e)}${where(e?.stack, ' (', ')')}${trial.trouble ? `. Before that: ${trial.trouble}` : ''}`);

const tell = text => { emit({ tell: String(text?.message ?? text), by: by() || undefined }); };
const refuse = (reason = '') => { if (by()) emit({ refuse: by(), reason: String(reason) }); };

// act is a click. What its function returns means nothing, and what it throws
// tells nobody.
function act(click) {
  during(`the click ${label(click)}`);
  if (!method(click.do)) fail(`${about.file} has no ${METHODS[click.do]}(), which ${label(click)} needs`);
  if (!disabled(click)) return press(click);
  emit({ block: click.n });
  trial.blocked.push(click);
}

// online lets the page see that it has no network any more, or again.
function online(is) {
  during(is ? 'it was back online' : 'it went offline');
  Object.defineProperty(navigator, 'onLine', { value: is, writable: true, enumerable: true, configurable: true });
  tasks.run({ by: 0, f: () => { dispatchEvent(new Event(is ? 'online' : 'offline')); } });
}

// method is the client's function for a word of the script. Who cannot set
// permissions apart may be able to do it with the rest.
function method(what) {
  const name = METHODS[what], { client } = trial;
  if (typeof client[name] === 'function') return name;
  return what === 'set-permissions' && typeof client.update === 'function' ? 'update' : null;
}

function disabled(click) {
  if (!trial.client.disabled) return false;
  try { return !!trial.client.disabled(method(click.do)); } catch (e) { return broken(e, `disabled() threw, at ${trial.moment}`); }
}

function press(click) {
  const name = method(click.do);
  let value;
  if (click.do === 'set-permissions' && name !== 'update') value = click.set?.permissions;
  else if (click.do !== 'delete' && click.do !== 'fetch') value = wire.toTheirs(click.set ?? {});
  tasks.run({ by: click.n, f: () => { trial.client[name](value, { n: click.n, do: click.do }); } });
}

// rest lets the program come to rest, and presses the buttons that are enabled
// by then. What is told before that has been told, whatever the press makes of it.
function* rest() {
  yield* tasks.rest();
  for (let i; (i = trial.blocked.findIndex(click => !disabled(click))) >= 0;) {
    const [click] = trial.blocked.splice(i, 1);
    see();
    emit({ unblock: click.n });
    press(click);
    yield* tasks.rest();
  }
  const real = waiting();
  if (real.length <= trial.waiting.length) return;
  for (const what of trial.waiting) real.splice(real.indexOf(what), 1);
  fail(`it waits for something real (${[...new Set(real)].join(', ')}) after ${trial.moment}`);
}

// waiting lists what goes on outside of virtual time: files, sockets. Node sets
// an Immediate of its own after an error that nobody caught.
const waiting = () => process.getActiveResourcesInfo().filter(what => what !== 'Immediate');

// look reads the screen, and says what the turn has come to.
function look(first) {
  const { shown, busy } = see();
  const reply = { out: trial.out, screen: shown };
  if (trial.standing) reply.error = trial.standing;
  if (busy) reply.busy = true;
  const used = [...trial.used].filter(what => !trial.said.has(what));
  for (const what of used) trial.said.add(what);
  if (used.length) reply.used = used;
  if (trial.log.length) reply.log = trial.log;
  if (trial.uncaught.length) reply.uncaught = trial.uncaught;
  if (first) {
    reply.does = Object.keys(METHODS).filter(method);
    if (file.map?.path) reply.path = String(file.map.path);
  }
  return trial.failed ? { failed: trial.failed } : reply;
}

// see reads what is on the screen, and takes note of an error there. What screen()
// returns may throw as it is looked at.
function see() {
  try {
    const shown = trial.client.screen() ?? null;
    if (typeof shown?.then === 'function') fail('screen() returned a promise: it must say at once what is on the screen');
    if (typeof shown !== 'object' || Array.isArray(shown)) fail(`screen() returned a ${Array.isArray(shown) ? 'list' : typeof shown}, and not an object or null, after ${trial.moment}`);
    notice(shown);
    return { shown: shown && shown.deleted !== true ? screen(shown) : null, busy: !!shown?.busy };
  } catch (e) {
    return broken(e, `screen() threw, after ${trial.moment}`);
  }
}

// screen keeps of what is shown the fields of the script, in its names.
function screen(shown) {
  const ours = wire.toScript(shown), kept = {};
  for (const name of ['id', ...trial.fields]) if (ours[name] !== undefined) kept[name] = plain(ours[name]);
  return kept;
}

// plain is a value as JSON has it: what JSON has not is what is read of it.
const plain = x => {
  if (x === null || typeof x === 'string' || typeof x === 'boolean' || Number.isFinite(x)) return x;
  if (typeof x === 'object') { try { return JSON.parse(JSON.stringify(x)); } catch { /* it is a ring */ } }
  return String(x);
};

// notice tells of an error that is new: another text, or another Error. One that
// screen() says and the document too is one.
function notice(shown) {
  const error = shown?.error, text = error ? said(error) : '';
  const alerts = page.alerts(), last = trial.shown;
  if (text && (text !== last.text || typeof error === 'object' && error !== last.error)) emit({ tell: text });
  for (const [element, words] of alerts) {
    if (words === text) alerts.delete(element);
    else if (last.alerts.get(element) !== words) emit({ tell: words });
  }
  trial.shown = { error, text, alerts };
  trial.standing ||= [text, ...alerts.values()].filter(Boolean).join('; ');
}

// said is the text of an error: an Error without one is one all the same, and an
// empty object is none.
function said(error) {
  if (error.message) return String(error.message);
  const plain = Object.getPrototypeOf(Object(error)) === Object.prototype;
  return plain && !Object.keys(error).length ? '' : String(error);
}
