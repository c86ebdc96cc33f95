package strategies

// optimisticLock is if-match with the version
// of what the user has seen, be it read or
// saved here. A 412 is told and brings no
// version, so that every save is refused from
// then on, until a fetch has shown what is
// there.
//
// Loses: own edits that overlap are refused for
// nothing, and without a fetch there is no end
// to it.
// See again-after-412, overlapping-412.
type optimisticLock struct{ ifMatch }

func (s *optimisticLock) Reply(
	c *Client, r *Reply,
) {
	if r.Status == 412 {
		c.Tell(r)
		return
	}
	s.ifMatch.Reply(c, r)
}
