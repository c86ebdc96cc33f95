package tui

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim"
)

// Session is what is on the screen, as data: the screen is a function of it
// and of the window's size. A Session is a value; an edit makes a new one and
// leaves the old one as it was, which is what undo needs.
type Session struct {
	Name  string // of the scenario, as the command line knows it
	Title string
	Net   string // the network in a few words

	Script *sim.Script   // the user's actions so far; never changed in place
	Seed   uint64        // of the luck that draws what is not pinned
	Pinned bool          // the latencies that the scenario pins hold
	Now    time.Duration // the cursor

	Strategies []string // one lane each
	Lane       int      // the lane in view
	Field      int      // the field in view
}

// NewSession begins a session at the scenario's first instant.
func NewSession(s *scenarios.Scenario, strategies []string, seed uint64) Session {
	title := s.Title
	if title == "" {
		title = s.Name
	}
	return Session{
		Name: s.Ref(), Title: printable(title, 60), Net: printable(network(s), 70),
		Script: s.Script, Seed: seed, Pinned: report.Pinned(s.Script),
		Strategies: slices.Clone(strategies), Field: busiest(s.Script),
	}
}

// network describes the scenario's network in a few words.
func network(s *scenarios.Scenario) string {
	if s.Network != "" {
		return s.Network
	}
	n := &s.Script.Network
	if n.Up == n.Down {
		return "each way " + n.Up.String()
	}
	return "uplink " + n.Up.String() + " · downlink " + n.Down.String()
}

// busiest returns the field that most actions write, the first of equals.
func busiest(s *sim.Script) int {
	best, most := 0, 0
	for f := range sim.NumFields {
		n := 0
		for i := range s.Actions {
			if s.Actions[i].Sets.Has(f) {
				n++
			}
		}
		if n > most {
			best, most = f, n
		}
	}
	return best
}

// script returns what the lanes run.
func (s Session) script() *sim.Script {
	if s.Pinned || !report.Pinned(s.Script) {
		return s.Script
	}
	return s.Script.Unpinned()
}

// luck says where the latencies come from.
func (s Session) luck() string {
	if s.Pinned {
		return "as scripted"
	}
	return "seed " + itoa(int(s.Seed))
}

// reseed goes by seeds: forward from the script's own latencies to seed 1, 2,
// 3, and back.
func (s Session) reseed(by int) Session {
	switch {
	case s.Pinned && by > 0:
		s.Pinned = false
	case s.Pinned:
	case by < 0 && s.Seed <= 1:
		s.Pinned = report.Pinned(s.Script)
	default:
		s.Seed = uint64(max(1, int64(s.Seed)+int64(by)))
	}
	return s
}

// errFull is what a user sees who acts more often than a scenario can hold.
var errFull = errors.New("64 actions are as many as fit: z takes the last one back")

// act lets the user do something at the cursor. All lanes get it.
func (s Session) act(do sim.Do) (Session, error) {
	if len(s.Script.Actions) >= sim.MaxActions {
		return s, errFull
	}
	script := *s.Script
	script.Fields = slices.Clone(script.Fields)
	script.Values = slices.Clone(script.Values)
	a := sim.Action{Do: do, At: s.Now, Up: sim.Unpinned, Down: sim.Unpinned}
	switch do {
	case sim.Create, sim.Update:
		f := s.Field
		if f == sim.Permissions {
			f = 0
		}
		if len(script.Fields) == 0 {
			script.Fields = append(script.Fields, "name")
		}
		a.Sets = a.Sets.With(f)
		a.Values[f] = value(&script, nextName(&script, f))
	case sim.SetPermissions:
		a.Sets = a.Sets.With(sim.Permissions)
		a.Values[sim.Permissions] = value(&script, nextPermissions(&script))
	}
	at := len(script.Actions)
	for at > 0 && script.Actions[at-1].At > s.Now {
		at--
	}
	script.Actions = slices.Insert(slices.Clone(script.Actions), at, a)
	for i := range script.Actions {
		script.Actions[i].Number = i + 1
	}
	s.Script = &script
	return s, nil
}

// value returns the id of v, a new one if need be.
func value(s *sim.Script, v any) sim.ValueID {
	for i, have := range s.Values {
		if have == v {
			return sim.ValueID(i)
		}
	}
	s.Values = append(s.Values, v)
	return sim.ValueID(len(s.Values) - 1)
}

var names = []string{"Ada", "Ada Byron", "Ada Lovelace", "Countess Ada", "A. Lovelace", "Augusta Ada", "Lady Ada", "Ada King"}

// nextName returns a name that no action has set yet, while there are any.
func nextName(s *sim.Script, f int) string {
	for _, n := range names {
		if !slices.ContainsFunc(s.Actions, func(a sim.Action) bool { return a.Sets.Has(f) && s.Values[a.Values[f]] == n }) {
			return n
		}
	}
	return "Ada " + itoa(len(s.Actions)+1)
}

// nextPermissions locks a person that is open, and opens one that is locked.
func nextPermissions(s *sim.Script) string {
	for i := len(s.Actions) - 1; i >= 0; i-- {
		if a := &s.Actions[i]; a.Do == sim.SetPermissions {
			if a.Values[sim.Permissions] == s.ReadOnly {
				return "admin"
			}
			break
		}
	}
	return "read-only"
}

// valueOf returns what a writer gave the field in view, fit for the screen.
func valueOf(s *sim.Script, w sim.Writer, field int) string {
	if w == sim.Nobody {
		return "–"
	}
	switch v := s.Values[s.Value(w, field)].(type) {
	case string:
		if v == "" {
			return "(empty)"
		}
		return printable(v, 40)
	default:
		return printable(fmt.Sprint(v), 40)
	}
}

// nextField returns the next field that some action writes.
func (s Session) nextField() Session {
	for i := 1; i <= sim.NumFields; i++ {
		f := (s.Field + i) % sim.NumFields
		if slices.ContainsFunc(s.Script.Actions, func(a sim.Action) bool { return a.Sets.Has(f) }) {
			s.Field = f
			return s
		}
	}
	return s
}
