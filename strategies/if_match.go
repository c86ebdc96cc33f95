package strategies

// ifMatch sends the version that the client
// last heard of with each write. The server
// answers 412 if the record has another one by
// now, and the user is told. Or else the client
// rebases: it sends the edit again, with the
// new version.
//
// Loses: own edits that overlap are refused for
// nothing. And a 412 brings the new version,
// but not the record: what is pressed next goes
// over an edit of another client which this one
// has not seen (optimistic-lock must read
// first). Rebased, the refused edit itself
// does, and of own edits that overlap the older
// lands last.
// See again-after-412, overlapping-412,
// two-tabs.
type ifMatch struct {
	naive
	rebase  bool
	version Version
}

func (s *ifMatch) Act(c *Client, a *Action) {
	if s.version == 0 && c.HasID() {
		s.version = 1 // as it was given
	}
	s.naive.Act(c, a)
}

func (s *ifMatch) Post(c *Client, r *Request) {
	if r.Do != Fetch {
		r.Header.Match = s.version
	}
	c.Send(r)
}

func (s *ifMatch) Reply(c *Client, r *Reply) {
	c.Take(r)
	deleted := r.Do == Delete && r.OK()
	if r.Version != 0 && !deleted {
		s.version = r.Version
	}
	switch {
	case r.Status == 412 && s.rebase:
		c.Release(c.Copy(r.Request))
	case !r.OK():
		c.Tell(r)
	}
}

func (s *ifMatch) Read(c *Client, r *Reply) {
	c.Take(r)
	if r.Version != 0 {
		s.version = r.Version
	}
}

func (s *ifMatch) Reset() { s.version = 0 }
