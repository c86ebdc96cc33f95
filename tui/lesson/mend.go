package lesson

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/sim/explore"
)

// Remedy is a choice in a mend.
type Remedy struct {
	Strategy string // one of the step's, as "action-queue+hold"
	// Order is the order of the clicks: Order[0] is the number of the action
	// that comes first. Empty: as they are. Only where the step allows it.
	Order []int
}

// Remedied judges a remedy over all orders, and says what it costs.
type Remedied struct {
	Remedy
	Holds  bool           // no order ends badly: a proof
	Orders *report.Orders // with the shortest counterexample, if it does not hold
	Lost   *Finding       // the counterexample; nil if it holds

	Requests float64       // sent, mean of 10,000 trials
	Blocked  time.Duration // how long something the user wanted was blocked, mean
	Settled  time.Duration // from the last click until all has settled, median
}

// Costs says what it costs, in words.
func (m *Remedied) Costs() string {
	return fmt.Sprintf("%.1f requests, %s ms blocked, quiet after %s ms", m.Requests, tell.Rounded(m.Blocked), tell.Rounded(m.Settled))
}

// Remedy works out what comes of a remedy in step n. Slow the first time. An
// error says what is wrong with the remedy, or is that of ctx.
func (b *Book) Remedy(ctx context.Context, n int, r Remedy) (*Remedied, error) {
	if n < 0 || n >= len(b.Lesson.Steps) || b.Lesson.Steps[n].Kind != lessons.Mend {
		return nil, ErrNothing
	}
	s := &b.Lesson.Steps[n]
	if !slices.Contains(s.Strategies, r.Strategy) {
		return nil, errors.New("this step does not offer that strategy")
	}
	scenario, err := reordered(s, r.Order)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprint(n, r.Strategy, r.Order)
	return b.remedies.find(ctx, key, func() (*Remedied, error) { return remedied(ctx, scenario, r) })
}

// reordered returns the step's scenario with its clicks in another order. Each
// keeps what is pinned of it; the instants of clicking stay.
func reordered(s *lessons.Step, order []int) (*scenarios.Scenario, error) {
	if len(order) == 0 {
		return s.Scenario, nil
	}
	script := *s.Scenario.Script
	sorted := slices.Sorted(slices.Values(order))
	ok := s.Clicks && len(order) == len(script.Actions)
	for i := range sorted {
		ok = ok && sorted[i] == i+1
	}
	if !ok {
		return nil, errors.New("the clicks cannot be put into that order here")
	}
	script.Actions = slices.Clone(script.Actions)
	for i, n := range order {
		script.Actions[i] = *s.Scenario.Script.Action(n)
		script.Actions[i].Number, script.Actions[i].At = i+1, s.Scenario.Script.Actions[i].At
	}
	c := *s.Scenario
	c.Script = &script
	return &c, nil
}

func remedied(ctx context.Context, s *scenarios.Scenario, r Remedy) (*Remedied, error) {
	e := Entry(r.Strategy)
	o := report.Explore(ctx, s, e, explore.Bounds{Classes: report.MaxClasses})
	odds := report.Estimate(ctx, s.Script, e, report.Options{Seed: oddsSeed, Trials: oddsTrials, Workers: workers()})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m := &Remedied{
		Remedy: r, Holds: o.RaceFree(), Orders: o,
		Requests: odds.Requests, Blocked: odds.Blocked, Settled: odds.P50,
	}
	if f := witness(o); !m.Holds && f.Trial != nil {
		f.Orders, f.Bad = o, true
		m.Lost = &f
	}
	return m, nil
}
