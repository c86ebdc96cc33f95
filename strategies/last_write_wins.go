package strategies

// lastWriteWins is a drop-in replacement for
// post that gives each write the time at which
// the user made it. The server keeps, field by
// field, what has the latest stamp: an older
// write that comes late changes nothing.
//
// Loses: what was never sent; what is not a
// field, so that an update still comes after a
// delete. Of two clients the later write is the
// one whose clock says so.
// See create-then-update, late-update-revives,
// clock-ahead.
type lastWriteWins struct{ Strategy }

func (lastWriteWins) Post(
	c *Client, r *Request,
) {
	r.Header.Newer = true
	c.Send(r)
}
