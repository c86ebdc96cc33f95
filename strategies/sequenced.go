package strategies

// sequenced is a drop-in replacement for post
// that numbers the messages. The server takes
// them in the order of their numbers and keeps
// what comes early until its turn. Over naive
// this is sequenced.
//
// Loses: what was never sent is still never
// sent; and when one message is lost, the
// server waits for it for ever.
// See create-then-update, lost-request.
type sequenced struct {
	Strategy // acts, and calls our Post
	last     int32
}

func (s *sequenced) Post(
	c *Client, r *Request,
) {
	s.last++
	r.Header.Seq = s.last
	c.Send(r)
}

func (s *sequenced) Reset() {
	s.Strategy.Reset()
	s.last = 0
}
