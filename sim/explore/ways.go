package explore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// Way is a change of one latency, or of the time of one click, that mends a trial,
// or breaks one that ended ok.
type Way = Flip

// Ways returns how the end of a trial can be turned: of each action's way up, way
// back and click, slower and faster, the smallest change within [WaysWithin] with
// which a bad trial ends ok or loud, a loud one ok, and one that ended ok badly.
// The smallest is the first, of equal ones one that ends ok before one that ends
// loud, and then as [Margin] has it. None if nothing does, if the end is unknown, if
// the client is not ours, or if ctx ends before all is known.
func Ways(ctx context.Context, script *sim.Script, strategy sim.Strategy, seed uint64) (all []Way) {
	if _, foreign := strategy.(sim.Foreign); foreign {
		return nil // thousands of trials, for which it is too slow
	}
	s := newShifter(script, strategy, seed)
	from := s.from()
	for d := range s.directions() {
		if ctx.Err() != nil {
			return nil
		}
		if by, to, ok := s.first(d, WaysWithin(len(script.Actions)), func(v judge.Verdict) bool { return Mends(from, v) }); ok {
			all = append(all, Way{by, d.action, d.leg, from, to})
		}
	}
	slices.SortStableFunc(all, func(a, b Way) int {
		return cmp.Or(cmp.Compare(max(a.By, -a.By), max(b.By, -b.By)), cmp.Compare(a.To, b.To))
	})
	return all
}

// WaysWithin returns the largest change that [Ways] look for: [FlipWithin], and in a
// script of more than eight actions less, since the work grows with the square of their
// number.
func WaysWithin(actions int) time.Duration {
	within := FlipWithin * 64 / time.Duration(max(actions*actions, 64))
	return within.Truncate(time.Millisecond)
}

// Mends reports whether a trial that ended one way and ends another one now has
// been turned as [Ways] have it.
func Mends(from, to judge.Verdict) bool {
	switch {
	case from.Bad():
		return to == judge.OK || to == judge.Loud
	case from == judge.Loud:
		return to == judge.OK
	}
	return from == judge.OK && to.Bad()
}
