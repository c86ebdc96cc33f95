package report

import (
	"context"
	"slices"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/strategies"
)

func small(t *testing.T, name string, atMost float64) *Matrix {
	t.Helper()
	s, err := scenarios.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	es := strategies.Catalogue.Group("all")
	m, err := Run(context.Background(), []*scenarios.Scenario{s}, es, Options{Seed: 1, Trials: 400, Workers: 2, AtMost: atMost})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Of those that are compared all are eligible and hardly louder than the least loud; on
// the frontier is who is beaten by nobody, and of the others each is beaten.
func TestFrontier(t *testing.T) {
	for _, c := range []struct {
		name   string
		atMost float64
	}{{"create-then-two-updates", 0}, {"create-then-two-updates", 0.15}, {"failure-first", 0}, {"two-tabs", 0}} {
		m := small(t, c.name, c.atMost)
		for _, kind := range CostKinds {
			f := m.Frontier(0, kind)
			compared, others := f.Compared()
			if len(compared)+len(others) != len(m.Strategies) || len(others) == 0 {
				t.Errorf("%s, %s: %d and %d of %d", c.name, kind.Name, len(compared), len(others), len(m.Strategies))
			}
			least, best := 1., 0
			for _, p := range compared {
				least = min(least, p.Loud)
			}
			for _, p := range f.Points {
				j := slices.IndexFunc(m.Strategies, func(e strategies.Entry) bool { return e.Name == p.Strategy })
				if want := m.Eligible(0, j) && p.Known && p.Loud <= least+f.AtMost; want != (p.Why == Within) {
					t.Errorf("%s, %s: %s is %v", c.name, kind.Name, p.Strategy, p.Why)
				}
				if beaten := slices.ContainsFunc(compared, func(o Point) bool {
					return o.Bad <= p.Bad && o.Cost <= p.Cost && (o.Bad < p.Bad || o.Cost < p.Cost)
				}); p.Why == Within && beaten == p.Best || p.Why != Within && p.Best {
					t.Errorf("%s, %s: %s is on the frontier: %v", c.name, kind.Name, p.Strategy, p.Best)
				}
				if p.Best {
					best++
				}
			}
			if best == 0 && len(compared) > 0 {
				t.Errorf("%s, %s: nobody is on the frontier", c.name, kind.Name)
			}
		}
	}
	if m := small(t, "create-then-two-updates", 0.15); !slices.ContainsFunc(m.Frontier(0, CostKinds[0]).Points, func(p Point) bool {
		return p.Why == Within && !p.State.Safe()
	}) {
		t.Error("--at-most widens nothing")
	}
}

// The point as it is has the figures of the table, of the same trials or, in a report,
// of more.
func TestAsItIsIsTheTable(t *testing.T) {
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	es := []strategies.Entry{testkit.Strategy(t, "naive"), testkit.Strategy(t, "polling"), testkit.Strategy(t, "debounce")}
	o := Options{Seed: 5, Trials: 300, Workers: 2}
	m, err := Run(context.Background(), []*scenarios.Scenario{s}, es, o)
	if err != nil {
		t.Fatal(err)
	}
	few := o
	few.Trials = 60
	for _, draw := range []func(Options) (*Curves, error){
		func(o Options) (*Curves, error) { return GapCurves(context.Background(), s, es, 3, o) },
		func(o Options) (*Curves, error) { return LatencyCurves(context.Background(), s, es, o) },
	} {
		whole, err := draw(o)
		if err != nil {
			t.Fatal(err)
		}
		tabled, err := draw(few)
		if err != nil {
			t.Fatal(err)
		}
		tabled.Tabled(m, 0)
		now := whole.AsItIs()
		for j := range es {
			cell := m.Cell(0, j)
			low, high := cell.Interval()
			for _, c := range []*Curves{whole, tabled} {
				curve := &c.Curves[j]
				if curve.Bad[now] != cell.Share(cell.Bad()) || curve.Low[now] != low || curve.High[now] != high || c.TrialsAt(curve, now) != 300 {
					t.Errorf("%s: %s has %v as it is, and %v in the table", c.Title, curve.Strategy, curve.Bad[now], cell.Share(cell.Bad()))
				}
			}
			if n := tabled.TrialsAt(&tabled.Curves[j], now+1); n != 60 {
				t.Errorf("%s: the next point has %d trials", tabled.Title, n)
			}
		}
		if tabled.Command != whole.Command {
			t.Errorf("the command is %s, not %s", tabled.Command, whole.Command)
		}
	}
}
