package external

import (
	"fmt"
	"strings"
	"testing"

	"photofinish/sim"
)

const name = "given: {name: A}\nsteps: [{at: 0ms, do: update, set: {name: B}%s}]\n"

// TestTold: of which failures the user was told.
func TestTold(t *testing.T) {
	one := fmt.Sprintf(name, ", status: 500")
	both := `given: {name: A, liked: false}
steps: [{at: 0ms, do: update, set: {name: B}, status: 500}, {at: 10ms, do: update, set: {liked: true}, status: 500}]
`
	lost := fmt.Sprintf(name, ", lose: up")
	back := `"screen":{"id":1,"name":"A","liked":false}`
	sends := map[string]string{"u1": out(patch(1, 1, `{"name":"B"}`)), "u2": out(patch(2, 2, `{"liked":true}`))}
	for _, c := range []struct {
		what, steps string
		says        map[string]string
		marks       string
	}{
		{"nobody", one, nil, ""},
		{"an error stands", one, map[string]string{"answer 1": back + `,"error":"no"`}, "tell u1"},
		{"a toast in the turn", one, map[string]string{"answer 1": back + `,` + out(`{"tell":"no"}`)}, "tell u1"},
		{"the same text stands for both", both, map[string]string{"answer 1": back + `,"error":"no"`, "answer 2": back + `,"error":"no"`}, "tell u1; tell u2"},
		{"a toast each, later", both, map[string]string{
			"answer 1": out(`{"timer":1,"after":100,"by":1}`), "answer 2": out(`{"timer":2,"after":100,"by":2}`),
			"timer 1": back + `,` + out(`{"tell":"a"}`), "timer 2": back + `,` + out(`{"tell":"b"}`),
		}, "tell u1; tell u2"},
		{"the context's, if it has one", both, map[string]string{
			"answer 2": out(`{"timer":2,"after":100,"by":2}`), "timer 2": back + `,` + out(`{"tell":"b"}`),
		}, "tell u2"},
		{"what the toast says of its context", both, map[string]string{
			"answer 2": out(`{"timer":2,"after":100,"by":1}`), "timer 2": back + `,` + out(`{"tell":"b","by":2}`),
		}, "tell u2"},
		{"else the earliest", both, map[string]string{
			"answer 2": out(`{"timer":2,"after":100}`), "timer 2": back + `,` + out(`{"tell":"b","by":0}`, `{"tell":"c","by":0}`),
		}, "tell u2; tell u1"},
		{"an error that stands later, and is not new, tells nobody", one, map[string]string{
			"answer 1": out(`{"timer":1,"after":100,"by":1}`), "timer 1": back + `,"error":"no"`,
		}, ""},
		{"a toast before the answer tells nobody", one, map[string]string{"u1": out(patch(1, 1, `{"name":"B"}`), `{"tell":"saving"}`)}, ""},
		{"an abort", lost, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`), `{"timer":1,"after":1000,"by":1}`), "timer 1": back + `,"error":"slow",` + out(`{"abort":1}`),
		}, "timeout u1; tell u1"},
		{"an abort of which nothing is seen", lost, map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`), `{"timer":1,"after":1000,"by":1}`), "timer 1": back + `,` + out(`{"abort":1}`),
		}, "timeout u1"},
	} {
		says := map[string]string{}
		for _, m := range []map[string]string{sends, c.says} {
			for k, v := range m {
				says[k] = v
			}
		}
		tr := (&fake{says: says}).play(t, c.steps, sim.Options{})
		if tr.ledger.Failed != nil {
			t.Fatal(c.what, tr.ledger.Failed)
		}
		if got := tr.marks(); got != c.marks {
			t.Errorf("%s: it has %q, and not %q", c.what, got, c.marks)
		}
	}
}

// TestWriters: who wrote what the screen shows at the end.
func TestWriters(t *testing.T) {
	for _, c := range []struct {
		what, steps string
		says        map[string]string
		field       int
		shows       string
	}{
		{"the click of the turn", three, nil, 0, "3"},
		{"who was there before, while the value stays the same", three, map[string]string{
			"u2": `"screen":{"name":"B"}`,
		}, 0, "1"},
		{"the answer of the turn", fmt.Sprintf(name, ", saved: {name: Bee}"), map[string]string{
			"u1": out(patch(1, 1, `{"name":"B"}`)), "answer 1": `"screen":{"name":"Bee"}`,
		}, 0, "1'"},
		{"the latest click with the value", three, map[string]string{
			"u3": out(`{"timer":1,"after":10}`) + `,"screen":{"name":"A"}`, "timer 1": `"screen":{"name":"B"}`,
		}, 0, "3"},
		{"the click that is unblocked, before a later one", three, map[string]string{
			"u1": out(`{"block":1}`) + `,"screen":{"name":"A"}`, "u3": out(`{"timer":1,"after":10}`) + `,"screen":{"name":"C"}`,
			"timer 1": out(`{"unblock":1}`) + `,"screen":{"name":"B"}`,
		}, 0, "1"},
		{"the answer's, before a click of its own", `given: {name: A}
steps: [{at: 0ms, do: update, set: {name: B}}, {at: 10ms, do: update, client: 2, set: {name: B}}, {at: 200ms, do: fetch}]
`, map[string]string{
			"u1": `"screen":{"name":"A"}`, "u2": out(patch(1, 2, `{"name":"B"}`)), "f3": out(send(1, 3, "GET", "/people/1", "")) + `,"screen":{"name":"A"}`,
			"answer 1": `"screen":{"name":"B"}`,
		}, 0, "2"},
		{"what was given", fmt.Sprintf(name, ""), map[string]string{"u1": `"screen":{"name":"A"}`}, 0, "0"},
		{"nobody", fmt.Sprintf(name, ""), map[string]string{"u1": `"screen":{}`}, 0, "-1"},
		{"empty is nobody's", fmt.Sprintf(name, ""), map[string]string{"u1": `"screen":{"name":""}`}, 0, "-1"},
		{"unless a click set it", "given: {name: A}\nsteps: [{at: 0ms, do: update, set: {name: \"\"}}]\n", map[string]string{"u1": `"screen":{"name":null}`}, 0, "1"},
		{"a number in a form", "given: {age: 41}\nsteps: [{at: 0ms, do: update, set: {age: 42}}]\n", map[string]string{"u1": `"screen":{"age":"42"}`}, 0, "1"},
		{"unless the script has both", "given: {age: 41}\nsteps: [{at: 0ms, do: update, set: {age: 42}}, {at: 9ms, do: update, set: {age: \"42\"}}]\n", nil, 0, "2"},
		{"a refused click's, which stands in the form", fmt.Sprintf(name, ""), map[string]string{"u1": out(`{"refuse":1,"reason":"no"}`)}, 0, "1"},
		{"permissions", "given: {name: A}\nsteps: [{at: 0ms, do: set-permissions, to: admin}]\n", nil, sim.Permissions, "1"},
	} {
		tr := (&fake{says: c.says}).play(t, c.steps, sim.Options{})
		if tr.ledger.Failed != nil {
			t.Fatal(c.what, tr.ledger.Failed)
		}
		by := tr.ledger.Views[0].State[c.field]
		got := fmt.Sprint(by.Action())
		if by.ByServer() {
			got += "'"
		}
		if got != c.shows {
			t.Errorf("%s: it is shown as written by %s, and not by %s", c.what, got, c.shows)
		}
	}
}

// TestRead: what the screen has taken of an answer.
func TestRead(t *testing.T) {
	get := send(1, 1, "GET", "/people/1", "")
	other := `given: {name: A, liked: false}
steps: [{at: 0ms, do: %s}, {at: 10ms, do: update, client: 2, set: {name: Z}, up: 5ms}]
`
	for _, c := range []struct {
		what, steps string
		says        map[string]string
		reads       string // the fields that were read, and those that were kept
	}{
		{"all that a fetch brings", fmt.Sprintf(other, "fetch"), map[string]string{"f1": out(get), "u2": out(patch(1, 2, `{"name":"Z"}`)), "answer 1": `"screen":{"name":"Z","liked":false}`}, "[0 1] kept []"},
		{"not what it did not take", fmt.Sprintf(other, "fetch"), map[string]string{"f1": out(get), "u2": out(patch(1, 2, `{"name":"Z"}`)), "answer 1": `"screen":{"name":"A","liked":false}`}, "[1] kept [0]"},
		{"not what may be its own edit", "given: {name: A, liked: false}\nsteps: [{at: 0ms, do: update, set: {name: B}, up: 1ms}, {at: 5ms, do: fetch}]\n",
			map[string]string{"u1": out(patch(1, 1, `{"name":"B"}`)), "f2": out(send(2, 2, "GET", "/people/1", ""))}, "[1] kept [0]"},
		{"of an errand nothing, if the screen stays as it is", "given: {name: A, liked: false}\nsteps: [{at: 0ms, do: update, set: {name: B}}]\n",
			map[string]string{"start": out(send(1, 0, "GET", "/people/1", ""))}, ""},
		{"of a save what has changed", "given: {name: A, liked: false}\nsteps: [{at: 0ms, do: update, set: {name: B}, saved: {name: b}}]\n",
			map[string]string{"u1": out(patch(1, 1, `{"name":"B"}`)), "answer 1": `"screen":{"name":"b","liked":false}`}, "[0] kept [1]"},
		{"and else nothing", fmt.Sprintf(name, ""), map[string]string{"u1": out(patch(1, 1, `{"name":"B"}`))}, ""},
	} {
		tr := (&fake{says: c.says}).play(t, c.steps, sim.Options{})
		if tr.ledger.Failed != nil {
			t.Fatal(c.what, tr.ledger.Failed)
		}
		var got []string
		for _, r := range tr.ledger.Reads {
			var read, kept []int
			for f, by := range r.Body {
				switch {
				case by == sim.Nobody:
				case r.Kept.Has(f):
					kept = append(kept, f)
				default:
					read = append(read, f)
				}
			}
			got = append(got, fmt.Sprintf("%v kept %v", read, kept))
		}
		if all := strings.Join(got, "; "); all != c.reads {
			t.Errorf("%s: it has read %q, and not %q", c.what, all, c.reads)
		}
	}
}

// TestEnd: what becomes of a click that never left.
func TestEnd(t *testing.T) {
	edit := fmt.Sprintf(name, "")
	for _, c := range []struct {
		what    string
		says    map[string]string
		marks   string
		outcome string
		fails   string
	}{
		{"it was dropped", nil, "drop u1", "wrong", ""},
		{"it is stuck, if the client is busy", map[string]string{"u1": `"busy":true`}, "", "stuck", ""},
		{"it was refused", map[string]string{"u1": out(`{"refuse":1,"reason":"no"}`) + `,"screen":{"name":"A"}`}, "refuse u1", "loud", ""},
		{"it is blocked", map[string]string{"u1": out(`{"block":1}`) + `,"screen":{"name":"A"}`}, "block u1", "stuck", ""},
		{"it was blocked, and then it left", map[string]string{"u1": out(`{"block":1}`, `{"timer":1,"after":50}`) + `,"screen":{"name":"A"}`, "timer 1": out(`{"unblock":1}`, patch(1, 1, `{"name":"B"}`))}, "block u1", "ok", ""},
		{"time goes on to the timer that it waits for", map[string]string{"u1": out(`{"timer":1,"after":60000,"by":1}`), "timer 1": out(patch(1, 1, `{"name":"B"}`))}, "", "ok", ""},
		{"nobody waits for one that it does not", map[string]string{"u1": out(patch(1, 1, `{"name":"B"}`), `{"timer":1,"after":60000,"by":1}`), "timer 1": out(patch(1, 1, `{"name":"B"}`))}, "", "ok", ""},
	} {
		tr := (&fake{says: c.says}).play(t, edit, sim.Options{})
		if tr.ledger.Failed != nil {
			t.Fatal(c.what, tr.ledger.Failed)
		}
		if got := tr.marks(); got != c.marks {
			t.Errorf("%s: it has %q, and not %q", c.what, got, c.marks)
		}
		if got := tr.found.Verdict.String(); got != c.outcome {
			t.Errorf("%s: it is %s, and not %s", c.what, got, c.outcome)
		}
	}
}

// TestShownByNobody: a value on the screen that nobody wrote.
func TestShownByNobody(t *testing.T) {
	for screen, want := range map[string]string{
		`"screen":{"name":"ADA"}`: `the screen shows name = "ADA" after the click u1, which nobody wrote (u1 wrote "B")`,
		`"screen":{"name":["B"]}`: `the screen shows name = ["B"] after the click u1, which nobody wrote (u1 wrote "B")`,
		`"screen":7`:              `the screen is 7 after the click u1: it is an object with the fields of the scenario, or null`,
	} {
		tr := (&fake{says: map[string]string{"u1": screen}}).play(t, fmt.Sprintf(name, ""), sim.Options{})
		if got := fmt.Sprint(tr.ledger.Failed); got != "fake: "+want {
			t.Errorf("%s: it says %q, and not %q", screen, got, want)
		}
	}
}

// stop lets so many events happen, and no more.
type stop int

func (s *stop) Choose(*sim.World, []sim.Pending) int {
	if *s--; *s < 0 {
		return -1
	}
	return 0
}

// TestHalfWay: of a trial that is stopped half way nobody says that what waits was
// dropped: it may leave yet.
func TestHalfWay(t *testing.T) {
	for after, want := range map[stop]string{1: "", 2: "drop u1; drop u2"} {
		tr := (&fake{}).play(t, two, sim.Options{Chooser: &after})
		if got := tr.marks(); got != want {
			t.Errorf("it has %q, and not %q", got, want)
		}
	}
}

// TestShownAtOnce: an error that a click shows in its own turn is no refusal, but
// may be meant for one.
func TestShownAtOnce(t *testing.T) {
	says := map[string]string{"u1": out(`{"tell":"no"}`) + `,"error":"no"`}
	tr := (&fake{says: says}).play(t, fmt.Sprintf(name, ""), sim.Options{})
	for _, e := range tr.events {
		if want := "never left; refuse()?"; e.Kind == sim.EventDrop && e.Reason != want {
			t.Errorf("it was dropped since it %q, and not %q", e.Reason, want)
		}
	}
	if got := tr.marks(); got != "drop u1" {
		t.Errorf("it has %q", got)
	}
}
