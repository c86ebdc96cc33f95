package grade

import (
	"fmt"
	"slices"

	"photofinish/report/tell"
	"photofinish/sim/judge"
)

// Empty says where nothing has been written yet; "" if something has.
func (g *Grade) Empty() string {
	if g.Hole == 0 {
		return ""
	}
	return fmt.Sprintf("the hole is still empty: %s:%d", g.File, g.Hole)
}

// Against says what speaks against the file, however its orders end: it tells of a failure
// while there is none, or an error in it is caught by nobody. It is "" if nothing does.
func (g *Grade) Against() string {
	if g.Cries != "" {
		return fmt.Sprintf("the user is told %q while nothing has failed: who is always told knows nothing", g.Cries)
	}
	_, u := g.Heard()
	if u == nil {
		return ""
	}
	says := "nobody catches this error: " + u.Says
	if u.At.Line > 0 {
		says += fmt.Sprintf(" (%s:%d)", u.At.File, u.At.Line)
	}
	return says
}

// Says says of an outcome what is proved, or how many orders end otherwise than they
// are to.
func (o *Outcome) Says() string {
	r := o.Orders
	of := func(n int64, one, more string) string {
		if n == 1 {
			more = one
		}
		return tell.OfOrders(n, r.Classes, r.Complete) + " " + more
	}
	switch {
	case r.Failed != nil || r.Why != "" || r.Classes == 0:
		return r.Says()
	case o.Proved():
		says := tell.OfOrders(0, r.Classes, true)
		if o.Ends == judge.Loud {
			says += ", and the user is told in each"
		}
		return says
	case r.Bad() > 0:
		return tell.EndBadly(r.Bad(), r.Classes, r.Complete)
	case !r.Complete:
		return r.Says()
	case o.Ends == judge.Loud && r.Refused > 0:
		return of(r.Refused, "has", "have") + " a click refused, and none has to be"
	case o.Ends == judge.Loud:
		return of(r.Verdicts[judge.OK], "ends", "end") + " ok, and the user is to be told"
	}
	return of(r.Verdicts[judge.Loud], "ends", "end") + " with the user told, and none has to"
}

// Lost says what went wrong in what is shown, the gravest first.
func (o *Outcome) Lost() (says []string) {
	worst := o.Anomaly()
	if worst == nil {
		return nil
	}
	for _, a := range o.Shown.Anomalies {
		if judge.Kinds[a.Kind].Verdict == judge.Kinds[worst.Kind].Verdict {
			says = append(says, a.Says(o.Shown.Script))
		}
	}
	return says
}

// Left says of the requests that what is shown went wrong by, which of them were under
// way at once; "" if none were.
func (o *Outcome) Left() string {
	a := o.Anomaly()
	if a == nil {
		return ""
	}
	all := o.sends(a.Actions)
	for i, one := range all {
		for _, other := range all[i+1:] {
			first, second := tell.About(o.Shown.Script, one.Event), tell.About(o.Shown.Script, other.Event)
			switch {
			case first == second:
			case one.At == other.At:
				return first + " and " + second + " left together"
			case one.to > other.At && slices.ContainsFunc(all, func(t trip) bool { return t.At < other.At && slices.Equal(t.About(), other.About()) }):
				return second + " left again while " + first + " was on its way"
			case one.to > other.At:
				return second + " left while " + first + " was on its way"
			}
		}
	}
	return ""
}

// Decided says in a few words what decided the end of what is shown, behind which no
// order ends otherwise; "" if that is not known.
func (o *Outcome) Decided() string {
	if o.Shown == nil || o.Decision.Event < 0 || o.Decision.Event >= len(o.Shown.Events) {
		return ""
	}
	return tell.Decided(o.Shown.Script, o.Shown.Events, o.Decision.Event)
}
