package focus

import (
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/ink"
)

type teller struct{ *diagram.Lane }

func (l teller) words() *tell.Teller {
	return &tell.Teller{Script: l.Script, Events: l.Events, Anomalies: l.Anomalies, Field: l.Field, Fit: ink.Printable}
}

// cause returns the event whose line of code brought event i about, -1 if
// there is none. Where that line only has something to do with it, it is not
// sure: for a click, what the strategy did with it; else the last line that
// did anything before.
func (l teller) cause(i int) (k int, sure bool) {
	if i < 0 {
		return -1, false
	}
	e := &l.Events[i]
	if e.Source.File != "" {
		return i, true
	}
	if e.Request != nil {
		for k := i; k >= 0; k-- {
			if b := &l.Events[k]; b.Source.File != "" && b.Concerns(e.Request.Actions[0]) && (b.Request == nil || b.Request.Number == e.Request.Number) {
				return k, true
			}
		}
	}
	if next := tell.Caused(l.Events, i); next != nil && (e.Kind == sim.EventAct && next.Concerns(e.Action) || e.Kind == sim.EventWake) {
		return i + 1, false
	}
	for k := i; k >= 0; k-- {
		if l.Events[k].Source.File != "" {
			return k, false
		}
	}
	return -1, false
}
