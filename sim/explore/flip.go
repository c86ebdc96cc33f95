package explore

import (
	"time"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// Flip is the smallest change of one latency, or of the time of one click,
// that turns the verdict of a trial.
type Flip struct {
	By     time.Duration // whole milliseconds; negative is earlier or faster
	Action int
	Leg    sim.Leg       // the leg that changes; [sim.NoLeg]: the click does
	From   judge.Verdict // the verdict as it is
	To     judge.Verdict // and as it would be
}

// FlipWithin is the largest change that is looked for. For [Margin] it is less in
// a script of more than six actions: so it was when its work grew with the square
// of their number, and so it stays, that reports say what they said.
const FlipWithin = time.Second

func flipWithin(actions int) time.Duration {
	return min(FlipWithin, FlipWithin*40/time.Duration(max(actions*actions, 1)))
}

// Margin returns the smallest change that turns the verdict of a trial, and
// false if there is none within [FlipWithin]. Of equal changes it returns that
// of the earliest action, and there the uplink before the downlink before the
// click, and slower before faster.
func Margin(script *sim.Script, strategy sim.Strategy, seed uint64) (Flip, bool) {
	s := newShifter(script, strategy, seed)
	best, least, any := Flip{From: s.from()}, flipWithin(len(script.Actions)), false
	turned := func(v judge.Verdict) bool { return v != best.From }
	for d := range s.directions() {
		if by, to, ok := s.first(d, least, turned); ok {
			best, any = Flip{by, d.action, d.leg, best.From, to}, true
			least = max(by, -by) - time.Millisecond // of equal ones the first stays
		}
	}
	return best, any
}
