package strategies

import (
	"slices"
	"strings"

	"photofinish/sim"
)

// For returns a fresh value of the strategy for the persons and clients of a
// script; nil stands for one of each. It serves any number of trials, one at a
// time. Each person on each client's screen has a strategy value of their own.
// What decides how posts leave is there once a client: one queue for all of
// its persons, unless its name says otherwise.
func (e Entry) For(s *sim.Script) Strategy {
	if s == nil || s.Views() == 1 {
		return e.new()
	}
	clients := new(several)
	for c := range sim.MaxClients {
		persons := new(several)
		one, layer := e.parts()
		for p := range sim.MaxPersons {
			view := c*sim.MaxPersons + p
			persons.each[view] = one()
		}
		var client Strategy = persons
		if layer != nil {
			client = layer(persons)
		}
		for p := range sim.MaxPersons {
			clients.each[c*sim.MaxPersons+p] = client
		}
	}
	return clients
}

// parts returns what each person has, and what all persons of a client share.
func (e Entry) parts() (one func() Strategy, layer func(Strategy) Strategy) {
	name, over, _ := strings.Cut(e.Name, "+")
	for _, l := range layers {
		if !l.each && (l.name == over || l.alone == e.Name) {
			if l.alone == e.Name {
				name = Default()[0]
			}
			i := slices.Index(Names(), name)
			return Catalogue[i].new, l.over
		}
	}
	return e.new, nil
}

// several hands what happens to the strategy of the person and the client that
// it happens to.
type several struct{ each [sim.MaxViews]Strategy }

func (s *several) of(a *Action) Strategy { return s.each[a.View()] }

func (s *several) Act(c *Client, a *Action)     { s.of(a).Act(c, a) }
func (s *several) Reply(c *Client, r *Response) { s.of(r.First()).Reply(c, r) }
func (s *several) Wake(c *Client, t Timer)      { s.of(t.Action).Wake(c, t) }

// Post lets the strategy decide, if it wants to, how a request leaves.
func (s *several) Post(c *Client, r *Request) {
	if p, ok := s.of(r.First()).(sim.Poster); ok {
		p.Post(c, r)
		return
	}
	c.Send(r)
}

// Reset tells all of them.
func (s *several) Reset() {
	for _, one := range s.each {
		if one != nil {
			one.Reset()
		}
	}
}
