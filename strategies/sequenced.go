package strategies

// numbers numbers the messages of the naive
// client. The server takes them in the order of
// their numbers and keeps what comes early
// until its turn.
//
// Loses: what was never sent is still never
// sent; and when one message is lost, the
// server waits for it for ever.
// See create-then-update, lost-request.
type numbers struct {
	naive
	last int32
}

func (s *numbers) Post(c *Client, r *Request) {
	s.last++
	r.Header.Seq = s.last
	c.Send(r)
}

func (s *numbers) Reset() { s.last = 0 }
