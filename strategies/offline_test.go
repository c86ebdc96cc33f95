package strategies_test

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit/property"
	"photofinish/sim"
	clever "photofinish/sim/explore"
	"photofinish/sim/judge"
)

// offline presses what is named on a given person, a second between two, with spans
// of client 1.
func offline(what string, spans ...sim.Span) *sim.Script {
	s := press(what)
	s.Given, s.GivenSets, s.GivenValues[0] = true, 1, 1
	for i := range s.Actions {
		s.Actions[i].At = time.Duration(i+1) * time.Second
	}
	s.Offline = spans
	return s
}

// span is one of client 1, in seconds.
func span(from, to float64) sim.Span {
	return sim.Span{From: time.Duration(from * float64(time.Second)), To: time.Duration(to * float64(time.Second))}
}

// The classes are counted by hand.
func TestOrdersOffline(t *testing.T) {
	for _, c := range []struct {
		name     string
		script   *sim.Script
		strategy string
		classes  int64
		bad      int64
	}{
		{"answered; landed, answer lost; lost", offline("update", span(2, 3)), "naive", 3, 1},
		{"and never back", offline("update", span(2, 0)), "naive", 3, 1},
		{"fails", offline("update", span(0.5, 3)), "naive", 1, 1},
		{"waits", offline("update", span(0.5, 3)), "outbox", 1, 0},
		{"waits for ever", offline("update", span(0.5, 0)), "outbox", 1, 1},
		{"tried again before it is back, or after", offline("update", span(0.5, 3)), "retry", 3, 0},
		// answered; landed, and answered again or not (the first answer is lost); lost, and sent again
		{"sent again", offline("update", span(2, 3)), "outbox", 3, 0},
	} {
		r := new(clever.Explorer).Count(context.Background(), c.script, named(c.strategy, c.script), clever.Bounds{})
		if !r.Complete || r.Classes != c.classes || r.Bad() != c.bad {
			t.Errorf("%s: %d classes under %s, of which %d are bad, want %d, %d", c.name, r.Classes, c.strategy, r.Bad(), c.classes, c.bad)
		}
	}
}

// A schedule names the ends of spans, and is brought about by times.
func TestScheduleOffline(t *testing.T) {
	for _, c := range []struct {
		script   *sim.Script
		schedule string
	}{
		{offline("update", span(2, 3)), "u1 off@1 on@1"},
		{offline("update update", span(1.5, 0)), "u1 u1> off@1 u2"},
		{offline("update", span(0.5, 0)), "off@1 u1"},
	} {
		var e clever.Explorer
		strategy := named("naive", c.script)
		found, complete := e.Shortest(context.Background(), c.script, strategy, clever.Bounds{})
		if c.schedule == "u1 u1> off@1 u2" {
			found = &clever.Counterexample{Schedule: clever.ParseSchedule(c.schedule), Verdict: judge.Wrong}
		}
		if !complete || found == nil || found.Schedule.String() != c.schedule {
			t.Errorf("the shortest is %+v, want %s", found, c.schedule)
			continue
		}
		pinned, ok := clever.Pin(c.script, strategy, found.Schedule)
		if !ok {
			t.Errorf("no times for %s", c.schedule)
			continue
		}
		var w sim.World
		var j judge.Judge
		if got := j.Judge(pinned, w.Run(pinned, strategy, 1, sim.Options{})); got.Verdict != found.Verdict {
			t.Errorf("%s in time ends %v, want %v", c.schedule, got.Verdict, found.Verdict)
		}
	}
}

// Chance finds nothing that orders do not, also where the server takes time: what it
// is at work at when a client goes offline is not lost.
func TestChanceFindsNothingNewOffline(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s := anyScript(t, 3)
		name := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy").Name
		calm(s, name)
		timed(t, s)
		s = s.Unpinned()
		net := &s.Network
		net.Loss, net.Duplicates, net.Errors, net.Processing = 0, 0, 0, net.Down
		net.Torn = rapid.IntRange(0, 3).Draw(t, "torn") == 0
		from := time.Duration(rapid.IntRange(0, 20).Draw(t, "from")) * 10 * time.Millisecond
		s.Offline = []sim.Span{{From: from, To: from + time.Duration(rapid.IntRange(1, 20).Draw(t, "for"))*10*time.Millisecond}}
		strategy, ends, n := named(name, s), map[string]bool{}, 0
		for c := range new(clever.Explorer).Classes(s, strategy) {
			if n++; n > 10_000 {
				return
			}
			ends[end(s, c.Ledger, c.Judged)] = true
		}
		var w sim.World
		var j judge.Judge
		for seed := range uint64(80) {
			l := w.Run(s, strategy, seed, sim.Options{})
			if got := end(s, l, j.Judge(s, l)); !ends[got] {
				t.Fatalf("%s, offline %v, under %s, seed %d: ends %s, and no order does: %v", written(s), s.Offline, name, seed, got, ends)
			}
		}
	})
}
