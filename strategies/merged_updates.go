package strategies

// mergedUpdates folds the updates that have no
// id yet while a create is in flight into one
// patch, and posts it when the id is there. The
// rest is as naive.
//
// Loses: what is no update is dropped before
// the id; the patch jumps over what was done
// between its updates; a second create throws
// the patch of the first away.
// See create-then-delete,
// update-across-permissions.
type mergedUpdates struct {
	naive
	creating bool
	patch    []*Action
}

func (s *mergedUpdates) Act(
	c *Client, a *Action,
) {
	early := s.creating && !c.HasID()
	switch {
	case a.Do == Create:
		s.begin(c)
		c.Post(a)
	case a.Do == Update && early:
		s.wait(c, a)
	default:
		s.naive.Act(c, a)
	}
}

// What waits for another create's answer is
// lost.
func (s *mergedUpdates) begin(c *Client) {
	for _, a := range s.patch {
		c.Drop(a, "a new patch begins")
	}
	s.creating = true
	s.patch = s.patch[:0]
}

func (s *mergedUpdates) wait(
	c *Client, a *Action,
) {
	if len(s.patch) == 0 {
		c.Queue(a, "merged")
	} else {
		c.Merge(a)
	}
	s.patch = append(s.patch, a)
}

func (s *mergedUpdates) Reply(
	c *Client, r *Reply,
) {
	c.Take(r)
	if r.Do != Create || !r.OK() {
		return
	}
	if len(s.patch) > 0 {
		c.Post(s.patch...)
	}
	s.Reset()
}

func (s *mergedUpdates) Reset() {
	s.creating = false
	s.patch = s.patch[:0]
}
