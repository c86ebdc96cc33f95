package judge_test

import (
	"math/rand/v2"

	"photofinish/sim"
)

// reader is a client that is not ours: it reads by itself, after saves and after
// reads, and takes over only some of the fields of an answer, as it likes.
type reader struct {
	seed uint64
	luck *rand.Rand
	host *sim.Host
	me   [sim.MaxViews]sim.Person
}

func (s *reader) one(in int) bool { return s.luck.IntN(in) == 0 }

func (s *reader) Reset() {
	s.luck = rand.New(rand.NewPCG(s.seed, 1))
	s.me = [sim.MaxViews]sim.Person{}
}

func (s *reader) Start(h *sim.Host, view int) {
	s.host = h
	s.me[view] = h.Screen()
}

func (*reader) End(*sim.Host, int)             {}
func (*reader) Wake(*sim.Client, sim.Timer)    {}
func (*reader) Post(*sim.Client, *sim.Request) {}

func (s *reader) Act(c *sim.Client, a *sim.Action) {
	p := &s.me[a.View()]
	id := p.ID
	switch a.Do {
	case sim.Create:
		p.Deleted, id = false, 0
	case sim.Delete:
		p.Deleted, p.ID = true, 0
	}
	for f := range a.Sets.All {
		p.State[f] = sim.By(a.Number)
	}
	if s.host.Show(*p); a.Do != sim.Create && id == 0 {
		c.Drop(a, "no id")
		return
	}
	s.host.Send(sim.Message{Do: a.Do, ID: id, Actions: []*sim.Action{a}, Sets: a.Sets, Body: a.Sets.By(sim.By(a.Number))})
	if s.one(6) {
		s.ask(id, nil)
	}
}

// ask reads whom the screen has, by their id or wherever they are.
func (s *reader) ask(id int, cause *sim.Action) {
	s.host.Send(sim.Message{Do: sim.Fetch, ID: id, List: id == 0, Cause: cause})
}

func (s *reader) Reply(c *sim.Client, r *sim.Reply) {
	view := r.First().View()
	p := &s.me[view]
	errand := r.First().Errand
	if !r.OK() && errand == nil && s.one(2) {
		c.Tell(r)
	}
	state, id, ok := s.host.Record(r)
	if !ok || s.one(8) {
		return
	}
	if r.Do == sim.Create {
		p.ID = id
	}
	before := p.State
	var taken sim.FieldSet
	for f, by := range state {
		if by != sim.Nobody && !s.one(3) {
			p.State[f], taken = by, taken.With(f)
		}
	}
	s.host.Show(*p)
	s.host.Took(r, taken, before)
	switch {
	case errand == nil && s.one(2):
		s.ask(p.ID, r.First())
	case errand != nil && s.one(4):
		s.ask(p.ID, errand.Cause)
	}
}
