package report

import (
	"fmt"

	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/explore"
)

// Margin says how little would have turned the verdict of a replayed trial, in a
// sentence; "" if no single change within [explore.FlipWithin] does.
func (t *Trial) Margin() string {
	if t.Own != nil {
		return "" // thousands of trials, for which a client of the user's own is too slow
	}
	f, ok := explore.Margin(t.Script, t.entry.For(t.Script), t.Seed)
	if !ok {
		return ""
	}
	return MarginText(t.Script, f)
}

// MarginText puts a flip into a sentence, as
// "90 ms less on u2's way up, and it would end ok".
func MarginText(s *sim.Script, f explore.Flip) string {
	return fmt.Sprintf("%s, and it would end %v", ChangeText(s, f), f.To)
}

// ChangeText puts the change of a flip into words: "90 ms less on u2's way up", or, of a
// click, "u2 90 ms later".
func ChangeText(s *sim.Script, f explore.Flip) string {
	of, by := Change(s, f)
	if f.Leg == sim.NoLeg {
		return of + " " + by
	}
	return by + " on " + of
}

// Change names what a flip changes, as "u2's way up", or "u2" of a click, and by how
// much: "90 ms less", "90 ms later".
func Change(s *sim.Script, f explore.Flip) (of, by string) {
	more, less := "more", "less"
	if f.Leg == sim.NoLeg {
		more, less = "later", "earlier"
	}
	if f.By < 0 {
		more = less
	}
	return tell.Leg(s, f.Action, f.Leg), tell.Rounded(max(f.By, -f.By)) + " ms " + more
}
