package sim

import (
	"slices"
	"time"
)

// Script has the user's actions and the world they meet.
// A Script is read-only while trials run and may be shared by many.
type Script struct {
	Actions []Action // numbered from 1, in order of At
	Fields  []string // names of the attributes, at most [MaxFields]
	Values  []any    // strings, numbers, booleans; a [ValueID] is an index

	// Given says that the first person exists at the start, on every side, as
	// record 1, with the fields GivenSets. Beside are the persons after the first who
	// do so too, as record 2 and so on; without the first one there are none. All
	// others are each client's own.
	Given       bool
	GivenSets   FieldSet
	GivenValues [NumFields]ValueID
	Beside      []Gift

	ReadOnly ValueID // the value of permissions that locks a record
	Network  Network

	Skew [MaxClients]time.Duration // how far each client's clock is ahead

	sums   Sums    // of a trial: see [Ledger.Script]
	totals []total // and what they come to

	Offline []Span // when clients have no network, those of one client in order and apart
}

// Span is a while in which a client has no network. Its ends happen before actions
// of the same instant.
type Span struct {
	Client   uint8
	From, To time.Duration // To is 0 if it never ends
}

// Action returns the action numbered n, from 1. Numbers above [MaxActions] are
// those of errands, which only the script of a trial has, behind its actions: see
// [Ledger.Script].
func (s *Script) Action(n int) *Action { return &s.Actions[:n][n-1] }

// Views returns the places, in [Ledger].Views, of the screens and persons that
// the user has to do with, one bit each. There is one at least.
func (s *Script) Views() (set FieldSet) {
	for i := range s.Actions {
		a := &s.Actions[i]
		if a.Do != Close {
			set = set.With(a.View())
		}
		for p := 1; a.Lists && p < s.Givens(); p++ {
			set = set.With(a.View() + p)
		}
	}
	if set == 0 {
		set = 1
	}
	return set
}

// First returns the view of the first action, in the words of [Action.View]: to close a
// client is on none.
func (s *Script) First() int {
	for i := range s.Actions {
		if a := &s.Actions[i]; a.Do != Close {
			return a.View()
		}
	}
	return 0
}

// Clients returns how many clients the user has to do with.
func (s *Script) Clients() int {
	n := 1
	for i := range s.Actions {
		n = max(n, int(s.Actions[i].Client)+1)
	}
	return n
}

// Where says on which client an action is done and whom it is about, as far as
// the script has several of them: "client 2", "person 3 on client 1", "".
func (s *Script) Where(a *Action) string {
	clients, persons := s.Clients() > 1, false
	for i := range s.Actions {
		persons = persons || s.Actions[i].Person != 0
	}
	persons = persons && !a.Lists
	client, person := "client "+itoa(int(a.Client)+1), "person "+itoa(int(a.Person)+1)
	switch {
	case clients && persons:
		return person + " on " + client
	case clients:
		return client
	case persons:
		return person
	}
	return ""
}

// Later reports whether, by the clocks of their clients, a was not written
// before b.
func (s *Script) Later(a, b Writer) bool {
	n, m := a.Action(), b.Action()
	if n < 1 || m < 1 || s.Skew == ([MaxClients]time.Duration{}) {
		return n >= m // later presses have higher numbers
	}
	x, y := s.Action(n), s.Action(m)
	at, than := x.At+s.Skew[x.Client], y.At+s.Skew[y.Client]
	return at > than || at == than && n >= m
}

// Value returns the value that w gave field f. Nobody's value is -1, which no
// ValueID has.
func (s *Script) Value(w Writer, f int) int {
	if n := w.Action(); n > 0 {
		a := &s.Actions[n-1]
		if w.ByServer() {
			return int(a.Saved[f])
		}
		return int(a.Values[f])
	}
	switch {
	case w == Nobody:
		return -1
	case w == Given:
		return int(s.GivenValues[f])
	case w.WasGiven():
		return int(s.Beside[w.person()-1].Values[f])
	}
	return s.sum(w, f)
}

// Kept returns the writer of field f once the server has saved action n.
func (s *Script) Kept(n, f int) Writer {
	if s.Actions[n-1].Saves.Has(f) {
		return SavedBy(n)
	}
	return By(n)
}

// fields returns the set of those that there are.
func (s *Script) fields() FieldSet { return 1<<len(s.Fields) - 1 | 1<<Permissions }

// FieldName returns the name of field f.
func (s *Script) FieldName(f int) string {
	if f == Permissions {
		return "permissions"
	}
	return s.Fields[f]
}

// Copy returns a copy of s of which the actions and the network may be changed.
func (s *Script) Copy() *Script {
	c := *s
	c.Actions = slices.Clone(s.Actions)
	return &c
}

// Unpinned returns a copy of s in which every latency is left to chance, as
// the odds want it. What the script says of refusals and losses stays.
func (s *Script) Unpinned() *Script {
	c := s.Copy()
	for i := range c.Actions {
		c.Actions[i].Up, c.Actions[i].Down, c.Actions[i].Processing = Unpinned, Unpinned, 0
	}
	return c
}

// Drawn returns a copy of s in which all that luck draws of times for the first
// attempt at each action is pinned: a trial of it with that seed is the same,
// whatever the strategy, and each of its latencies can be changed by itself.
func (s *Script) Drawn(seed uint64) *Script {
	c, net, luck := s.Copy(), &s.Network, newLuck(seed)
	for i := range c.Actions {
		a := &c.Actions[i]
		if a.Do == Close {
			continue
		}
		f := fortune{luck: luck.of(a.Number, 1)}
		net.pin(&f, a, a.Do)
		a.Up, a.Down = f.up, f.down
		if a.Processing == 0 {
			a.Processing = net.processing(a.Do).draw(f.luck, drawProcessing)
		}
	}
	return c
}

// Certain returns a copy of s in which besides what [Script.Drawn] pins it is
// pinned what chance does to the first attempt at each action: that it is lost,
// delivered twice, or refused with 500. Chance has nothing left to do but to
// later attempts.
func (s *Script) Certain(seed uint64) *Script {
	c, net, luck := s.Drawn(seed), &s.Network, newLuck(seed)
	for i := range c.Actions {
		a := &c.Actions[i]
		if a.Do == Close {
			continue
		}
		from := luck.of(a.Number, 1)
		switch {
		case from.chance(drawLostUp, net.Loss):
			a.Lose = Uplink
		case a.Lose == NoLeg && from.chance(drawLostDown, net.Loss):
			a.Lose = Downlink
		}
		a.Twice = a.Twice || from.chance(drawDuplicate, net.Duplicates)
		if a.Status == 0 && from.chance(drawError, net.Errors) {
			a.Status = 500
		}
	}
	return c
}
