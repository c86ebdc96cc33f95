package strategies

// updateQueue queues the updates that have no
// id yet while a create is in flight, and posts
// them all when the id is there. The rest is as
// naive.
//
// Loses: a delete, a fetch or permissions
// before the id are dropped; queued updates
// leave in one go and may land in reverse; a
// second create throws away what waits.
// See create-then-delete,
// create-then-two-updates.
type updateQueue struct {
	naive
	open    bool // a create was posted
	waiting []*Action
}

func (s *updateQueue) Act(
	c *Client, a *Action,
) {
	early := s.open && !c.HasID()
	switch {
	case a.Do == Create:
		s.begin(c)
		c.Post(a)
	case a.Do == Update && early:
		c.Queue(a, "queued")
		s.waiting = append(s.waiting, a)
	default:
		s.naive.Act(c, a)
	}
}

// Each create brings a queue of its own.
func (s *updateQueue) begin(c *Client) {
	for _, a := range s.waiting {
		c.Drop(a, "a new queue begins")
	}
	s.open = true
	s.waiting = s.waiting[:0]
}

func (s *updateQueue) Reply(
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

func (s *updateQueue) Reset() {
	s.open = false
	s.waiting = s.waiting[:0]
}
