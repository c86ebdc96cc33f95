package strategies

import "time"

const window = 100 * time.Millisecond

// batch collects the updates of 100 ms, from
// the first one on, and posts them as one
// patch. The rest is as naive.
//
// Loses: two patches overlap as two updates do;
// an edit without an id is dropped when the
// time is up; a delete does not wait.
// See typing-burst, debounced-in-vain.
type batch struct {
	naive
	patch []*Action
}

func (s *batch) Act(c *Client, a *Action) {
	switch {
	case a.Do != Update:
		s.naive.Act(c, a)
		return
	case len(s.patch) == 0:
		c.Queue(a, "the batch is open")
		c.After(window, a)
	default:
		c.Merge(a)
	}
	s.patch = append(s.patch, a)
}

func (s *batch) Wake(c *Client, t Timer) {
	save(c, s.patch)
	s.patch = s.patch[:0]
}

func (s *batch) Reset() {
	s.patch = s.patch[:0]
}
