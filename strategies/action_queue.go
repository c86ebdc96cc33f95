package strategies

// queue queues what the user does while a
// create is in flight, and posts it all, in order,
// when the id is there.
//
// Loses: it does not wait between the posts, so
// two queued updates may land in reverse; updates
// that have an id are not queued at all.
// See create-then-two-updates,
// overlapping-updates.
type queue struct {
	open  bool // a create is in flight, or failed
	queue []*Action
}

// An update asks for the id first, a delete for
// the queue.
func (s *queue) Act(c *Client, a *Action) {
	first := c.HasID()
	if a.Do == Delete {
		first = first && !s.open
	}
	switch {
	case a.Do == Create:
		s.open = true
		c.Post(a)
	case first:
		c.Post(a)
	case s.open:
		c.Queue(a, "queued")
		s.queue = append(s.queue, a)
	default:
		c.Drop(a, "no id yet")
	}
}

func (s *queue) Reply(c *Client, r *Response) {
	c.Take(r)
	if r.Do != Create || !r.OK() {
		return
	}
	for _, a := range s.queue {
		c.Post(a) // and does not wait
	}
	s.Reset()
}

func (*queue) Wake(*Client, Timer) {}

func (s *queue) Reset() {
	s.open = false
	s.queue = s.queue[:0]
}
