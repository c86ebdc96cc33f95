package judge_test

import (
	"math/rand/v2"
	"time"

	"photofinish/sim"
)

// whim is a client without a rule: what it does with an action, or with an
// answer, is a matter of luck. It does what no strategy of the catalogue does,
// and the judge must be right about it all the same.
type whim struct {
	seed    uint64
	luck    *rand.Rand
	waiting []*sim.Action
	blocked map[*sim.Action]bool
}

func (s *whim) Act(c *sim.Client, a *sim.Action) {
	switch s.luck.IntN(12) {
	case 0:
		c.Drop(a, "on a whim")
	case 1:
		c.Refuse(a, "on a whim")
	case 2:
		c.Block(a)
		s.blocked[a] = true
		s.waiting = append(s.waiting, a)
	case 3, 4, 5:
		c.Queue(a, "on a whim")
		s.waiting = append(s.waiting, a)
		if s.luck.IntN(2) == 0 {
			c.After(time.Duration(s.luck.IntN(200))*time.Millisecond, a)
		}
	default:
		c.Post(a)
	}
}

func (s *whim) Reply(c *sim.Client, r *sim.Response) {
	if s.luck.IntN(8) > 0 {
		c.Take(r)
	}
	if !r.OK() && s.luck.IntN(2) == 0 {
		c.Tell(r)
	}
	s.go1(c)
}

func (s *whim) Wake(c *sim.Client, t sim.Timer) { s.go1(c) }

// go1 lets one of those that wait go, as it comes, or all that are updates.
func (s *whim) go1(c *sim.Client) {
	if len(s.waiting) == 0 || s.luck.IntN(4) == 0 {
		return
	}
	i := s.luck.IntN(len(s.waiting))
	a := s.waiting[i]
	s.waiting = append(s.waiting[:i], s.waiting[i+1:]...)
	if s.blocked[a] {
		c.Unblock(a)
	}
	switch s.luck.IntN(8) {
	case 0:
		c.Drop(a, "on a whim")
	case 1:
		if !s.blocked[a] && a.Do == sim.Update {
			var patch []*sim.Action
			var rest []*sim.Action
			for _, b := range s.waiting {
				if b.Do == sim.Update && !s.blocked[b] && b.Number > a.Number {
					patch = append(patch, b)
				} else {
					rest = append(rest, b)
				}
			}
			s.waiting = rest
			c.Post(append([]*sim.Action{a}, patch...)...)
			return
		}
		c.Post(a)
	default:
		c.Post(a)
	}
}

func (s *whim) Reset() {
	s.luck = rand.New(rand.NewPCG(s.seed, 0))
	s.waiting, s.blocked = nil, map[*sim.Action]bool{}
}
