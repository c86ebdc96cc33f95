package strategies

import "slices"

// queueBall holds actions, not messages: an
// action starts when the one before has ended,
// well or badly. Only then is it asked whether
// there is an id.
//
// Loses no race of create, update and delete,
// unless one times out: what was given up may
// land last. Errors are ignored; a late answer
// to a fetch still wipes out an edit that
// waits; and a double click makes two records.
// See failure-middle, fetch-then-edit, timeout,
// double-click-create.
type queueBall struct {
	busy    bool
	waiting []*Action
}

func (s *queueBall) Act(c *Client, a *Action) {
	if s.busy {
		c.Queue(a, "not its turn")
		s.waiting = append(s.waiting, a)
		return
	}
	s.start(c, a)
}

func (s *queueBall) start(
	c *Client, a *Action,
) {
	needs := a.Do != Create && !a.Opens
	if needs && !c.HasID() {
		c.Drop(a, c.NoID())
		return
	}
	s.busy = true
	c.PostOwn(a)
}

func (s *queueBall) Reply(c *Client, r *Reply) {
	c.Take(r)
	s.busy = false
	for !s.busy && len(s.waiting) > 0 {
		next := s.waiting[0]
		s.waiting = slices.Delete(s.waiting, 0, 1)
		s.start(c, next)
	}
}

func (*queueBall) Wake(*Client, Timer) {}

func (s *queueBall) Reset() {
	s.busy = false
	s.waiting = s.waiting[:0]
}
