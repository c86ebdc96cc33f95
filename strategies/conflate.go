package strategies

// conflate has one request under way, and
// merges an update into the last action that
// waits, if that is an update too: however fast
// one types, at most one request is behind.
//
// Loses no race of create, update and delete,
// unless one times out. Errors are ignored, as
// under the queue ball, and there the whole
// patch is lost.
// See typing-burst, failure-middle.
type conflate struct{ queueBall }

func (s *conflate) Act(c *Client, a *Action) {
	if s.busy && joins(a, s.waiting) {
		c.Merge(a)
		s.waiting = append(s.waiting, a)
		return
	}
	s.queueBall.Act(c, a)
}

func (s *conflate) Reply(c *Client, r *Reply) {
	c.Take(r)
	s.busy = false
	rest := s.waiting
	for !s.busy && len(rest) > 0 {
		n := inOne(rest)
		s.start(c, rest[:n]...)
		rest = rest[n:]
	}
	s.waiting = append(s.waiting[:0], rest...)
}

func (s *conflate) start(
	c *Client, as ...*Action,
) {
	if as[0].Do == Create || c.HasID() {
		s.busy = true
		c.PostOwn(as...)
		return
	}
	for _, a := range as {
		c.Drop(a, c.NoID())
	}
}
