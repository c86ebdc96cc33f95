package strategies

// outboxForever is outbox that parks nothing:
// what failed, however it did, is tried again,
// later each time. (After eight times it is
// not looked at any more. It goes on for ever.)
//
// Costs: nobody is ever told, and all that
// comes after waits behind what fails. One edit
// that the server will never take stops
// everything.
// See poison-in-the-queue.
type outboxForever struct{ outbox }

const enough = 8

func (s *outboxForever) Reply(
	c *Client, r *Reply,
) {
	fails := !r.OK() && !r.Unsent
	if !fails || !s.awaits(r) {
		s.outbox.Reply(c, r)
		return
	}
	if s.tries++; s.tries < enough {
		tryAgain(c, r, s.tries)
		return
	}
	c.Persist(r.First())
}
