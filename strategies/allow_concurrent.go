package strategies

import "slices"

// allowConcurrent saves what is unsaved, by its
// state, whatever else is under way: an update
// sends all changes not yet confirmed, or
// creates once more the person who is not; and
// a second delete goes like the first. Errors
// are told.
//
// Loses: two records of one person; a delete
// before the id has nobody to go to; and of two
// saves that overlap the older may land last.
// See state-saved-twice, create-then-delete,
// double-delete.
type allowConcurrent struct {
	added   *Action   // unconfirmed
	changed []*Action // unconfirmed
	deleted int       // whom, while unconfirmed
}

func (s *allowConcurrent) Act(
	c *Client, a *Action,
) {
	switch {
	case a.Do == Create:
		s.added = a
		c.Post(a)
	case a.Do == Update && s.added != nil:
		c.Post(s.added, a) // all of the person
	case a.Do == Update && c.HasID():
		s.changed = append(s.changed, a)
		c.PostState(s.changed...)
	case a.Do == Delete && s.deleted != 0:
		r := c.Request(a)
		r.ID = s.deleted
		c.Release(r)
	case a.Do == Delete && c.HasID():
		r := c.Request(a)
		s.deleted = r.ID
		c.Release(r)
	case c.HasID():
		c.Post(a)
	default:
		c.Drop(a, c.NoID())
	}
}

func (s *allowConcurrent) Reply(
	c *Client, r *Reply,
) {
	c.Take(r)
	switch {
	case !r.OK():
		c.Tell(r)
	case r.Do == Create:
		s.added = nil
	case r.Do == Update:
		s.confirm(r.Actions)
	case r.Do == Delete:
		s.deleted = 0
	}
}

func (s *allowConcurrent) confirm(
	saved []*Action,
) {
	s.changed = slices.DeleteFunc(s.changed,
		func(a *Action) bool {
			return slices.Contains(saved, a)
		})
}

func (*allowConcurrent) Wake(*Client, Timer) {}

func (s *allowConcurrent) Reset() {
	s.added, s.deleted = nil, 0
	s.changed = s.changed[:0]
}
