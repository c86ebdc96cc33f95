package strategies

// fresh takes the answer to a fetch only if
// nothing was asked or saved since: an older
// answer would show what is no longer so. The
// rest is as naive.
//
// Loses: what it ignores it does not ask again;
// and a fetch that overtakes an earlier save
// still shows the old value.
// See answer-too-old, save-then-fetch.
type fresh struct {
	naive
	newest *Action
}

func (s *fresh) Act(c *Client, a *Action) {
	s.newest = a
	s.naive.Act(c, a)
}

func (s *fresh) Reply(c *Client, r *Response) {
	if r.Do != Fetch || r.First() == s.newest {
		c.Take(r)
	}
}

func (s *fresh) Reset() { s.newest = nil }
