// Bodies of requests and answers. The kit's own Request, Response and Headers
// are small, know addresses of a page ("/people"), and never need the event loop.

// read makes of anything that can be sent its text, its type, and the entries of
// a form. Only what can be read at once can be sent.
export function read(body) {
  if (body === null || body === undefined) return { text: null, type: null };
  if (typeof body === 'string') return { text: body, type: 'text/plain;charset=UTF-8' };
  switch (body[Symbol.toStringTag]) {
    case 'URLSearchParams': return { text: String(body), form: [...body], type: 'application/x-www-form-urlencoded;charset=UTF-8' };
    case 'FormData': {
      const form = [...body].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]);
      return { text: form.map(([name, value]) => `${name}=${value}`).join('&'), form, type: 'multipart/form-data; boundary=form' };
    }
    case 'Blob': case 'File': return { text: blobs.get(body) ?? `a ${body.size} byte blob`, type: body.type || null };
    case 'ReadableStream': return { text: 'a stream', type: null };
  }
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return { text: new TextDecoder().decode(body), type: null };
  return { text: String(body), type: 'text/plain;charset=UTF-8' };
}

// meaning tells what a body says: `json`, of JSON or a form, or else `text`.
export function meaning({ text, form, type }) {
  if (text === null || text === '') return {};
  if (!form) {
    try { return { json: JSON.parse(text) }; } catch { /* it is something else */ }
    if (type?.includes('urlencoded') || /^[\w.[\]%-]+=[^\s{]*$/.test(text)) form = [...new URLSearchParams(text)];
  }
  if (!form) return { text };
  const json = {};
  for (const [name, value] of form) json[name] = Object.hasOwn(json, name) ? [].concat(json[name], value) : value;
  return { json };
}

// Blobs hand out their text in real time only: those of the kit remember it.
const blobs = new WeakMap();
export const remembering = Blob => class extends Blob {
  constructor(parts = [], options) {
    super(parts, options);
    const texts = [...parts].map(part => read(part).text ?? '');
    blobs.set(this, texts.join(''));
  }
  get [Symbol.toStringTag]() { return 'Blob'; }
  async text() { return blobs.get(this); }
  async arrayBuffer() { return new TextEncoder().encode(blobs.get(this)).buffer; }
};

export class Headers {
  #map = new Map();
  constructor(init) {
    if (!init) return;
    if (init instanceof Headers) this.#map = new Map(init.#map);
    else for (const [name, value] of typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init)) this.append(name, value);
  }
  get(name) { return this.#map.get(String(name).toLowerCase()) ?? null; }
  has(name) { return this.#map.has(String(name).toLowerCase()); }
  set(name, value) { this.#map.set(String(name).toLowerCase(), String(value).trim()); }
  append(name, value) { const was = this.get(name); this.set(name, was === null ? value : `${was}, ${value}`); }
  delete(name) { this.#map.delete(String(name).toLowerCase()); }
  getSetCookie() { return this.has('set-cookie') ? [this.get('set-cookie')] : []; }
  forEach(f, self) { for (const [name, value] of this) f.call(self, value, name, this); }
  *entries() { for (const name of [...this.#map.keys()].sort()) yield [name, this.#map.get(name)]; }
  *keys() { for (const [name] of this) yield name; }
  *values() { for (const [, value] of this) yield value; }
  [Symbol.iterator]() { return this.entries(); }
  get [Symbol.toStringTag]() { return 'Headers'; }
}

// FormData is for programs without a document. Node's own, if somebody looks at
// it, loads a client for HTTP.
export class FormData {
  #all = [];
  append(name, value, file) { this.#all.push([String(name), typeof value === 'object' && value ? file ? new File([value], file) : value : String(value)]); }
  set(name, value, file) { this.delete(name); this.append(name, value, file); }
  delete(name) { this.#all = this.#all.filter(([is]) => is !== String(name)); }
  get(name) { return this.getAll(name)[0] ?? null; }
  getAll(name) { return this.#all.filter(([is]) => is === String(name)).map(([, value]) => value); }
  has(name) { return this.#all.some(([is]) => is === String(name)); }
  forEach(f, self) { for (const [name, value] of this.#all) f.call(self, value, name, this); }
  *entries() { yield* this.#all; }
  *keys() { for (const [name] of this.#all) yield name; }
  *values() { for (const [, value] of this.#all) yield value; }
  [Symbol.iterator]() { return this.entries(); }
  get [Symbol.toStringTag]() { return 'FormData'; }
}

class Body {
  #content; #used = false;
  constructor(content) { this.#content = content; }
  static content(of) { return of.#content; }
  get bodyUsed() { return this.#used; }
  get body() {
    if (this.#content.text === null) return null;
    const bytes = new TextEncoder().encode(this.#content.text);
    return new ReadableStream({ type: 'bytes', start(to) { if (bytes.length) to.enqueue(bytes); to.close(); } });
  }
  #take() {
    if (this.#used) throw new TypeError('Body is unusable: Body has already been read');
    this.#used = this.#content.text !== null;
    return this.#content.text ?? '';
  }
  async text() { return this.#take(); }
  async json() { return JSON.parse(this.#take()); }
  async bytes() { return new TextEncoder().encode(this.#take()); }
  async arrayBuffer() { return (await this.bytes()).buffer; }
  async blob() { return new globalThis.Blob([this.#take()], { type: this.headers.get('content-type') ?? '' }); }
  async formData() {
    const form = new globalThis.FormData();
    for (const [name, value] of this.#content.form ?? new URLSearchParams(this.#take())) form.append(name, value);
    return form;
  }
  static unread(of) {
    if (of.#used) throw new TypeError('Body is unusable: Body has already been read');
    return of.#content;
  }
}
export const content = body => Body.content(body);

const PAGE = 'http://localhost/';
export const absolute = url => new URL(url, globalThis.location?.href ?? PAGE).href;
const METHODS = /^(delete|get|head|options|patch|post|put)$/i;

export class Request extends Body {
  #signal;
  constructor(input, init = {}) {
    const from = input instanceof Request ? input : null;
    const body = init.body ?? null;
    const sent = body !== null ? read(body) : from ? Body.unread(from) : read(null);
    super(sent);
    const method = String(init.method ?? from?.method ?? 'GET');
    this.method = METHODS.test(method) ? method.toUpperCase() : method;
    if (sent.text !== null && /^(GET|HEAD)$/.test(this.method)) throw new TypeError('Request with GET/HEAD method cannot have body.');
    this.url = from ? from.url : absolute(input);
    this.headers = new Headers(init.headers ?? from?.headers);
    if (sent.type && !this.headers.has('content-type')) this.headers.set('content-type', sent.type);
    this.#signal = init.signal ?? from?.#signal ?? null;
    this.actions = init.actions ?? from?.actions;
    for (const name in DEFAULTS) this[name] = init[name] ?? from?.[name] ?? DEFAULTS[name];
  }
  get signal() { return this.#signal ??= new AbortController().signal; }
  static signal(of) { return of.#signal; } // or null, if there is none to be heard
  clone() { return new Request(this); }
  get [Symbol.toStringTag]() { return 'Request'; }
}
const DEFAULTS = { cache: 'default', credentials: 'same-origin', destination: '', duplex: 'half', integrity: '', keepalive: false, mode: 'cors', redirect: 'follow', referrer: 'about:client', referrerPolicy: '' };

const TEXTS = { 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict', 412: 'Precondition Failed', 422: 'Unprocessable Entity', 429: 'Too Many Requests', 500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout' };

export class Response extends Body {
  url = ''; redirected = false; type = 'default';
  constructor(body = null, init = {}) {
    const sent = body instanceof Body ? body : read(body);
    super(sent instanceof Body ? Body.content(sent) : sent);
    this.status = init.status ?? 200;
    this.statusText = init.statusText ?? '';
    this.ok = this.status >= 200 && this.status < 300;
    this.headers = new Headers(init.headers);
    if (sent.type && !this.headers.has('content-type')) this.headers.set('content-type', sent.type);
  }
  clone() {
    Body.unread(this);
    const { status, statusText, headers, url, type } = this;
    return Object.assign(new Response(this, { status, statusText, headers }), { url, type });
  }
  static json(data, init = {}) {
    const headers = new Headers(init.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(data), { ...init, headers });
  }
  static error() { return Object.assign(new Response(null, { status: 200 }), { type: 'error', status: 0, ok: false }); }
  static redirect(url, status = 302) { return new Response(null, { status, headers: { location: absolute(url) } }); }
  get [Symbol.toStringTag]() { return 'Response'; }
}
export const statusText = status => TEXTS[status] ?? '';
