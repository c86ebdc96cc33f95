package report

import (
	"slices"

	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Trial is one run of a scenario under a strategy, traced and judged.
type Trial struct {
	Scenario string // its name
	Script   *sim.Script
	Strategy string
	Seed     uint64
	Events   []sim.Event
	Ledger   *sim.Ledger
	judge.Judgement

	Ordered bool            // a schedule decided, and not time
	Own     *strategies.Own // what the client of the user's own ran on; nil of a strategy of the catalogue
	entry   strategies.Entry
}

// Replay runs one trial with a trace. The scenario's name is only carried
// along.
func Replay(scenario string, s *sim.Script, e strategies.Entry, seed uint64) *Trial {
	return replay(scenario, s, e, seed, nil)
}

// replay runs a trial with a trace, in which c chooses what happens next: time, if
// it is nil.
func replay(scenario string, s *sim.Script, e strategies.Entry, seed uint64, c sim.Chooser) *Trial {
	var w sim.World
	var j judge.Judge
	l, found := j.Run(&w, s, e.For(s), seed, sim.Options{Trace: true, Chooser: c})
	return &Trial{
		Scenario: scenario, Script: l.Script(s), Strategy: e.Name, Seed: seed, Own: e.Own(), entry: e,
		Events: w.Trace().Events, Ledger: l, Judgement: found,
	}
}

// Kinds returns the set of the trial's anomalies.
func (t *Trial) Kinds() Kinds { return KindsOf(t.Judgement) }

// View returns the screen and person that a trial shows first: those of its
// first action.
func (t *Trial) View() int { return t.Script.First() }

// Proof returns the places in t.Events of what proves an anomaly, ascending.
func (t *Trial) Proof(a judge.Anomaly) []int {
	events := []int{}
	for _, m := range a.Proof {
		if i := m.Index(); i >= 0 && i < len(t.Events) {
			events = append(events, i)
		}
	}
	slices.Sort(events)
	return slices.Compact(events)
}

// Cause returns the line of the strategy that did what the gravest anomaly is
// about: the last that decided over the action it names first. File is empty if
// there is none.
func (t *Trial) Cause() sim.Source {
	worst := judge.Gravest(t.Anomalies)
	if worst == nil || len(worst.Actions) == 0 {
		return sim.Source{}
	}
	var cause sim.Source
	for i := range t.Events {
		e := &t.Events[i]
		if e.Source.File != "" && e.Concerns(worst.Actions[0]) && slices.Contains(decisions, e.Kind) {
			cause = e.Source
		}
	}
	return cause
}

// decisions are the kinds of events that are a strategy's decision over an action.
var decisions = []sim.EventKind{sim.EventBlock, sim.EventHold, sim.EventMerge, sim.EventDrop, sim.EventRefuse, sim.EventSend}

// Kinds is a set of anomalies, one bit each.
type Kinds uint32

// KindsOf returns the anomalies that a judgement names.
func KindsOf(j judge.Judgement) (k Kinds) {
	for i := range j.Anomalies {
		k |= 1 << j.Anomalies[i].Kind
	}
	return k
}

// Names returns the names of the anomalies in the order of [judge.Kinds].
func (k Kinds) Names() []string {
	names := []string{}
	for i := range judge.Kinds {
		if k>>i&1 != 0 {
			names = append(names, judge.Kind(i).String())
		}
	}
	return names
}
