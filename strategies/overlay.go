package strategies

import (
	"slices"

	"photofinish/sim"
)

// overlay takes an answer, but for the fields
// of which an edit was not yet confirmed when
// the request left, or was made since: it does
// not know of that. The rest is as naive.
//
// Loses: of two saves that overlap, the older
// one may land last. And what is kept off the
// screen is not seen: the next edit goes over
// what another client has written there.
// See toggled-back, typed-while-saving.
type overlay struct {
	naive
	edits []edit
}

// edit ended when its own answer came, or none
// in time: it is confirmed. 0: it has not yet.
type edit struct {
	*Action
	ended sim.Moment
}

func (s *overlay) Act(c *Client, a *Action) {
	edits := a.Do != Create && a.Do != Fetch
	switch {
	case edits && c.HasID():
		s.edits = append(s.edits, edit{a, 0})
	case a.Do == Create && !c.HasID():
		for i := range s.edits {
			s.edits[i].end(c) // of another life
		}
	}
	s.naive.Act(c, a)
}

func (s *overlay) Reply(c *Client, r *Reply) {
	for i := range s.edits {
		e := &s.edits[i]
		if slices.Contains(r.Actions, e.Action) {
			e.end(c)
		}
	}
	s.Read(c, r)
}

func (s *overlay) Read(c *Client, r *Reply) {
	c.TakeBut(r, s.unknown(r))
}

// unknown are the fields of the edits of which
// an answer does not know.
func (s *overlay) unknown(
	r *Reply,
) (all FieldSet) {
	for _, e := range s.edits {
		fields := e.Sets
		if e.Do == Delete {
			fields = sim.AllFields
		}
		if e.Number <= r.First().Number {
			fields &^= r.Sets // it wrote over that
		}
		if e.ended == 0 || e.ended > r.Left() {
			all |= fields
		}
	}
	return all
}

func (e *edit) end(c *Client) {
	if e.ended == 0 {
		e.ended = c.Moment()
	}
}

func (s *overlay) Reset() {
	s.edits = s.edits[:0]
}
