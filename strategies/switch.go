package strategies

// switchMap is RxJS's operator: a new action
// cancels the one before, even if it then sends
// nothing. The answer to what was cancelled is
// not taken.
//
// Loses: what is cancelled has left all the
// same, and lands when it likes. A create that
// is cancelled happens, and nobody learns the
// id.
// See cancelled-create, overlapping-updates.
type switchMap struct{ current *Action }

func (s *switchMap) Act(c *Client, a *Action) {
	s.current = a
	if a.Do != Create && !c.HasID() {
		c.Drop(a, c.NoID())
		return
	}
	c.PostOwn(a)
}

func (s *switchMap) Reply(c *Client, r *Reply) {
	if r.First() == s.current {
		c.Take(r)
	}
}

func (*switchMap) Wake(*Client, Timer) {}

func (s *switchMap) Reset() { s.current = nil }
