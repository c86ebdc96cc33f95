package strategies

// outboxGoneIsDone is outbox for which a delete
// has succeeded if there is nothing to delete,
// whoever did it.
//
// Costs nothing of a delete that somebody else
// was faster with, or that was tried again. But
// that an id is wrong is never noticed.
// See gone-twice.
type outboxGoneIsDone struct{ outbox }

func (s *outboxGoneIsDone) Reply(
	c *Client, r *Reply,
) {
	if !s.over(c, r) {
		return
	}
	if !r.OK() && !gone(r) {
		c.Tell(r)
	}
	s.queueBall.Reply(c, r)
}

// gone: what was to be deleted is not there.
func gone(r *Reply) bool {
	return r.Do == Delete && r.Status == 404
}
