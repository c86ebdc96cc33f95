package session

import (
	"slices"
	"testing"

	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestOpening: a scenario whose story happens to none of the default lanes opens with one
// to which it does, and all others open as ever.
func TestOpening(t *testing.T) {
	var w sim.World
	var j judge.Judge
	other := 0
	for _, s := range scenarios.All() {
		names := Opening(s)
		if len(names) != len(strategies.Default()) {
			t.Errorf("%s opens with %d lanes", s.Name, len(names))
		}
		bad := func(name string) bool {
			e, err := strategies.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			return diagram.Run(&w, &j, e, s.Script, s.ReplaySeed(), 0).Verdict.Bad()
		}
		if slices.Equal(names, strategies.Default()) {
			continue
		}
		other++
		if !bad(names[0]) {
			t.Errorf("%s opens with %s, which loses nothing", s.Name, names[0])
		}
		if slices.ContainsFunc(strategies.Default(), bad) {
			t.Errorf("%s opens with %s, though a default lane loses", s.Name, names[0])
		}
	}
	if other == 0 {
		t.Error("no scenario opens with another lane")
	}
	closed, err := scenarios.Find("closed-in-the-pause")
	if err != nil {
		t.Fatal(err)
	}
	if names := Opening(closed); names[0] != "debounce" {
		t.Errorf("closed-in-the-pause opens with %v", names)
	}
}
