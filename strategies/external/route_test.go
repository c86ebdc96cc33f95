package external

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"photofinish/scenarios"
	"photofinish/sim"
)

// routed reads one request after the other, of a client that has got record 1.
func routed(t *testing.T, steps, path string, requests ...string) string {
	t.Helper()
	s, err := scenarios.Parse("", []byte("name: a\ntitle: a\n"+steps))
	if err != nil {
		t.Fatal(err)
	}
	l := &lane{client: &Client{speaks: speaks(Spec{File: "save.js"})}, script: s.Script, path: path, got: []int{1}}
	l.words.of(s.Script)
	l.fields = 1<<len(s.Script.Fields) - 1 | 1<<sim.Permissions
	var all []string
	for _, text := range requests {
		var d deed
		if err := strict([]byte(text), &d); err != nil {
			t.Fatal(err)
		}
		o, err := l.route(d.Request)
		if err != nil {
			return err.Error()
		}
		one := o.do.String()
		if o.list {
			one += " list"
		} else if o.do != sim.Create {
			one += fmt.Sprintf(" #%d", o.id)
		}
		for f := range o.sets.All {
			one += fmt.Sprintf(" %s=%v", s.Script.FieldName(f), s.Script.Values[o.values[f]])
		}
		all = append(all, one)
	}
	return strings.Join(all, "; ")
}

// TestRoute: what requests are by the conventions, and what they are not.
func TestRoute(t *testing.T) {
	const edit = "given: {name: A}\nsteps: [{at: 0ms, do: update, set: {name: B}}, {at: 1ms, do: set-permissions, to: admin}]\n"
	b := `{"name":"B"}`
	for _, c := range []struct {
		what, path string
		requests   []string
		want       string
	}{
		{"a path with an id", "", []string{send(1, 0, "GET", "/people/1", ""), send(2, 0, "PUT", "/people/1", b), send(3, 0, "DELETE", "/people/1", "")}, "fetch #1; update #1 name=B; delete #1"},
		{"a whole address, and lower case", "", []string{send(1, 0, "patch", "https://example.org/api/people/1?v=2", b)}, "update #1 name=B"},
		{"the id is not the last part", "", []string{send(1, 0, "PATCH", "/people/1/profile", b)}, "update #1 name=B"},
		{"a digit before the collection", "/v/2/people", []string{send(1, 0, "POST", "/v/2/people", b), send(2, 0, "PATCH", "/v/2/people/1", b)}, "create name=B; update #1 name=B"},
		{"or one of something else", "", []string{send(1, 0, "POST", "/teams/42/people", b), send(2, 0, "PATCH", "/teams/42/people/1", b), send(3, 0, "GET", "/teams/42/people", "")}, "create name=B; update #1 name=B; fetch list"},
		{"the id in the query", "", []string{send(1, 0, "PATCH", "/person?id=1", b), send(2, 0, "GET", "/person", "")}, "update #1 name=B; fetch list"},
		{"the id in the body", "", []string{send(1, 0, "POST", "/rpc/save", `{"id":"1","name":"B"}`), send(2, 0, "DELETE", "/rpc/save", `{"id":1}`)}, "update #1 name=B; delete #1"},
		{"one that the client has not got", "", []string{send(1, 0, "POST", "/people", `{"id":7,"name":"B"}`)}, "create name=B"},
		{"a post with an id", "", []string{send(1, 0, "POST", "/people/1", b)}, "update #1 name=B"},
		{"a list, once the collection is known", "", []string{send(1, 0, "PATCH", "/people/1", b), send(2, 0, "GET", "/people/", "")}, "update #1 name=B; fetch list"},
		{"permissions alone", "", []string{patch(1, 0, `{"permissions":"admin","x":1}`)}, "set-permissions #1 permissions=admin"},
		{"and with the rest", "", []string{patch(1, 0, `{"permissions":"admin","name":"B"}`)}, "update #1 name=B permissions=admin"},
		{"no id that there is", "", []string{send(1, 0, "PATCH", "/people/undefined", b), send(2, 0, "PATCH", "/people/tmp-1", b), send(3, 0, "DELETE", "/people/null", "")}, "update #0 name=B; update #0 name=B; delete #0"},
		{"of a fetch neither, once the collection is known", "/people", []string{send(1, 0, "GET", "/people/null", "")}, "fetch #0"},
		{"null is no value", "", []string{patch(1, 0, `{"name":"B","permissions":null}`)}, "update #1 name=B"},
		{"a form's spelling", "", []string{patch(1, 0, `{"name":"B","unknown":[1]}`)}, "update #1 name=B"},
		{"the user's route", "", []string{`{"request":{"n":1,"method":"POST","url":"/graphql","json":{"query":"…"},"do":"update","id":"1","set":{"name":"B"}}}`}, "update #1 name=B"},
		{"which says that it is a list", "", []string{`{"request":{"n":1,"method":"POST","url":"/graphql","do":"fetch"}}`, `{"request":{"n":2,"method":"POST","url":"/graphql","do":"fetch","id":null}}`}, "fetch list; fetch #0"},
		{"or that it is nothing", "", []string{`{"request":{"n":1,"method":"POST","url":"/graphql","do":"upsert"}}`}, `POST /graphql: route says do "upsert", which is none`},

		{"error 1, before anything is known", "", []string{send(1, 0, "GET", "/api/me", "")},
			`GET /api/me is not about the record, as far as I can see (its path is not known yet). If it is not: export const route = r => r.path === "/api/me" ? null : undefined. If it is: export const map = { path: "/api/me" }`},
		{"and after", "", []string{send(1, 0, "PATCH", "/people/1", b), send(2, 0, "GET", "/api/me", "")},
			`GET /api/me is not about the record, as far as I can see (its path is /people). If it is not: export const route = r => r.path === "/api/me" ? null : undefined. If it is: export const map = { path: "/api/me" }`},
		{"an event", "", []string{send(1, 0, "POST", "/analytics", `{"event":"create"}`)}, "POST /analytics is not about the record"},
		{"a list of something else, before anything is known", "", []string{send(1, 0, "GET", "/teams/42/people", "")},
			`GET /teams/42/people is not about the record, as far as I can see (its path is not known yet). If it is not: export const route = r => r.path === "/teams/42/people" ? null : undefined. If it is: export const map = { path: "/teams/42/people" }`},
		{"something else that is to be done with a record", "", []string{send(1, 0, "POST", "/people/1/delete", "")},
			`POST /people/1/delete is not about the record, as far as I can see (its path is not known yet). If it is not: export const route = r => r.path === "/people/1/delete" ? null : undefined. If it is: export const route = r => r.path === "/people/1/delete" ? { do: …, id: … } : undefined`},
		{"a JSON Patch", "", []string{patch(1, 0, `[{"op":"replace","path":"/name","value":"B"}]`)}, `PATCH /people/1 carries no field of the scenario (name, permissions): [{"op":"replace","path":"/name","value":"B"}]. Another name`},
		{"another method", "", []string{send(1, 0, "OPTIONS", "/people/1", "")}, "OPTIONS /people/1 is not about the record"},
		{"error 2", "", []string{patch(1, 0, `{"data":{"attributes":{"name":"B"}}}`)},
			`PATCH /people/1 carries no field of the scenario (name, permissions): {"data":{"attributes":{"name":"B"}}}. Another name: map.fields. Another shape: route and answer (photofinish client new jsonapi|rails|apollo shows them)`},
		{"of a create", "", []string{send(1, 0, "POST", "/people", `{"person":{"name":"B"}}`)}, "POST /people carries no field of the scenario"},
		{"a text", "", []string{`{"request":{"n":1,"method":"PATCH","url":"/people/1","text":"name: B\u001b[2J"}}`}, `PATCH /people/1 carries no field of the scenario (name, permissions): name: B\x1b[2J. Another`},
		{"no body", "", []string{patch(1, 0, "")}, "PATCH /people/1 carries no field of the scenario (name, permissions): it has no body"},
		{"error 3", "", []string{patch(1, 0, `{"name":{"first":"B"}}`)}, `PATCH /people/1 sends name = {"first":"B"}, which nobody wrote ("A" was given). Give it back in route: { set: { name: … } }`},
		{"what a form has where nobody has written", "", []string{patch(1, 0, `{"name":"B","permissions":""}`)}, "update #1 name=B"},
		{"and where somebody has", "", []string{patch(1, 0, `{"name":""}`)}, `PATCH /people/1 sends name = "", which nobody wrote ("A" was given)`},
		{"error 4", "", []string{send(1, 0, "POST", "/graphql", `[{"name":"B"},{}]`)}, "POST /graphql holds 2 operations. A request stands for one: turn batching off here (batchMax: 1)"},
		{"error 5", "", []string{send(1, 0, "POST", "/people", `{"uuid":"3f2a9c1e-77","name":"B"}`), send(2, 0, "PATCH", "/people/3f2a9c1e-77", b)},
			"PATCH /people/3f2a… uses an id that your client made itself. Not understood yet: let the answer to the create give the id, or map it in route"},
	} {
		if got := routed(t, edit, c.path, c.requests...); got != c.want && !(strings.HasPrefix(got, c.want) && len(c.want) > 25 && !strings.Contains(c.want, "; ")) {
			t.Errorf("%s: it is\n%s, and not\n%s", c.what, got, c.want)
		}
	}
}

// TestDialects: an error says the way out in the words of the file's language.
func TestDialects(t *testing.T) {
	for file, want := range map[string][3]string{
		"save.tsx":       {`export const map = { path: "/api/me" }`, `Give it back in route: { set: { name: … } }`, `A request of its own: return null for it in route`},
		"sync.py":        {`If it is not: def route(request): return False if request.path == '/api/me' else None. If it is: MAP = {'path': '/api/me'}`, `Give it back in route: {'set': {'name': …}}`, `A request of its own: return False for it in route`},
		"go run ./save ": {`say "path": "/api/me" in the answer to start`, `say it with the request: "set": {"name": …}`, `A request of its own: answer it yourself`},
	} {
		s, err := scenarios.Parse("", []byte("name: a\ntitle: a\ngiven: {name: A}\nsteps: [{at: 0ms, do: update, set: {name: B}}]\n"))
		if err != nil {
			t.Fatal(err)
		}
		l := &lane{client: &Client{speaks: speaks(Spec{File: file})}, script: s.Script}
		q := &request{Method: "GET", URL: "/api/me"}
		for i, err := range []error{l.foreign(q), l.unwritten(q, 0, "x"), l.unasked(q, sim.Fetch)} {
			if !strings.Contains(err.Error(), want[i]) {
				t.Errorf("%s: it says %v, without %s", file, err, want[i])
			}
		}
	}
}

// FuzzRoute: whatever a program sends, it is an order or an error.
func FuzzRoute(f *testing.F) {
	f.Add("PATCH", "/people/1", `{"name":"B"}`)
	f.Add("POST", "%zz", `[]`)
	f.Add("GET", "?id=1", `null`)
	f.Fuzz(func(t *testing.T, method, url, body string) {
		if !json.Valid([]byte(body)) || method == "" {
			return
		}
		s, _ := scenarios.Parse("", []byte("name: a\ntitle: a\ngiven: {name: A}\nsteps: [{at: 0ms, do: update, set: {name: B}}]\n"))
		l := &lane{client: &Client{speaks: speaks(Spec{File: "save.js"})}, script: s.Script, got: []int{1}, fields: 1}
		l.words.of(s.Script)
		o, err := l.route(&request{N: 1, Method: method, URL: url, JSON: []byte(body)})
		if err != nil && strings.ContainsFunc(err.Error(), unseen) {
			t.Errorf("an error has what a terminal would obey: %q", err)
		}
		if err == nil && o.do != sim.Create && o.do != sim.Fetch && o.do != sim.Delete && o.sets == 0 {
			t.Error("an edit of nothing")
		}
	})
}
