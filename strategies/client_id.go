package strategies

// clientID makes the id of somebody new itself,
// as a UUID, and so has it from the create on:
// nothing has to wait for it. The server
// answers 404 to an update that comes before
// its create; or else it makes the record then
// (upsert).
//
// Loses: messages overtake each other. Without
// upsert the early update is refused; with it
// the late create overwrites it, and an update
// that comes after its delete brings the record
// back to life.
// See early-update, late-update-revives.
type clientID struct {
	naive
	upsert bool
}

func (s *clientID) Act(c *Client, a *Action) {
	if a.Do == Create && !c.HasID() {
		c.Mint()
	}
	s.naive.Act(c, a)
}

func (s *clientID) Post(c *Client, r *Request) {
	r.Own = true
	r.Header.Put = s.upsert
	c.Send(r)
}

// The answer to a create brings no news.
func (*clientID) Reply(c *Client, r *Reply) {
	if r.Do != Create {
		c.Take(r)
	}
}
