package strategies_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit/property"
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

// two lets the second action be one of client 2.
func two(s *sim.Script) *sim.Script {
	s.Actions[1].Client = 1
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
		// u1> f2>: the fetch is pressed before u1> (2: its answer or the news comes first), or
		// behind it (3: the news comes before it, before its answer, or behind that). f2> u1>:
		// its answer comes before u1>, before the news, or behind them and shows less (3).
		{"news and a fetch", two(errands("update fetch", sim.Network{Push: true})), "naive", 8, 1},
	} {
		r := new(clever.Explorer).Count(context.Background(), c.script, named(c.strategy, c.script), clever.Bounds{})
		if !r.Complete || r.Classes != c.classes || r.Bad() != c.bad {
			t.Errorf("%s: %d classes under %s, of which %d are bad, want %d, %d", c.name, r.Classes, c.strategy, r.Bad(), c.classes, c.bad)
		}
	}
}

// News of what one client saves reaches the other before or after it presses: the dumb
// explorer and chance find the same ends as the clever one.
func TestOrdersOfNews(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"update", "update", "fetch", "delete"}), 2, 3).Draw(t, "actions")
		leg, err := sim.NewLatency(sim.Exponential, 0, 100*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		s := errands(strings.Join(words, " "), sim.Network{Push: true, Up: leg, Down: leg})
		for i := range s.Actions {
			s.Actions[i].Client, s.Actions[i].At = uint8(rapid.IntRange(0, 1).Draw(t, "client")), time.Duration(i)*60*time.Millisecond
		}
		name := rapid.SampledFrom([]string{"naive", "overlay", "hold-outgoing", "ignore-stale", "if-match"}).Draw(t, "strategy")
		againstTheDumbOne(t, s, name, named(name, s))
		chanceFindsNothingElse(t, s, name, 50)
	})
}
