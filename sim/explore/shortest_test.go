package explore_test

import (
	"context"
	"testing"

	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestShortestWhole: it names every click, ends as was asked for when it is replayed,
// and no order of all clicks that ends so is shorter.
func TestShortestWhole(t *testing.T) {
	for _, name := range []string{"naive", "polling", "hold-outgoing"} {
		e, err := strategies.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		for v := judge.OK; v <= judge.Wrong; v++ {
			var x explore.Explorer
			script, fewest := updates(3), 0
			for c := range x.Classes(script, e.For(script)) {
				if c.Judged.Verdict == v && (fewest == 0 || len(c.Choices) < fewest) {
					fewest = len(c.Choices)
				}
			}
			is := func(w judge.Verdict) bool { return w == v }
			found, complete := x.ShortestWhole(context.Background(), script, e.For(script), explore.Bounds{}, is)
			if !complete || (found == nil) != (fewest == 0) {
				t.Errorf("%s, %v: %v, complete %v, and the fewest events are %d", name, v, found, complete, fewest)
			}
			if found == nil {
				continue
			}
			only, err := found.Schedule.Only(script)
			if err != nil || len(found.Schedule) != fewest || found.Verdict != v || len(found.Actions) != 3 {
				t.Errorf("%s, %v: %v, of %d events at least: %v", name, v, found, fewest, err)
			}
			for i := range only.Actions {
				if only.Actions[i].Skip {
					t.Errorf("%s, %v: %s leaves out %s", name, v, found.Schedule, only.Actions[i].Label())
				}
			}
		}
		var x explore.Explorer
		if _, complete := x.ShortestWhole(context.Background(), updates(3), e.For(nil), explore.Bounds{Classes: 1}, judge.Verdict.Bad); complete && name != "hold-outgoing" {
			t.Errorf("%s: complete after one order", name)
		}
	}
}
