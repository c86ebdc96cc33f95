package strategies

// debounceBeacon is debounce that sends what
// waits when it is left: a beacon arrives
// though the page has gone.
//
// Loses: nobody waits for a beacon's answer,
// and it overtakes the patch before it.
// See closed-in-the-pause, flush-overtakes.
type debounceBeacon struct{ debounce }

func (s *debounceBeacon) Leave(c *Client) {
	if len(s.patch) > 0 && c.HasID() {
		c.Beacon(s.patch...)
	}
}
