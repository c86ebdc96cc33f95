package answer

import (
	"cmp"
	"slices"

	"photofinish/strategies"
)

// Rank returns the rows in the order in which they are shown: what is proved, what
// is loud, what is possible, what was seen by its share, and what is not known.
func Rank(rows []Row) []Row {
	ranked := slices.Clone(rows)
	slices.SortStableFunc(ranked, func(a, b Row) int {
		return cmp.Or(
			cmp.Compare(a.place(), b.place()),
			cmp.Compare(a.Odds.Share(a.Odds.Bad()), b.Odds.Share(b.Odds.Bad())),
			cmp.Compare(a.Odds.Requests, b.Odds.Requests),
		)
	})
	return ranked
}

// place returns where the rows of a state stand. What was seen to end wrong and
// what was seen to get stuck stand among each other.
func (r *Row) place() int {
	s := r.State()
	if s == Stuck {
		s = Wrong
	}
	return slices.Index(States[:], s)
}

// Best returns the answer for one scenario, and false if nobody is safe.
func Best(rows []Row) (Row, bool) {
	for _, r := range Rank(rows) {
		if r.Entry.Group != strategies.Museum {
			return r, r.State().Safe()
		}
	}
	return Row{}, false
}

// Candidates returns who can be the answer: all of a lineup but the museum pieces,
// and the composition that is listed.
func Candidates(l strategies.Lineup) []strategies.Entry {
	all := slices.DeleteFunc(slices.Clone(l), func(e strategies.Entry) bool { return e.Group == strategies.Museum })
	if e, err := l.Find(strategies.Listed); err == nil && !slices.Contains(l.Names(), e.Name) {
		all = append(all, e)
	}
	return all
}
