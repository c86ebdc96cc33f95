package strategies_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/sim"
	clever "photofinish/sim/explore"
	"photofinish/sim/judge"
)

// The clever explorer is held against the dumb one where the world has more in it than
// clicks and messages: the same orders, classes and ends, whatever of it comes together.
func TestExplorerOfTheWorldAgainstTheDumbOne(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s, name := worldly(t, 3)
		againstTheDumbOne(t, s, name, named(name, s))
	})
}

// What they have once differed in, as small as it gets.
func TestWorldsAgainstTheDumbOne(t *testing.T) {
	lag := sim.Network{Lag: sim.Latency{Dist: sim.Constant, A: 1}}
	for _, c := range []struct {
		script   *sim.Script
		strategy string
	}{
		// u2 asks in vain for ever, and what u1 wrote would never be visible, for nobody
		// reads it: that is an end.
		{offlineOn(lag, "update update", span(1.5, 3)), "polling"},
		// Client 2 goes away before client 1 polls, in between, or last: that makes all quiet.
		{goesAway(errands("delete", sim.Network{Poll: time.Second})), "naive"},
		// What u2 wrote becomes visible before client 2 asks for it again, or after, whatever
		// news of it there are for client 1.
		{two(errands("fetch update", sim.Network{Lag: lag.Lag, Reread: true, Push: true})), "naive"},
		// So it does before the read that follows the second attempt, whatever followed the first.
		{refusedOnce(errands("update", sim.Network{Lag: lag.Lag, Reread: true})), "retry"},
		// While f1 waits for the worker who reads for a poll, not all is quiet.
		{cutOff(errands("fetch", sim.Network{Poll: time.Second, Fifo: true, Workers: 1, Processing: sim.Latency{A: 1}}), span(2, 3)), "naive"},
	} {
		againstTheDumbOne(t, c.script, c.strategy, named(c.strategy, c.script))
	}
}

// refusedOnce lets the first attempt at the first action fail.
func refusedOnce(s *sim.Script) *sim.Script {
	s.Actions[0].Status = 500
	return s
}

// goesAway lets the first action be that client 2 closes.
func goesAway(s *sim.Script) *sim.Script {
	s.Actions[0].Do, s.Actions[0].Client = sim.Close, 1
	return s
}

// cutOff takes the network away from client 1 for some time.
func cutOff(s *sim.Script, spans ...sim.Span) *sim.Script {
	s.Offline = spans
	return s
}

// offlineOn is offline on a network of some habits.
func offlineOn(n sim.Network, what string, spans ...sim.Span) *sim.Script {
	s := offline(what, spans...)
	s.Network = n
	return s
}

// Nor does chance find anything there that the explorer does not.
func TestChanceFindsNothingNewInTheWorld(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s, name := worldly(t, 4)
		leg, err := sim.NewLatency(sim.Exponential, 0, time.Duration(rapid.IntRange(1, 200).Draw(t, "mean"))*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		s.Network.Up, s.Network.Down = leg, leg
		ends, n := map[string]bool{}, 0
		for c := range new(clever.Explorer).Classes(s, named(name, s)) {
			if ends[end(s, c.Ledger, c.Judged)] = true; n == 20_000 {
				return
			}
			n++
		}
		var w sim.World
		var j judge.Judge
		strategy := named(name, s)
		for seed := range uint64(50) {
			l := w.Run(s, strategy, seed, sim.Options{})
			if got := end(s, l, j.Judge(s, l)); !ends[got] && often(l) <= 3 {
				t.Fatalf("%s under %s, seed %d: ends %s, and no order does: %v", written(s), name, seed, got, ends)
			}
		}
	})
}

// often is how often a client has polled: orders know of three times.
func often(l *sim.Ledger) (n int) {
	for _, a := range l.Errands {
		if a.Errand.Cause == nil {
			n = max(n, a.Errand.Count)
		}
	}
	return n
}

// Every counterexample is one there too: it replays, and times are found for it.
func TestCounterexamplesInTheWorld(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s, name := worldly(t, 3)
		counterexample(t, s, name, clever.Bounds{Classes: 20_000}) // what polls, or times out, at a fixed time cannot always be timed
	})
}

// few makes a script smaller where the server has habits of which come many orders: each
// request is then two events of it or more, and each poll another request.
func few(s *sim.Script) {
	n := &s.Network
	if lags := n.Lag != (sim.Latency{}); lags || s.Begins() {
		n.Poll, n.Reread = 0, n.Reread && lags && !s.Begins()
		if lags {
			n.Timeout = 0
		}
	}
	if s.Begins() {
		s.Actions = s.Actions[:min(2, len(s.Actions))]
	}
	if s.Begins() && n.Timeout > 0 {
		s.Actions = s.Actions[:1]
	}
}

// worldly draws a script of up to so many actions with something of what the world
// has beyond clicks and messages, and a strategy.
func worldly(t *rapid.T, most int) (*sim.Script, string) {
	s := anyScript(t, most)
	for i := range s.Actions {
		s.Actions[i].At = time.Duration(i*rapid.IntRange(0, 3).Draw(t, "gap")) * 100 * time.Millisecond
	}
	slices.SortStableFunc(s.Actions, func(a, b sim.Action) int { return int(a.At - b.At) })
	for i := range s.Actions {
		s.Actions[i].Number = i + 1
	}
	name := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy").Name
	if strings.Contains(name, "implicit") {
		name = "naive"
	}
	calm(s, name)
	testkit.Worldly(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "of the world") }, s, testkit.Built)
	few(s)
	if s.Network.Poll > 0 {
		s.Actions, s.Network.Timeout = s.Actions[:1], 0
	}
	return s, name
}
