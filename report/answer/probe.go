package answer

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// Trials is how many trials of each scenario a candidate is probed with: enough, as
// more of them choose nobody else.
const Trials = 2_000

// Probe asks who is the answer in some scenarios, of some candidates, and where that
// helps of the compositions of a lineup. It runs trials of its own, which begin with
// the seed of the options, and no more than they have, so that the answer does not
// depend on which other strategies are run, or on how the work is shared. When ctx
// ends, it returns its error.
func Probe(ctx context.Context, ss []*scenarios.Scenario, es []strategies.Entry, l strategies.Lineup, o report.Options) (report.Answer, error) {
	first := probeAll(ctx, ss, es, o)
	if ctx.Err() != nil {
		return report.Answer{}, ctx.Err()
	}
	var second []Known
	if Again(first) {
		rest := slices.DeleteFunc(l.Compositions(), func(c strategies.Entry) bool {
			return c.Own() != nil || slices.ContainsFunc(es, func(e strategies.Entry) bool { return e.Name == c.Name })
		})
		second = probeSafe(ctx, ss, rest, o)
	}
	return Choose(first, second), ctx.Err()
}

// probeAll runs the trials of every candidate in every scenario, and all orders where
// no trial went wrong: else they cannot change the answer, and may be very many.
func probeAll(ctx context.Context, ss []*scenarios.Scenario, es []strategies.Entry, o report.Options) []Known {
	all := known(ss, es)
	each(len(ss)*len(es), o.Workers, func(x *explore.Explorer, n int) {
		i, j := n/len(es), n%len(es)
		r := &all[j].Rows[i]
		if r.Entry.Own() != nil {
			probeOwn(ctx, ss[i], r, o)
			return
		}
		if ctx.Err() != nil {
			return
		}
		if trials(ctx, ss[i], r, o); r.Odds.Bad() == 0 {
			orders(ctx, x, ss[i], r)
		}
	})
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
	var next atomic.Int64
	explore.Workers(max(1, workers), func(int) {
		var x explore.Explorer
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			work(&x, i)
		}
	})
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
	r.Odds = report.Estimate(ctx, s.Script, r.Entry, report.Options{Seed: o.Seed, Trials: n, Workers: 1})
}

// probeOwn does the same of a client of the user's own in the time that it has, of
// which orders have half.
func probeOwn(ctx context.Context, s *scenarios.Scenario, r *Row, o report.Options) {
	within := o.Within
	if within == 0 {
		within = report.OwnWithin
	}
	if o.Sound != nil {
		r.Orders.Failed = o.Sound(s, r.Entry)
	}
	began := time.Now()
	if r.Orders.Failed == nil {
		half, stop := context.WithTimeout(ctx, within/2)
		r.Orders = explore.Count(half, s.Script, func() sim.Strategy { return r.Entry.For(s.Script) }, explore.Bounds{Classes: report.MatrixClasses}, 1)
		stop()
		r.Replayed = report.Replayed(s, r.Entry)
	}
	left, stop := context.WithTimeout(ctx, within-time.Since(began))
	defer stop()
	trials(left, s, r, o)
}
