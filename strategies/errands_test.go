package strategies_test

import (
	"context"
	"testing"
	"time"

	"photofinish/sim"
	clever "photofinish/sim/explore"
)

// errands presses what is named on a given person, on a network of some habits.
func errands(what string, n sim.Network) *sim.Script {
	s := press(what)
	s.Given, s.GivenSets, s.GivenValues[0] = true, 1, 1
	for i := range s.Actions {
		s.Actions[i].At = time.Duration(i+1) * time.Second
	}
	s.Network = n
	return s
}

// The classes are counted by hand.
func TestOrdersOfErrands(t *testing.T) {
	for _, c := range []struct {
		name     string
		script   *sim.Script
		strategy string
		classes  int64
		bad      int64
	}{
		{"reread", errands("update", sim.Network{Reread: true}), "naive", 1, 0},
	} {
		r := new(clever.Explorer).Count(context.Background(), c.script, named(c.strategy, c.script), clever.Bounds{})
		if !r.Complete || r.Classes != c.classes || r.Bad() != c.bad {
			t.Errorf("%s: %d classes under %s, of which %d are bad, want %d, %d", c.name, r.Classes, c.strategy, r.Bad(), c.classes, c.bad)
		}
	}
}
