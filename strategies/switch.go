package strategies

// newest is RxJS switchMap: a new action
// cancels the one before, even if it then sends
// nothing. The answer to what was cancelled is
// not taken.
//
// Loses: what is cancelled has left all the
// same, and lands when it likes. A create that
// is cancelled happens, and nobody learns the
// id.
// See cancelled-create, overlapping-updates.
type newest struct{ current *Action }

func (s *newest) Act(c *Client, a *Action) {
	s.current = a
	if a.Do != Create && !c.HasID() {
		c.Drop(a, c.NoID())
		return
	}
	c.PostOwn(a)
}

func (s *newest) Reply(c *Client, r *Reply) {
	if r.First() == s.current {
		c.Take(r)
	}
}

func (*newest) Wake(*Client, Timer) {}

func (s *newest) Reset() { s.current = nil }
