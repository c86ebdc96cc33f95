package strategies

import "slices"

// holdAsPublished is hold-outgoing with the
// steps in the order of the article: the held
// message is posted again first, and only then
// the flag is lowered. So it is held again.
//
// Loses: what was once held is never sent, and
// what is posted later overtakes it.
// See published-hold.
type holdAsPublished struct{ hold }

func (s *holdAsPublished) Reply(
	c *Client, r *Reply,
) {
	s.Strategy.Reply(c, r)
	if len(s.held) > 0 {
		next := s.held[0]
		s.held = slices.Delete(s.held, 0, 1)
		s.Post(c, next) // the flag is still up
	}
	s.busy = false
}
