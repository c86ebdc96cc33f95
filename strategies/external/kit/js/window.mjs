// What a browser has around a program, without a document: libraries behave as
// they do in a browser (TanStack Query tries again there, and on a server not).
import { trial, by, emit, fail } from './trial.mjs';
import { put, lend } from './globals.mjs';
import { where } from './place.mjs';
import { at, timeout } from './tasks.mjs';

const { Event, EventTarget } = globalThis; // a page brings others

// storage is a Storage of a page that may be written like an object.
function storage() {
  const items = new Map();
  const methods = {
    getItem: name => items.get(String(name)) ?? null,
    setItem: (name, value) => { items.set(String(name), String(value)); },
    removeItem: name => { items.delete(String(name)); },
    clear: () => items.clear(),
    key: i => [...items.keys()][i] ?? null,
  };
  return new Proxy(methods, {
    get: (on, name) => name === 'length' ? items.size : Object.hasOwn(on, name) ? on[name] : items.get(name),
    set: (on, name, value) => { items.set(String(name), String(value)); return true; },
    has: (on, name) => Object.hasOwn(on, name) || items.has(name),
    deleteProperty: (on, name) => { items.delete(name); return true; },
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: (on, name) => items.has(name) ? { value: items.get(name), writable: true, enumerable: true, configurable: true } : undefined,
  });
}

let events = new EventTarget();

// reset empties it for the next trial.
export function reset() {
  events = new EventTarget();
  for (const name of ['localStorage', 'sessionStorage']) globalThis[name].clear();
}

export function install() {
  const g = globalThis, page = new URL('http://localhost/');
  for (const name of ['window', 'self', 'top', 'parent', 'frames']) put(g, name, g);
  for (const name of ['localStorage', 'sessionStorage']) put(g, name, storage());
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) put(g, name, (...args) => events[name](...args));
  put(g, 'postMessage', data => { at(0, () => events.dispatchEvent(Object.assign(new Event('message'), { data }))); });
  put(g, 'location', { href: page.href, origin: page.origin, protocol: page.protocol, host: page.host, hostname: page.hostname, port: '', pathname: '/', search: '', hash: '', assign() {}, replace() {}, reload() {}, toString: () => page.href });
  put(g, 'history', { length: 1, state: null, pushState() {}, replaceState() {}, back() {}, forward() {}, go() {} });
  put(g, 'navigator', { onLine: true, language: 'en-US', languages: ['en-US'], userAgent: 'photofinish', platform: '', hardwareConcurrency: 1, cookieEnabled: true });
  put(g, 'AbortSignal', g.AbortSignal);
}

// dialogs and what is not there are the same with and without a document.
export function extras(on = globalThis) {
  put(on, 'alert', text => { emit({ tell: String(text), by: by() || undefined }); });
  put(on, 'confirm', () => true);
  put(on, 'prompt', () => null);
  put(on.AbortSignal, 'timeout', timeout(on.AbortController));
  for (const name of ['WebSocket', 'EventSource', 'BroadcastChannel', 'Worker', 'SharedWorker']) put(on, name, class { constructor() { missing(name); } });
  put(on, 'indexedDB', new Proxy({}, { get: (_, name) => typeof name === 'symbol' ? undefined : () => missing('indexedDB') }));
  lend(on.navigator, 'serviceWorker', () => ({ register: () => missing('a service worker'), ready: new Promise(() => {}), controller: null, addEventListener() {}, removeEventListener() {} }));
  for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) put(WebAssembly, name, () => missing('WebAssembly'));
}
const missing = name => fail(`${name} cannot be had here, and is used after ${trial.moment}${where(new Error().stack, ' (', ')')}. Put it behind a function that the file replaces`);
