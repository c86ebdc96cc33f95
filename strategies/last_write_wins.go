package strategies

// stamps gives each write the time at which the
// user made it, and the server keeps, field by
// field, what has the latest stamp: an older
// write that comes late changes nothing.
//
// Loses: what was never sent; what is not a
// field, so that an update still comes after a
// delete. (And with the clocks of two devices
// the later one is only the one whose clock is
// ahead. Here there is one.)
// See create-then-update, update-then-delete.
type stamps struct{ naive }

func (stamps) Post(c *Client, r *Request) {
	r.Header.Newer = true
	c.Send(r)
}
