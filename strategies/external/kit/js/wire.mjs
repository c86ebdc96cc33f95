// The wire: what a request is to photofinish, and what its answer is to the
// program. The user's file has its say here, by route, answer and map.
import { trial, by, as, emit, use, fail } from './trial.mjs';
import { file } from './bundle.mjs';
import { where, lineOf } from './place.mjs';
import { meaning, absolute, statusText, Response } from './body.mjs';
import { at } from './tasks.mjs';
import { during } from './watch.mjs';

const TEXT = 200; // characters of a body that is neither JSON nor a form

let away = new Map(), last = 0;
export function reset() { away = new Map(); last = 0; }

// send hands a request over, and calls settle with its Response, or with null if
// there was no connection. It returns the request's number, 0 where it is not
// about the record.
export function send({ method, url, headers, content, actions, beacon }, settle) {
  const address = new URL(absolute(url)), said = meaning(content);
  const request = {
    method, url, path: address.pathname, query: Object.fromEntries(address.searchParams),
    headers: Object.fromEntries(headers), json: said.json, text: said.text ?? content.text ?? undefined,
  };
  const routed = hook('route', file.route, request);
  if (routed === null) {
    use('skipped');
    if (!beacon) at(0, () => settle(respond(request, 200, {})));
    return 0;
  }
  Object.assign(request, routed);
  const n = ++last, own = address.origin === globalThis.location.origin;
  const tag = actions ?? routed?.actions ?? headers.get('x-photofinish-actions')?.split(',').map(Number);
  emit({ request: {
    n, method, url: own ? address.pathname + address.search : address.href,
    json: toScript(said.json), text: said.text?.slice(0, TEXT), by: by(), actions: tag,
    do: routed?.do, id: routed?.id, set: routed?.set && toScript(routed.set),
    beacon: beacon || undefined, at: trial.lines ? lineOf(new Error().stack) || undefined : undefined,
  } });
  if (!beacon) away.set(n, { request, settle, by: by() });
  return n;
}

// abort tells that the program no longer waits, unless the answer is there.
export function abort(n) {
  if (!away.delete(n)) return false;
  emit({ abort: n });
  return true;
}

// answer brings what the server said. What nobody waits for any more is nothing.
export function answer({ n, status, json, do: what }) {
  const waiting = away.get(n);
  if (!waiting) return;
  away.delete(n);
  const { request, settle } = waiting;
  during(`the answer to ${request.method} ${request.path}`);
  request.do ??= what ?? (request.method === 'POST' && !/\/\d+$/.test(request.path) && !request.json?.id ? 'create' : undefined);
  as(waiting.by, settle, status ? respond(request, status, json) : null);
}

// respond makes the answer of what the server says by default, and of what the
// user's file makes of that.
function respond(request, status, json) {
  if (status === 200 && request.do === 'create') status = 201;
  const good = status < 400;
  const theirs = Array.isArray(json) ? json.map(toTheirs) : toTheirs(json);
  const empty = !theirs || !Object.keys(theirs).length && !Array.isArray(theirs);
  const said = hook('answer', file.answer, request, status, good && !empty ? theirs : null);
  let response = said;
  if (said instanceof Response) {
    if ((said.status < 400) !== good) {
      fail(`answer() made a ${good ? 'failure of a success' : 'success of a failure'} (${status} → ${said.status}). What fails is the scenario's to say: status: ${good ? said.status : status} at the step`);
    }
    if (!said.statusText) said.statusText = statusText(said.status);
  } else {
    response = Response.json(said === undefined ? theirs ?? {} : said, { status, statusText: statusText(status) });
  }
  response.url = absolute(request.url);
  response.type = 'basic';
  return response;
}

function hook(name, f, request, ...rest) {
  if (!f) return undefined;
  try { return f(request, ...rest); } catch (e) {
    return fail(trial.failed ?? `${name}() threw: ${e?.message ?? e}${where(e?.stack, ' (', ')')}, at ${request.method} ${request.path}`);
  }
}

// toScript and toTheirs give fields the script's names, or those of the file.
// Only the top is looked at: what is below is no field.
export const toScript = o => rename(o, file.map?.fields);
export function toTheirs(o) {
  const fields = file.map?.fields, id = file.map?.id;
  if (fields) o = rename(o, Object.fromEntries(Object.entries(fields).map(([theirs, ours]) => [ours, theirs])));
  if (id && o?.id !== undefined && o.id !== null) o = { ...o, id: id(o.id) };
  return o;
}
function rename(o, names) {
  if (!names || typeof o !== 'object' || !o || Array.isArray(o)) return o;
  return Object.fromEntries(Object.entries(o).map(([name, value]) => [Object.hasOwn(names, name) ? names[name] : name, value]));
}
