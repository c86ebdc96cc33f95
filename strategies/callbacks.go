package strategies

// callbacks disables the buttons while a create
// is in flight. What the user wants to do
// waits, and runs in the create's success
// callback. A create among it disables them
// again: creates behind it wait on, all else
// runs.
//
// Loses: what waited is posted in one go and
// may land in any order. After a failed create
// the buttons never come back.
// See create-then-two-updates, failure-first.
type callbacks struct {
	naive
	disabled bool
	waiting  []*Action
}

func (s *callbacks) Act(c *Client, a *Action) {
	if s.disabled {
		c.Block(a)
		s.waiting = append(s.waiting, a)
		return
	}
	s.run(c, a)
}

func (s *callbacks) run(c *Client, a *Action) {
	if a.Do == Create {
		s.disabled = true
	}
	s.naive.Act(c, a)
}

func (s *callbacks) Reply(c *Client, r *Reply) {
	c.Take(r)
	if r.Do != Create || !r.OK() {
		return
	}
	s.disabled = false
	waiting := s.waiting
	s.waiting = s.waiting[:0]
	for _, a := range waiting {
		if s.disabled && a.Do == Create {
			s.waiting = append(s.waiting, a)
			continue
		}
		c.Unblock(a)
		s.run(c, a)
	}
}

func (s *callbacks) Reset() {
	s.disabled = false
	s.waiting = s.waiting[:0]
}
