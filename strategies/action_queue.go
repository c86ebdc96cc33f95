package strategies

// actionQueue queues what has no id yet while a
// create is in flight, and posts it all, in
// order, when the id is there.
//
// Loses: it does not wait between the posts, so
// two queued updates may land in reverse;
// updates that have an id are not queued at
// all. After a failed create it waits for
// another one.
// See create-then-two-updates,
// overlapping-updates.
type actionQueue struct {
	open    bool // a create was posted
	waiting []*Action
}

// With an id, post at once. But a delete waits
// for an open queue even then: what is queued
// comes before it.
func (s *actionQueue) Act(
	c *Client, a *Action,
) {
	waits := s.open && a.Do == Delete
	switch {
	case a.Do == Create:
		s.open = true
		c.Post(a)
	case c.HasID() && !waits:
		c.Post(a)
	case s.open:
		c.Queue(a, "queued")
		s.waiting = append(s.waiting, a)
	default:
		c.Drop(a, c.NoID())
	}
}

func (s *actionQueue) Reply(
	c *Client, r *Reply,
) {
	c.Take(r)
	if r.Do != Create || !r.OK() {
		return
	}
	for _, a := range s.waiting {
		c.Post(a) // and does not wait
	}
	s.Reset()
}

func (*actionQueue) Wake(*Client, Timer) {}

func (s *actionQueue) Reset() {
	s.open = false
	s.waiting = s.waiting[:0]
}
