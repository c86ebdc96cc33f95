package testkit

import "photofinish/sim"

// Stranger is the naive client as one that is not ours: it keeps its own person,
// and says itself what it shows and sends.
type Stranger struct {
	Rereads bool // it reads the record after each update, as a cache does that is told to revalidate

	Host *sim.Host
	me   [sim.MaxViews]sim.Person
}

func (s *Stranger) Reset() { *s = Stranger{Rereads: s.Rereads} }

func (s *Stranger) Start(h *sim.Host, view int) {
	s.Host = h
	s.me[view] = h.Screen()
}

func (s *Stranger) Post(*sim.Client, *sim.Request) { panic("it says itself what it sends") }
func (s *Stranger) End(*sim.Host, int)             {}
func (s *Stranger) Wake(*sim.Client, sim.Timer)    {}
func (s *Stranger) person(view int) *sim.Person    { return &s.me[view] }
func (s *Stranger) show(p *sim.Person)             { s.Host.Show(*p) }

// Saves is the request of one action.
func Saves(a *sim.Action, id int) sim.Message {
	return sim.Message{Do: a.Do, ID: id, Actions: []*sim.Action{a}, Sets: a.Sets, Body: a.Sets.By(sim.By(a.Number))}
}

func (s *Stranger) Act(c *sim.Client, a *sim.Action) {
	p := s.person(a.View())
	id := p.ID
	switch a.Do {
	case sim.Create:
		p.Deleted, id = false, 0
	case sim.Delete:
		p.Deleted = true
	}
	for f := range a.Sets.All {
		p.State[f] = sim.By(a.Number)
	}
	if s.show(p); a.Do != sim.Create && id == 0 {
		c.Drop(a, "no id")
		return
	}
	m := Saves(a, id)
	if a.Do == sim.Create {
		m.Body, m.Sets = p.State, 0
		m.Body[sim.Permissions] = sim.Nobody
		for f, by := range m.Body {
			if by != sim.Nobody {
				m.Sets = m.Sets.With(f)
			}
		}
	}
	if a.Do == sim.Delete {
		p.ID = 0
		s.show(p)
	}
	s.Host.Send(m)
}

func (s *Stranger) Reply(_ *sim.Client, r *sim.Reply) {
	s.take(r)
	if s.Rereads && r.OK() && r.Do == sim.Update {
		s.Host.Send(sim.Message{Do: sim.Fetch, ID: r.ID, Cause: r.First()})
	}
}

// take shows what a reply brought.
func (s *Stranger) take(r *sim.Reply) {
	state, id, ok := s.Host.Record(r)
	echo := s.Host.Script().Network.Echo
	if !ok || r.Do != sim.Create && r.Do != sim.Fetch && !echo {
		return
	}
	p := s.person(r.First().View())
	before := p.State
	if r.Do == sim.Create {
		p.ID = id
	}
	var taken sim.FieldSet
	if r.Do == sim.Fetch || echo {
		for f, by := range state {
			if by != sim.Nobody {
				p.State[f], taken = by, taken.With(f)
			}
		}
	}
	s.show(p)
	s.Host.Took(r, taken, before)
}
