package session

import (
	"time"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// Hint is one of several ways to turn a session. It does not change.
type Hint struct {
	Lane string                   // the lane whose ways they are
	Ways []explore.Way            // as they were found on the timeline before the first of them
	At   int                      // which of them it is
	Was  map[string]judge.Verdict // how the lanes ended on that timeline, by name

	from, to *sim.Script // that timeline, and the one with the change; nil: it was never applied
	seed     uint64
}

// NewHint returns the first of the ways that were found for a lane on the timeline of
// a session. There is one at least.
func NewHint(s Session, lane string, ways []explore.Way, was map[string]judge.Verdict) *Hint {
	return &Hint{Lane: lane, Ways: ways, Was: was, from: s.Script, seed: s.Seed}
}

// Next returns the way behind this one; false behind the last.
func (h *Hint) Next() (*Hint, bool) {
	if h.At+1 == len(h.Ways) {
		return h, false
	}
	next := *h
	next.At++
	return &next, true
}

// Way returns the change that it is.
func (h *Hint) Way() explore.Way { return h.Ways[h.At] }

// Took returns how long a message took, on the timeline before the first way was tried;
// of a click, which has no leg, when it was.
func (h *Hint) Took(leg diagram.Leg) time.Duration {
	return *Takes(h.from.Drawn(h.seed).Action(leg.Action), leg.Leg)
}

// Takes returns where an action has how long a leg of its request takes; without a leg,
// where it has when it is pressed.
func Takes(a *sim.Action, leg sim.Leg) *time.Duration {
	switch leg {
	case sim.Uplink:
		return &a.Up
	case sim.Downlink:
		return &a.Down
	}
	return &a.At
}

// Hint returns by which hint the session has been turned; nil if it has not, or has
// been edited since.
func (s *Session) Hint() *Hint {
	if s.hint == nil || s.hint.to != s.Script || s.hint.seed != s.Seed {
		return nil
	}
	return s.hint
}

// Turn returns the session turned by a hint, from the timeline before the first one.
func (s Session) Turn(h *Hint) Session {
	s = s.Part(h, 1, 1)
	turned := *h
	turned.to = s.Script
	s.hint = &turned
	return s
}

// Part returns the session with so much of the change of a hint, in whole milliseconds.
func (s Session) Part(h *Hint, part, of int) Session {
	s.Script = h.from
	w := h.Way()
	return s.Shift(w.Action, w.Leg, (w.By * time.Duration(part) / time.Duration(of)).Truncate(time.Millisecond))
}

// Shift returns the session with a message that takes longer, or a click that comes
// later; by is negative for the opposite. The message is picked, or else the click
// selected.
func (s Session) Shift(action int, leg sim.Leg, by time.Duration) Session {
	s = s.Select(action)
	if leg == sim.NoLeg {
		return s.Move(by)
	}
	takes := *Takes(s.Script.Drawn(s.Seed).Action(action), leg)
	return s.Pin(diagram.Leg{Action: action, Leg: leg}, max(0, takes+by))
}
