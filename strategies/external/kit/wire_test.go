package kit

import (
	"fmt"
	"strings"
	"testing"

	"photofinish/internal/testkit"
)

// What the user's file says of requests and answers: route, answer and map.
func TestHooks(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	s := open(t, `
export const map = { path: '/people', fields: { fullName: 'name' }, id: String };
export const route = q => q.path === '/api/me' ? null
  : q.path === '/rpc' ? { do: 'update', id: q.json.id, set: { fullName: q.json.fullName.trim() } } : undefined;
export const answer = (q, status, r) => {
  if (q.path === '/api/me') return { me: true };
  if (q.query.strict) return new Response(null, { status: status < 400 ? 204 : 422 });
  if (q.query.bad) return new Response('{}', { status: 500 });
  if (status >= 400) return { errors: [status] };
  if (q.query.shape) return { do: q.do, r, headers: q.headers, text: q.text };
};
export default ({ given, fields }) => {
  const said = [];
  const send = async (url, body) => {
    const r = await fetch(url, { method: body ? 'POST' : 'GET', body: body && JSON.stringify(body), headers: { 'X-A': '1' } });
    said.push(r.status + (r.ok ? '' : '!') + ' ' + r.url.slice(16) + ' ' + await r.text());
  };
  send('/api/me');
  return {
    update: ({ fullName }) => send(fullName, { id: given.id, fullName }),
    fetch: () => send('/people?shape=1'),
    screen: () => ({ id: given.id, fullName: JSON.stringify(given) + fields + ' ' + said.join('; '), other: 1 }),
  };
};`)
	a := s.start()
	if a.Path != "/people" || fmt.Sprint(a.Used) != "[skipped]" || len(a.Out) != 0 || fmt.Sprint(a.Does) != "[update set-permissions fetch]" {
		t.Errorf("start: %+v", a)
	}
	if want := `{"id":"1","fullName":"Ada"}fullName,liked 200 /api/me {"me":true}`; a.Screen["name"] != want || len(a.Screen) != 2 {
		t.Errorf("the screen is %v\nwant %s", a.Screen, want)
	}
	said := func(a answer) string {
		_, text, _ := strings.Cut(a.Screen["name"].(string), `{"me":true}; `)
		return text
	}
	n := 0
	for _, c := range []struct{ url, answer, out, said string }{
		{"/rpc", `"status":200,"do":"update","json":{"id":1,"name":"B"}`,
			`"do":"update","id":"1","json":{"id":"1","name":"/rpc"},"method":"POST","n":1,"set":{"name":"/rpc"},"url":"/rpc"`, `200 /rpc {"id":"1","fullName":"B"}`},
		{"/people", `"status":200,"do":"create","json":{"id":1,"name":"B"}`, `"json":{"id":"1","name":"/people"}`, `201 /people {"id":"1","fullName":"B"}`},
		{"/people?strict=1", `"status":200,"do":"delete","json":{}`, `"url":"/people?strict=1"`, `204 /people?strict=1 `},
		{"/people?strict=1", `"status":409,"json":{"error":"HTTP 409"}`, ``, `422! /people?strict=1 `},
		{"/people", `"status":500,"json":{"error":"HTTP 500"}`, ``, `500! /people {"errors":[500]}`},
		{"/people?shape=1", `"status":200,"do":"update","json":{"id":1,"name":"B"}`, ``,
			`200 /people?shape=1 {"do":"update","r":{"id":"1","fullName":"B"},"headers":{"content-type":"text/plain;charset=UTF-8","x-a":"1"},"text":"{\"id\":\"1\",`},
		{"/people?shape=1", `"status":200,"do":"delete","json":{}`, ``, `200 /people?shape=1 {"do":"delete","r":null,`},
	} {
		s.start()
		n++
		if a := s.update(1, 2, c.url); !strings.Contains(a.text(), c.out) || len(a.Out) != 1 || a.Failed != "" {
			t.Errorf("%s: out is %s, %s\nwant %s", c.url, a.text(), a.Failed, c.out)
		}
		if a := s.say(`{"t":2,"answer":{"n":1,%s}}`, c.answer); !strings.HasPrefix(said(a), c.said) {
			t.Errorf("%s: it got %s\nwant %s", c.url, said(a), c.said)
		}
	}
	s.start()
	s.say(`{"t":1,"act":{"n":2,"do":"fetch"}}`)
	a = s.say(`{"t":2,"answer":{"n":1,"status":200,"json":[{"id":1,"name":"B"}]}}`)
	if want := `200 /people?shape=1 {"r":[{"id":"1","fullName":"B"}],"headers":{"x-a":"1"}}`; said(a) != want {
		t.Errorf("a list is %s\nwant %s", said(a), want)
	}
	s.start()
	s.update(1, 2, "/people?bad=1")
	if a := s.say(`{"t":2,"answer":{"n":1,"status":200,"json":{"id":1,"name":"B"}}}`); a.Failed != "answer() made a failure of a success (200 → 500). What fails is the scenario's to say: status: 500 at the step" {
		t.Errorf("an answer that fails: %q", a.Failed)
	}
}

// No connection, an answer to what was given up, and one that nobody has asked for.
func TestNoAnswer(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	s := open(t, `
export default () => {
  const said = [];
  return {
    async update({ name }) {
      const signal = name === 'timeout' ? AbortSignal.timeout(1000) : undefined;
      try { said.push((await fetch('/people/1', { signal })).status); } catch (e) { said.push(e.name); }
    },
    create() {
      const x = new XMLHttpRequest();
      x.timeout = 1000;
      for (const kind of ['load', 'error', 'timeout', 'abort', 'loadend']) x.addEventListener(kind, () => said.push(kind));
      x.open('GET', '/people/1');
      x.send();
    },
    screen: () => ({ name: said.join() }),
  };
};`)
	s.start()
	s.update(1, 1, "")
	if a := s.say(`{"t":9,"answer":{"n":1,"status":0,"json":null}}`); a.Screen["name"] != "TypeError" {
		t.Errorf("no connection: %+v", a)
	}
	s.start()
	if a := s.update(0, 1, "timeout"); a.text() != `[{"after":1000,"by":1,"timer":1},{"request":{"at":"save.js:7","by":1,"method":"GET","n":1,"url":"/people/1"}}]` {
		t.Errorf("a request with a timeout: %s", a.text())
	}
	if a := s.say(`{"t":1000,"wake":1}`); a.text() != `[{"abort":1}]` || a.Screen["name"] != "TimeoutError" {
		t.Errorf("a timeout: %+v", a)
	}
	if a := s.say(`{"t":1001,"answer":{"n":1,"status":200,"json":{}}}`); len(a.Out) != 0 || a.Screen["name"] != "TimeoutError" || a.Failed != "" {
		t.Errorf("an answer that nobody waits for: %+v", a)
	}
	for _, c := range []struct{ line, out, said string }{
		{`{"t":5,"answer":{"n":1,"status":200,"json":{}}}`, `[{"clear":1}]`, "load,loadend"},
		{`{"t":5,"answer":{"n":1,"status":0,"json":null}}`, `[{"clear":1}]`, "error,loadend"},
		{`{"t":1000,"wake":1}`, `[{"abort":1}]`, "timeout,loadend"},
	} {
		s.start()
		s.say(`{"t":0,"act":{"n":1,"do":"create","set":{}}}`)
		if a := s.say("%s", c.line); a.text() != c.out || a.Screen["name"] != c.said {
			t.Errorf("%s: %+v", c.line, a)
		}
	}
}

// A page sees that it is offline and back, and the next trial begins online.
func TestOnline(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	s := open(t, `
export default () => {
  const seen = [navigator.onLine];
  for (const what of ['offline', 'online']) addEventListener(what, () => { seen.push(what, navigator.onLine); });
  return { update() {}, screen: () => ({ name: seen.join() }) };
};`)
	for range 2 {
		s.start()
		s.say(`{"t":1,"online":false}`)
		if a := s.say(`{"t":2,"online":true}`); a.Screen["name"] != "true,offline,false,online,true" {
			t.Errorf("it has seen %v", a.Screen["name"])
		}
		s.say(`{"t":3,"online":false}`)
	}
}

// A button that is disabled is pressed as soon as it is not; what is said to a
// refusal, and that an error stands.
func TestScreen(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	s := open(t, `
export default ({ given, tell, refuse }) => {
  let busy = false, error = '', shown = { ...given }, asked = [];
  return {
    async update(set) {
      if (set.name === '') return refuse('a name is needed');
      if (set.name === 'gone') { shown = null; return; }
      if (set.name === 'toast') return tell(new Error('a toast'));
      if (set.name === 'error') { error = new Error('the same'); return; }
      if (set.name === 'no words') { error = new TypeError(); return; }
      if (set.name === 'nothing') { error = {}; return; }
      busy = true;
      shown = { ...shown, ...set };
      const r = await fetch('/people/1', { method: 'PUT', body: JSON.stringify(set) });
      busy = false;
      error = r.ok ? '' : 'could not save';
    },
    delete() { shown = { name: 'Ada', deleted: true, id: null }; },
    disabled: what => { asked.push(what); return busy; },
    screen: () => shown && { ...shown, error, busy, liked: NaN, age: 1 },
  };
};`)
	a := s.start()
	if fmt.Sprint(a.Screen) != "map[id:1 liked:NaN name:Ada]" || a.Busy || a.Error != "" {
		t.Errorf("start: %+v", a)
	}
	if a := s.update(0, 1, "B"); !a.Busy {
		t.Errorf("a save: %+v", a)
	}
	if a := s.update(1, 2, "C"); a.text() != `[{"block":2}]` {
		t.Errorf("a blocked click: %+v", a)
	}
	if a := s.say(`{"t":2,"act":{"n":3,"do":"set-permissions","set":{"permissions":"all"}}}`); a.text() != `[{"block":3}]` {
		t.Errorf("another blocked click: %+v", a)
	}
	a = s.say(`{"t":9,"answer":{"n":1,"status":409,"json":{"error":"HTTP 409"}}}`)
	if want := `[{"tell":"could not save"},{"unblock":2},{"request":{"at":"save.js:14","by":2,"json":{"name":"C"},"method":"PUT","n":2,"url":"/people/1"}}]`; a.text() != want || a.Error != "could not save" || a.Screen["name"] != "C" {
		t.Errorf("an answer: %+v\n%s", a, a.text())
	}
	a = s.say(`{"t":19,"answer":{"n":2,"status":409,"json":{"error":"HTTP 409"}}}`)
	if !strings.HasPrefix(a.text(), `[{"unblock":3},{"request":`) || !strings.Contains(a.text(), `"json":{"permissions":"all"}`) || a.Error != "could not save" {
		t.Errorf("the same error stands: %+v\n%s", a, a.text())
	}
	a = s.say(`{"t":29,"answer":{"n":3,"status":200,"json":{}}}`)
	if len(a.Out) != 0 || a.Error != "" {
		t.Errorf("an answer that takes the error away: %+v", a)
	}
	for _, c := range []struct{ name, out, err string }{
		{"", `[{"reason":"a name is needed","refuse":4}]`, ""},
		{"toast", `[{"by":4,"tell":"a toast"}]`, ""},
		{"toast", `[{"by":4,"tell":"a toast"}]`, ""},
		{"error", `[{"tell":"the same"}]`, "the same"},
		{"error", `[{"tell":"the same"}]`, "the same"}, // another Error
		{"no words", `[{"tell":"TypeError"}]`, "TypeError"},
		{"nothing", `[]`, ""},
	} {
		if a := s.update(30, 4, c.name); a.text() != c.out || a.Error != c.err {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
	if a := s.update(30, 5, "gone"); a.Screen != nil {
		t.Errorf("nobody is on the screen: %+v", a)
	}
	s.start()
	if a := s.say(`{"t":1,"act":{"n":1,"do":"delete"}}`); a.Screen != nil {
		t.Errorf("somebody who is deleted is on the screen: %+v", a)
	}
}
