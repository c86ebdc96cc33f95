package strategies

import "time"

const pause = 300 * time.Millisecond

// debounce saves when the user has not typed
// for 300 ms: the updates until then are one
// patch. Each of them stops the clock and
// starts it anew. The rest is as naive.
//
// Loses: two patches overlap as two updates do,
// only less often; an edit without an id is
// dropped when its time has come; a delete does
// not wait for the patch.
// See typing-burst, debounced-in-vain.
type debounce struct {
	naive
	patch []*Action
}

func (s *debounce) Act(c *Client, a *Action) {
	if a.Do != Update {
		s.naive.Act(c, a)
		return
	}
	if n := len(s.patch); n > 0 {
		c.Stop(s.patch[n-1])
		c.Merge(a)
	} else {
		c.Queue(a, "waits for a pause")
	}
	s.patch = append(s.patch, a)
	c.After(pause, a)
}

func (s *debounce) Wake(c *Client, t Timer) {
	save(c, s.patch)
	s.patch = s.patch[:0]
}

// save posts a patch, if there is an id.
func save(c *Client, patch []*Action) {
	if c.HasID() {
		c.Post(patch...)
		return
	}
	for _, a := range patch {
		c.Drop(a, c.NoID())
	}
}

func (s *debounce) Reset() {
	s.patch = s.patch[:0]
}
