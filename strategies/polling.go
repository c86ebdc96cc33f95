package strategies

import "time"

const pollEvery = 50 * time.Millisecond

// polling lets each action ask "is a save in
// flight?" and, if so, ask again 50 ms later.
// When free, it takes the lock, looks at the id
// then, and posts. Errors are told to the user.
//
// Loses: the waiters do not know of each other.
// Who asks first after the release goes first.
// See three-waiters.
type polling struct{ locked bool }

func (s *polling) Act(c *Client, a *Action) {
	if s.locked {
		c.Queue(a, "busy")
	}
	s.ask(c, a)
}

func (s *polling) Wake(c *Client, t Timer) {
	s.ask(c, t.Action)
}

func (s *polling) ask(c *Client, a *Action) {
	switch {
	case s.locked:
		c.After(pollEvery, a)
	case a.Do != Create && !c.HasID():
		c.Drop(a, c.NoID()) // nothing to lock for
	default:
		s.locked = true
		c.Post(a)
	}
}

func (s *polling) Reply(c *Client, r *Reply) {
	c.Take(r)
	if !r.OK() {
		c.Tell(r)
	}
	s.locked = false
}

func (s *polling) Reset() { s.locked = false }
