package explore

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"photofinish/sim"
)

// Schedule is one order of a scenario's events as text: one label an event
// (see [sim.World.Label]), separated by blanks. It can be pasted, and replayed
// with the same scenario and strategy. Actions that it does not name are not
// done. Before the events stand the faults, if any: "lost:u2>" the request is
// lost, "lost:<u2" its reply is, "twice:u2" it is delivered twice, "fails:u2"
// the server refuses it with 500.
type Schedule []string

// ParseSchedule splits a pasted schedule. What a keyboard has no key for may be typed
// with a point: "f.u2>" is "f·u2>".
func ParseSchedule(text string) Schedule { return strings.Fields(strings.ReplaceAll(text, ".", "·")) }

// String returns the schedule as one line that can be pasted.
func (s Schedule) String() string { return strings.Join(s, " ") }

// Only returns the script with the actions that the schedule names, the rest
// skipped, and with the faults that it names. An error says which label is of
// no action of the script.
func (s Schedule) Only(script *sim.Script) (*sim.Script, error) {
	events, faults := s.split(script)
	c := with(script, faults)
	for i := range c.Actions {
		c.Actions[i].Skip = !slices.Contains(events, c.Actions[i].Label())
	}
	for _, label := range events {
		acts := !strings.ContainsAny(label, "<>!~@·=")
		if acts && !slices.ContainsFunc(c.Actions, func(a sim.Action) bool { return a.Label() == label }) {
			return nil, fmt.Errorf("the scenario has no action %q", label)
		}
	}
	if !c.Orderly() {
		return nil, errors.New("a client is closed and opened in turns: name both, and nothing between them")
	}
	return c, nil
}

// Chooser returns a chooser that lets the events of the schedule happen in
// their order. If one of them cannot happen when its turn comes, or something
// is left to happen at the end, the trial stops and Err says why.
func (s Schedule) Chooser() *Scheduled {
	events := slices.DeleteFunc(slices.Clone(s), func(label string) bool { return strings.Contains(label, ":") })
	return &Scheduled{schedule: events}
}

// Scheduled is the chooser of a [Schedule].
type Scheduled struct {
	Err error

	schedule Schedule
	next     int
	asking   bool // past the end, a timer has fired
}

// Again returns the same from the beginning, for another reading of a trial.
func (c *Scheduled) Again() sim.Chooser { return &Scheduled{schedule: c.schedule} }

// Choose returns the pending event that the schedule names next.
func (c *Scheduled) Choose(w *sim.World, pending []sim.Pending) int {
	if c.next == len(c.schedule) {
		// Timers may go on asking in vain for ever.
		onlyTimers := !slices.ContainsFunc(pending, func(e sim.Pending) bool { return e.What != sim.TimerFires && !w.Idle(&e) })
		if onlyTimers && (!c.asking || w.FiredInVain()) {
			c.asking = true
			return 0
		}
		c.Err = fmt.Errorf("the schedule ends too soon: still to come is %s", possible(w, pending))
		return -1
	}
	want := c.schedule[c.next]
	c.next++
	for i := range pending {
		if w.Label(&pending[i]) == want {
			return i
		}
	}
	c.Err = fmt.Errorf("event %d of the schedule, %q, cannot happen there: what can is %s", c.next, want, possible(w, pending))
	return -1
}

// Unused returns an error if events of the schedule are left when the trial
// is over.
func (c *Scheduled) Unused() error {
	if c.Err == nil && c.next < len(c.schedule) {
		return fmt.Errorf("event %d of the schedule, %q, comes after the end", c.next+1, c.schedule[c.next])
	}
	return c.Err
}

func possible(w *sim.World, pending []sim.Pending) string {
	labels := make([]string, len(pending))
	for i := range pending {
		labels[i] = w.Label(&pending[i])
	}
	return strings.Join(labels, " ")
}

// labeller notes the labels of what another chooser chooses.
type labeller struct {
	chooser sim.Chooser
	all     []string
	vain    []bool // of a timer: it changed nothing
}

// Choose asks the other chooser.
func (l *labeller) Choose(w *sim.World, pending []sim.Pending) int {
	l.look(w)
	i := l.chooser.Choose(w, pending)
	if i >= 0 && !w.Unseen(&pending[i]) {
		l.all = append(l.all, w.Label(&pending[i]))
		l.vain = append(l.vain, false)
	}
	return i
}

// look notes whether what was chosen last was a timer that fired in vain.
func (l *labeller) look(w *sim.World) {
	if n := len(l.all); n > 0 && strings.HasSuffix(l.all[n-1], "~") {
		l.vain[n-1] = w.FiredInVain()
	}
}

// schedule returns the labels, without timers that fired in vain.
func (l *labeller) schedule() Schedule {
	var out Schedule
	for i, label := range l.all {
		if !l.vain[i] {
			out = append(out, label)
		}
	}
	return out
}
