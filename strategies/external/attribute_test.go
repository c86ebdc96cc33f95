package external

import (
	"fmt"
	"strings"
	"testing"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// three clicks on a name that is given, of which the first and the last set the
// same.
const three = `given: {name: A, liked: false}
steps:
  - {at: 0ms, do: update, set: {name: B}}
  - {at: 10ms, do: update, set: {name: C}}
  - {at: 20ms, do: update, set: {name: B}}
`

// two clicks on two fields.
const two = `given: {name: A, liked: false}
steps:
  - {at: 0ms, do: update, set: {name: B}}
  - {at: 10ms, do: update, set: {liked: true}}
`

// TestAttribution: one rule a row. What the requests were follows from it alone.
func TestAttribution(t *testing.T) {
	for _, c := range []struct {
		name, steps string
		says        map[string]string
		requests    string
		marks       string
	}{
		{"in its own turn a click speaks for itself", three, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "u3": out(patch(2, 3, `{"name":"B"}`)),
		}, "u1; u3", "drop u2"},
		{"even if the same is open elsewhere", three, map[string]string{
			"u3": out(patch(1, 3, `{"name":"B"}`)),
		}, "u3", "drop u1; drop u2"},
		{"a value goes before the context", two, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "answer 1": out(patch(2, 1, `{"liked":true}`)),
		}, "u1; u2", ""},
		{"what is done is not preferred to what is open", three, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "answer 1": out(patch(2, 1, `{"name":"B"}`)),
		}, "u1; u2 u3", ""},
		{"of several that are open the context's", three, map[string]string{
			"u3": out(`{"timer":1,"after":100,"by":3}`), "timer 1": out(patch(1, 3, `{"name":"B"}`)),
		}, "u1 u2 u3", ""},
		{"or else the earliest", three, map[string]string{
			"u3": out(`{"timer":1,"after":100,"by":3}`), "timer 1": out(patch(1, 2, `{"name":"B"}`), patch(2, 2, `{"name":"C"}`), patch(3, 2, `{"name":"B"}`)),
		}, "u1 or [1 3]; u2; u3", ""},
		{"of several the one that alone can have written another value", `given: {name: A, liked: false, age: 1}
steps:
  - {at: 0ms, do: update, set: {name: B, age: 2}}
  - {at: 10ms, do: update, set: {name: B, liked: true}}
`, map[string]string{"u2": out(`{"timer":1,"after":100}`), "timer 1": out(patch(1, 0, `{"name":"B","liked":true}`))}, "u2", "drop u1"},
		{"a value of another click rides along", two, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B","liked":false}`)), "u2": out(patch(2, 2, `{"name":"B","liked":true}`)),
		}, "u1 +given; u2 +u1", ""},
		{"the latest that wrote it", three, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "u2": out(patch(2, 2, `{"name":"C"}`)), "u3": out(patch(3, 3, `{"name":"B"}`)),
			"answer 3": out(patch(4, 2, `{"name":"B"}`)),
		}, "u1; u2; u3; u3", ""},
		{"a failed click is open", two, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "answer 1": out(send(2, 0, "PATCH", "/people/9", `{"name":"B"}`)),
			"answer 2": out(patch(3, 2, `{"name":"B","liked":true}`)),
		}, "u1; u1; u1 u2", ""},
		{"again: the context's, if it wrote one of the values", two, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "u2": out(patch(2, 2, `{"name":"B","liked":true}`)),
			"answer 2": out(patch(3, 1, `{"name":"B","liked":true}`)),
		}, "u1; u2 +u1; u1 +u2", ""},
		{"again: else the latest", two, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "u2": out(patch(2, 2, `{"name":"B","liked":true}`)),
			"answer 2": out(patch(3, 0, `{"name":"B","liked":true}`)),
		}, "u1; u2 +u1; u2 +u1", ""},
		{"a click in parts has failed if one of them has", `given: {name: A, liked: false}
steps: [{at: 0ms, do: update, set: {name: B, liked: true}, status: 500}]
`, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "answer 1": out(patch(2, 0, `{"liked":true}`)), "answer 2": out(patch(3, 0, `{"name":"B"}`)),
			"answer 3": out(patch(4, 0, `{"name":"B"}`)),
		}, "u1; u1; u1; u1", ""},
		{"even if the last of them has not", `given: {name: A, liked: false}
steps:
  - {at: 0ms, do: update, set: {name: B, liked: true}, status: 500}
  - {at: 150ms, do: update, set: {name: B}}
`, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "answer 1": out(patch(2, 0, `{"liked":true}`)), "answer 2": out(patch(3, 0, `{"name":"B"}`)),
		}, "u1; u1; u1 or [1 2]", "drop u2"},
		{"covered by later clicks", three, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "answer 1": out(patch(2, 1, `{"name":"B"}`)),
		}, "u1; u2 u3", ""},
		{"not if a field of it is missing", `given: {name: A, liked: false}
steps:
  - {at: 0ms, do: update, set: {name: B, liked: true}}
  - {at: 10ms, do: update, set: {name: C}}
`, map[string]string{"u1": out(`{"timer":1,"after":100}`), "timer 1": out(patch(1, 1, `{"name":"C"}`))}, "u2", "drop u1"},
		{"not in a click's own turn, and not later", three, map[string]string{
			"u2": out(patch(1, 2, `{"name":"C"}`)), "answer 1": out(patch(2, 2, `{"name":"B"}`)),
		}, "u2; u1 or [1 3]", "drop u3"},
		{"not while a timer of its own is set", three, map[string]string{
			"u1": out(`{"timer":1,"after":200,"by":1}`), "u2": out(`{"timer":2,"after":100,"by":2}`),
			"timer 2": out(patch(1, 2, `{"name":"C"}`)), "timer 1": out(patch(2, 1, `{"name":"B"}`)),
		}, "u2; u1 or [1 3]", "drop u3"},
		{"not if it is of another life", `given: {name: A}
steps:
  - {at: 0ms, do: update, set: {name: B}}
  - {at: 10ms, do: delete}
  - {at: 20ms, do: create, set: {name: C}}
  - {at: 30ms, do: update, set: {name: D}}
`, map[string]string{
			"d2": out(send(1, 2, "DELETE", "/people/1", "")), "c3": out(send(2, 3, "POST", "/people", `{"name":"C"}`)),
			"answer 2": out(send(3, 3, "PATCH", "/people/2", `{"name":"D"}`)),
		}, "d2; c3; u4", "drop u1"},
		{"a create is the open create's, even if its values are covered", `steps:
  - {at: 0ms, do: create, set: {name: A}}
  - {at: 10ms, do: update, set: {name: B}}
`, map[string]string{"u2": out(send(1, 2, "POST", "/people", `{"name":"B"}`))}, "c1 +u2", "drop u2"},
		{"without one it is the open edits'", `given: {name: A}
steps:
  - {at: 0ms, do: delete, client: 2}
  - {at: 200ms, do: update, set: {name: B}}
`, map[string]string{
			"d1": out(send(1, 1, "DELETE", "/people/1", "")), "u2": out(patch(2, 2, `{"name":"B"}`)),
			"answer 2": out(send(3, 2, "POST", "/people", `{"name":"B"}`)),
		}, "d1; u2; create u2", ""},
		{"a value of another kind rides along", `steps:
  - {at: 0ms, do: create, set: {name: A}}
  - {at: 200ms, do: update, set: {liked: true}}
`, map[string]string{
			"c1": out(send(1, 1, "POST", "/people", `{"name":"A"}`)), "u2": out(patch(2, 2, `{"name":"A","liked":true}`)),
		}, "c1; u2 +c1", ""},
		{"even if it is open", `given: {name: A}
steps: [{at: 0ms, do: set-permissions, to: admin}, {at: 10ms, do: update, set: {name: B}}]
`, map[string]string{"u2": out(patch(1, 2, `{"name":"B","permissions":"admin"}`))}, "u2 +p1", "drop p1"},
		{"a delete is the context's", `given: {name: A}
steps: [{at: 0ms, do: delete}, {at: 10ms, do: delete}]
`, map[string]string{
			"d1": out(`{"timer":1,"after":10}`), "timer 1": out(send(1, 2, "DELETE", "/people/1", ""), send(2, 0, "DELETE", "/people/1", ""), send(3, 1, "DELETE", "/people/1", ""), send(4, 0, "DELETE", "/people/1", "")),
		}, "d2; d1; d1; d2", ""},
		{"a fetch that nobody asked for is an errand", `given: {name: A}
steps: [{at: 0ms, do: update, set: {name: B}}, {at: 300ms, do: fetch}]
`, map[string]string{
			"start": out(send(1, 0, "GET", "/people/1", "")), "u1": out(patch(2, 1, `{"name":"B"}`), send(3, 1, "GET", "/people/1", ""), send(4, 1, "GET", "/people/1", "")),
			"f2": out(send(5, 2, "GET", "/people/1", ""), send(6, 2, "GET", "/people/1", "")),
		}, "f·1; u1; f·u1; f·u1·2; f2; f2", ""},
		{"a fetch that waits is what was asked for", `given: {name: A}
steps: [{at: 0ms, do: fetch}]
`, map[string]string{
			"f1": out(`{"timer":1,"after":20,"by":0}`), "timer 1": out(send(1, 0, "GET", "/people/1", "")),
		}, "f1", ""},
		{"a tag is taken as it is", three, map[string]string{
			"u1": out(`{"timer":1,"after":100}`), "timer 1": out(`{"request":{"n":1,"by":1,"method":"PATCH","url":"/people/1","json":{"name":"B"},"actions":[2,3]}}`),
		}, "u2 u3", "drop u1"},
		{"what the server made of it rides along", `given: {name: A, liked: false}
steps: [{at: 0ms, do: update, set: {name: " B"}, saved: {name: B}}, {at: 200ms, do: update, set: {liked: true}}]
`, map[string]string{
			"u1": out(patch(1, 1, `{"name":" B"}`)), "u2": out(patch(2, 2, `{"name":"B","liked":true}`)),
		}, "u1; u2 +u1'", ""},
		{"what another client wrote, and was read, rides along", `given: {name: A, liked: false}
steps:
  - {at: 0ms, do: update, client: 2, set: {name: B}}
  - {at: 200ms, do: fetch}
  - {at: 400ms, do: update, set: {liked: true}}
`, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "f2": out(send(1, 2, "GET", "/people/1", "")), "u3": out(patch(2, 3, `{"name":"B","liked":true}`)),
		}, "u1; f2; u3 +u1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &fake{says: c.says}
			tr := f.play(t, c.steps, sim.Options{})
			if tr.ledger.Failed != nil {
				t.Fatal(tr.ledger.Failed)
			}
			if got := tr.requests(); got != c.requests {
				t.Errorf("the requests are %q, and not %q", got, c.requests)
			}
			if got := tr.marks(); got != c.marks {
				t.Errorf("it has %q, and not %q", got, c.marks)
			}
		})
	}
}

// TestReadings: whichever of several clicks is taken, the same bytes are on the
// wire at the same times. Only the names differ, and none carries both.
func TestReadings(t *testing.T) {
	steps := `network: {uplink: {exponential: 120ms}, downlink: {exponential: 80ms}}
given: {name: A}
steps:
  - {at: 0ms, do: update, set: {name: B}, up: 300ms, down: 10ms}
  - {at: 10ms, do: update, set: {name: C}}
  - {at: 20ms, do: update, set: {name: B}, up: 20ms, down: 10ms}
`
	says := map[string]string{
		"u3": out(`{"timer":1,"after":100,"by":2}`), "timer 1": out(patch(1, 2, `{"name":"B"}`)),
		"answer 1": out(patch(2, 2, `{"name":"C"}`)), "answer 2": out(patch(3, 2, `{"name":"B"}`)),
	}
	var first []sim.Event
	for i, want := range []string{"u1 or [1 3]; u2; u3", "u3 or [1 3]; u2; u1"} {
		tr := (&fake{says: says}).play(t, steps, sim.Options{Reading: i})
		if tr.ledger.Readings != 2 {
			t.Errorf("there are %d readings", tr.ledger.Readings)
		}
		if got := tr.requests(); got != want {
			t.Errorf("reading %d: the requests are %q, and not %q", i, got, want)
		}
		if first == nil {
			first = tr.events
		}
		if len(tr.events) != len(first) {
			t.Fatalf("reading %d has %d events, and the first has %d", i, len(tr.events), len(first))
		}
		for k := range first {
			if a, b := tr.events[k], first[k]; a.At != b.At || a.Kind != b.Kind {
				t.Errorf("reading %d: event %d is %v at %v, and in the first %v at %v", i, k, a.Kind, a.At, b.Kind, b.At)
			}
		}
	}
}

// TestUnasked: what no click can have asked for is an error, with the way out.
func TestUnasked(t *testing.T) {
	given := "given: {name: Ada, liked: false}\n"
	edit := given + "steps: [{at: 0ms, do: update, set: {name: B}}]\n"
	for _, c := range []struct{ request, steps, says string }{
		{send(1, 1, "DELETE", "/people/1", ""), edit, "DELETE /people/1: no click has asked for a delete (so far: u1). A request of its own: return null for it in route"},
		{patch(1, 1, `{"name":"ADA"}`), edit, `PATCH /people/1 sends name = "ADA", which nobody wrote (u1 wrote "B"). Give it back in route: { set: { name: … } }`},
		{patch(1, 1, `{"name":["B"]}`), edit, `PATCH /people/1 sends name = ["B"], which nobody wrote (u1 wrote "B"). Give it back in route: { set: { name: … } }`},
		{patch(1, 1, `{"liked":null}`), edit, `PATCH /people/1 sends liked = null, which nobody wrote (false was given). Give it back in route: { set: { liked: … } }`},
		{send(1, 1, "POST", "/people", `{"name":"B"}`), given + "steps: [{at: 0ms, do: delete}]\n", `POST /people sends name = "B", which nobody wrote ("Ada" was given). Give it back in route: { set: { name: … } }`},
		{patch(2, 1, `{"name":"B"}`) + "," + patch(2, 1, `{"name":"B"}`), edit, "PATCH /people/1 is request 2, and the one before was 2: they count on, from 1 in each trial"},
		{`{"request":{"n":1,"by":1,"method":"PATCH","url":"/people/1","json":{"name":"B"},"actions":[2]}}`, edit, "PATCH /people/1 says that it carries click 2, and no click of that number has been done on this screen"},
	} {
		says := map[string]string{"u1": out(c.request), "d1": out(c.request)}
		tr := (&fake{says: says}).play(t, c.steps, sim.Options{})
		if got := fmt.Sprint(tr.ledger.Failed); got != "fake: "+c.says {
			t.Errorf("%s: it says\n%s, and not\n%s", c.request, got, c.says)
		}
	}
}

// TestStandingNo: a request in which a value rides along that the server will not
// have is refused whole.
func TestStandingNo(t *testing.T) {
	says := map[string]string{"u1": out(patch(1, 1, `{"name":"B"}`)), "u2": out(patch(2, 2, `{"name":"B","liked":true}`))}
	for status, want := range map[int]int{422: 422, 500: 200} { // which is for the moment
		tr := (&fake{says: says}).play(t, fmt.Sprintf(`given: {name: A, liked: false}
steps:
  - {at: 0ms, do: update, set: {name: B}, status: %d}
  - {at: 10ms, do: update, set: {liked: true}}
`, status), sim.Options{})
		if got := tr.requests(); got != "u1; u2 +u1" {
			t.Errorf("the requests are %q", got)
		}
		if got := int(tr.ledger.Fates[2].Status); got != want {
			t.Errorf("u1 gets %d, and u2, in which its value rides, %d, and not %d", status, got, want)
		}
	}
}

// TestJudgedInDoubt: where only one of two clicks is refused, and nobody can tell
// which of them a request carries, it is unknown what became of them. Tagged, or
// with values of their own, it is known.
func TestJudgedInDoubt(t *testing.T) {
	steps := `given: {name: A}
steps:
  - {at: 0ms, do: update, set: {name: B}}
  - {at: 10ms, do: update, set: {name: C}}
  - {at: 20ms, do: update, set: {name: %s}, status: 422}
`
	says := func(last, tags string) map[string]string {
		first := strings.Replace(patch(1, 2, `{"name":"B"}`), `"by"`, tags+`"by"`, 1)
		return map[string]string{
			"u3": out(`{"timer":1,"after":100,"by":2}`), "timer 1": out(first), "answer 1": out(patch(2, 2, `{"name":"C"}`)),
			"answer 2": out(patch(3, 2, last)), "answer 3": `"error":"no","screen":{"name":"C"}`,
		}
	}
	for _, c := range []struct{ what, last, tags, verdict string }{
		{"the same value", "B", "", "unknown"},
		{"the same value, and a tag", "B", `"actions":[1],`, "loud"},
		{"a value of its own", "D", "", "loud"},
	} {
		s, err := scenarios.Parse("", []byte("name: a\ntitle: a\nnetwork: {uplink: {constant: 50ms}, downlink: {constant: 50ms}}\n"+fmt.Sprintf(steps, c.last)))
		if err != nil {
			t.Fatal(err)
		}
		f := &fake{says: says(fmt.Sprintf(`{"name":%q}`, c.last), c.tags)}
		var w sim.World
		l, found := new(judge.Judge).Run(&w, s.Script, f.open(t).Entry().For(s.Script), 1, sim.Options{})
		if l.Failed != nil {
			t.Fatal(l.Failed)
		}
		if got := found.Verdict.String(); got != c.verdict {
			t.Errorf("%s: it is %s %v, and not %s", c.what, got, found.Anomalies, c.verdict)
		}
	}
}
