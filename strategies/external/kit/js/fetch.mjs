// The doors to the wire: fetch, XMLHttpRequest and sendBeacon.
import { FormData, Headers, Request, Response, content, read, absolute, remembering } from './body.mjs';
import { send, abort } from './wire.mjs';
import { fail } from './trial.mjs';
import { put } from './globals.mjs';

const { Event, EventTarget } = globalThis; // a page brings others, which are not for us

const fetch = (input, init) => new Promise((resolve, reject) => {
  const request = input instanceof Request && !init ? input : new Request(input, init);
  const signal = Request.signal(request);
  if (signal?.aborted) throw signal.reason;
  const leave = () => { if (abort(n)) reject(signal.reason); };
  const sent = { method: request.method, url: request.url, headers: request.headers, content: content(request), actions: request.actions };
  const n = send(sent, response => {
    signal?.removeEventListener('abort', leave);
    if (response) resolve(response); else reject(new TypeError('Failed to fetch'));
  });
  signal?.addEventListener('abort', leave, { once: true });
});

const beacon = (url, data) => {
  const body = read(data), headers = new Headers();
  if (body.type) headers.set('content-type', body.type);
  send({ method: 'POST', url, headers, content: body, beacon: true });
  return true;
};

const EVENTS = ['readystatechange', 'loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend'];

class XMLHttpRequest extends EventTarget {
  readyState = 0; status = 0; statusText = ''; responseURL = ''; responseType = ''; responseText = ''; response = '';
  timeout = 0; withCredentials = false; upload = new EventTarget();
  #method = 'GET'; #url = ''; #headers = new Headers(); #answer = null; #n = 0; #timer;
  static { ['UNSENT', 'OPENED', 'HEADERS_RECEIVED', 'LOADING', 'DONE'].forEach((name, i) => { XMLHttpRequest[name] = XMLHttpRequest.prototype[name] = i; }); }
  constructor() { super(); for (const name of EVENTS) this['on' + name] = null; }

  open(method, url, async = true) {
    if (!async) fail(`a synchronous XMLHttpRequest (${method} ${url}) cannot be waited for: open it with async`);
    this.#cancel();
    this.#method = method.toUpperCase();
    this.#url = absolute(url);
    this.#headers = new Headers();
    this.#to(1);
  }
  setRequestHeader(name, value) { this.#headers.append(name, value); }
  overrideMimeType() {}
  getResponseHeader(name) { return this.#answer?.headers.get(name) ?? null; }
  getAllResponseHeaders() { return [...this.#answer?.headers ?? []].map(([name, value]) => `${name}: ${value}\r\n`).join(''); }

  send(body = null) {
    const sent = read(body);
    if (sent.type && !this.#headers.has('content-type')) this.#headers.set('content-type', sent.type);
    this.#fire('loadstart');
    this.#n = send({ method: this.#method, url: this.#url, headers: this.#headers, content: sent }, answer => this.#end(answer));
    if (this.timeout > 0) this.#timer = setTimeout(() => { if (this.#cancel()) this.#fail('timeout'); }, this.timeout);
  }
  abort() { if (this.#cancel()) this.#fail('abort'); }

  #cancel() {
    clearTimeout(this.#timer);
    return this.#n > 0 && abort(this.#n);
  }
  #end(answer) {
    clearTimeout(this.#timer);
    if (!answer) return this.#fail('error');
    const { text } = content(answer);
    this.#answer = answer;
    this.status = answer.status;
    this.statusText = answer.statusText;
    this.responseURL = answer.url;
    this.responseText = text ?? '';
    this.#to(2);
    this.#to(3);
    this.response = this.#made();
    this.#to(4);
    this.#fire('load');
    this.#fire('loadend');
  }
  #made() {
    switch (this.responseType) {
      case 'json': try { return JSON.parse(this.responseText); } catch { return null; }
      case 'arraybuffer': return new TextEncoder().encode(this.responseText).buffer;
      case 'blob': return new Blob([this.responseText], { type: this.getResponseHeader('content-type') ?? '' });
      default: return this.responseText;
    }
  }
  #fail(kind) { this.#to(4); this.#fire(kind); this.#fire('loadend'); }
  #to(state) { this.readyState = state; this.#fire('readystatechange'); }
  #fire(name) {
    const loaded = this.responseText.length;
    const event = Object.assign(new Event(name), { loaded, total: loaded, lengthComputable: true });
    this['on' + name]?.call(this, event);
    this.dispatchEvent(event);
  }
}

export function install(on = globalThis) {
  const all = { fetch, Headers, Request, Response, XMLHttpRequest, Blob: remembering(on.Blob) };
  if (on === globalThis) all.FormData = FormData; // that of a page knows the fields of its forms
  for (const name in all) put(on, name, all[name]);
  put(on.navigator, 'sendBeacon', beacon);
}
