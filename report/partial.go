package report

import (
	"context"
	"time"

	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Partial is a share of the work for a matrix: of each cell the trials from
// Trials·(Shard-1)/Of on up to Trials·Shard/Of, and every Of-th cell's orders.
// It can be written down at any time and continued, and all shares merged come
// to exactly what one run would have.
type Partial struct {
	Options
	Choice
	Shard, Of  int // from 1
	Scenarios  []*scenarios.Scenario
	Strategies []strategies.Entry
	cells      [][]*sums
	orders     [][]explore.Result
	replayed   [][]judge.Verdict // of the run as the file pins it, of the cells whose orders belong to the share
}

// NewPartial returns a share of which nothing is done yet.
func NewPartial(ss []*scenarios.Scenario, es []strategies.Entry, o Options, shard, of int) *Partial {
	p := &Partial{Options: o, Shard: shard, Of: of, Scenarios: ss, Strategies: es}
	for range ss {
		row := make([]*sums, len(es))
		for j := range row {
			row[j] = new(sums)
		}
		p.cells = append(p.cells, row)
		p.orders = append(p.orders, make([]explore.Result, len(es)))
		p.replayed = append(p.replayed, make([]judge.Verdict, len(es)))
	}
	return p
}

// from returns the number of the first trial of the share, quota how many
// there are.
func (p *Partial) from() int  { return p.Trials * (p.Shard - 1) / p.Of }
func (p *Partial) quota() int { return p.Trials*p.Shard/p.Of - p.from() }

// ownsOrders reports whether the orders of a cell belong to the share.
func (p *Partial) ownsOrders(i, j int) bool {
	return (i*len(p.Strategies)+j)%p.Of == p.Shard-1
}

// Done returns how many trials of the share were run, and how many there are.
func (p *Partial) Done() (done, all int) {
	for i := range p.cells {
		for _, c := range p.cells[i] {
			done += c.sum.Trials
			all += p.quota()
		}
	}
	return done, all
}

// Complete reports whether nothing of the share is left to do.
func (p *Partial) Complete() bool {
	for i := range p.cells {
		for j, c := range p.cells[i] {
			switch {
			case c.failed != nil, c.sum.Trials < p.quota() && !c.over:
				return false
			case p.ownsOrders(i, j) && p.orders[i][j].Classes == 0 && p.Strategies[j].Own() == nil:
				return false
			}
		}
	}
	return true
}

// How much is run between two looks at the clock, and how often what is done is
// saved.
const (
	stretch   = 1 << 17
	saveEvery = 2 * time.Second
)

// Run does what is left to do, until ctx ends, whose error it returns. It calls
// save, if that is not nil, at once, now and then, and at the end.
func (p *Partial) Run(ctx context.Context, save func() error) error {
	if save == nil {
		save = func() error { return nil }
	}
	if err := save(); err != nil {
		return err
	}
	saved := time.Now()
	xs := make([]explore.Explorer, max(1, p.Workers))
	for i := range p.Scenarios {
		p.countOrders(ctx, xs, i)
		for j := range p.Strategies {
			for more := true; more; {
				more = p.cell(ctx, i, j)
				if time.Since(saved) > saveEvery {
					if err := save(); err != nil {
						return err
					}
					saved = time.Now()
				}
			}
		}
	}
	if err := save(); err != nil {
		return err
	}
	return ctx.Err()
}

// countOrders counts the orders of a scenario that the share has not got yet, a worker
// with each explorer.
func (p *Partial) countOrders(ctx context.Context, xs []explore.Explorer, i int) {
	s := p.Scenarios[i]
	explore.Spread(len(p.Strategies), len(xs), func(w, j int) {
		e := p.Strategies[j]
		if ctx.Err() != nil || e.Own() != nil || !p.ownsOrders(i, j) || p.orders[i][j].Classes > 0 {
			return
		}
		r := xs[w].Count(ctx, s.Script, e.For(s.Script), explore.Bounds{Classes: MatrixClasses})
		if ctx.Err() == nil {
			p.orders[i][j], p.replayed[i][j] = r, Replayed(s, e)
		}
	})
}

// cell does a stretch of what is left to do of a cell, and reports whether more
// is left.
func (p *Partial) cell(ctx context.Context, i, j int) bool {
	s, e, c := p.Scenarios[i].Script, p.Strategies[j], p.cells[i][j]
	if e.Own() != nil {
		p.own(ctx, i, j)
		return false
	}
	if rest := p.quota() - c.sum.Trials; rest > 0 && ctx.Err() == nil {
		c.merge(count(ctx, s.Unpinned(), e, p.Options, p.from()+c.sum.Trials, min(stretch, rest)))
	}
	return ctx.Err() == nil && c.sum.Trials < p.quota()
}

// Matrix returns the odds and orders of the share alone: of a run that is one
// share, as far as it got.
func (p *Partial) Matrix() *Matrix {
	m := &Matrix{Options: p.Options, Choice: p.Choice, Scenarios: p.Scenarios, Strategies: p.Strategies, Orders: p.orders, Replayed: p.replayed}
	for i := range p.cells {
		row := make([]Odds, len(p.cells[i]))
		for j, c := range p.cells[i] {
			row[j] = c.odds()
		}
		m.Cells = append(m.Cells, row)
	}
	return m
}
