package lesson

import (
	"context"
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
	for _, l := range lessons.All() {
		book := Open(l)
		for n := range l.Steps {
			s := &l.Steps[n]
			if book.questions[n] == nil {
				continue
			}
			if err := book.Prepare(context.Background(), n); err != nil {
				t.Fatal(err)
			}
			truth, _ := book.truths.get(n)
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

// TestTurned: of a lane that loses, seen is not before decided, and what turns it does:
// the same clicks, and one thing otherwise.
func TestTurned(t *testing.T) {
	ways, decided := 0, 0
	for _, l := range testkit.Some(lessons.All(), 6) {
		book := Open(l)
		for n := range l.Steps {
			if book.questions[n] == nil {
				continue
			}
			if err := book.Prepare(context.Background(), n); err != nil {
				t.Fatal(err)
			}
			truth, _ := book.truths.get(n)
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
	for _, l := range lessons.All() {
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
	take(t, LookAgain(lessons.All()[3], 3), true)
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
