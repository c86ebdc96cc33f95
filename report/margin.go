package report

import (
	"fmt"
	"time"

	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// Margin says how little would have turned the verdict of a trial, in a
// sentence; "" if no single change within [explore.FlipWithin] does.
func (t *Trial) Margin() string {
	e, err := strategies.Find(t.Strategy)
	if err != nil || t.Own != nil {
		return "" // thousands of trials, for which a client of the user's own is too slow
	}
	f, ok := explore.Margin(t.Script, e.For(t.Script), t.Seed)
	if !ok {
		return ""
	}
	return MarginText(t.Script, f)
}

// MarginText puts a flip into a sentence, as
// "90 ms less on u2's way up, and it would end ok".
func MarginText(s *sim.Script, f explore.Flip) string {
	amount, more, less := f.By, "more", "less"
	if f.Leg == sim.NoLeg {
		more, less = "later", "earlier"
	}
	if amount < 0 {
		amount, more = -amount, less
	}
	label := s.Action(f.Action).Label()
	where := map[sim.Leg]string{sim.Uplink: "on %s's way up", sim.Downlink: "on %s's way back", sim.NoLeg: "with %s"}[f.Leg]
	return fmt.Sprintf("%d ms %s "+where+", and it would end %v", amount/time.Millisecond, more, label, f.To)
}
