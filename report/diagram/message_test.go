package diagram_test

import (
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// TestNotes: what two clients write over each other is noted where it lands,
// and so is what comes too late by its stamp.
func TestNotes(t *testing.T) {
	for _, c := range []struct{ scenario, strategy, want string }{
		{"two-tabs", "naive", "✗ overwrites u1"},
		{"clock-ahead", "last-write-wins", "✗ u1 stays"},
		{"clock-ahead", "naive", ""},
	} {
		s, err := scenarios.Find(c.scenario)
		if err != nil {
			t.Fatal(err)
		}
		e := testkit.Strategy(t, c.strategy)
		lane := diagram.Run(new(sim.World), new(judge.Judge), e, s.Script, 1, 0)
		got := ""
		for i := range lane.Messages {
			long, _, _ := lane.Note(&lane.Messages[i])
			got += long
		}
		if got != c.want {
			t.Errorf("%s under %s notes %q, want %q", c.scenario, c.strategy, got, c.want)
		}
	}
}

// TestTimers: a timer that lets a patch go has found something to do, though
// the patch is named for another action.
func TestTimers(t *testing.T) {
	s, err := scenarios.Find("typing-burst")
	if err != nil {
		t.Fatal(err)
	}
	for strategy, vain := range map[string]bool{"debounce": false, "batch": false, "polling": true} {
		e := testkit.Strategy(t, strategy)
		lane := diagram.Run(new(sim.World), new(judge.Judge), e, s.Script, 1, 0)
		goes, wakes := 0, 0
		for _, m := range lane.Marks {
			if m.Wake {
				wakes++
			}
			if m.Word == "goes" {
				goes++
			}
		}
		if goes == 0 || wakes > 0 != vain {
			t.Errorf("%s: of its timers %d let something go, and %d do nothing", strategy, goes, wakes)
		}
	}
}
