package lesson

import (
	"fmt"
	"slices"
	"time"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// Finding holds the truth about one strategy, with the trial that shows it.
type Finding struct {
	Strategy string
	Name     string // of its lane: the strategy, with a letter before it where the question had only that; or the title of its world
	Bad      bool   // it ends badly: in this trial, or, where all orders are asked about, in some
	Says     string // why, in a sentence, as "u2 never left, and nobody was told"

	// Trial shows it: the trial that was predicted, or else the shortest bad
	// order with times that bring it about, or else the first bad seed.
	Trial *report.Trial
	Event int           // the place of the deciding event in Trial.Events; -1: none
	At    time.Duration // when that is

	Orders *report.Orders // all orders, where they are asked about
	Odds   *report.Odds   // 10,000 trials, where they are asked about
}

// Runs returns whether each of the first n runs that odds are made of ends badly: number
// i+1 has seed i+1. It is nil where odds are not asked about.
func (f *Finding) Runs(n int) []bool {
	if f.Odds == nil || n > f.Odds.Trials {
		return nil
	}
	all := make([]bool, n)
	for k := range all {
		if i := k / 8; i < len(f.Odds.BadAt) {
			all[k] = f.Odds.BadAt[i]>>(k%8)&1 != 0
		} else { // none or all did, or none of the last
			all[k] = f.Odds.Bad() == f.Odds.Trials
		}
	}
	return all
}

func found(t *report.Trial) Finding {
	f := Finding{Strategy: t.Strategy, Bad: t.Verdict.Bad(), Trial: t, Event: -1}
	lane := t.Lane()
	f.Says = lane.At(lane.Settled).Says
	a := judge.Gravest(t.Anomalies)
	if a == nil {
		f.saved()
		return f
	}
	last := -1
	for _, m := range a.Proof {
		if i := m.Index(); i < len(t.Events) {
			last = max(last, i)
		}
	}
	if last >= 0 {
		f.point(last, f.Says)
	}
	return f
}

func (f *Finding) point(event int, says string) {
	f.Event, f.At, f.Says = event, f.Trial.Events[event].At, says
}

// saved points at what kept a good trial good: the first time that the client
// did something else with an action than to send it at once.
func (f *Finding) saved() {
	i := slices.IndexFunc(f.Trial.Events, func(e sim.Event) bool {
		return e.Kind == sim.EventBlock || e.Kind == sim.EventHold || e.Kind == sim.EventMerge
	})
	if i < 0 {
		return
	}
	e := &f.Trial.Events[i]
	f.point(i, tell.Label(f.Trial.Script, e.Action)+" "+tell.Does(e)+" here")
	for _, after := range f.Trial.Events[i:] {
		if after.Kind == sim.EventSend && slices.Contains(after.Request.Actions, e.Action) {
			f.Says += fmt.Sprintf(", and leaves at %s ms", tell.Grouped(int(after.At.Milliseconds())))
			return
		}
	}
}

// witness returns what the shortest bad order shows; without a trial if there
// is none.
func witness(o *report.Orders) Finding {
	switch {
	case o.Shortest == nil:
		return Finding{Event: -1}
	case o.Pinned != nil:
		return found(report.Replay(o.Scenario.Name, o.Pinned, o.Strategy, 1))
	}
	t, err := report.ReplaySchedule(o.Scenario.Name, o.Scenario.Script, o.Strategy, o.Shortest.Schedule)
	if err != nil {
		panic("lesson: the explorer's own schedule cannot be replayed: " + err.Error())
	}
	return found(t)
}
