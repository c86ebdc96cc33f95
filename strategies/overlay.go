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
// See late-first-answer, toggle-flash.
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
	if a.Do == Create || c.HasID() {
		s.press(c, a)
	}
	s.naive.Act(c, a)
}

// press notes an edit. What a create sets is
// none: nothing was there that could be read.
func (s *overlay) press(c *Client, a *Action) {
	n := len(s.edits)
	switch {
	case a.Do == Fetch:
	case a.Do != Create:
		s.edits = append(s.edits, edit{a, 0})
	case n > 0 && s.edits[n-1].Do == Delete:
		for _, e := range s.edits {
			s.end(c, e.Action) // of another life
		}
	}
}

func (s *overlay) Reply(c *Client, r *Reply) {
	s.end(c, r.Actions...)
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

func (s *overlay) end(
	c *Client, actions ...*Action,
) {
	for i := range s.edits {
		e := &s.edits[i]
		if e.ended == 0 &&
			slices.Contains(actions, e.Action) {
			e.ended = c.Moment()
		}
	}
}

func (s *overlay) Reset() {
	s.edits = s.edits[:0]
}
