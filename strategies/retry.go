package strategies

import (
	"slices"
	"time"
)

const (
	attempts = 3
	backoff  = 200 * time.Millisecond
)

// retry posts again what got no answer in time,
// or a 500, or could not leave: three times in
// all, each time later. Then the user is told;
// of other errors at once. With a key, the
// server does a request once at most and
// answers it each time alike (an idempotency
// key).
//
// Loses: without a key, a create whose answer
// was lost is done again; and an edit that is
// tried again may land after a newer one.
// See retried-create, retry-overtaken.
type retry struct {
	Strategy // acts, and calls our Post
	keyed    bool
	failed   []*Request
}

func (s *retry) Post(c *Client, r *Request) {
	if s.keyed && r.Header.Key == 0 {
		r.Header.Key = int32(r.Number)
	}
	c.Send(r)
}

func (s *retry) Reply(c *Client, r *Reply) {
	if again(r) {
		s.failed = append(s.failed, r.Request)
		tryAgain(c, r, r.Attempt())
		return
	}
	if !r.OK() {
		c.Tell(r)
	}
	s.Strategy.Reply(c, r)
}

func again(r *Reply) bool {
	maybe := unsure(r) || r.Unsent
	return maybe && r.Attempt() < attempts
}

func unsure(r *Reply) bool {
	return r.TimedOut || r.Status >= 500
}

// tryAgain comes back to it, later each time.
func tryAgain(c *Client, r *Reply, tries int) {
	d := backoff << (tries - 1)
	c.After(c.Jitter(d, r.Request), r.First())
}

func (s *retry) Wake(c *Client, t Timer) {
	i := slices.IndexFunc(s.failed,
		func(r *Request) bool {
			return r.First() == t.Action
		})
	if i < 0 {
		s.Strategy.Wake(c, t)
		return
	}
	r := s.failed[i]
	s.failed = slices.Delete(s.failed, i, i+1)
	c.Release(c.Copy(r))
}

func (s *retry) Reset() {
	s.Strategy.Reset()
	s.failed = s.failed[:0]
}
