package lesson

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// TestOneScript: what a reveal shows has the same clicks at the same times and the same
// latencies in all of its lanes, but for worlds; no click is left out; and whoever can
// lose does so in one of the scenes.
func TestOneScript(t *testing.T) {
	for _, book := range shelf() {
		l := book.Lesson
		for n := range l.Steps {
			s := &l.Steps[n]
			if book.questions[n] == nil {
				continue
			}
			truth := known(t, book, n)
			lost := map[int]bool{}
			for k, scene := range truth.Scenes {
				if len(scene) != len(truth.Lanes) {
					t.Fatalf("%s, step %d: scene %d has %d lanes", l.Name, n, k, len(scene))
				}
				first := scene[0].Trial
				for i := range scene {
					f := &scene[i]
					lost[i] = lost[i] || f.Loses()
					a, b := first.Script.Drawn(first.Seed), f.Trial.Script.Drawn(f.Trial.Seed)
					if len(s.Worlds) == 0 && !slices.EqualFunc(a.Actions, b.Actions, func(a, b sim.Action) bool { return a.At == b.At && a.Up == b.Up && a.Down == b.Down }) {
						t.Errorf("%s, step %d, scene %d: %s has another script than %s", l.Name, n, k, f.Name, scene[0].Name)
					}
					if len(f.Trial.Script.Actions) != len(s.Scenario.Script.Actions) {
						t.Errorf("%s, step %d, scene %d: a click is left out", l.Name, n, k)
					}
				}
			}
			for i := range truth.Lanes {
				if f := &truth.Lanes[i]; f.Bad != lost[i] {
					t.Errorf("%s, step %d: %s can lose: %v, and is seen to: %v", l.Name, n, f.Name, f.Bad, lost[i])
				}
			}
		}
	}
}

// TestMoved: where a reveal shows the clicks at other times than the question has them, it
// says at which, and only there.
func TestMoved(t *testing.T) {
	moved, stayed := 0, 0
	for _, book := range shelf() {
		l := book.Lesson
		for n := range l.Steps {
			s := &l.Steps[n]
			if q := book.questions[n]; q == nil || !asksOrders(s) || len(s.Worlds) > 0 {
				continue
			}
			truth := known(t, book, n)
			for i := range truth.Lanes {
				f, want := &truth.Lanes[i], ""
				if f.Trial.Ordered {
					continue
				}
				for k, a := range f.Trial.Script.Actions {
					if was := s.Scenario.Script.Actions[k].At; a.At != was {
						want += fmt.Sprintf(", %s at %d ms", a.Label(), a.At.Milliseconds())
					}
				}
				if says := f.Moved(s); (says == "") != (want == "") || want != "" && says != "Here the clicks come at other times: "+want[2:]+"." {
					t.Errorf("%s, step %d, %s: %q, want %q", l.Name, n, f.Name, says, want)
				}
				if want != "" {
					moved++
				} else {
					stayed++
				}
			}
		}
	}
	if moved == 0 || stayed == 0 {
		t.Errorf("%d have moved, %d have not", moved, stayed)
	}
}

// TestOnNetwork: a network has its figures, whatever they are drawn from.
func TestOnNetwork(t *testing.T) {
	for network, want := range map[string]string{
		"3g": "on 3g (half of all take over 160 ms up and 140 back, 1 in 100 over 1500)",
		"{uplink: {exponential: 120ms}, downlink: {exponential: 80ms}}":                                                    "on this network (120 ms up and 80 back on average, now and then 500)",
		"{uplink: {constant: 20ms}, downlink: {constant: 30ms}}":                                                           "on this network (20 ms up and 30 back, always)",
		"{uplink: {uniform: {from: 20ms, to: 40ms}}, downlink: {uniform: {from: 10ms, to: 90ms}}}":                         "on this network (20 to 40 ms up, 10 to 90 ms back)",
		"{uplink: {exponential: 100ms}, downlink: {constant: 30ms}}":                                                       "on this network (about 100 ms up, 30 ms back, now and then 400)",
		"{uplink: {pareto: {min: 20ms, alpha: 2}}, downlink: {uniform: {from: 10ms, to: 90ms}}}":                           "on this network (at least 20 ms up, 10 to 90 ms back, now and then more)",
		"{uplink: {quantiles: {p50: 20ms, p90: 40ms, p99: 90ms}}, downlink: {quantiles: {p50: 10ms, p90: 20ms, p99: 1s}}}": "on this network (half of all take over 20 ms up and 10 back, 1 in 100 over 90)",
	} {
		s, err := scenarios.Parse("", []byte("name: a\ntitle: A\nnetwork: "+network+"\nsteps: [{at: 0, do: create, set: {name: Ada}}]\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := OnNetwork(s); got != want {
			t.Errorf("%s: %q, want %q", network, got, want)
		}
	}
}

// TestTurned: of a lane that loses, seen is not before decided, and what turns it does:
// the same clicks, and one thing otherwise.
func TestTurned(t *testing.T) {
	ways, decided := 0, 0
	for _, book := range testkit.Some(shelf(), 6) {
		l := book.Lesson
		for n := range l.Steps {
			if book.questions[n] == nil {
				continue
			}
			truth := known(t, book, n)
			for i := range truth.Scenes[0] {
				f := &truth.Scenes[0][i]
				turned, err := book.Turned(context.Background(), n, 0, i)
				if err != nil {
					t.Fatal(err)
				}
				if turned == nil || !f.Loses() {
					continue
				}
				if turned.Decided >= 0 {
					if decided++; turned.Seen < turned.Decided {
						t.Errorf("%s, step %d: %s is seen at %d, and decided at %d", l.Name, n, f.Name, turned.Seen, turned.Decided)
					}
				}
				for k := range turned.Ways {
					w := &turned.Ways[k]
					ways++
					if got := w.Trial().Verdict; got != w.To || !explore.Mends(f.Trial.Verdict, got) || got > judge.Loud {
						t.Errorf("%s, step %d: %s: %s ends %v, and should end %v", l.Name, n, f.Name, w.Change, got, w.To)
					}
				}
			}
		}
	}
	if ways == 0 || decided == 0 {
		t.Errorf("%d ways, %d decided", ways, decided)
	}
}

// TestLookAgain: the question itself, and the same idea on another surface; of a
// prediction what its reveal says is told as well.
func TestLookAgain(t *testing.T) {
	for _, b := range shelf() {
		l := b.Lesson
		for n := range l.Steps {
			again := LookAgain(l, n)
			s := &l.Steps[n]
			if asks := s.Kind == lessons.Predict || s.Kind == lessons.Check; asks != (again != nil) {
				t.Errorf("%s, step %d: %v", l.Name, n, again)
			}
			if again == nil {
				continue
			}
			if again.Steps[0].Ask != s.Ask || l.Steps[n].Kind != s.Kind || len(again.Steps) > 3 || again.Steps[0].Kind != lessons.Check {
				t.Errorf("%s, step %d: %+v", l.Name, n, again.Steps)
			}
			for i := range again.Steps[1:] {
				if again.Steps[1+i].Ask == s.Ask {
					t.Errorf("%s, step %d: the same question once more", l.Name, n)
				}
			}
		}
	}
	take(t, Open(LookAgain(shelf()[3].Lesson, 3)), true)
}

// Of the runs that odds are made of each ends as it does alone, and the first that ends
// badly is the one that is shown.
func TestRuns(t *testing.T) {
	for _, name := range []string{"naive", "hold-outgoing"} {
		s := &lessons.Step{Kind: lessons.Predict, Answer: lessons.Odds}
		s.Scenario, _ = scenarios.Find("overlapping-updates")
		f, err := odds(t.Context(), s, name)
		if err != nil {
			t.Fatal(err)
		}
		runs := f.Runs(100)
		for i, bad := range runs[:40] {
			alone := report.Replay(s.Scenario.Name, s.Scenario.Script.Unpinned(), Entry(name), uint64(i+1))
			if alone.Verdict.Bad() != bad {
				t.Errorf("%s: run %d ends badly: %v", name, i+1, bad)
			}
		}
		if first := slices.Index(runs, true) + 1; first > 0 && uint64(first) != f.Trial.Seed {
			t.Errorf("%s: the first is run %d, and %d is shown", name, first, f.Trial.Seed)
		}
		if slices.Contains(runs, true) != (name == "naive") {
			t.Errorf("%s: %v", name, runs)
		}
	}
	if f := new(Finding); f.Runs(100) != nil {
		t.Error("there are runs of no odds")
	}
}
