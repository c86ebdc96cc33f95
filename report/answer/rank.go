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
	cs := alone(rows)
	slices.SortStableFunc(cs, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(a.state(), b.state()), cmp.Compare(a.seen(), b.seen()))
	})
	answer, _ := Best(rows)
	ranked := make([]Row, 0, len(rows))
	for len(cs) > 0 {
		n := 1
		for n < len(cs) && cs[n].state() == cs[0].state() && cs[n].seen() == cs[0].seen() {
			n++
		}
		group := slices.Clone(cs[:n])
		cs = cs[n:]
		for len(group) > 0 {
			if i := slices.IndexFunc(group, func(c *candidate) bool { return c.Name == answer.Entry.Name }); i >= 0 {
				ranked = append(ranked, *group[i].rows[0])
				group = slices.Delete(group, i, i+1)
				continue
			}
			equal := sieve(group)
			for _, c := range equal {
				ranked = append(ranked, *c.rows[0])
			}
			group = slices.DeleteFunc(group, func(c *candidate) bool { return slices.Contains(equal, c) })
		}
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

// seen returns the share of the trials that ended wrong or stuck.
func (c *candidate) seen() float64 {
	share, _, _ := c.share(c.bad)
	return share
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
