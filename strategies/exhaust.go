package strategies

// exhaust is RxJS exhaustMap: while an action
// is under way, what else the user does is
// ignored, and nobody is told. So the second
// click of a double click does nothing, unless
// it comes after the answer.
//
// Loses every edit that is made while another
// is being saved.
// See double-click-create, ignored-edit.
type exhaust struct{ busy bool }

func (s *exhaust) Act(c *Client, a *Action) {
	switch {
	case s.busy:
		c.Drop(a, "busy")
	case a.Do != Create && !c.HasID():
		c.Drop(a, c.NoID())
	default:
		s.busy = true
		c.PostOwn(a)
	}
}

func (s *exhaust) Reply(c *Client, r *Reply) {
	c.Take(r)
	s.busy = false
}

func (*exhaust) Wake(*Client, Timer) {}

func (s *exhaust) Reset() { s.busy = false }
