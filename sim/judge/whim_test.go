package judge_test

import (
	"math/rand/v2"
	"slices"
	"time"

	"photofinish/sim"
)

// whim is a client without a rule: what it does with an action, or an answer,
// is a matter of luck. It does what no strategy of the catalogue does, and the
// judge must be right about it all the same.
type whim struct {
	seed    uint64
	luck    *rand.Rand
	waiting []*sim.Action
	blocked map[*sim.Action]bool
}

func (s *whim) one(in int) bool { return s.luck.IntN(in) == 0 }

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
		if s.one(2) {
			c.After(time.Duration(s.luck.IntN(200))*time.Millisecond, a)
		}
	default:
		c.Post(a)
	}
}

func (s *whim) Reply(c *sim.Client, r *sim.Reply) {
	if !s.one(8) {
		c.Take(r)
	}
	if !r.OK() && s.one(2) {
		c.Tell(r)
	}
	s.release(c)
}

func (s *whim) Wake(c *sim.Client, _ sim.Timer) { s.release(c) }

// release lets one of those that wait go, whichever it is, or throws it away,
// or makes a patch of it and of the later updates.
func (s *whim) release(c *sim.Client) {
	if len(s.waiting) == 0 || s.one(4) {
		return
	}
	i := s.luck.IntN(len(s.waiting))
	a := s.waiting[i]
	s.waiting = slices.Delete(s.waiting, i, i+1)
	if s.blocked[a] {
		c.Unblock(a)
	}
	switch s.luck.IntN(8) {
	case 0:
		c.Drop(a, "on a whim")
	case 1:
		c.Post(s.patch(a)...)
	default:
		c.Post(a)
	}
}

// patch returns a and, if it is an update, the later ones that wait with it.
func (s *whim) patch(a *sim.Action) []*sim.Action {
	joins := func(b *sim.Action) bool {
		return a.Do == sim.Update && b.Do == sim.Update && b.Number > a.Number && !s.blocked[b]
	}
	patch := []*sim.Action{a}
	for _, b := range s.waiting {
		if joins(b) {
			patch = append(patch, b)
		}
	}
	s.waiting = slices.DeleteFunc(s.waiting, joins)
	return patch
}

func (s *whim) Reset() {
	s.luck = rand.New(rand.NewPCG(s.seed, 0))
	s.waiting, s.blocked = nil, map[*sim.Action]bool{}
}
