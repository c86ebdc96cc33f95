package strategies

// deleteAsPublished is the action queue with
// the delete of the article: outside of the
// queue it forgets the id, and then asks
// whether there is one to post to.
//
// Leaves the record of everybody who is deleted
// in peace. Only what is deleted in a hurry,
// during the create, is deleted.
// See published-delete.
type deleteAsPublished struct{ actionQueue }

func (s *deleteAsPublished) Act(
	c *Client, a *Action,
) {
	if a.Do == Delete && !s.open && c.HasID() {
		c.Forget()
		c.Drop(a, "the id is forgotten already")
		return
	}
	s.actionQueue.Act(c, a)
}
