package strategies

// hold is a drop-in replacement for post that
// lets one request out at a time. A post made
// while another is in flight waits, and goes
// out when that one ends, well or badly. Over
// naive this is hold-outgoing.
//
// Loses: it holds messages, not actions.
// Whether there is an id is asked when the user
// acts, and what was never posted is still
// never sent. (A held create is filled in when
// it leaves: it may take along what was dropped
// meanwhile.)
// See create-then-update.
type hold struct {
	Strategy // acts, and calls our Post
	busy     bool
	held     []*Request
}

func (s *hold) Post(c *Client, r *Request) {
	if s.busy {
		c.Hold(r, "held")
		s.held = append(s.held, r)
		return
	}
	s.busy = true
	c.Send(r)
}

func (s *hold) Reply(c *Client, r *Reply) {
	s.Strategy.Reply(c, r)
	s.busy = false
	if len(s.held) > 0 {
		next := s.held[0]
		s.held = append(s.held[:0], s.held[1:]...)
		s.Post(c, next)
	}
}

func (s *hold) Reset() {
	s.Strategy.Reset()
	s.busy = false
	s.held = s.held[:0]
}
