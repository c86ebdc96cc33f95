package kit

import (
	"fmt"
	"strings"
	"testing"
)

// probing is a client whose click runs the code of the world that has the name it
// sets, and whose screen shows what that has said: texts, joined.
func probing() string {
	var codes strings.Builder
	for _, w := range world {
		fmt.Fprintf(&codes, "if (name === %q) {%s}\n", w.name, w.code)
	}
	return `
import { setTimeout as pause } from 'node:timers/promises';
import timers from 'timers';
let modules = 0;
export default ({ given, fields, client }) => {
  const said = [];
  const say = (...all) => { said.push(all.join(' ')); };
  return { async update({ name }) {` + codes.String() + `}, fetch() {}, screen: () => ({ name: said.join(', ') }) };
};`
}

// probe is what code says, does on the wire and makes use of, in any trial.
type probe struct{ name, code, say, out, used string }

var world = []probe{
	{name: "immediate tasks come by their time, then by their making, each after its microtasks", code: `
		setTimeout(() => say('16'), 16);
		setTimeout(() => { say('0'); Promise.resolve().then(() => say('then')); });
		setTimeout(() => say('1'), 1);
		setImmediate(() => say('immediate'));
		requestAnimationFrame(at => say('frame', at));
		requestIdleCallback(d => say('idle', d.didTimeout));
		const { port1, port2 } = new MessageChannel();
		port2.onmessage = e => say('message', e.data.a);
		port1.postMessage({ a: 1 });
		queueMicrotask(() => say('micro'));
		process.nextTick(() => say('tick'));
		await null;
		say('now');`,
		say: "tick, micro, now, 0, then, immediate, idle false, message 1, 1, 16, frame 56", out: "[]", used: "instant"},
	{name: "a longer timer is photofinish's", code: `
		setTimeout(() => say('17'), 17); const t = setTimeout(() => {}, 18); clearTimeout(t); clearTimeout(t); clearTimeout(undefined);
		const i = setInterval(() => {}, 5); i.unref(); setTimeout(() => {}, 5); clearTimeout(setTimeout(() => say('never'), 5)); i.refresh();`,
		out: `[{"after":17,"by":2,"timer":1},{"after":17,"by":2,"timer":3}]`, used: "instant"},
	{name: "immediate tasks take their time", code: `
		setTimeout(() => { say(performance.now()); setTimeout(() => say('late'), 100); }, 10);`,
		say: "50", out: `[{"after":110,"by":2,"timer":2}]`, used: "instant clock"},
	{name: "all timers of Node", code: `
		await pause(5); say('pause'); timers.setTimeout(() => say('timers'), 5); await timers.promises.setTimeout(3); say('promises');
		const { promisify } = await import('node:util'); say(await promisify(setTimeout)(2, 'promised'));
		for await (const x of timers.promises.setInterval(4, 'each')) { say(x); break; }
		try { await pause(50, null, { signal: AbortSignal.abort() }); } catch (e) { say(e.name); }`,
		say: "pause, promises, timers, promised, each, AbortError", out: "[]", used: "instant"},
	{name: "every clock is the trial's", code: `
		say(Date.now(), new Date().toISOString(), performance.now(), process.hrtime()[1], process.hrtime.bigint(), new Event('x').timeStamp, process.uptime());
		say(Date().slice(0, 24), new Date(0).getTime(), new Date(2024, 0).getMonth(), new Date() instanceof Date, Date.length, performance.timeOrigin, typeof performance.mark('x'), new Intl.DateTimeFormat('en').format());`,
		say: "1704067205040 2024-01-01T00:00:05.040Z 40 40000000 40000000 40 0.04, Mon Jan 01 2024 00:00:05 0 0 true 7 1704067205000 object 1/1/2024", out: "[]", used: "clock"},
	{name: "chance is the trial's", code: `
		say(Math.random().toFixed(6), crypto.randomUUID(), crypto.getRandomValues(new Uint8Array(3)));`,
		say: "0.011705 125e96e7-f495-4b2d-985b-63127c65cdee 134,149,8", out: "[]", used: "random"},
	{name: "a digest needs no waiting", code: `
		const d = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('Ada'));
		say(Buffer.from(d).toString('hex').slice(0, 8));`, say: "99a563ab", out: "[]"},
	{name: "bodies of every kind", code: `
		const form = new FormData(); form.set('name', 'B'); form.append('tag', 'a'); form.append('tag', 'b');
		const bodies = ['{"name":"B"}', 'name=B&liked=true', 'just a text', new URLSearchParams({ name: 'B' }), form, new Blob(['{"name":', '"B"}']), new TextEncoder().encode('{"name":"B"}'), undefined, 'x'.repeat(300)];
		for (const body of bodies) fetch('/people/1?x=1', { method: 'put', body });`,
		out: `[{"request":{"by":2,"json":{"name":"B"},"method":"PUT","n":1,"url":"/people/1?x=1"}},` +
			`{"request":{"by":2,"json":{"liked":"true","name":"B"},"method":"PUT","n":2,"url":"/people/1?x=1"}},` +
			`{"request":{"by":2,"method":"PUT","n":3,"text":"just a text","url":"/people/1?x=1"}},` +
			`{"request":{"by":2,"json":{"name":"B"},"method":"PUT","n":4,"url":"/people/1?x=1"}},` +
			`{"request":{"by":2,"json":{"name":"B","tag":["a","b"]},"method":"PUT","n":5,"url":"/people/1?x=1"}},` +
			`{"request":{"by":2,"json":{"name":"B"},"method":"PUT","n":6,"url":"/people/1?x=1"}},` +
			`{"request":{"by":2,"json":{"name":"B"},"method":"PUT","n":7,"url":"/people/1?x=1"}},` +
			`{"request":{"by":2,"method":"PUT","n":8,"url":"/people/1?x=1"}},` +
			`{"request":{"by":2,"method":"PUT","n":9,"text":"` + strings.Repeat("x", 200) + `","url":"/people/1?x=1"}}]`},
	{name: "a request by every door", code: `
		const q = new Request('https://api.example/people/1', { method: 'PATCH', body: '{"name":"B"}', headers: { 'X-Photofinish-Actions': '2,3' } });
		say(q.url, q.method, q.headers.get('content-type'), await q.clone().text(), q.bodyUsed); fetch(q);
		navigator.sendBeacon('/people/1', new Blob(['{"name":"B"}'], { type: 'application/json' }));
		const x = new XMLHttpRequest(); x.open('PATCH', '/people/1'); x.setRequestHeader('content-type', 'application/json'); x.send('{"name":"B"}');`,
		say: "https://api.example/people/1 PATCH text/plain;charset=UTF-8 {\"name\":\"B\"} false",
		out: `[{"request":{"actions":[2,3],"by":2,"json":{"name":"B"},"method":"PATCH","n":1,"url":"https://api.example/people/1"}},` +
			`{"request":{"beacon":true,"by":2,"json":{"name":"B"},"method":"POST","n":2,"url":"/people/1"}},` +
			`{"request":{"by":2,"json":{"name":"B"},"method":"PATCH","n":3,"url":"/people/1"}}]`},
	{name: "what is given up is told", code: `
		const c = new AbortController(); const p = fetch('/people/1', { signal: c.signal }); c.abort(); c.abort(); try { await p; } catch (e) { say(e.name); }
		const x = new XMLHttpRequest(); x.onabort = () => say('xhr'); x.open('GET', '/people/1'); x.send(); x.abort();
		try { await fetch('/people/1', { signal: c.signal }); } catch (e) { say(e.name); }
		fetch('/people/1', { signal: AbortSignal.timeout(1000) }).catch(e => say(e.name));`,
		say: "AbortError, xhr, AbortError", out: `[{"request":{"by":2,"method":"GET","n":1,"url":"/people/1"}},{"abort":1},` +
			`{"request":{"by":2,"method":"GET","n":2,"url":"/people/1"}},{"abort":2},` +
			`{"after":1000,"by":2,"timer":1},{"request":{"by":2,"method":"GET","n":3,"url":"/people/1"}}]`},
	{name: "what the user is told", code: `alert('oh'); confirm('sure?') && say('sure'); say(prompt('who?'));`, say: "sure, ", out: `[{"by":2,"tell":"oh"}]`},
	{name: "nothing is left of the last trial", code: `
		say(++modules, globalThis.left, localStorage.length, sessionStorage.length, typeof Math.sin, window === self, Object.keys(process.env).includes('LEFT'), typeof fetch, navigator.onLine, [].left, typeof Promise.prototype.finally);
		addEventListener('left', () => say('heard')); if (modules > 1) dispatchEvent(new Event('left'));
		globalThis.left = 1; localStorage.setItem('a', 1); sessionStorage.b = 2; Math.sin = 1; window.fetch = 1; delete globalThis.alert; process.env.LEFT = 1; console.log = null; navigator.onLine = false; Array.prototype.left = 1; Promise.prototype.finally = 1;
		setInterval(() => say('left'), 100); fetch?.call;`,
		say: "1  0 0 function true false function true  function", out: `[{"after":100,"by":2,"timer":1}]`},
	{name: "a storage is an object too", code: `
		localStorage.a = 1; localStorage.setItem('b', 2); say(localStorage.getItem('a') + localStorage.b, localStorage.length, localStorage.key(1), Object.keys(localStorage), 'a' in localStorage, localStorage.getItem('c'));
		delete localStorage.a; localStorage.removeItem('b'); say(localStorage.length);`, say: "12 2 b a,b true , 0", out: "[]"},
}

func TestWorld(t *testing.T) {
	open(t, probing()).holds(t, 3)
}

// holds runs each probe so many times.
func (s *session) holds(t *testing.T, times int) {
	t.Helper()
	for _, w := range world {
		for range times {
			if wrong := s.unlike(w); wrong != "" {
				t.Errorf("%s: %s", w.name, wrong)
			}
		}
	}
}

// unlike runs a trial with one click, and tells what is not as it should be.
func (s *session) unlike(w probe) string {
	s.t.Helper()
	a := s.say(`{"t":0,"start":{"seed":7,"given":null,"fields":["name"],"client":1,"clock":5000,"lines":false}}`)
	if a.Failed == "" {
		a = s.update(40, 2, w.name)
	}
	if len(a.Out) == 0 {
		a.Out = []map[string]any{}
	}
	if a.Failed == "" && a.Screen["name"] == w.say && a.text() == w.out && fmt.Sprint(a.Used) == "["+w.used+"]" {
		return ""
	}
	return fmt.Sprintf("it says %q\nwant    %q\nout  %s\nwant %s\nused %v, want %s\nlog %q, failed %q", a.Screen["name"], w.say, a.text(), w.out, a.Used, w.used, a.Log, a.Failed)
}
