package report

import (
	"slices"

	"photofinish/sim"
	"photofinish/sim/judge"
)

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
