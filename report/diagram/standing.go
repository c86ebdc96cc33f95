package diagram

import (
	"strconv"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/sim/judge"
)

// Standing is a verdict as far as the events until an instant prove it.
type Standing struct {
	Open    bool // nothing is proved yet, and not all is quiet
	Verdict judge.Verdict
	Kind    string // the name of the gravest anomaly
	Says    string // its sentence
	Actions []int  // whom it names
}

// Mark returns the sign of the standing: "·" while it is open.
func (s Standing) Mark() string {
	if s.Open {
		return tell.Open
	}
	return tell.Mark(s.Verdict)
}

// At returns what has been proved by t. A verdict other than ok comes with the
// last event that proves it, but, where it is known when the end of the lane was
// decided, never before that; ok comes when all is quiet.
func (l *Lane) At(t time.Duration) Standing { return l.standing(l.After(t), t >= l.Settled) }

// Upto returns what has been proved by event i.
func (l *Lane) Upto(i int) Standing {
	return l.standing(i+1, i >= 0 && i < len(l.Events) && l.Events[i].At >= l.Settled && i == len(l.Events)-1)
}

// standing returns what the first n events prove.
func (l *Lane) standing(n int, quiet bool) Standing {
	quiet = quiet && !l.Stopped
	switch {
	case l.Failed != "":
		return Standing{Verdict: judge.Unknown, Kind: "failed", Says: l.Failed}
	case l.Waiting:
		return Standing{Open: true, Kind: "running …"}
	case len(l.Script.Actions) == 0:
		return Standing{Open: true, Kind: "nothing asked yet"}
	}
	var worst *judge.Anomaly
	for i := range l.Anomalies {
		a := &l.Anomalies[i]
		if m := a.At().Index(); m >= n && m < len(l.Events) {
			continue
		}
		if v := judge.Kinds[a.Kind].Verdict; v == judge.Stuck && !quiet || v == l.Verdict && l.Turning.Known && n <= l.Turning.Seen {
			continue
		}
		if worst == nil || judge.Kinds[a.Kind].Verdict > judge.Kinds[worst.Kind].Verdict {
			worst = a
		}
	}
	switch {
	case worst != nil:
		return l.saying(worst)
	case !quiet:
		return Standing{Open: true, Kind: "in flight"}
	case l.Verdict == judge.Unknown && l.Why != "":
		return Standing{Verdict: judge.Unknown, Kind: "unknown", Says: l.Why}
	case l.Verdict == judge.Unknown:
		return Standing{Verdict: judge.Unknown, Kind: "unknown", Says: "stopped before the end: this is not a promise"}
	}
	return Standing{Kind: "ok", Says: l.ending.Says(l)}
}

// saying puts an anomaly into words, and with it all of its kind that name one
// action each.
func (l *Lane) saying(worst *judge.Anomaly) Standing {
	all := *worst
	if len(worst.Actions) == 1 {
		all.Actions = nil
		for _, a := range l.Anomalies {
			if worst.Alike(a) && len(a.Actions) == 1 {
				all.Actions = append(all.Actions, a.Actions[0])
			}
		}
	}
	says := all.Says(l.Script)
	if all.Kind == judge.LostUpdate { // whoever looks is one of the clients: they have numbers
		client := strconv.Itoa(int(l.Script.Action(all.Actions[1]).Client) + 1)
		says = strings.NewReplacer(" of another client ", " ", "which it had", "which client "+client+" had").Replace(says)
	}
	return Standing{Verdict: judge.Kinds[all.Kind].Verdict, Kind: all.Kind.String(), Says: says, Actions: all.Actions}
}
