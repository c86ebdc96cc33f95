package diagram

import (
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// Turning says where in a lane its end was decided, and where that is to be seen.
// The places are of [Lane].Events. The zero value says that it is not known yet.
type Turning struct {
	Known   bool           // it has been worked out
	Decided int            // the first event after which no order ends with another verdict; -1: none, or not known
	Seen    int            // the event that proves the verdict, never before Decided; -1: of an ok nothing does
	Always  bool           // it was decided before the first event: no order ends otherwise
	TooMany bool           // there were too many orders to say where it was decided
	Before  explore.Result // the orders that were possible until Decided; if Always, all of them
	Shared  explore.Shared // if Always, whether every order has the kinds of anomaly that make the verdict
}

// Turned returns what has been worked out of a lane as it stands in its picture.
func (l *Lane) Turned(d explore.Decision) Turning {
	if d.Verdict != l.Verdict || d.Event >= len(l.Events) {
		d = explore.Decision{Event: -1} // it is of another trial
	}
	return Turning{Known: true, Decided: d.Event, Seen: l.Seen(d.Event), Always: d.Always, TooMany: d.TooMany, Before: d.Before, Shared: d.Shared}
}

// Every says of a lane that is Always bad what is so of every order. That the rule alone
// is at fault is said only where every order goes wrong in the same way.
func (t *Turning) Every(v judge.Verdict) string {
	switch t.Shared {
	case explore.Each:
		return "no order ends otherwise: not a race, the rule itself"
	case explore.NotEach:
		return "every order ends " + v.String() + ", though not each with this"
	}
	return "every order ends " + v.String()
}

// Seen returns the place of the event at which the end of the lane is seen, which
// was decided at an event (-1: before the first, or nobody knows): of the
// anomalies of its verdict the first that is proved, but for those that were
// before it was decided. If all were, it is seen where it was decided. That
// something waits for ever is seen at the end. It is -1 where the lane is ok, or
// nothing proves its verdict.
func (l *Lane) Seen(decided int) int {
	if l.Verdict == judge.Stuck {
		return len(l.Events) - 1
	}
	seen, any := len(l.Events), false
	for i := range l.Anomalies {
		a := &l.Anomalies[i]
		if judge.Kinds[a.Kind].Verdict != l.Verdict {
			continue
		}
		any = true
		if at := a.At().Index(); at >= max(decided, 0) {
			seen = min(seen, at)
		}
	}
	switch {
	case !any:
		return -1
	case seen == len(l.Events):
		return decided
	}
	return seen
}
