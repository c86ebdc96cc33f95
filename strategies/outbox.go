package strategies

// outbox keeps the actions in a durable list:
// one at a time, first in, first out. What got
// no answer, or a 500, is tried again, later
// each time, under the same key. After three
// times it is parked: the user is told, and the
// next one has its turn. Offline it waits, and
// is sent again when the client is back.
//
// Loses no race of create, update and delete,
// unless one is parked: what comes after it
// goes on without it, and it may land yet.
// Where nothing times out, a lost message holds
// up all others for ever.
// See poisoned-chain, retried-create,
// lost-answer.
type outbox struct {
	queueBall
	head  *Request // not answered yet
	tries int      // of it, in vain
}

func (s *outbox) Post(c *Client, r *Request) {
	if r.Header.Key == 0 {
		r.Header.Key = int32(r.Number)
		s.tries = 0
	}
	s.head = r
	c.Send(r)
}

func (s *outbox) Reply(c *Client, r *Reply) {
	if !s.over(c, r) {
		return
	}
	if !r.OK() {
		c.Tell(r)
	}
	s.queueBall.Reply(c, r)
}

// over: the head has had its turn.
func (s *outbox) over(
	c *Client, r *Reply,
) bool {
	switch {
	case !s.awaits(r):
		return false
	case r.Unsent:
		c.Hold(s.head, "until online")
		return false
	case unsure(r):
		if s.tries++; s.tries < attempts {
			tryAgain(c, r, s.tries)
			return false
		}
	}
	c.Stop(s.head.First())
	s.head = nil
	return true
}

// awaits: of an earlier attempt only a success
// counts.
func (s *outbox) awaits(r *Reply) bool {
	if s.head == nil || r.OK() {
		return s.head != nil &&
			r.Header.Key == s.head.Header.Key
	}
	return r.Request == s.head
}

// Closed and opened, it goes on where it was.
func (s *outbox) Closed(c *Client) {
	c.Keep(s.waiting...)
	if s.head != nil {
		c.Keep(s.head.Actions...)
	}
}

func (s *outbox) Opened(c *Client) { s.Back(c) }

// Back sends again what got no answer.
func (s *outbox) Back(c *Client) {
	if s.head != nil {
		c.Stop(s.head.First())
		c.Release(c.Copy(s.head))
	}
}

func (s *outbox) Wake(c *Client, t Timer) {
	c.Release(c.Copy(s.head))
}

func (s *outbox) Reset() {
	s.queueBall.Reset()
	s.head, s.tries = nil, 0
}
