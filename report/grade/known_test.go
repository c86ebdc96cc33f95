package grade

import (
	"errors"
	"slices"
	"testing"

	"photofinish/exercises"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestKnown: a filling that loses as a known one does meets its idea, though it may lose
// in another number of orders; not if an error breaks it off, or it loses something else.
func TestKnown(t *testing.T) {
	e, err := exercises.Find("in-turn")
	if err != nil {
		t.Fatal(err)
	}
	naive, awaits := strategies.Naive(), slices.IndexFunc(e.Wrong, func(w exercises.Wrong) bool { return w.Meets == "await holds the others" })
	g := Of(e, "x.mjs", e.Wrong[awaits].Text)
	g.Hole = 0
	g.Run(t.Context(), naive, Options{})
	for name, c := range map[string]struct {
		change func(w *exercises.Wrong)
		breaks bool
		want   string
	}{
		"as many":         {func(*exercises.Wrong) {}, true, "this"},
		"not as many":     {func(w *exercises.Wrong) { w.Bad = "1 of 99" }, false, "this"},
		"and it breaks":   {func(w *exercises.Wrong) { w.Bad = "1 of 99" }, true, ""},
		"another anomaly": {func(w *exercises.Wrong) { w.Anomaly = judge.StaleRead }, false, ""},
		"another order":   {func(w *exercises.Wrong) { w.Order = "u1 u1> <u1" }, false, ""},
		"another word":    {func(w *exercises.Wrong) { w.Has = "Promise.race" }, false, ""},
	} {
		one, changed := *g, *e
		this := e.Wrong[awaits]
		this.Meets = "this"
		c.change(&this)
		later := this
		later.Meets = "a later one"
		changed.Wrong = []exercises.Wrong{this, later}
		one.Exercise, one.Outcomes = &changed, slices.Clone(g.Outcomes)
		if c.breaks {
			for i := range one.Outcomes {
				one.Outcomes[i].Uncaught = []strategies.Uncaught{{What: "threw"}}
			}
		}
		got := ""
		if w := one.known(naive); w != nil {
			got = w.Meets
		}
		if got != c.want {
			t.Errorf("%s: it meets %q, want %q", name, got, c.want)
		}
	}
}

// TestLine: of the lines that were written, comments left out, the last has to do with
// what never left, and the first with what did.
func TestLine(t *testing.T) {
	g := &Grade{Exercise: &exercises.Exercise{Start: "begin\n\nend\n"}, File: "x.mjs", Text: "// one\nbegin\n\ntwo\nthree\nend\nend\n"}
	for name, want := range map[string]int{"create-then-update": 7, "overlapping-updates": 4} {
		s, err := scenarios.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		shown := report.Explore(t.Context(), s, strategies.Naive(), explore.Bounds{}).Trial()
		if got := g.lineOf(&Outcome{Shown: shown}); got != want {
			t.Errorf("in %s line %d has to do with it, want %d", name, got, want)
		}
	}
}

// TestUnsound: of a client whose orders prove nothing none is run.
func TestUnsound(t *testing.T) {
	e, err := exercises.Find("in-turn")
	if err != nil {
		t.Fatal(err)
	}
	for _, why := range []error{nil, errors.New("it looks at the clock")} {
		g := Of(e, "x.mjs", e.Right)
		g.Run(t.Context(), find(t, "hold-outgoing"), Options{Sound: func(*scenarios.Scenario, strategies.Entry) error { return why }})
		if g.Failed() != why || g.Solved() != (why == nil) {
			t.Errorf("%v: solved %v, failed %v", why, g.Solved(), g.Failed())
		}
	}
}
