package strategies

// outbox keeps the actions in a durable list:
// one at a time, first in, first out. What got
// no answer, or a 500, is tried again, later
// each time, under the same key. After three
// times it is parked: the user is told, and the
// next one has its turn.
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
	failed *Request
}

func (s *outbox) Post(c *Client, r *Request) {
	if r.Header.Key == 0 {
		r.Header.Key = int32(r.Number)
	}
	c.Send(r)
}

func (s *outbox) Reply(c *Client, r *Reply) {
	if again(r) {
		s.failed = r.Request
		tryAgain(c, r)
		return
	}
	if !r.OK() {
		c.Tell(r)
	}
	s.queueBall.Reply(c, r)
}

func (s *outbox) Wake(c *Client, t Timer) {
	c.Release(c.Copy(s.failed))
}
