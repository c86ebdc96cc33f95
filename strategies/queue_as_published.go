package strategies

// queueAsPublished is the action queue whose
// queue is {} and no array, as the article has
// it: {}.push throws. What was to be queued is
// gone, and the error is in a console that
// nobody reads.
//
// Loses all that it was to queue.
// See published-queue, create-then-delete.
type queueAsPublished struct{ actionQueue }

func (s *queueAsPublished) Act(
	c *Client, a *Action,
) {
	waits := a.Do == Delete || !c.HasID()
	if s.open && waits && a.Do != Create {
		c.Drop(a, "{}.push is not a function")
		return
	}
	s.actionQueue.Act(c, a)
}
