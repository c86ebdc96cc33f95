package answer

import (
	"context"
	"slices"

	"photofinish/report"
)

// Answer returns the answer for a run, with the sentences that give it: figures are
// those of the run, where it has them. A client of the user's own is known by the run
// alone. Of nil it is the answer without a run. When ctx ends, some sentences are missing.
func (f *Found) Answer(ctx context.Context, m *report.Matrix) *report.Answer {
	first := slices.Concat(yours(m), f.first)
	a := Choose(first, f.second)
	s := speech{Answer: &a, m: m, found: f, of: len(f.scenarios), first: first, ctx: ctx, told: map[string]*candidate{}}
	a.Says = s.says()
	return &a
}

// yours returns what a run knows of the clients of the user's own.
func yours(m *report.Matrix) (all []Known) {
	if m == nil {
		return nil
	}
	for j, e := range m.Strategies {
		if e.Own() == nil {
			continue
		}
		k := Known{e, make([]Row, len(m.Scenarios))}
		for i := range k.Rows {
			k.Rows[i] = rowOf(m.Cell(i, j))
		}
		all = append(all, k)
	}
	return all
}

func rowOf(c report.Cell) Row {
	return Row{Entry: c.Strategy, Odds: *c.Odds, Orders: *c.Orders, Replayed: c.Replayed}
}
