package strategies

import "slices"

// localFirst is an outbox with the rule of
// overlay: what the user does stands on the
// screen, whatever is read, until the server
// has it. It waits offline, and through a
// close. Back again, or opened, the client
// shows what it has kept, reads, and sends.
// To delete what is gone is done.
//
// Loses: what another client has written there
// is kept off the screen, and is overwritten
// unseen. What is parked, as in outbox.
// See pulled-over, typed-through-the-cut.
type localFirst struct {
	outbox
	overlay
}

func (s *localFirst) Act(
	c *Client, a *Action,
) {
	s.press(c, a)
	s.start(c, a)
}

// start posts it, or lets it wait. Otherwise it
// was dropped, and is no edit any more.
func (s *localFirst) start(
	c *Client, a *Action,
) {
	s.outbox.Act(c, a)
	if !s.busy {
		s.end(c, a)
	}
}

func (s *localFirst) Reply(
	c *Client, r *Reply,
) {
	if !s.over(c, r) {
		return
	}
	if !r.OK() && !gone(r) {
		c.Tell(r)
	}
	s.overlay.Reply(c, r)
	s.busy = false
	for !s.busy && len(s.waiting) > 0 {
		next := s.waiting[0]
		s.waiting = slices.Delete(s.waiting, 0, 1)
		s.start(c, next)
	}
}

func (s *localFirst) Opened(c *Client) {
	if s.head != nil {
		c.Restore(s.head.First())
	}
	for _, a := range s.waiting {
		c.Restore(a)
	}
	s.Back(c)
}

func (s *localFirst) Back(c *Client) {
	c.Reread()
	s.outbox.Back(c)
}

func (s *localFirst) Wake(c *Client, t Timer) {
	s.outbox.Wake(c, t)
}

func (s *localFirst) Reset() {
	s.outbox.Reset()
	s.overlay.Reset()
}
