package strategies

// saveQueue is the queue ball with an end to
// it: an error is told to the user and rejects
// all that wait. What is done later starts
// afresh.
//
// Loses no race of create, update and delete,
// unless one times out; what waited behind an
// error must be done again.
// See poisoned-chain, fetch-then-edit.
type saveQueue struct{ queueBall }

func (s *saveQueue) Reply(c *Client, r *Reply) {
	if !r.OK() {
		c.Tell(r)
		s.reject(c)
	}
	s.queueBall.Reply(c, r)
}

func (s *saveQueue) reject(c *Client) {
	for _, a := range s.waiting {
		c.Refuse(a, "an error came before")
	}
	s.waiting = s.waiting[:0]
}
