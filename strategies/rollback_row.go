package strategies

// rollbackRow is rollback with a copy of the
// whole row, made when an edit was pressed. If
// the server refuses the edit, the copy is put
// back: as all was before.
//
// Loses: what the row has shown since is gone
// too: newer edits of other fields, though they
// are saved, and what had been taken back.
// See rolled-back.
type rollbackRow struct{ overlay }

func (s *rollbackRow) Reply(
	c *Client, r *Reply,
) {
	s.overlay.Reply(c, r)
	if r.OK() {
		return
	}
	if r.Do != Fetch && !r.TimedOut {
		c.TakeBackRow(r.First())
	}
	c.Tell(r)
}
