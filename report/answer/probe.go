package answer

import (
	"context"
	"slices"

	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Trials is how many trials of each scenario a candidate is probed with: enough, as
// more of them choose nobody else.
const Trials = 2_000

// Found is what a probe has found out, in some scenarios, of all who can be the
// answer.
type Found struct {
	scenarios     []*scenarios.Scenario
	lineup        strategies.Lineup
	options       report.Options
	first, second []Known        // see [Choose]
	one           map[int]*Found // in each of several scenarios; without those that nobody has asked for
}

// Probe asks who is the answer in some scenarios, of some candidates, and where that
// helps of the compositions of a lineup. It runs trials of its own, which begin with
// the seed of the options, and no more than they have, so that the answer does not
// depend on which other strategies are run, or on how the work is shared. Clients of
// the user's own are not probed: they are slow, and what a run has found out of them
// is known by the time it is asked. When ctx ends, it returns its error.
func Probe(ctx context.Context, ss []*scenarios.Scenario, es []strategies.Entry, l strategies.Lineup, o report.Options) (*Found, error) {
	es = slices.DeleteFunc(slices.Clone(es), func(e strategies.Entry) bool { return e.Own() != nil })
	f := &Found{scenarios: ss, lineup: l, options: o, first: probeAll(ctx, ss, es, o)}
	f.options.Progress = nil // of compositions nobody knows how many trials they take
	return f, f.again(ctx)
}

// again asks compositions too, where that helps.
func (f *Found) again(ctx context.Context) error {
	if ctx.Err() == nil && Again(f.first) {
		rest := slices.DeleteFunc(f.lineup.Compositions(), func(c strategies.Entry) bool {
			return c.Own() != nil || slices.ContainsFunc(f.first, func(k Known) bool { return k.Name == c.Name })
		})
		f.second = probeSafe(ctx, f.scenarios, rest, f.options)
	}
	return ctx.Err()
}

// in returns what was found out in one of the scenarios, and asks compositions there
// too, where that helps.
func (f *Found) in(ctx context.Context, i int) *Found {
	if len(f.scenarios) == 1 {
		return f
	}
	if f.one[i] == nil {
		one := &Found{scenarios: f.scenarios[i : i+1], lineup: f.lineup, options: f.options}
		for _, k := range f.first {
			one.first = append(one.first, Known{k.Entry, k.Rows[i : i+1]})
		}
		if one.again(ctx) != nil {
			return one
		}
		if f.one == nil {
			f.one = map[int]*Found{}
		}
		f.one[i] = one
	}
	return f.one[i]
}

// complete runs the orders that the answer could do without: of those that were loud
// in some trial, of all or of these.
func (f *Found) complete(ctx context.Context, es []strategies.Entry) {
	each(len(f.first), f.options.Workers, func(x *explore.Explorer, j int) {
		k := &f.first[j]
		for i := range k.Rows {
			wanted := es == nil || among(es, k.Name)
			if r := &k.Rows[i]; wanted && r.Odds.Bad() == 0 && r.Orders.Classes == 0 {
				orders(ctx, x, f.scenarios[i], r)
			}
		}
	})
}

// Safe returns who is safe in all of the scenarios: compositions only where nobody
// else is.
func (f *Found) Safe(ctx context.Context) (es []strategies.Entry) {
	f.complete(ctx, nil)
	for _, round := range [][]Known{f.first, f.second} {
		for _, c := range safe(candidates(round), len(f.scenarios)) {
			es = append(es, c.Entry)
		}
		if es != nil {
			break
		}
	}
	return es
}

// Added returns who belongs beside the strategies that were chosen: the answer, or who
// comes closest to be one; and, if all that were chosen can lose something, who
// survives besides.
func (f *Found) Added(ctx context.Context, chosen []strategies.Entry) (es []strategies.Entry) {
	f.complete(ctx, chosen)
	add := func(e strategies.Entry) {
		if e.Name != "" && !among(chosen, e.Name) && !among(es, e.Name) {
			es = append(es, e)
		}
	}
	a := Choose(f.first, f.second)
	add(a.Strategy)
	for _, e := range a.Beside(report.Closest) {
		add(e)
	}
	of := len(f.scenarios)
	first, second := candidates(f.first), candidates(f.second)
	all := slices.Concat(safe(first, of), safe(second, of))
	if a.Kind == report.Nobody || slices.ContainsFunc(all, func(c *candidate) bool { return among(chosen, c.Name) }) {
		return es
	}
	equal := survivors(first, second, of)
	if len(equal) < 2 {
		for _, round := range [][]*candidate{first, second} {
			equal = append(equal, sieve(keep(safe(round, of), func(c *candidate) bool { return c.Name != a.Strategy.Name }))...)
		}
	}
	if len(equal) > 1 {
		add(equal[1].Entry)
	}
	return es
}

// probeAll runs the trials of every candidate in every scenario, and all orders where
// no trial went wrong: else they cannot change the answer, and may be very many. In one
// scenario they cannot either where a trial was loud, if somebody is safe who is never
// loud and asks nothing.
func probeAll(ctx context.Context, ss []*scenarios.Scenario, es []strategies.Entry, o report.Options) []Known {
	all := known(ss, es)
	run := func(pass func(*Row) bool, work func(*explore.Explorer, *scenarios.Scenario, *Row)) {
		each(len(ss)*len(es), o.Workers, func(x *explore.Explorer, n int) {
			if r := &all[n%len(es)].Rows[n/len(es)]; ctx.Err() == nil && pass(r) {
				work(x, ss[n/len(es)], r)
			}
		})
	}
	loud := func(r *Row) bool { return len(ss) == 1 && r.Odds.Verdicts[judge.Loud] > 0 }
	run(func(*Row) bool { return true }, func(x *explore.Explorer, s *scenarios.Scenario, r *Row) {
		if trials(ctx, s, r, o); r.Odds.Bad() == 0 && !loud(r) {
			orders(ctx, x, s, r)
		}
	})
	if !slices.ContainsFunc(all, func(k Known) bool { return k.Rows[0].State() == report.Proved && k.Rows[0].Class() == Nothing }) {
		run(loud, func(x *explore.Explorer, s *scenarios.Scenario, r *Row) {
			if r.Odds.Bad() == 0 {
				orders(ctx, x, s, r)
			}
		})
	}
	return all
}

// probeSafe does the same, scenario by scenario, of candidates that are safe in all:
// of the others it runs no more than it takes to know that they are not.
func probeSafe(ctx context.Context, ss []*scenarios.Scenario, es []strategies.Entry, o report.Options) []Known {
	all := known(ss, es)
	each(len(es), o.Workers, func(x *explore.Explorer, j int) {
		for i := range ss {
			if ctx.Err() != nil || !prove(ctx, x, ss[i], &all[j].Rows[i], o) {
				return
			}
		}
	})
	return all
}

// few is how many trials are tried before all orders are run: most of what is not
// safe fails in one of them.
const few = 50

// prove reports whether a strategy is safe in a scenario, and runs all there is to
// know of it only if it is.
func prove(ctx context.Context, x *explore.Explorer, s *scenarios.Scenario, r *Row, o report.Options) bool {
	tried := o
	tried.Trials = few
	if trials(ctx, s, r, tried); r.Odds.Bad() > 0 {
		return false
	}
	if orders(ctx, x, s, r); r.Orders.RaceFree() && !r.Replayed.Bad() {
		trials(ctx, s, r, o)
	}
	return r.State().Safe()
}

// known returns candidates of which nothing is known yet.
func known(ss []*scenarios.Scenario, es []strategies.Entry) []Known {
	all := make([]Known, len(es))
	for j, e := range es {
		all[j] = Known{e, make([]Row, len(ss))}
		for i := range ss {
			all[j].Rows[i].Entry = e
		}
	}
	return all
}

// each calls work with 0 to n-1, with so many workers.
func each(n, workers int, work func(x *explore.Explorer, i int)) {
	xs := make([]explore.Explorer, max(1, workers))
	explore.Spread(n, len(xs), func(w, i int) { work(&xs[w], i) })
}

// orders runs all orders, and the run as the file pins it.
func orders(ctx context.Context, x *explore.Explorer, s *scenarios.Scenario, r *Row) {
	r.Orders = x.Count(ctx, s.Script, r.Entry.For(s.Script), explore.Bounds{Classes: report.MatrixClasses})
	r.Replayed = report.Replayed(s, r.Entry)
}

// trials runs the trials.
func trials(ctx context.Context, s *scenarios.Scenario, r *Row, o report.Options) {
	n := Trials
	if o.Trials > 0 {
		n = min(n, o.Trials)
	}
	r.Odds = report.Estimate(ctx, s.Script, r.Entry, report.Options{Seed: o.Seed, Trials: n, Workers: 1, Progress: o.Progress})
}
