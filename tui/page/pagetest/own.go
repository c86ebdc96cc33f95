package pagetest

import (
	"sync/atomic"

	"photofinish/sim"
	"photofinish/strategies"
)

// Own makes a client of the user's own in Go: naive, as a program that says itself
// what it shows and sends.
type Own struct {
	Name    string
	Fails   error         // with which it ends at its first click
	Rereads bool          // it reads the record after each save that went well
	Unsure  bool          // nobody can tell which of its first two clicks a request carries
	Again   bool          // the same as before, of another program: it does nothing at all
	Gate    chan struct{} // a trial begins when it receives from this; nil: at once

	Trials  atomic.Int32 // how many have begun
	At      atomic.Int32 // how many are under way
	Overlap atomic.Bool  // two have been at once
	own     strategies.Own
}

// Source is the program that it says it is: what it sends comes from line 4, what
// it reads by itself from line 6.
const Source = `import { api } from "./api"

export default () => ({
	update: (fields) => api.patch("/people/1", fields), // at once
	saved() {
		return api.get("/people/1")
	},
	` + "\x1b[31m" + `red: "数"
})
`

// Entry returns it as a lane can be of it.
func (o *Own) Entry() strategies.Entry {
	o.own = strategies.Own{
		Runs: "node 20.20.2", Of: []string{"swr 2.5.1"}, Args: []string{"--client", o.Name + "=./save.tsx"},
		Source: func(file string) ([]byte, bool) { return []byte(Source), file == "save.tsx" },
	}
	return strategies.Entry{
		Name: o.Name, Group: strategies.Yours, Rule: "./save.tsx",
		New: func() strategies.Strategy { return &stranger{is: o} },
	}
}

type stranger struct {
	is    *Own
	host  *sim.Host
	me    [sim.MaxViews]sim.Person
	under bool
}

// Own says what it is.
func (s *stranger) Own() *strategies.Own { return &s.is.own }

// Reset forgets the trial before.
func (s *stranger) Reset() { *s = stranger{is: s.is} }

// Start begins a trial, or another screen of it.
func (s *stranger) Start(h *sim.Host, view int) {
	if s.me[view] = h.Screen(); !s.under {
		s.under = true
		if s.is.At.Add(1) > 1 {
			s.is.Overlap.Store(true)
		}
		s.is.Trials.Add(1)
		if s.is.Gate != nil {
			<-s.is.Gate
		}
	}
	s.host = h
}

// End ends it.
func (s *stranger) End(*sim.Host, int) {
	if s.under {
		s.under = false
		s.is.At.Add(-1)
	}
}

// Post is never asked for.
func (s *stranger) Post(*sim.Client, *sim.Request) { panic("it says itself what it sends") }

// Wake has no timers.
func (s *stranger) Wake(*sim.Client, sim.Timer) {}

// Act shows what is asked for, and sends it.
func (s *stranger) Act(c *sim.Client, a *sim.Action) {
	if s.is.Fails != nil {
		s.host.Fail(s.is.Fails)
		return
	}
	if s.is.Again {
		c.Drop(a, "it does nothing")
		return
	}
	s.host.From(sim.Source{File: "save.tsx", Line: 4})
	p := &s.me[a.View()]
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
	if s.host.Show(*p); a.Do != sim.Create && id == 0 {
		c.Drop(a, "no \x1b[31mid")
		return
	}
	m := sim.Message{Do: a.Do, ID: id, Actions: []*sim.Action{a}, Sets: a.Sets, Body: a.Sets.By(sim.By(a.Number))}
	if s.is.Unsure {
		m.Or = []int{1, 2}
	}
	s.host.Send(m)
}

// Reply takes an id or a record, and may read it once more.
func (s *stranger) Reply(_ *sim.Client, r *sim.Reply) {
	state, id, ok := s.host.Record(r)
	p := &s.me[r.First().View()]
	before := p.State
	switch {
	case !ok:
		return
	case r.Do == sim.Create:
		p.ID = id
		s.host.Show(*p)
		s.host.Took(r, 0, before)
	case r.Do == sim.Fetch:
		var taken sim.FieldSet
		for f, by := range state {
			if by != sim.Nobody {
				p.State[f], taken = by, taken.With(f)
			}
		}
		s.host.Show(*p)
		s.host.Took(r, taken, before)
	}
	if s.is.Rereads && r.Do == sim.Update {
		s.host.From(sim.Source{File: "save.tsx", Line: 6})
		s.host.Send(sim.Message{Do: sim.Fetch, ID: p.ID, Cause: r.First()})
	}
}
