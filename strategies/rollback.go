package strategies

// rollback is overlay that listens to errors.
// What the server refuses is taken off the
// screen, field by field, and the user is told.
// What got no answer in time is told too, and
// stays: nobody knows.
//
// Loses what overlay loses. And what was made
// of an edit that is taken back, in other
// fields, goes on without it.
// See rolled-back, timeout.
type rollback struct{ overlay }

func (s *rollback) Reply(c *Client, r *Reply) {
	s.overlay.Reply(c, r)
	if r.OK() {
		return
	}
	if !r.TimedOut {
		for _, a := range r.Actions {
			c.TakeBack(a)
		}
	}
	c.Tell(r)
}
