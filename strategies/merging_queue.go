package strategies

// mergingQueue is the action queue that merges
// an update into the last one that waits, if
// that is an update too. Nothing else is
// merged.
//
// Loses what the action queue loses, save that
// updates that wait in a row cannot overtake
// each other. Two with something between them
// can.
// See create-then-two-updates,
// update-across-permissions.
type mergingQueue struct{ actionQueue }

func (s *mergingQueue) Act(
	c *Client, a *Action,
) {
	early := s.open && !c.HasID()
	if early && joins(a, s.waiting) {
		c.Merge(a)
		s.waiting = append(s.waiting, a)
		return
	}
	s.actionQueue.Act(c, a)
}

// joins reports whether a merges into the last
// of those that wait.
func joins(a *Action, waiting []*Action) bool {
	last := len(waiting) - 1
	return last >= 0 && a.Do == Update &&
		waiting[last].Do == Update
}

func (s *mergingQueue) Reply(
	c *Client, r *Reply,
) {
	c.Take(r)
	if r.Do != Create || !r.OK() {
		return
	}
	for rest := s.waiting; len(rest) > 0; {
		n := inOne(rest)
		c.Post(rest[:n]...)
		rest = rest[n:]
	}
	s.Reset()
}

// inOne counts how many of the first that wait
// go out as one: the updates in a row, or one.
func inOne(waiting []*Action) int {
	n := 1
	for n < len(waiting) &&
		joins(waiting[n], waiting[:n]) {
		n++
	}
	return n
}
