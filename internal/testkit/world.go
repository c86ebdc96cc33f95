package testkit

import (
	"slices"
	"time"

	"photofinish/sim"
)

// Worldly gives a script what the world has beyond clicks and messages: of each of
// the habits named, sometimes something, and at least of one. pick returns a number
// below n. What cannot be in this script (news for nobody, say) is left out.
func Worldly(pick func(n int) int, s *sim.Script, of sim.Habits) {
	must := of
	for range pick(16) {
		if next := must & (must - 1); next != 0 {
			must = next
		}
	}
	must &= -must
	has := func(h sim.Habits) bool { return of&h != 0 && (h == must || pick(4) == 0) }
	n := &s.Network
	n.Reread = has(sim.Rereads)
	if has(sim.Polls) {
		n.Poll = time.Duration(1+pick(8)) * 100 * time.Millisecond
	}
	n.Push = has(sim.Pushes) && s.Clients() > 1
	n.Cancel = has(sim.Cancels)
	if has(sim.Lags) {
		n.Lag, _ = sim.NewLatency(sim.Exponential, 0, time.Duration(1+pick(6))*50*time.Millisecond)
	}
	if n.Torn = has(sim.Torn); n.Torn {
		takesTime(pick, n)
	}
	if n.KeyInUse = has(sim.UsesKeys); n.KeyInUse {
		takesTime(pick, n)
	}
	if s.Given && pick(4) == 0 {
		gifts(pick, s)
	}
	if has(sim.Parents) {
		parents(pick, s)
	}
	if has(sim.Closes) {
		closes(pick, s)
	}
	if has(sim.Lists) {
		lists(pick, s)
	}
	if has(sim.Offlines) {
		spans(pick, s)
	}
	if has(sim.Adds) {
		adds(pick, s)
	}
}

// adds makes numbers or lists of one field, and lets some of the updates add to it,
// or append; one at least, if there is an update.
func adds(pick func(int) int, s *sim.Script) {
	f, bag, some := pick(len(s.Fields)), pick(3) == 0, false
	first := len(s.Values)
	s.Values = append(slices.Clone(s.Values), 0.0, 1.0, 2.0, 5.0)
	value := func() sim.ValueID { return sim.ValueID(first + pick(4)) }
	s.GivenValues[f] = value()
	s.Beside = slices.Clone(s.Beside)
	for i := range s.Beside {
		s.Beside[i].Values[f] = value()
	}
	for i := range s.Actions {
		a := &s.Actions[i]
		a.Values[f], a.Saved[f] = value(), value()
		if a.Do != sim.Update || some && pick(3) == 0 {
			continue
		}
		some = true
		a.Sets, a.Adds = a.Sets.With(f), sim.FieldSet(0).With(f)
		if bag {
			a.Bags = a.Adds
		}
	}
}

// gifts gives more persons than one.
func gifts(pick func(int) int, s *sim.Script) {
	for range min(1+pick(2), sim.MaxPersons-s.Givens()) {
		g := sim.Gift{Sets: sim.FieldSet(pick(1 << len(s.Fields)))}
		for f := range g.Sets.All {
			g.Values[f] = sim.ValueID(pick(len(s.Values)))
		}
		s.Beside = append(s.Beside, g)
	}
}

// parents lets one or two creates need the record of another person.
func parents(pick func(int) int, s *sim.Script) {
	for range 1 + pick(2) {
		a := &s.Actions[pick(len(s.Actions))]
		if a.Do != sim.Create && a.Do != sim.Update {
			continue
		}
		parent := pick(3)
		a.Do, a.Person, a.Parent = sim.Create, uint8((parent+1+pick(2))%3), uint8(parent+1)
	}
}

// takesTime lets the server take time, more often than not.
func takesTime(pick func(int) int, n *sim.Network) {
	if pick(3) > 0 {
		n.Processing, _ = sim.NewLatency(sim.Exponential, 0, 100*time.Millisecond)
		n.Workers = pick(3)
	}
}

// spans takes the network away from one or two clients, at times at the very
// instant of a click, or for ever.
func spans(pick func(int) int, s *sim.Script) {
	last := s.Actions[len(s.Actions)-1].At + 300*time.Millisecond
	for c := range s.Clients() {
		if c > 0 && pick(2) == 0 {
			continue
		}
		from := time.Duration(0)
		for range 1 + pick(2) {
			from += time.Duration(pick(int(last/time.Millisecond)+1)) * time.Millisecond
			if pick(4) == 0 {
				from = max(from, s.Actions[pick(len(s.Actions))].At)
			}
			to := from + time.Duration(1+pick(400))*time.Millisecond
			if pick(6) == 0 {
				to = 0
			}
			s.Offline = append(s.Offline, sim.Span{Client: uint8(c), From: from, To: to})
			if to == 0 {
				break
			}
			from = to
		}
	}
}

// closes makes one click close its client, and the next one there open it again, if
// there is one: without it, or sometimes all the same, nothing is clicked there any more.
func closes(pick func(int) int, s *sim.Script) {
	if s.Habits()&sim.Closes != 0 {
		return // it does already
	}
	i := pick(len(s.Actions))
	a := &s.Actions[i]
	blank := func(a *sim.Action) {
		*a = sim.Action{Number: a.Number, Client: a.Client, Person: a.Person, At: a.At, Up: a.Up, Down: a.Down}
	}
	blank(a)
	a.Do, a.Person, a.Up, a.Down = sim.Close, 0, sim.Unpinned, sim.Unpinned
	for never := pick(4) == 0; i+1 < len(s.Actions); {
		i++
		b := &s.Actions[i]
		switch {
		case b.Client != a.Client || b.Skip:
		case never || pick(5) == 0:
			b.Skip = true
		default:
			blank(b)
			b.Do, b.Opens = sim.Fetch, true
			return
		}
	}
}

// lists makes lists of some of the reads; of one action, if there is no read.
func lists(pick func(int) int, s *sim.Script) {
	some := false
	for i := range s.Actions {
		if a := &s.Actions[i]; a.Do == sim.Fetch && !a.Opens && pick(2) == 0 {
			a.Lists, a.Person, some = true, 0, true
		}
	}
	if a := &s.Actions[pick(len(s.Actions))]; !some && a.Do != sim.Close && !a.Opens {
		*a = sim.Action{Number: a.Number, Client: a.Client, At: a.At, Up: a.Up, Down: a.Down, Do: sim.Fetch, Lists: true, Skip: a.Skip}
	}
}

// Built are the habits of the world that tests draw: all that are there.
const Built = sim.Lists | sim.Closes | sim.Parents | sim.Rereads | sim.Polls | sim.Pushes | sim.Cancels | sim.Offlines |
	sim.Lags | sim.Torn | sim.UsesKeys | sim.Adds
