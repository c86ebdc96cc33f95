package strategies

import (
	"iter"
	"slices"
)

// implicitCallbacks is the client in direct
// style: post, wait for the answer, go on. The
// language turns it inside out (a coroutine),
// so that the screen stays alive. What is done
// meanwhile waits. An error ends the chain of
// saves, and all of it is told to the user.
//
// Loses no race of create, update and delete,
// unless one times out; what waited behind an
// error must be done again.
// See poisoned-chain, fetch-then-edit.
type implicitCallbacks struct {
	waiting []*Action
	reply   *Reply
	resume  func() (bool, bool)
	stop    func()
}

func (s *implicitCallbacks) Act(
	c *Client, a *Action,
) {
	s.waiting = append(s.waiting, a)
	if s.stop != nil {
		c.Queue(a, "not its turn")
		return
	}
	s.resume, s.stop = iter.Pull(s.saves(c))
	s.goOn()
}

func (s *implicitCallbacks) saves(
	c *Client,
) iter.Seq[bool] {
	return func(replied func(bool) bool) {
		for len(s.waiting) > 0 {
			a := s.next()
			if a.Do != Create && !c.HasID() {
				c.Drop(a, c.NoID())
				continue
			}
			c.Post(a)
			if !replied(true) {
				return // the trial is over
			}
			if c.Take(s.reply); !s.reply.OK() {
				s.fail(c)
			}
		}
	}
}

func (s *implicitCallbacks) next() *Action {
	next := s.waiting[0]
	s.waiting = slices.Delete(s.waiting, 0, 1)
	return next
}

func (s *implicitCallbacks) fail(c *Client) {
	c.Tell(s.reply)
	for _, a := range s.waiting {
		c.Refuse(a, "an error came before")
	}
	s.waiting = s.waiting[:0]
}

func (s *implicitCallbacks) Reply(
	c *Client, r *Reply,
) {
	s.reply = r
	s.goOn()
}

// goOn runs the chain up to where it waits.
func (s *implicitCallbacks) goOn() {
	if _, more := s.resume(); !more {
		s.stop = nil
	}
}

func (*implicitCallbacks) Wake(
	*Client, Timer,
) {
}

func (s *implicitCallbacks) Reset() {
	if s.stop != nil {
		s.stop()
	}
	*s = implicitCallbacks{waiting: s.waiting[:0]}
}
