package explore

import (
	"context"
	"iter"
	"math/bits"
	"slices"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// Counterexample is the shortest bad order: the fewest actions, then the
// fewest events, then the fewest messages that overtake another, then the
// first in order of its schedule.
type Counterexample struct {
	Actions  []int // the numbers of the actions that are needed
	Schedule Schedule
	Verdict  judge.Verdict
	Overtake int // pairs of messages on one link that arrive in reverse
}

func (a *Counterexample) shorter(b *Counterexample) bool {
	switch {
	case b == nil:
		return true
	case len(a.Schedule) != len(b.Schedule):
		return len(a.Schedule) < len(b.Schedule)
	case a.Overtake != b.Overtake:
		return a.Overtake < b.Overtake
	}
	return slices.Compare(a.Schedule, b.Schedule) < 0
}

// Shortest looks for the shortest bad order, by trying ever larger sets of the
// user's actions. If the bounds were not enough, or ctx ended, complete is
// false and a shorter one may exist.
func (e *Explorer) Shortest(ctx context.Context, script *sim.Script, strategy sim.Strategy, b Bounds) (found *Counterexample, complete bool) {
	h := hunt{e: e, ctx: ctx, strategy: strategy, bounds: b}
	n := len(script.Actions)
	for size := 1; size <= n; size++ {
		for set := range subsets(n, size) {
			if !keep(script, set).Orderly() {
				continue
			}
			for s, faults := range faulty(keep(script, set), b.Faults) {
				if !h.in(s, set, faults) {
					return h.found, false
				}
			}
		}
		if h.found != nil {
			return h.found, true
		}
	}
	return nil, true
}

// ShortestWhole looks for the shortest order in which no action of the script is left
// out, and whose verdict is one that was asked for. It runs orders one by one, without
// faults; complete is as that of [Explorer.Shortest].
func (e *Explorer) ShortestWhole(ctx context.Context, script *sim.Script, strategy sim.Strategy, b Bounds, asked func(judge.Verdict) bool) (found *Counterexample, complete bool) {
	h := hunt{e: e, ctx: ctx, strategy: strategy, bounds: b, asked: asked}
	var all uint64
	for i := range script.Actions {
		if !script.Actions[i].Skip {
			all |= 1 << i
		}
	}
	complete = h.in(script, all, nil)
	return h.found, complete
}

// hunt looks for the shortest bad order.
type hunt struct {
	e        *Explorer
	ctx      context.Context
	strategy sim.Strategy
	bounds   Bounds
	asked    func(judge.Verdict) bool // what counts; nil: what is bad, or unknown
	ran      int
	found    *Counterexample
}

// in looks in every order of a script, and reports whether it got to the end.
func (h *hunt) in(s *sim.Script, set uint64, faults []Fault) (complete bool) {
	for c := range h.e.Classes(s, h.strategy) {
		h.ran++
		switch {
		case (c.slow || h.ran%256 == 0) && h.ctx.Err() != nil || c.Failed != nil:
			return false
		case h.bounds.Classes > 0 && h.ran > h.bounds.Classes:
			return !c.slow && h.asked == nil && h.merged(s, set, faults)
		}
		counts := c.Judged.Verdict >= judge.Unknown
		if h.asked != nil {
			counts = h.asked(c.Judged.Verdict)
		}
		if !counts || !happened(c.Ledger, faults) {
			continue
		}
		if h.found == nil || len(c.Choices)+len(faults) <= len(h.found.Schedule) {
			next := h.e.describe(s, h.strategy, c, set, faults)
			if next == nil {
				return false
			}
			if next.shorter(h.found) {
				h.found = next
			}
		}
	}
	return true
}

// merged looks among the states that the orders of a script go through, when so many
// have been run that it stops to run them. It reports whether none is bad: of those
// that are it finds one with the fewest events, and not the first of these.
func (h *hunt) merged(s *sim.Script, set uint64, faults []Fault) (none bool) {
	if h.found != nil {
		return false
	}
	m := &merger{script: s, strategy: h.strategy, faults: faults}
	r, ok := m.count(h.ctx, min(proofEach*h.bounds.Classes, maxStates))
	if !ok || r.Bad() == 0 {
		return ok
	}
	h.found = h.e.describe(s, h.strategy, m.bad(), set, faults)
	return false
}

// subsets yields the sets of size actions out of n as bits, the earliest actions
// first.
func subsets(n, size int) iter.Seq[uint64] {
	return func(yield func(uint64) bool) { pick(0, 0, n, size, yield) }
}

// pick yields every way to add so many of the actions from one on to a set.
func pick(set uint64, from, n, more int, yield func(uint64) bool) bool {
	if more == 0 {
		return yield(set)
	}
	for k := from; k <= n-more; k++ {
		if !pick(set|1<<k, k+1, n, more-1, yield) {
			return false
		}
	}
	return true
}

// keep returns the script with only the actions of the set.
func keep(script *sim.Script, set uint64) *sim.Script {
	c := script.Copy()
	for i := range c.Actions {
		c.Actions[i].Skip = set>>i&1 == 0
	}
	return c
}

// describe writes an order down. It runs it once more, with a world of its own, to
// learn the labels. It is nil if a client that is not ours did not come as far again.
func (e *Explorer) describe(script *sim.Script, strategy sim.Strategy, c *Class, set uint64, faults []Fault) *Counterexample {
	out := &Counterexample{Verdict: c.Judged.Verdict}
	for ; set != 0; set &= set - 1 {
		out.Actions = append(out.Actions, bits.TrailingZeros64(set)+1)
	}
	l := labeller{chooser: &sim.Replay{Choices: c.Choices}}
	e.second.Run(Script(script), strategy, 0, sim.Options{Chooser: &l})
	if len(l.all) < len(c.Choices) {
		return nil
	}
	for _, f := range faults {
		out.Schedule = append(out.Schedule, f.label(script))
	}
	labels := l.all[:len(c.Choices)] // then come timers in vain
	if slices.ContainsFunc(c.Choices, func(c sim.Choice) bool { return c.N < 0 }) {
		labels = e.path.orderly(labels)
	}
	out.Schedule = append(out.Schedule, labels...)
	out.Overtake = overtakings(c.Choices, sim.RequestArrives) + overtakings(c.Choices, sim.ReplyArrives)
	return out
}

// overtakings counts the pairs of messages in one direction of which the one
// sent later arrives first. Requests are sent in the order of their numbers,
// replies in the order in which their requests arrived.
func overtakings(choices []sim.Choice, what sim.What) int {
	sent := map[int]int{}
	var arrived []int
	for i, c := range choices {
		if c.What == sim.RequestArrives {
			sent[c.N] = i
		}
		if c.What != what {
			continue
		}
		if what == sim.RequestArrives {
			arrived = append(arrived, c.N)
		} else {
			arrived = append(arrived, sent[c.N])
		}
	}
	n := 0
	for i := range arrived {
		for k := i + 1; k < len(arrived); k++ {
			if arrived[k] < arrived[i] {
				n++
			}
		}
	}
	return n
}
