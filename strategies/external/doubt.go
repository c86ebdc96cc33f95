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

// settle deals with what is in doubt still: some of the clicks that may be meant are in
// the request, and some are not. In each reading the earliest of them leaves, with its own
// luck, so that all that follows is the same, byte for byte and moment for moment. What
// differs is what it is called: it takes the name of the click that the reading means, to
// the end of the trial, and who had that takes its own.
func (s *lane) settle(q *request, o *order, found clicks, a *attribution) {
	var settled clicks // several fields may be in doubt between the same
	for i := range a.doubts {
		d := &a.doubts[i]
		if d.open&^a.carried == 0 || s.kind(d.open, o.do) == 0 {
			continue
		}
		earliest := d.open.earliest()
		if settled != d.open {
			settled = d.open
			s.exchange(earliest, d.means(s.h.Read(d.open.count())), d.open)
			a.unsure |= d.open
		}
		found = found&^only(d.likely) | only(earliest)
		a.body[d.field] = sim.By(earliest)
	}
	if settled != 0 {
		a.carried = s.carries(q, o, found, &a.body)
	}
}

// means returns the click that is meant in a reading: the likely one in the first, and the
// others in their order.
func (d *doubt) means(reading int) int {
	if reading == 0 {
		return d.likely
	}
	others := d.open &^ only(d.likely)
	for range reading - 1 {
		others &^= only(others.earliest())
	}
	return others.earliest()
}

// exchange gives a click a name that one of these has, which gets its name for it.
func (s *lane) exchange(click, name int, among clicks) {
	for n := range among.all {
		if s.of[n].name == name {
			s.of[n].name, s.of[click].name = s.of[click].name, name
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
