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

// FlipWithin is the largest change that is looked for. In a script of more
// than six actions it is less, so that the work stays the same: it grows with
// the square of their number.
const FlipWithin = time.Second

func flipWithin(actions int) time.Duration {
	return min(FlipWithin, FlipWithin*40/time.Duration(max(actions*actions, 1)))
}

// Margin returns the smallest change that turns the verdict of a trial, and
// false if there is none within [FlipWithin]. Of equal changes it returns that
// of the earliest action, and there the uplink before the downlink before the
// click, and slower before faster.
func Margin(script *sim.Script, strategy sim.Strategy, seed uint64) (Flip, bool) {
	var w sim.World
	var j judge.Judge
	verdict := func(s *sim.Script) judge.Verdict {
		return j.Judge(s, w.Run(s, strategy, seed, sim.Options{})).Verdict
	}
	pinned := script.Drawn(seed)
	from := verdict(pinned)
	for d := time.Millisecond; d <= flipWithin(len(script.Actions)); d += time.Millisecond {
		for n := 1; n <= len(pinned.Actions); n++ {
			for _, leg := range []sim.Leg{sim.Uplink, sim.Downlink, sim.NoLeg} {
				for _, by := range []time.Duration{d, -d} {
					undo, ok := shift(pinned, n, leg, by)
					if !ok {
						continue
					}
					to := verdict(pinned)
					undo()
					if to != from {
						return Flip{by, n, leg, from, to}, true
					}
				}
			}
		}
	}
	return Flip{From: from}, false
}

// shift changes one time of the script, if that leaves it one, and returns
// what changes it back.
func shift(s *sim.Script, n int, leg sim.Leg, by time.Duration) (undo func(), ok bool) {
	a := s.Action(n)
	at := &a.At
	switch leg {
	case sim.Uplink:
		at = &a.Up
	case sim.Downlink:
		at = &a.Down
	}
	was := *at
	if was+by < 0 || was+by > sim.MaxLatency {
		return nil, false
	}
	if leg == sim.NoLeg && (n > 1 && was+by < s.Action(n-1).At || n < len(s.Actions) && was+by > s.Action(n+1).At) {
		return nil, false
	}
	*at = was + by
	return func() { *at = was }, true
}
