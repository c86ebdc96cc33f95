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
		return e.New()
	}
	one, over := e.parts()
	var all several
	for c := range sim.MaxClients {
		var persons several
		for p := range sim.MaxPersons {
			persons.each[c*sim.MaxPersons+p] = one()
		}
		if over == nil {
			copy(all.each[c*sim.MaxPersons:], persons.each[c*sim.MaxPersons:][:sim.MaxPersons])
			continue
		}
		client := over(&persons)
		for p := range sim.MaxPersons {
			all.each[c*sim.MaxPersons+p] = client
		}
	}
	switch all.each[0].(type) {
	case sim.Foreign:
		return &severalForeign{severalPosters{all}}
	case sim.Poster:
		return &severalPosters{all}
	}
	return &all
}

// parts returns what each person has, and what all persons of a client share.
func (e Entry) parts() (one func() Strategy, over func(Strategy) Strategy) {
	client, name, _ := strings.Cut(e.Name, "+")
	for _, l := range layers {
		switch {
		case l.each || l.name != name && l.alone != e.Name:
			continue
		case l.alone == e.Name:
			client = Naive().Name
		}
		return Catalogue[slices.Index(Names(), client)].New, l.over
	}
	return e.New, nil
}

// several hands what happens to the strategy of the person and the client that
// it happens to.
type several struct{ each [sim.MaxViews]Strategy }

func (s *several) of(a *Action) Strategy { return s.each[a.View()] }

func (s *several) Act(c *Client, a *Action)  { s.of(a).Act(c, a) }
func (s *several) Reply(c *Client, r *Reply) { s.of(r.First()).Reply(c, r) }
func (s *several) Wake(c *Client, t Timer)   { s.of(t.Action).Wake(c, t) }

// Reset tells all of them.
func (s *several) Reset() {
	for _, one := range s.each {
		if one != nil {
			one.Reset()
		}
	}
}

// severalForeign are several of the user's own.
type severalForeign struct{ severalPosters }

func (s *severalForeign) Start(h *sim.Host, view int) { s.each[view].(sim.Foreign).Start(h, view) }
func (s *severalForeign) End(h *sim.Host, view int)   { s.each[view].(sim.Foreign).End(h, view) }

// severalPosters are several that decide how requests leave.
type severalPosters struct{ several }

func (s *severalPosters) Post(c *Client, r *Request) { s.of(r.First()).(sim.Poster).Post(c, r) }
