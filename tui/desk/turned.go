package desk

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// Ghost returns the message that a hint has just moved, and what its latency was
// before, or the click, as a message without a leg, and when it was; not ok if nothing
// was moved, or something has been pressed since.
func (d *Desk) Ghost() (leg diagram.Leg, was time.Duration, ok bool) {
	h := d.hint()
	if h == nil || !d.swing.fresh {
		return leg, 0, false
	}
	leg = diagram.Leg{Action: h.Way().Action, Leg: h.Way().Leg}
	return leg, h.Took(leg), true
}

// Turned returns the lanes that end otherwise by the hint that stands, by name: how
// they ended before, and how they end now.
func (d *Desk) Turned() map[string][2]judge.Verdict {
	h := d.Session.Hint()
	if h == nil {
		return nil
	}
	turned := map[string][2]judge.Verdict{}
	for _, l := range d.Lanes {
		if was, known := h.Was[l.Name]; known && was != l.Verdict && !l.Waiting {
			turned[l.Name] = [2]judge.Verdict{was, l.Verdict}
		}
	}
	return turned
}

// EndsInShort says how many lanes end otherwise by the hint that stands, and how, as
// "2 ok, 1 loses"; "" if no hint stands.
func (d *Desk) EndsInShort() string {
	var all []string
	for _, e := range d.endings() {
		does := e.several
		if len(e.lanes) == 1 {
			does = e.one
		}
		all = append(all, fmt.Sprint(len(e.lanes))+" "+strings.TrimPrefix(strings.TrimPrefix(strings.TrimSuffix(does, " now"), "ends "), "end "))
	}
	return strings.Join(all, ", ")
}

// Ends says which lanes end otherwise by the hint that stands, as
// "callbacks and action-queue end ok now, polling loses now": first those that end as
// the lane that it was for; "" if no hint stands.
func (d *Desk) Ends() string {
	var all []string
	for _, e := range d.endings() {
		all = append(all, e.String())
	}
	return strings.Join(all, ", ")
}

// endings returns the lanes that end otherwise by the hint that stands, by how they do.
func (d *Desk) endings() (ways []ending) {
	h, turned := d.Session.Hint(), d.Turned()
	if len(turned) == 0 {
		return nil
	}
	place := func(l *diagram.Lane) int {
		if l.Name == h.Lane {
			return 0
		}
		return 1
	}
	lanes := slices.Clone(d.Lanes)
	slices.SortStableFunc(lanes, func(a, b *diagram.Lane) int { return place(a) - place(b) })
	for _, l := range lanes {
		if _, is := turned[l.Name]; !is {
			continue
		}
		one, several := endsNow(l)
		at := slices.IndexFunc(ways, func(e ending) bool { return e.one == one })
		if at < 0 {
			at, ways = len(ways), append(ways, ending{one: one, several: several})
		}
		ways[at].lanes = append(ways[at].lanes, l.Name)
	}
	return ways
}

type ending struct {
	lanes        []string
	one, several string // what one of them does, and what several do
}

// String names at most three lanes.
func (e ending) String() string {
	if len(e.lanes) == 1 {
		return e.lanes[0] + " " + e.one
	}
	return tell.AndMore(e.lanes, 3, 3) + " " + e.several
}

func endsNow(l *diagram.Lane) (one, several string) {
	switch {
	case l.Verdict == judge.OK:
		return "ends ok now", "end ok now"
	case l.Verdict == judge.Loud:
		return "tells the user now", "tell the user now"
	case l.Verdict == judge.Stuck:
		return "waits for ever now", "wait for ever now"
	case l.Verdict == judge.Unknown:
		return "ends nobody knows how", "end nobody knows how"
	case losesSave(l):
		return "loses now", "lose now"
	}
	return "ends wrong now", "end wrong now"
}

// losesSave reports whether a save of the user's is lost in a lane, and not only shown
// wrong, made twice, or left behind.
func losesSave(l *diagram.Lane) bool {
	return slices.ContainsFunc(l.Anomalies, func(a judge.Anomaly) bool {
		switch a.Kind {
		case judge.UnsentWrite, judge.LostWrite, judge.MonotonicWrites, judge.LostUpdate, judge.ClobberedEdit, judge.FailedByOrder, judge.SilentFailure:
			return true
		}
		return false
	})
}

// Tie says of a lane that a hint has turned what comes at the same instant as what
// was moved, as "u2 lands with u3, and first": then it hangs on a millisecond. "" if
// nothing does.
func (d *Desk) Tie(l *diagram.Lane) string {
	h := d.Session.Hint()
	if h == nil {
		return ""
	}
	if _, is := d.Turned()[l.Name]; !is {
		return ""
	}
	w := h.Way()
	if w.Leg == sim.NoLeg {
		return l.PressTie(w.Action)
	}
	return l.LandTie(diagram.Leg{Action: w.Action, Leg: w.Leg})
}
