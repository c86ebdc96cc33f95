package strategies_test

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit/property"
	"photofinish/sim"
	clever "photofinish/sim/explore"
	"photofinish/sim/judge"
)

// every tries each millisecond in all directions: what [clever.Margin] and
// [clever.Ways] must find without.
func every(s *sim.Script, strategy sim.Strategy, seed uint64, within time.Duration, wanted func(from, to judge.Verdict) bool) (all []clever.Way) {
	var w sim.World
	var j judge.Judge
	pinned := s.Drawn(seed)
	run := func() judge.Verdict { return j.Judge(pinned, w.Run(pinned, strategy, seed, sim.Options{})).Verdict }
	from := run()
	try := func(n int, leg sim.Leg, at *time.Duration, sign, least, most time.Duration) {
		was := *at
		defer func() { *at = was }()
		for d := time.Millisecond; d <= within && least <= was+sign*d && was+sign*d <= most; d += time.Millisecond {
			*at = was + sign*d
			if to := run(); wanted(from, to) {
				all = append(all, clever.Way{By: sign * d, Action: n, Leg: leg, From: from, To: to})
				return
			}
		}
	}
	for n := 1; n <= len(pinned.Actions); n++ {
		a := pinned.Action(n)
		least, most := time.Duration(0), time.Duration(sim.MaxLatency)
		if n > 1 {
			least = pinned.Action(n - 1).At
		}
		if n < len(pinned.Actions) {
			most = pinned.Action(n + 1).At
		}
		for _, sign := range []time.Duration{1, -1} {
			try(n, sim.Uplink, &a.Up, sign, 0, sim.MaxLatency)
		}
		for _, sign := range []time.Duration{1, -1} {
			try(n, sim.Downlink, &a.Down, sign, 0, sim.MaxLatency)
		}
		for _, sign := range []time.Duration{1, -1} {
			try(n, sim.NoLeg, &a.At, sign, least, most)
		}
	}
	slices.SortStableFunc(all, func(a, b clever.Way) int {
		return cmp.Or(cmp.Compare(max(a.By, -a.By), max(b.By, -b.By)), cmp.Compare(a.To, b.To))
	})
	return all
}

// timed gives a script clicks and latencies: round ones, which often meet, and drawn ones.
func timed(t *rapid.T, s *sim.Script) {
	at := time.Duration(0)
	tens := func(most int, what string) time.Duration {
		return time.Duration(rapid.IntRange(0, most).Draw(t, what)) * 10 * time.Millisecond
	}
	s.Network.Up, _ = sim.NewLatency(sim.Exponential, 0, 120*time.Millisecond)
	s.Network.Down, _ = sim.NewLatency(sim.Exponential, 0, 80*time.Millisecond)
	for i := range s.Actions {
		a := &s.Actions[i]
		at += tens(9, "later")
		a.At = at
		if rapid.Bool().Draw(t, "pinned") {
			a.Up, a.Down = tens(20, "up"), tens(20, "down")
		}
	}
	if rapid.IntRange(0, 4).Draw(t, "connections") == 0 {
		s.Network.Connections = 1
	}
	if rapid.IntRange(0, 1).Draw(t, "in order") == 0 {
		s.Network.Fifo = true
	}
	if rapid.IntRange(0, 1).Draw(t, "busy") == 0 {
		s.Network.Processing, s.Network.Workers = s.Network.Down, rapid.IntRange(0, 2).Draw(t, "workers")
	}
	if rapid.IntRange(0, 3).Draw(t, "offline") == 0 {
		from := tens(20, "from")
		s.Offline = []sim.Span{{From: from, To: from + 10*time.Millisecond + tens(20, "for")}}
	}
	if rapid.IntRange(0, 4).Draw(t, "lossy") == 0 {
		s.Network.Loss, s.Network.Duplicates, s.Network.Errors = 0.1, 0.1, 0.1
	}
}

// The ways that are found by looking where events meet are those that are found by
// trying every millisecond, and so is the margin.
func TestWaysAgainstTheDumbOnes(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s := anyScript(t, 4)
		timed(t, s)
		name := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy").Name
		seed := rapid.Uint64Range(1, 1000).Draw(t, "seed")
		againstEvery(t, s, name, seed)
	})
}

// A request that waits on its link for another one does not move, until it is late
// enough to be the one that is waited for.
func TestWaysBehindAnother(t *testing.T) {
	s := press("update fetch")
	pin(s, 1, 0, 100, 10)
	pin(s, 2, 10, 20, 10)
	s.Network.Fifo, s.Network.Timeout = true, 300*time.Millisecond
	againstEvery(t, s, "callbacks", 1)
	if ways := clever.Ways(context.Background(), s, named("callbacks", s), 1); !slices.ContainsFunc(ways, func(w clever.Way) bool { return w.Action == 2 && w.Leg == sim.Uplink }) {
		t.Errorf("%+v: f2 is never too late", ways)
	}
}

// A click turns a trial where its stamp meets another client's, or has passed it, though
// nothing else happens then.
func TestWaysPastAStamp(t *testing.T) {
	for _, c := range []struct {
		at   int // when u3 is pressed, which stands from 1,000 ms on
		want clever.Way
	}{
		{200, clever.Way{By: 800 * time.Millisecond, Action: 3, From: judge.Wrong, To: judge.OK}},
		{1010, clever.Way{By: -11 * time.Millisecond, Action: 3, From: judge.OK, To: judge.Wrong}},
		{1500, clever.Way{By: -501 * time.Millisecond, Action: 3, From: judge.OK, To: judge.Wrong}},
	} {
		s := press("update update update")
		s.Given, s.Network.Echo, s.Skew[1] = true, true, time.Second
		s.Actions[0].Client = 1
		for n, at := range []int{0, 100, c.at} {
			pin(s, n+1, at, 10, 10)
		}
		againstEvery(t, s, "last-write-wins", 1)
		if ways := clever.Ways(context.Background(), s, named("last-write-wins", s), 1); !slices.Contains(ways, c.want) {
			t.Errorf("u3 at %d ms: %+v has no %+v", c.at, ways, c.want)
		}
	}
}

func againstEvery(t interface{ Fatalf(string, ...any) }, s *sim.Script, name string, seed uint64) {
	strategy := named(name, s)
	want := every(s, strategy, seed, clever.FlipWithin, clever.Mends)
	if got := clever.Ways(context.Background(), s, strategy, seed); !slices.Equal(got, want) {
		t.Fatalf("%s under %s, seed %d:\n got %+v\nwant %+v", written(s), name, seed, got, want)
	}
	turned := every(s, strategy, seed, clever.FlipWithin, func(from, to judge.Verdict) bool { return from != to })
	slices.SortStableFunc(turned, func(a, b clever.Way) int { // of equal ones the first that was tried, however it ends
		return cmp.Or(cmp.Compare(max(a.By, -a.By), max(b.By, -b.By)), cmp.Compare(a.Action, b.Action), cmp.Compare(turn(a), turn(b)))
	})
	if got, ok := clever.Margin(s, strategy, seed); ok != (len(turned) > 0) || ok && got != turned[0] {
		t.Fatalf("%s under %s, seed %d: margin %+v, want the first of %+v", written(s), name, seed, got, turned)
	}
}

// turn is the place of a change among those of its size and action.
func turn(w clever.Way) int {
	at := 2 * slices.Index([]sim.Leg{sim.Uplink, sim.Downlink, sim.NoLeg}, w.Leg)
	if w.By < 0 {
		at++
	}
	return at
}
