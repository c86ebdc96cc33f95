// Package session holds what is on the screen as data. A [Session] is a value:
// an edit makes a new one and leaves the old one as it was, which is all that
// undo needs ([History]). A [Store] keeps on disk what must outlive the
// program.
package session

import (
	"cmp"
	"reflect"
	"slices"
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
)

// MaxLanes is how many lanes there can be.
const MaxLanes = 24

// Session is a scenario with the edits of the user, the seed, the cursor and
// the lanes. The screen is a function of it and of the window's size.
type Session struct {
	// Scenario is the one that was opened, or saved last: its name, title,
	// source and file. What runs is Script.
	Scenario *scenarios.Scenario
	Network  string      // the preset's name; empty if it is spelled out
	Script   *sim.Script // never changed in place
	Seed     uint64      // of the luck that draws what is not pinned

	Now      time.Duration // the cursor
	Selected int           // the action that is edited, or the end of a span; 0: none
	Picked   diagram.Leg   // the message that is edited, if one is

	Strategies []string // one lane each
	Lane       int      // the lane in view
	View       int      // the screen and the person in view: see [sim.Action.View]
	Field      int      // the field of theirs in view

	clean        *sim.Script // what was opened or saved: nothing of it is lost
	pinned, bare *sim.Script // the script before and after its pins were let go, by r
	letGo        uint64      // the seed at which that was
	left         *Session    // what this was opened over, if it holds what is in no file
	hint         *Hint       // how it was turned last
}

// New begins a session at the scenario's first instant. Seed 0 stands for the
// one that the file names, or else 1.
func New(s *scenarios.Scenario, strategies []string, seed uint64) Session {
	return Session{
		Scenario: s, Network: s.Network, Script: s.Script, Seed: cmp.Or(seed, s.Seed, 1),
		Strategies: slices.Clone(strategies), View: s.Script.First(), Field: busiest(s.Script), clean: s.Script,
	}
}

// Same reports whether two sessions say the same: to go from one to the other is
// no edit, but at most looks elsewhere.
func (s *Session) Same(t *Session) bool {
	return s.Scenario == t.Scenario && s.Network == t.Network && s.Seed == t.Seed && slices.Equal(s.Strategies, t.Strategies) &&
		(s.Script == t.Script || reflect.DeepEqual(s.Script, t.Script))
}

// Title returns the scenario's title, or else its name.
func (s *Session) Title() string { return cmp.Or(s.Scenario.Title, s.Scenario.Name) }

// Changed reports whether the user has made something that no file holds.
func (s *Session) Changed() bool {
	letGo := s.bare != nil && s.Script == s.bare && s.pinned == s.clean
	return s.Script != s.clean && !letGo
}

// NetworkText describes the network in a few words.
func (s *Session) NetworkText() string {
	if s.Network != "" {
		return s.Network
	}
	n := &s.Script.Network
	if n.Up == n.Down {
		return "each way " + n.Up.String()
	}
	return "uplink " + n.Up.String() + " · downlink " + n.Down.String()
}

// Scripted reports whether the script pins every latency, so that the seed
// decides nothing that one sees.
func (s *Session) Scripted() bool {
	free := func(a sim.Action) bool { return a.Up == sim.Unpinned || a.Down == sim.Unpinned }
	return len(s.Script.Actions) > 0 && !slices.ContainsFunc(s.Script.Actions, free)
}

// Luck says where the latencies come from.
func (s *Session) Luck() string {
	if s.Scripted() {
		return "as scripted"
	}
	return "seed " + tell.Grouped(int(s.Seed))
}

// busiest returns the field that most actions write, the first of equals.
func busiest(s *sim.Script) int {
	best, most := 0, 0
	for f := range sim.NumFields {
		n := 0
		for _, a := range s.Actions {
			if a.Sets.Has(f) {
				n++
			}
		}
		if n > most {
			best, most = f, n
		}
	}
	return best
}

// Fields returns the fields that some action writes, or that were given.
func (s *Session) Fields() sim.FieldSet { return s.Script.Writes() }

// NextField returns the session with the next field that is written in view:
// of the person in view, and after the last one of the next person, or of the
// next screen.
func (s Session) NextField() Session {
	fields, views := s.Fields(), s.Script.Views()
	for range sim.NumFields * sim.MaxViews {
		if s.Field = (s.Field + 1) % sim.NumFields; s.Field == 0 {
			s.View = (s.View + 1) % sim.MaxViews
		}
		if fields.Has(s.Field) && views.Has(s.View) {
			break
		}
	}
	return s
}

// Client returns the session with the next client's screen in view.
func (s Session) Client() Session {
	s.View = (s.View + sim.MaxPersons) % sim.MaxViews
	return s
}

// Where says whose screen and whom the session has in view, "" if there is
// nothing to choose from.
func (s *Session) Where() string {
	client, person := uint8(s.View/sim.MaxPersons), uint8(s.View%sim.MaxPersons)
	all := *s.Script
	all.Actions = append(slices.Clone(all.Actions), sim.Action{Client: client, Person: person})
	return all.Where(&all.Actions[len(all.Actions)-1])
}

// Action returns the action that is selected, nil if none is: an end of a span is none.
func (s *Session) Action() *sim.Action {
	if s.Selected < 1 || s.Selected > len(s.Script.Actions) {
		return nil
	}
	return s.Script.Action(s.Selected)
}

// Select returns the session with action n selected, 0 for none, and the
// cursor where it was.
func (s Session) Select(n int) Session {
	s.Selected, s.Picked = max(0, n), diagram.Leg{}
	if _, _, end := s.SpanEnd(); !end {
		s.Selected = min(s.Selected, len(s.Script.Actions))
	}
	return s
}

// InOrder returns the numbers of all that can be selected, in the order of time: at one
// instant the ends of spans come before actions.
func (s *Session) InOrder() (numbers []int) {
	at := map[int]time.Duration{}
	add := func(n int, when time.Duration) { numbers, at[n] = append(numbers, n), when }
	for i := range s.Script.Offline {
		o := &s.Script.Offline[i]
		if add(EndNumber(i, false), o.From); o.To != 0 {
			add(EndNumber(i, true), o.To)
		}
	}
	for i := range s.Script.Actions {
		add(i+1, s.Script.Actions[i].At)
	}
	slices.SortStableFunc(numbers, func(a, b int) int { return cmp.Compare(at[a], at[b]) })
	return numbers
}

// Selection returns what is selected by its label, and when it is; "" if nothing is.
func (s *Session) Selection() (label string, at time.Duration) {
	if i, back, ok := s.SpanEnd(); ok {
		o := &s.Script.Offline[i]
		if label = EndLabel(o, back); back {
			return label, o.To
		}
		return label, o.From
	}
	if a := s.Action(); a != nil {
		return a.Label(), a.At
	}
	return "", 0
}

// Nearest returns the number of the action that is nearest to the cursor, the
// later of two; 0 if there is none.
func (s *Session) Nearest() int {
	best, least := 0, time.Duration(0)
	for i := range s.Script.Actions {
		a := &s.Script.Actions[i]
		if d := max(a.At-s.Now, s.Now-a.At); best == 0 || d <= least {
			best, least = a.Number, d
		}
	}
	return best
}
