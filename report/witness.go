package report

import (
	"context"
	"fmt"
	"slices"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Witness is the trial that a report shows for a cell: the shortest bad order, else
// the first bad seed, else the scenario as it is pinned.
type Witness struct {
	*Trial
	What    string // where it comes from, in a few words
	Command string // what replays it

	// Schedule is the order of events of the shortest bad order; nil where the
	// witness is another trial.
	Schedule explore.Schedule
}

// LeftOut stands in a report that was interrupted while it was written.
const LeftOut = "Interrupted: diagrams and charts that were not worked out by then are left out."

// Witness returns the trial that says most of the cell: the shortest of the
// bad orders, or the first bad trial, or, if nothing bad is known, the
// scenario as its file pins it. Where only some of all orders were run, and neither
// they nor a trial end badly, it looks for no shorter ones: that takes longer than
// all the rest, and explore does it.
func (c Cell) Witness(ctx context.Context) Witness {
	if c.Orders.Bad() > 0 || !c.Orders.Complete && c.FirstBad.Verdict.Bad() {
		var x explore.Explorer
		s, b := c.Scenario.Script, explore.Bounds{Classes: MatrixClasses}
		if found, _ := x.Shortest(ctx, s, c.Strategy.For(s), b); found != nil {
			return c.counterexample(found)
		}
	}
	if b := c.FirstBad; b.Verdict.Bad() {
		script := c.Scenario.Script.Unpinned()
		return Witness{
			Trial: Replay(c.Scenario.Name, script, c.Strategy, b.Seed), Command: c.Replay(),
			What: fmt.Sprintf("the first bad trial: seed %d", b.Seed),
		}
	}
	seed := c.Scenario.ReplaySeed()
	what := "nothing bad was found: this is the scenario as its file pins it"
	if !Pinned(c.Scenario.Script) {
		what = fmt.Sprintf("nothing bad was found: this is seed %d", seed)
	}
	return Witness{
		Trial: Replay(c.Scenario.Name, c.Scenario.Script, c.Strategy, seed), What: what,
		Command: Command(c.Scenario, c.Strategy, seed, false),
	}
}

// Shortest returns the shortest bad order of the cell; nil if none is known to be wrong
// or stuck, and of a client of the user's own, which takes its time.
func (c Cell) Shortest() *explore.Counterexample {
	if v := &c.Orders.Verdicts; c.Strategy.Own() != nil || v[judge.Wrong]+v[judge.Stuck] == 0 {
		return nil
	}
	var x explore.Explorer
	s := c.Scenario.Script
	found, _ := x.Shortest(context.Background(), s, c.Strategy.For(s), explore.Bounds{Classes: MatrixClasses})
	return found
}

// counterexample replays the shortest bad order, with times that bring it
// about where there are some.
func (c Cell) counterexample(found *explore.Counterexample) Witness {
	o := Orders{Scenario: c.Scenario, Strategy: c.Strategy, Shortest: found}
	o.Pinned, _ = explore.Pin(c.Scenario.Script, c.Strategy.For(c.Scenario.Script), found.Schedule)
	what := "the shortest order that " + map[bool]string{false: "goes wrong", true: "gets stuck"}[found.Verdict == judge.Stuck] +
		map[bool]string{false: "; its times are an example", true: "; step by step, for no times were found that bring it about"}[o.Pinned == nil]
	if n, all := len(found.Actions), len(c.Scenario.Script.Actions); n < all {
		what += fmt.Sprintf("; of the %d clicks it needs %d", all, n)
	}
	return Witness{Trial: o.Trial(), What: what, Command: o.Command(), Schedule: found.Schedule}
}

// Lane prepares the trial for drawing. In view is the field that says most of
// what went wrong.
func (t *Trial) Lane() *diagram.Lane {
	events, settled := t.Events, t.Ledger.Settled
	if t.Ordered {
		events, settled = diagram.Spaced(events), 0
	}
	l := diagram.New(strategies.Entry{Name: t.Strategy}, t.Script, events, t.Judgement, settled, 0)
	if f := t.tellingField(l); f != 0 {
		l = diagram.New(strategies.Entry{Name: t.Strategy}, t.Script, events, t.Judgement, settled, f)
	}
	return l
}

// tellingField returns the field in which screen and server differ at the end,
// else one that the gravest anomaly is about, else the first that is written.
func (t *Trial) tellingField(l *diagram.Lane) int {
	differ := l.Differ(l.Ends())
	var sets []sim.FieldSet // the first that is not empty tells the most
	for _, a := range t.Anomalies {
		for _, n := range a.Actions {
			if n > 0 {
				sets = append(sets, t.Script.Action(n).Sets&differ)
			}
		}
	}
	for _, a := range t.Anomalies {
		for _, n := range slices.Backward(a.Actions) {
			if n > 0 {
				sets = append(sets, t.Script.Action(n).Sets)
			}
		}
	}
	for i := range t.Script.Actions {
		if a := &t.Script.Actions[i]; !a.Skip {
			sets = append(sets, a.Sets)
		}
	}
	for _, set := range sets {
		for f := range set.All {
			return f
		}
	}
	return 0
}
