package strategies

// ignoreStale takes an answer only if nothing
// was asked or saved since: an older one would
// show what is no longer so. Of a create it
// needs the id all the same. The rest is as
// naive.
//
// Loses: what it ignores it does not ask again;
// and a fetch that overtakes an earlier save
// still shows the old value.
// See answer-too-old, typed-while-saving.
type ignoreStale struct {
	naive
	newest *Action
}

func (s *ignoreStale) Act(
	c *Client, a *Action,
) {
	s.newest = a
	s.naive.Act(c, a)
}

func (s *ignoreStale) Reply(
	c *Client, r *Reply,
) {
	if r.Do == Create || r.First() == s.newest {
		c.Take(r)
	}
}

func (s *ignoreStale) Read(
	c *Client, r *Reply,
) {
	if !c.PressedSince(s.newest, r) {
		c.Take(r)
	}
}

func (s *ignoreStale) Reset() { s.newest = nil }
