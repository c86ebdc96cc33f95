// A document, by the jsdom of the user's node_modules, where the bundle wants
// one. A window is kept from trial to trial, since to make one takes milliseconds:
// all that a trial has left in it goes. Where that cannot be undone there is a
// new one.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { fail } from './trial.mjs';
import { about } from './bundle.mjs';
import { Kept, put } from './globals.mjs';
import { complain, print } from './log.mjs';
import { stamp } from './clock.mjs';
import * as fetch from './fetch.mjs';
import * as small from './window.mjs';
import * as tasks from './tasks.mjs';

let jsdom = null, dom = null, kept = null;
let listeners = [], observers = [], spoilt = false; // of this trial
let handlers = []; // targets that stay, with their onclick, onload, …

// of says which jsdom it is.
export const of = [];

// load finds jsdom. It must be loaded while the globals are still Node's.
export function load() {
  if (!about.page) return;
  const require = createRequire(about.path);
  try {
    const entry = require.resolve('jsdom');
    jsdom = require('jsdom');
    for (let dir = path.dirname(entry); dir !== path.dirname(dir); dir = path.dirname(dir)) {
      const text = path.join(dir, 'package.json');
      if (fs.existsSync(text)) { of.push(`jsdom ${JSON.parse(fs.readFileSync(text, 'utf8')).version}`); break; }
    }
  } catch (e) {
    if (about.page === 'must') fail(`${about.file} uses document, and jsdom cannot be loaded (${e.code === 'MODULE_NOT_FOUND' ? 'it is not there' : e.message}): npm install --save-dev jsdom beside ${about.file}`);
  }
}

// renew empties the document, or makes another one. It yields where microtasks
// must be drained.
export function* renew() {
  if (!jsdom) return;
  if (dom && !spoilt && dom.window.history.length === 1 && dom.window.location.href === PAGE) return empty();
  dom?.window.close();
  open();
  yield* tasks.rest(); // it finishes loading
}

const PAGE = 'http://localhost/';

function empty() {
  const { window } = dom, { document } = window;
  for (const [target, ...listener] of listeners) remove.apply(target, listener);
  for (const observer of observers) observer.disconnect();
  for (const [target, names] of handlers) for (const name of names) if (target[name]) target[name] = null;
  listeners = [];
  observers = [];
  window.getSelection().removeAllRanges();
  document.head.replaceChildren();
  const root = document.createElement('div');
  root.id = 'root';
  document.body.replaceChildren(root);
  for (const element of [document.documentElement, document.head, document.body]) {
    while (element.attributes.length) element.removeAttribute(element.attributes[0].name);
  }
  window.localStorage.clear();
  window.sessionStorage.clear();
  dom.cookieJar.removeAllCookiesSync();
  if (window.history.state !== null) window.history.replaceState(null, '', PAGE);
  kept.restore();
}

let remove; // EventTarget.prototype.removeEventListener of the window

function open() {
  const virtualConsole = new jsdom.VirtualConsole();
  virtualConsole.on('jsdomError', e => e.type === 'not implemented' ? print(e.message) : complain('threw', e.detail ?? e.cause ?? e));
  dom = new jsdom.JSDOM('<!doctype html><html><head></head><body><div id="root"></div></body></html>', { url: PAGE, pretendToBeVisual: true, virtualConsole });
  listeners = [];
  observers = [];
  spoilt = false;
  const { window } = dom, { document } = window;
  for (const name of ['Date', 'performance', 'crypto', 'console']) put(window, name, globalThis[name]);
  tasks.install(window, true);
  fetch.install(window);
  small.extras(window);
  stamp(window.Event.prototype);
  watch(window);
  kept = new Kept();
  kept.add(document, document.documentElement, document.head, document.body, window.navigator, window.AbortSignal);
  const { EventTarget, Node, Element, HTMLElement, HTMLInputElement, Document } = window; // user-event has a focus() of its own
  kept.add(...[EventTarget, Node, Element, HTMLElement, HTMLInputElement, Document].map(made => made.prototype));
  kept.add(window);
}

// watch keeps count of what a trial leaves behind.
function watch(window) {
  const { EventTarget, MutationObserver, document, customElements } = window;
  const { addEventListener } = EventTarget.prototype, { define } = customElements;
  remove = EventTarget.prototype.removeEventListener;
  const stays = [window, document, document.documentElement, document.head, document.body];
  handlers = stays.map(target => { const names = []; for (const name in target) if (name.startsWith('on')) names.push(name); return [target, names]; });
  EventTarget.prototype.addEventListener = function (...args) {
    const target = this ?? window;
    if (stays.includes(target)) listeners.push([target, ...args]);
    return addEventListener.apply(target, args);
  };
  put(window, 'MutationObserver', class extends MutationObserver {
    constructor(f) { super(f); observers.push(this); }
  });
  customElements.define = (...args) => { spoilt = true; return define.apply(customElements, args); };
}

// install lets all that the window has be read as a global. It goes to the
// prototype of the global object, so that what a trial does to globals is soon
// looked through. What belongs to the language, and what the kit has put in the
// place of Node's, stays.
const STAYS = /^(console|performance|crypto|URL|URLSearchParams|TextEncoder|TextDecoder|structuredClone|queueMicrotask|DOMException|globalThis)$/;
export function install() {
  if (!jsdom) return;
  open();
  const language = new Set(Object.getOwnPropertyNames(runInNewContext('globalThis')));
  const behind = Object.getPrototypeOf(globalThis);
  for (const name of Object.getOwnPropertyNames(dom.window)) {
    if (language.has(name) || STAYS.test(name) || name in Object.prototype) continue;
    delete globalThis[name];
    Object.defineProperty(behind, name, { get: () => dom.window[name], set: value => { dom.window[name] = value; }, configurable: true });
  }
  // What a trial adds to window is a global too.
  Object.setPrototypeOf(behind, new Proxy(Object.prototype, {
    has: (on, name) => name in on || Object.hasOwn(dom.window, name),
    get: (on, name) => name in on ? on[name] : Object.hasOwn(dom.window, name) ? dom.window[name] : undefined,
  }));
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) put(globalThis, name, (...args) => dom.window[name](...args));
}

// alerts returns the elements that tell of an error, with their text.
export function alerts() {
  const all = new Map();
  if (!dom) return all;
  for (const element of dom.window.document.querySelectorAll('[role=alert]')) {
    const text = element.textContent.trim();
    if (text) all.set(element, text);
  }
  return all;
}
