package strategies

// ifMatchReload is if-match that knows only the
// version of what is shown: of a record that it
// has read, or saved itself. A 412 is told, and
// brings nothing: to go on, the user reloads.
//
// Costs: after one 412 every save is refused
// until somebody reads. And own edits that
// overlap are refused for nothing.
// See builder-saved, overlapping-412.
type ifMatchReload struct{ ifMatch }

func (s *ifMatchReload) Reply(
	c *Client, r *Reply,
) {
	if !r.OK() {
		c.Tell(r)
		return
	}
	s.ifMatch.Reply(c, r)
}
