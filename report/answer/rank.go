package answer

import (
	"cmp"
	"slices"

	"photofinish/report"
	"photofinish/strategies"
)

// Rank returns the rows of one scenario in the order in which they are shown: what is
// proved, what is loud, what is possible, what was seen by its share, and what is not
// known; equals as the filters leave them, one after the other. The answer is the
// first of its state.
func Rank(rows []Row) []Row {
	answer, _ := Best(rows)
	is := func(c *candidate) bool { return c.Name == answer.Entry.Name }
	order := func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(a.state(), b.state()), first(is(a), is(b)), cmp.Compare(a.lost(), b.lost()))
	}
	cs := alone(rows)
	slices.SortStableFunc(cs, order)
	ranked := make([]Row, 0, len(rows))
	for len(cs) > 0 {
		equal := sieve(keep(cs, func(c *candidate) bool { return order(c, cs[0]) == 0 }))
		for _, c := range equal {
			ranked = append(ranked, *c.rows[0])
		}
		cs = keep(cs, func(c *candidate) bool { return !slices.Contains(equal, c) })
	}
	return ranked
}

// alone makes a candidate of each row.
func alone(rows []Row) []*candidate {
	cs := make([]*candidate, len(rows))
	for i := range rows {
		cs[i] = newCandidate(rows[i].Entry, i, &rows[i])
	}
	return cs
}

// state returns where its state stands in the order. What was seen to end wrong and
// what was seen to get stuck stand among each other.
func (c *candidate) state() int {
	s := c.rows[0].State()
	if s == report.Stuck {
		s = report.Wrong
	}
	return slices.Index(report.States[:], s)
}

// Best returns the answer for one scenario, and false if nobody is safe. No museum
// piece is it; a composition only where it asks less than the best of the others, but
// for the one that is listed.
func Best(rows []Row) (Row, bool) {
	if equal := best(rows); len(equal) > 0 {
		return *equal[0].rows[0], true
	}
	return Row{}, false
}

// best returns those that are equally the answer.
func best(rows []Row) []*candidate {
	var plain, composed []*candidate
	for _, c := range alone(rows) {
		switch {
		case c.Group == strategies.Museum:
		case c.composed && c.Name != strategies.Listed:
			composed = append(composed, c)
		default:
			plain = append(plain, c)
		}
	}
	return survivors(plain, composed, 1)
}
