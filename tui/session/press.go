package session

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"photofinish/sim"
	"photofinish/tui/ink"
)

// ErrCrowd refuses to create a fifth person.
var ErrCrowd = errors.New("all four persons exist: d deletes this one")

// doubleClick is within how much of the timeline a second create is taken for a
// double click: at the default speed, half a second of the hand.
const doubleClick = 50 * time.Millisecond

// Meant says for whom a press was taken.
type Meant uint8

// Whom a press can mean.
const (
	InView   Meant = iota // the person in view
	Somebody              // a person who was not there yet: the one in view exists
	Twice                 // the person in view again, who was created just before
)

// Press lets the user do something at the cursor, as [Session.Act] does. A create
// where the person in view exists already is taken for somebody new, who comes into
// view; or for a double click, within [doubleClick] of the create before. So it is for
// hands alone: a script says itself whom it means.
func (s Session) Press(do sim.Do) (next Session, meant Meant, err error) {
	create, exists := s.exists(s.View)
	if do == sim.Create && exists {
		if meant = Twice; create == nil || s.Now-create.At > doubleClick {
			meant = Somebody
			var free bool
			if s.View, free = s.free(); !free {
				return s, meant, ErrCrowd
			}
		}
	}
	next, err = s.Act(do)
	return next, meant, err
}

// exists reports whether the person of a view exists at the cursor, as the user has
// pressed it, and returns the create that made them; nil if they were given.
func (s *Session) exists(view int) (create *sim.Action, is bool) {
	is = s.Script.Gives(view)
	for i := range s.Script.Actions {
		a := &s.Script.Actions[i]
		if a.View() != view || a.At > s.Now {
			continue
		}
		switch a.Do {
		case sim.Create:
			create, is = a, true
		case sim.Delete:
			create, is = nil, false
		}
	}
	return create, is
}

// free returns the first person of the client in view with whom nobody has anything
// to do, else the first who does not exist at the cursor.
func (s *Session) free() (view int, ok bool) {
	first := s.View - s.View%sim.MaxPersons
	for _, use := range []func(int) bool{s.uses, func(v int) bool { _, is := s.exists(v); return is }} {
		for v := first; v < first+sim.MaxPersons; v++ {
			if !use(v) {
				return v, true
			}
		}
	}
	return s.View, false
}

// uses reports whether there is anything about the person of a view.
func (s *Session) uses(view int) bool {
	pressed := slices.ContainsFunc(s.Script.Actions, func(a sim.Action) bool { return a.View() == view })
	return pressed || s.Script.Gives(view)
}

// Person returns the session with the next person of the client in view whom it has
// to do with; where there is nobody else, with the next.
func (s Session) Person() Session {
	first, at := s.View-s.View%sim.MaxPersons, s.View%sim.MaxPersons
	for i := 1; i < sim.MaxPersons; i++ {
		if v := first + (at+i)%sim.MaxPersons; s.uses(v) {
			s.View = v
			return s
		}
	}
	s.View = first + (at+1)%sim.MaxPersons
	return s
}

// Name returns what a person was called when they were created or given, "person 2"
// where that is no name.
func (s *Session) Name(view int) string {
	var v any
	if create, is := s.exists(view); create != nil && create.Sets.Has(s.Field) {
		v = s.Script.Values[create.Values[s.Field]]
	} else if create == nil && is && s.Script.Gave(view%sim.MaxPersons).Has(s.Field) {
		v = s.Script.Values[s.Script.Value(sim.GivenTo(view%sim.MaxPersons), s.Field)]
	}
	if name, is := v.(string); is && s.Field != sim.Permissions && strings.TrimSpace(name) != "" {
		return ink.Cut(ink.Printable(name, 30), 20)
	}
	return fmt.Sprint("person ", view%sim.MaxPersons+1)
}
