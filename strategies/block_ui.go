package strategies

import "slices"

// blockUI shows a spinner over the whole screen
// until the answer is there. What the user
// wants to do meanwhile is done after it, one
// thing at a time; errors are told.
//
// Loses time: the user waits out every single
// round trip.
// See ignored-edit, poisoned-chain.
type blockUI struct {
	naive
	busy    bool
	waiting []*Action
}

func (s *blockUI) Act(c *Client, a *Action) {
	if s.busy {
		c.Block(a)
		s.waiting = append(s.waiting, a)
		return
	}
	s.run(c, a)
}

func (s *blockUI) run(c *Client, a *Action) {
	s.busy = a.Do == Create || c.HasID()
	s.naive.Act(c, a)
}

func (s *blockUI) Reply(c *Client, r *Reply) {
	c.Take(r)
	if !r.OK() {
		c.Tell(r)
	}
	s.busy = false
	for !s.busy && len(s.waiting) > 0 {
		next := s.waiting[0]
		s.waiting = slices.Delete(s.waiting, 0, 1)
		c.Unblock(next)
		s.run(c, next)
	}
}

func (s *blockUI) Reset() {
	s.busy = false
	s.waiting = s.waiting[:0]
}
