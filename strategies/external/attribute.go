package external

import (
	"slices"

	"photofinish/sim"
)

// Whose is a request? Values speak first, then the context that it was made in,
// then the order of the clicks. A click that is done is never preferred to one
// that is open: nobody sends again what has succeeded.

// attribution is what is found out of a request.
type attribution struct {
	carried clicks // the clicks that it carries
	rides   clicks // the clicks of which only a value rides along
	doubts  []doubt
	errand  bool // no click has asked for it
	body    sim.State

	key    int    // the click whose luck it has
	unsure clicks // it carries one or another of these
}

// attribute finds out whose a request is.
func (s *lane) attribute(q *request, o *order) (attribution, error) {
	a := attribution{doubts: s.doubts[:0]}
	tagged, err := s.tags(q)
	if err != nil {
		return a, err
	}
	var found clicks
	for f := range o.sets.All {
		by, carried, err := s.whose(q, o, f, tagged, &a)
		if err != nil {
			return a, err
		}
		a.body[f] = by
		switch n := by.Action(); {
		case n < 1 || !s.own(n):
		case carried:
			found |= only(n)
		default:
			a.rides |= only(n)
		}
	}
	found |= s.guess(q, found, &a)
	if a.carried = tagged; tagged == 0 {
		a.carried = s.carries(q, o, found, &a.body)
		s.settle(q, o, found, &a)
	}
	if a.carried == 0 && o.sets != 0 {
		a.carried = s.again(q, o, a.rides|found)
	}
	if a.carried == 0 && o.sets == 0 {
		a.carried, a.errand = s.wordless(q, o)
	}
	if a.carried == 0 && !a.errand {
		return a, s.unasked(q, o.do)
	}
	a.key = a.carried.earliest()
	s.doubts = a.doubts // its memory
	return a, nil
}

// carries returns what a request carries, once it is known who wrote its values.
func (s *lane) carries(q *request, o *order, found clicks, body *sim.State) clicks {
	if o.do == sim.Create {
		return s.creates(q, found, body)
	}
	carried := s.kind(found, o.do)
	if o.do == sim.Update {
		carried |= s.cover(carried, body)
	}
	return carried
}

// tags reads what the program says itself.
func (s *lane) tags(q *request) (tagged clicks, err error) {
	for _, n := range q.Actions {
		if n < 1 || n > len(s.script.Actions) || !s.pressed.has(n) {
			return 0, s.badTag(q, n)
		}
		tagged |= only(n)
	}
	return tagged, nil
}

// whose returns who wrote the value of a field in a request, and whether it is
// carried with it or only rides along. It is Nobody for now where several may be.
func (s *lane) whose(q *request, o *order, f int, tagged clicks, a *attribution) (by sim.Writer, carried bool, err error) {
	wrote := s.wrote(f, o.values[f])
	if both := tagged & wrote; both != 0 {
		return sim.By(both.latest()), true, nil
	}
	open := s.open(wrote)
	switch {
	case tagged != 0: // whatever else it has rides along
	case wrote.has(q.By) && s.turn.has(q.By):
		return sim.By(q.By), true, nil
	case open.count() == 1:
		return sim.By(open.earliest()), true, nil
	case open != 0:
		a.doubts = append(a.doubts, doubt{f, open, 0})
		return sim.Nobody, false, nil
	}
	if wrote != 0 {
		return sim.By(wrote.latest()), false, nil
	}
	if by, had := s.before(f, o.values[f]); had {
		return by, false, nil
	}
	return 0, false, s.unwritten(q, f, s.script.Values[o.values[f]])
}

// wrote returns the clicks that set a field to a value.
func (s *lane) wrote(f, value int) clicks {
	return s.pressed.that(func(n int) bool { return s.writes(n, f, value) })
}

func (s *lane) writes(n, f, value int) bool {
	a := s.script.Action(n)
	return a.Sets.Has(f) && int(a.Values[f]) == value
}

// setting returns the clicks that set a field.
func (s *lane) setting(f int) clicks {
	return s.pressed.that(func(n int) bool { return s.script.Action(n).Sets.Has(f) })
}

// before returns who had given a field that value, as far as this client knew:
// what was given, the server, another client; or a click that was refused or is
// blocked, which the form may show all the same.
func (s *lane) before(f, value int) (sim.Writer, bool) {
	for _, by := range slices.Backward(s.had[f]) {
		if s.script.Value(by, f) == value {
			return by, true
		}
	}
	for n := range (s.acted &^ s.pressed).all {
		if s.writes(n, f, value) {
			return sim.By(n), true
		}
	}
	return 0, false
}

// kind returns those that ask for do.
func (s *lane) kind(among clicks, do sim.Do) clicks {
	return among.that(func(n int) bool { return s.script.Action(n).Do == do })
}

// creates returns what a create carries: the open create, even if all that it
// set has been covered since; else the open edits, of somebody who is saved
// again while there is no id, or who is gone.
func (s *lane) creates(q *request, found clicks, body *sim.State) clicks {
	known := s.kind(found, sim.Create)
	open := s.open(s.kind(s.pressed, sim.Create))
	if known.has(q.By) && s.turn.has(q.By) {
		return only(q.By)
	}
	for n := range open.all {
		if known.has(n) || known != 0 && !s.of[n].sent && !s.ticks(n) && s.covers(body, n) {
			return only(n)
		}
	}
	switch {
	case known != 0:
		return only(known.earliest())
	case open.has(q.By):
		return only(q.By)
	case open != 0:
		return only(open.earliest())
	}
	return found
}

// covers reports whether all that a click set is set in a body by later ones.
func (s *lane) covers(body *sim.State, n int) bool {
	for f := range s.script.Action(n).Sets.All {
		if m := body[f].Action(); m <= n || !s.own(m) {
			return false
		}
	}
	return true
}

// cover returns the waiting edits all of whose fields are set, in the same
// request, by later clicks: they were merged, and share its fate. One of which a
// timer is still set speaks for itself when that fires. Nor does a click take
// others along that leaves in its own turn: whoever merges has something to wait
// for, and what it passes over was dropped. An edit of somebody who was deleted
// since is of another life.
func (s *lane) cover(carried clicks, body *sim.State) (covered clicks) {
	edits := s.kind(s.pressed, sim.Update)
	if gone := s.kind(s.pressed, sim.Delete) & carried.before(); gone != 0 {
		edits &^= only(gone.latest()) - 1
	}
	for n := range edits.all {
		c := &s.of[n]
		if c.sent || c.passed || carried.has(n) || n >= carried.latest() {
			continue
		}
		switch {
		case !s.covers(body, n), s.ticks(n):
		case s.turn.has(carried.latest()):
			c.passed = true
		default:
			covered |= only(n)
		}
	}
	return covered
}

// ticks reports whether a timer is set in the context of a click.
func (s *lane) ticks(n int) bool {
	return slices.ContainsFunc(s.timers, func(t timer) bool { return t.by == n && milliseconds(t.after) <= sim.Horizon })
}

// again returns whose further attempt a request is that carries nothing new.
func (s *lane) again(q *request, o *order, values clicks) clicks {
	values = s.kind(values, o.do)
	kind := s.kind(s.pressed, o.do)
	switch {
	case values.has(q.By), kind.has(q.By) && s.inSome(q.By, o):
		return only(q.By)
	case values != 0:
		return only(values.latest())
	case kind != 0:
		return only(kind.latest())
	}
	return 0
}

// inSome reports whether a click wrote one of the values.
func (s *lane) inSome(n int, o *order) bool {
	for f := range o.sets.All {
		if s.writes(n, f, o.values[f]) {
			return true
		}
	}
	return false
}

// wordless returns whose a request without values is: a delete or a fetch, or
// else a create that sets nothing.
func (s *lane) wordless(q *request, o *order) (carried clicks, errand bool) {
	kind := s.kind(s.pressed, o.do)
	waiting := kind.that(func(n int) bool { return !s.of[n].sent })
	switch {
	case s.open(kind).has(q.By):
		return only(q.By), false
	case waiting != 0:
		return only(waiting.earliest()), false
	case kind.has(q.By):
		return only(q.By), false
	case o.do == sim.Fetch:
		return 0, true
	case kind != 0:
		return only(kind.latest()), false
	}
	return 0, false
}

// open returns those of some clicks that wait, or have failed.
func (s *lane) open(among clicks) clicks {
	return among.that(func(n int) bool { return s.standing(n) != done && s.standing(n) != away })
}

// bareCreate reports whether a create waits that sets nothing.
func (s *lane) bareCreate() bool {
	return s.open(s.kind(s.pressed, sim.Create)).that(func(n int) bool { return s.script.Action(n).Sets == 0 }) != 0
}
