package explore_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// inTime lets time decide, and notes what happens.
type inTime struct{ labels []string }

func (c *inTime) Choose(w *sim.World, pending []sim.Pending) int {
	if !w.Unseen(&pending[0]) {
		c.labels = append(c.labels, w.Label(&pending[0]))
	}
	return 0
}

// Of every scenario in which there is more than clicks and messages the shortest bad
// order has times that bring about that very order: reads that nobody pressed, news,
// clients that poll or go away, lags, spans.
func TestPinOverTheCatalogue(t *testing.T) {
	const more = sim.Rereads | sim.Polls | sim.Pushes | sim.Cancels | sim.Lags | sim.Torn | sim.UsesKeys | sim.Offlines | sim.Closes
	timed := 0
	for _, s := range scenarios.All() {
		if s.Script.Habits()&more == 0 {
			continue
		}
		for _, name := range []string{"naive", "outbox", "overlay+hold", "if-match", "ignore-stale"} {
			strategy := testkit.Strategy(t, name).For(s.Script)
			found, _ := new(explore.Explorer).Shortest(context.Background(), s.Script, strategy, explore.Bounds{Classes: 2_000})
			if found == nil {
				continue
			}
			pinned, ok := explore.Pin(s.Script, strategy, found.Schedule)
			if !ok {
				t.Errorf("%s under %s: no times for %v", s.Name, name, found.Schedule)
				continue
			}
			timed++
			var w sim.World
			var j judge.Judge
			var c inTime
			if got := j.Judge(pinned, w.Run(pinned, strategy, 1, sim.Options{Chooser: &c})).Verdict; got != found.Verdict {
				t.Errorf("%s under %s: %v in time ends %v, want %v", s.Name, name, found.Schedule, got, found.Verdict)
			}
			timers := strings.Contains(found.Schedule.String(), "~") // some fire in vain, too
			if !timers && !slices.Equal(c.labels, found.Schedule) {
				t.Errorf("%s under %s: in time it goes %v, want %v", s.Name, name, c.labels, found.Schedule)
			}
		}
	}
	if timed < 50 {
		t.Errorf("only %d orders have been timed", timed)
	}
}
