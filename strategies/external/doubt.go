package external

import "photofinish/sim"

// doubt is a field of which several open clicks wrote the value.
type doubt struct {
	field  int
	open   clicks
	likely int
}

// guess says who is likely to have written the values of which several open
// clicks may be: one that is in the request for another field, or the context's, or
// the earliest.
func (s *lane) guess(q *request, found clicks, a *attribution) (likely clicks) {
	for i := range a.doubts {
		d := &a.doubts[i]
		switch both := d.open & found; {
		case both != 0:
			d.likely, d.open = both.earliest(), 0 // no doubt at all
		case d.open.has(q.By):
			d.likely = q.By
		default:
			d.likely = d.open.earliest()
		}
		a.body[d.field] = sim.By(d.likely)
		likely |= only(d.likely)
	}
	return likely
}

// settle deals with what is in doubt still: some of the clicks that may be meant
// are in the request, and some are not. It takes the earliest of them, whatever is
// likely, and goes on so to the end of the trial: so it has the luck of the
// earliest, and what follows is the same, byte for byte and moment for moment. Only
// the names are changed for those of the reading that is asked for, of which the
// first is the likely one.
func (s *lane) settle(q *request, o *order, found clicks, a *attribution) {
	var settled clicks
	for i := range a.doubts {
		d := &a.doubts[i]
		if d.open&^a.carried == 0 || s.kind(d.open, o.do) == 0 {
			continue
		}
		first := d.open.earliest()
		if settled != d.open {
			settled = d.open
			s.rename(first, d)
			a.unsure |= d.open
		}
		found = found&^only(d.likely) | only(first)
		a.body[d.field] = sim.By(first)
	}
	if settled != 0 {
		a.carried = s.carries(q, o, found, &a.body)
	}
}

// rename gives the first click of a doubt the name that the reading wants.
func (s *lane) rename(first int, d *doubt) {
	n := d.likely
	if i := s.h.Read(d.open.count()); i > 0 {
		rest := d.open &^ only(d.likely)
		for range i - 1 {
			rest &= rest - 1
		}
		n = rest.earliest()
	}
	for m := range d.open.all { // n is a name, and may be another's by now
		if s.of[m].name == n {
			s.of[m].name, s.of[first].name = s.of[first].name, n
			return
		}
	}
}

// called returns the clicks under their names: who has one that has not set the
// same fields of the request to the same values goes under its own.
func (s *lane) called(set clicks, o *order) (names clicks) {
	for n := range set.all {
		names |= only(s.nameOf(n, o))
	}
	return names
}

func (s *lane) nameOf(n int, o *order) int {
	m := s.of[n].name
	if m == n {
		return n
	}
	a, b := s.script.Action(n), s.script.Action(m)
	for f := range o.sets.All {
		if a.Sets.Has(f) != b.Sets.Has(f) || a.Sets.Has(f) && a.Values[f] != b.Values[f] {
			return n
		}
	}
	return m
}

// signed returns the writers of a body under their names.
func (s *lane) signed(a *attribution, o *order) sim.State {
	body := a.body
	for f := range o.sets.All {
		if n := body[f].Action(); n > 0 && s.own(n) && !body[f].ByServer() && s.of[n].name != n {
			body[f] = sim.By(s.nameOf(n, o))
		}
	}
	return body
}
