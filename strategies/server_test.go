package strategies_test

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit/property"
	"photofinish/sim"
	clever "photofinish/sim/explore"
)

// TestServerClasses counts orders of the server's habits by hand.
func TestServerClasses(t *testing.T) {
	const begun = `, isolation: none}`
	const both = "[{at: 0ms, do: update, set: {a: 1}}, {at: 1ms, do: update, set: {b: 1}}]"
	for _, c := range []struct {
		name, network, steps, strategy string
		classes, bad                   int64
	}{
		// Six orders of two begins and two ends, with the answers in either order; and u2
		// pressed once u1 is answered. Bad where one begins while the other is at work.
		{"torn", begun, both, "naive", 13, 8},
		{"torn, one at a time", begun, both, "hold-outgoing", 2, 0},
		{"not torn, one at a time", "}", both, "hold-outgoing", 2, 0},
		{"torn, one worker", `, workers: 1` + begun, both, "naive", 5, 0},
		// f2> u1>; u1> f2>; u1> u1= f2>: the answers in either order; and f2 pressed once u1
		// is answered, before or after what it wrote is visible.
		{"lag", `, lag: {constant: 1s}}`, "[{at: 0ms, do: update, set: {a: 1}}, {at: 1ms, do: fetch}]", "naive", 8, 5},
		// Dropped before the create is answered; else the read of nobody is stale, and that of
		// somebody is not.
		{"lag of a create", `, lag: {constant: 1s}}`, "[{at: 0ms, do: create, set: {a: 1}}, {at: 1ms, do: fetch}]", "naive", 3, 2},
	} {
		given := "given: {a: 0, b: 0}"
		if c.name == "lag of a create" {
			given = "about: nobody is there yet"
		}
		s := parse(t, []byte("name: x\n"+given+"\nnetwork: {uplink: {constant: 50ms}, downlink: {constant: 50ms}"+c.network+"\nsteps: "+c.steps+"\n")).Script
		r := new(clever.Explorer).Count(context.Background(), s, named(c.strategy, s), clever.Bounds{})
		if !r.Complete || r.Classes != c.classes || r.Bad() != c.bad {
			t.Errorf("%s under %s: %d classes, %d bad, want %d and %d", c.name, c.strategy, r.Classes, r.Bad(), c.classes, c.bad)
		}
	}
}

// Chance finds nothing that orders do not, whichever habit the server has, and however
// long it takes with how many workers.
func TestChanceFindsNothingNewOfServers(t *testing.T) {
	for _, c := range []struct {
		name  string
		habit sim.Habits
	}{{"lag", sim.Lags}, {"isolation", sim.Torn}, {"key-in-use", sim.UsesKeys}, {"save and read", 0}} {
		t.Run(c.name, property.MakeCheck(func(t *rapid.T) {
			s := anyScript(t, 3)
			leg, err := sim.NewLatency(sim.Exponential, 0, time.Duration(rapid.IntRange(1, 200).Draw(t, "mean"))*time.Millisecond)
			if err != nil {
				t.Fatal(err)
			}
			n := &s.Network
			n.Up, n.Down, n.Lag, n.Torn, n.KeyInUse = leg, leg, sim.Latency{}, c.habit == sim.Torn, c.habit == sim.UsesKeys
			if c.habit == sim.Lags {
				n.Lag = leg
			}
			n.Save.Processing = sim.Own{Said: rapid.Bool().Draw(t, "saves take time"), Latency: leg}
			n.Read.Up = sim.Own{Said: rapid.Bool().Draw(t, "reads take other times")}
			n.Workers = rapid.IntRange(0, 2).Draw(t, "workers")
			name := rapid.SampledFrom([]string{"naive", "action-queue", "hold-outgoing", "retry", "idempotency-key", "polling", "if-match", "overlay"}).Draw(t, "strategy")
			calm(s, name)
			if few(s); c.habit == sim.UsesKeys && name == "idempotency-key" {
				s.Actions, n.Timeout = s.Actions[:1], 300*time.Millisecond
			}
			chanceFindsNothingElse(t, s, name, 40)
		}))
	}
}
