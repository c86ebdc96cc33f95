package strategies

// naive posts at once. Without an id there is
// no one to post to: the action is dropped, and
// nobody is told. Errors are ignored.
//
// Loses what is done before the create's
// answer; and of two updates that overlap, the
// older one may land last.
// See create-then-update, overlapping-updates.
type naive struct{}

func (naive) Act(c *Client, a *Action) {
	if a.Do != Create && !c.HasID() {
		c.Drop(a, c.NoID())
		return
	}
	c.Post(a)
}

func (naive) Reply(c *Client, r *Reply) {
	c.Take(r)
}

func (naive) Wake(*Client, Timer) {}
func (naive) Reset()              {}
