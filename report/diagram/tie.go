package diagram

import (
	"time"

	"photofinish/sim"
)

// LandTie says what comes at the very instant at which a message lands, and on the
// same side, as "u2 lands with u3, and first"; if nothing does, what comes with its
// answer; else "".
func (l *Lane) LandTie(leg Leg) string {
	m := l.message(leg)
	if m == nil {
		return ""
	}
	name, with := l.Labels(m.Actions)+" lands with ", func(o *Message) string { return l.Labels(o.Actions) }
	if !m.Up {
		name, with = l.Labels(m.Actions)+"'s answer comes with ", l.answers
		if n := l.pressedAt(m.To, l.client(m)); n != 0 {
			return name + l.Label(n) + ", and last" // whoever presses at an instant comes first in it
		}
	}
	for i := range l.Messages {
		o := &l.Messages[i]
		if o.Request != m.Request && o.Up == m.Up && o.Lands() && o.To == m.To && (m.Up || l.client(o) == l.client(m)) {
			return name + with(o) + order(m.Event < o.Event)
		}
	}
	if m.Up {
		return l.LandTie(Leg{leg.Action, sim.Downlink})
	}
	return ""
}

// PressTie says what comes at the very instant at which an action is pressed, as
// "u3 comes with c1's answer, and first"; if nothing does, what its message lands with.
func (l *Lane) PressTie(n int) string {
	a := l.Script.Action(n)
	for i := range l.Messages {
		if m := &l.Messages[i]; !m.Up && m.Lands() && m.To == a.At && l.client(m) == a.Client {
			return l.Label(n) + " comes with " + l.answers(m) + ", and first"
		}
	}
	return l.LandTie(Leg{n, sim.Uplink})
}

func (l *Lane) answers(m *Message) string { return l.Labels(m.Actions) + "'s answer" }

func order(first bool) string {
	if first {
		return ", and first"
	}
	return ", and last"
}

// message returns the first message of a name that lands; nil if none does.
func (l *Lane) message(leg Leg) *Message {
	for i := range l.Messages {
		if m := &l.Messages[i]; m.Leg() == leg && m.Lands() {
			return m
		}
	}
	return nil
}

// client returns the one that sends a message, or gets it.
func (l *Lane) client(m *Message) uint8 { return l.Script.Action(m.Actions[0]).Client }

// pressedAt returns an action that is pressed on a client at an instant, 0 if none is.
func (l *Lane) pressedAt(t time.Duration, client uint8) int {
	for i := range l.Script.Actions {
		if a := &l.Script.Actions[i]; a.At == t && a.Client == client {
			return a.Number
		}
	}
	return 0
}
