package strategies

// refuse saves one thing at a time: a save
// while another is under way is refused, and so
// the user is told. So are errors. To fetch is
// no save.
//
// Loses: whoever types on is told no. A fetch
// may overtake a save, and what timed out may
// land last.
// See ignored-edit, typing-burst,
// save-then-fetch.
type refuse struct {
	naive
	saving bool
}

func (s *refuse) Act(c *Client, a *Action) {
	switch {
	case a.Do == Fetch:
		s.naive.Act(c, a)
	case s.saving:
		c.Refuse(a, "another save is under way")
	case a.Do != Create && !c.HasID():
		c.Refuse(a, c.NoID())
	default:
		s.saving = true
		c.Post(a)
	}
}

func (s *refuse) Reply(c *Client, r *Reply) {
	c.Take(r)
	if !r.OK() {
		c.Tell(r)
	}
	if r.Do != Fetch {
		s.saving = false
	}
}

func (s *refuse) Reset() { s.saving = false }
