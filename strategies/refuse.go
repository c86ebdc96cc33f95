package strategies

// single saves one thing at a time: a save
// while another is under way is refused, and so
// the user is told. So are errors. To fetch is
// no save.
//
// Loses nothing silently, but whoever types on
// is told no.
// See typing-burst, fetch-then-edit.
type single struct {
	naive
	saving bool
}

func (s *single) Act(c *Client, a *Action) {
	save := a.Do == Create ||
		a.Do != Fetch && c.HasID()
	if save && s.saving {
		c.Refuse(a, "another save is under way")
		return
	}
	if save {
		s.saving = true
	}
	s.naive.Act(c, a)
}

func (s *single) Reply(c *Client, r *Response) {
	c.Take(r)
	if !r.OK() {
		c.Tell(r)
	}
	if r.Do != Fetch {
		s.saving = false
	}
}

func (s *single) Reset() { s.saving = false }
