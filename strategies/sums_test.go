package strategies_test

import (
	"context"
	"testing"
	"time"

	"photofinish/sim"
	clever "photofinish/sim/explore"
)

// sums lets updates of one given number add to it or set it, as they are named: "+"
// adds one, "=" sets it to five, "2+" and "2=" do so on client 2, "?" reads it.
func sums(what ...string) *sim.Script {
	s := &sim.Script{
		Fields: []string{"count"}, Values: []any{"read-only", 0.0, 1.0, 5.0},
		Given: true, GivenSets: 1, GivenValues: [sim.NumFields]sim.ValueID{1},
	}
	for i, do := range what {
		a := sim.Action{Number: i + 1, Do: sim.Update, At: time.Duration(i) * time.Second, Sets: 1, Up: sim.Unpinned, Down: sim.Unpinned}
		if do[0] == '2' {
			a.Client, do = 1, do[1:]
		}
		switch do {
		case "+":
			a.Adds, a.Values[0] = 1, 2
		case "=":
			a.Values[0] = 3
		case "?":
			a.Do, a.Sets = sim.Fetch, 0
		}
		s.Actions = append(s.Actions, a)
	}
	return s
}

// The classes are counted by hand: two saves of one client overlap in 4 of 5, and in 2
// of these the older lands last.
func TestOrdersOfSums(t *testing.T) {
	twice := sums("+")
	twice.Actions[0].Twice = true
	again := sums("+")
	again.Network.Timeout = time.Second
	for _, c := range []struct {
		name         string
		script       *sim.Script
		strategy     string
		classes, bad int64
	}{
		{"in whatever order, both count", sums("+", "+"), "naive", 5, 0},
		{"and of three", sums("+", "+", "+"), "naive", 57, 0},
		{"an older one is set over it", sums("=", "+"), "naive", 5, 2},
		{"an older one is added to it", sums("+", "="), "naive", 5, 2},
		{"one at a time", sums("=", "+"), "hold-outgoing", 2, 0},
		{"beside another client's", sums("+", "2+"), "naive", 2, 0},
		// u1> u2> is a loss, whatever client 1 has heard; u2> u1> is none: it is added to what was set
		{"under what another client sets", sums("+", "2="), "naive", 2, 1},
		{"delivered twice: the copy comes second", twice, "naive", 1, 1},
		// one patch; of two, the first answer comes before the second leaves (2) or after (2 × 2)
		{"a patch of two, or one each", sums("+", "+"), "debounce", 7, 0},
		{"heard, or given up", again, "naive", 2, 0},
	} {
		r := new(clever.Explorer).Count(context.Background(), c.script, named(c.strategy, c.script), clever.Bounds{})
		if !r.Complete || r.Classes != c.classes || r.Bad() != c.bad {
			t.Errorf("%s: %d classes under %s, of which %d are bad, want %d, %d", c.name, r.Classes, c.strategy, r.Bad(), c.classes, c.bad)
		}
	}
}
