package answer

import (
	"cmp"
	"math"
	"slices"
	"time"

	"photofinish/strategies"
)

// A filter keeps all candidates that cannot be told from the best of them, so that
// nobody has to agree on what a millisecond is worth.

// someUnanswered is by how large a share of the clicks a difference counts.
const someUnanswered = 0.01

// sieve applies all filters, one after the other. What is left is equal, and stands
// in the order of preference.
func sieve(cs []*candidate) []*candidate {
	cs = leastLoud(cs)
	cs = within(cs, func(c *candidate) float64 { return c.unanswered }, 0, someUnanswered)
	cs = leastAsked(cs)
	return preference(cheapest(cs))
}

// cheapest applies the filters of costs.
func cheapest(cs []*candidate) []*candidate {
	cs = leastWaiting(cs)
	cs = within(cs, func(c *candidate) float64 { return c.p50 }, 0.2, 0)
	return within(cs, func(c *candidate) float64 { return c.sent }, 0.1, 0)
}

// keep returns those that pass, and leaves all as they are.
func keep(cs []*candidate, pass func(*candidate) bool) []*candidate {
	return slices.DeleteFunc(slices.Clone(cs), func(c *candidate) bool { return !pass(c) })
}

// least returns the least of their figures; infinity if nothing is known of any.
func least(cs []*candidate, figure func(*candidate) float64) float64 {
	least := math.Inf(1)
	for _, c := range cs {
		if x := figure(c); x < least {
			least = x
		}
	}
	return least
}

// within keeps those whose figure is above the least by no more than a part of it,
// or by so much. Where nothing is known of any, nobody is worse.
func within(cs []*candidate, figure func(*candidate) float64, part, much float64) []*candidate {
	best := least(cs, figure)
	if math.IsInf(best, 1) {
		return cs
	}
	return keep(cs, func(c *candidate) bool { return figure(c) <= best+max(float64(part*best), much) })
}

// leastShare keeps those whose share of the trials has an interval that reaches the
// interval of the least; of a share of nothing, only those that have nothing.
func leastShare(cs []*candidate, count func(*candidate) int) []*candidate {
	best, reach := math.Inf(1), 0.0
	for _, c := range cs {
		share, _, high := c.share(count(c))
		if share < best || share == best && high > reach {
			best, reach = share, high
		}
	}
	return keep(cs, func(c *candidate) bool {
		share, low, _ := c.share(count(c))
		return share == best || best > 0 && low <= reach
	})
}

// leastLoud keeps those that tell the user of a failure no more often than the
// least; and where that does, of these those that save as much as the most.
func leastLoud(cs []*candidate) []*candidate {
	cs = leastShare(cs, func(c *candidate) int { return c.loud })
	most, loud := 0, 0
	for _, c := range cs {
		most, loud = max(most, c.saves), loud+c.loud
	}
	if loud == 0 {
		return cs
	}
	return keep(cs, func(c *candidate) bool { return float64(c.saves) >= float64(0.99*float64(most)) })
}

// leastAsked keeps those of the least class.
func leastAsked(cs []*candidate) []*candidate {
	class := User
	for _, c := range cs {
		class = min(class, c.class)
	}
	return keep(cs, func(c *candidate) bool { return c.class == class })
}

// leastWaiting keeps those whose clicks wait as long as the least: up to a tenth
// more, or a millisecond, or what the trials cannot tell apart.
func leastWaiting(cs []*candidate) []*candidate {
	best := least(cs, func(c *candidate) float64 { return c.waits })
	i := slices.IndexFunc(cs, func(c *candidate) bool { return c.waits == best })
	if i < 0 {
		return cs
	}
	off := cs[i].deviation
	return keep(cs, func(c *candidate) bool {
		noise := 1.96 * math.Sqrt(float64(off*off)+float64(c.deviation*c.deviation))
		return c.waits <= best+max(float64(0.1*best), float64(time.Millisecond), noise)
	})
}

// preference orders candidates that are equal: one's own first, plain before
// composed, what changes nothing for the user, what needs nothing of the server; then
// what was proved most often, and was least often loud there. What people know and can
// put in at one place comes before what it is preferred to.
func preference(cs []*candidate) []*candidate {
	slices.SortStableFunc(cs, func(a, b *candidate) int {
		return cmp.Or(
			first(a.own, b.own),
			first(!a.composed, !b.composed),
			first(!a.changes, !b.changes),
			first(!a.needs, !b.needs),
			cmp.Compare(b.proved, a.proved),
			cmp.Compare(b.neverLoud, a.neverLoud),
			cmp.Compare(a.place, b.place),
		)
	})
	entries := make([]strategies.Entry, len(cs))
	for i, c := range cs {
		entries[i] = c.Entry
	}
	strategies.Prefer(entries)
	at := func(c *candidate) int {
		return slices.IndexFunc(entries, func(e strategies.Entry) bool { return e.Name == c.Name })
	}
	slices.SortStableFunc(cs, func(a, b *candidate) int { return cmp.Compare(at(a), at(b)) })
	return cs
}

// first compares two by whether they have what comes first.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
