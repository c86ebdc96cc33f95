package strategies

// disabledButtons keeps the buttons disabled,
// and what is pressed all the same is refused:
// create can be pressed once, the others work
// when there has been an id. Callbacks in the
// view, that is.
//
// Loses: before the id nothing else is done,
// though the user is told. Later updates
// overlap as under naive; after a failed create
// there is no button left to press.
// See failure-first, overlapping-updates.
type disabledButtons struct {
	naive
	created bool // create has been pressed
	enabled bool // the others may be
}

func (s *disabledButtons) Act(
	c *Client, a *Action,
) {
	if c.HasID() {
		s.created, s.enabled = true, true
	}
	if a.Do == Create && s.created ||
		a.Do != Create && !s.enabled {
		c.Refuse(a, "the button is disabled")
		return
	}
	s.created = true
	s.naive.Act(c, a)
}

func (s *disabledButtons) Reply(
	c *Client, r *Reply,
) {
	c.Take(r)
	if r.Do == Create && r.OK() {
		s.enabled = true
	}
}

func (s *disabledButtons) Reset() {
	s.created, s.enabled = false, false
}
