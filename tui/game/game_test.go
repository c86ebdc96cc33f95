package game

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
)

// TestGame plays at random: each pick is a step, what is taken back was never
// there, and the order that was picked can be made to happen by its names.
func TestGame(t *testing.T) {
	testkit.Random(t, func(t *testing.T, luck *rand.Rand) {
		for _, name := range []string{"create-then-two-updates", "timeout", "retry-overtaken", "three-waiters"} {
			for _, strategy := range []string{"naive", "action-queue", "polling", "retry"} {
				t.Run(name+"/"+strategy, func(t *testing.T) { atRandom(t, luck, name, strategy) })
			}
		}
	})
}

// begin returns a scenario of the catalogue, and a game of a strategy.
func begin(t *testing.T, scenario, strategy string) (*scenarios.Scenario, *Game) {
	t.Helper()
	s, err := scenarios.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	e := testkit.Strategy(t, strategy)
	return s, New(e.For, 1)
}

func atRandom(t *testing.T, luck *rand.Rand, name, strategy string) {
	s, g := begin(t, name, strategy)
	g.Open(Turn{Script: Certain(s.Script, nil)})
	for range 200 {
		if g.Now.Over() {
			break
		}
		was, pick := g.Now, luck.IntN(len(g.Now.Next))
		do := []func(int) error{g.Pick, g.Pick, g.Lose, g.Fail}[luck.IntN(4)]
		if do(pick) != nil {
			do = g.Pick // not every message can be lost, or refused
			if err := do(pick); err != nil {
				t.Fatalf("%v after %v cannot be picked: %v", was.Next[pick], g.Turn().Choices, err)
			}
		}
		if g.Now.Steps != was.Steps+1 || len(g.Now.Step) != len(g.Now.Events) {
			t.Fatalf("%d steps behind %d, of %d events %d have one", g.Now.Steps, was.Steps, len(g.Now.Events), len(g.Now.Step))
		}
		now := g.Now
		if !g.Back() || !reflect.DeepEqual(g.Now.Events, was.Events) || !reflect.DeepEqual(g.Now.Next, was.Next) {
			t.Fatalf("taken back after %v, something is left of it", g.Turn().Choices)
		}
		if err := do(pick); err != nil || !reflect.DeepEqual(g.Now.Events, now.Events) {
			t.Fatalf("picked again, something else happens: %v", err)
		}
	}
	if g.Finish(); !g.Now.Over() {
		t.Fatalf("it does not end: %v", g.Turn().Choices)
	}
	choices, names := g.Turn().Choices, g.Schedule()
	if again := g.InOrder(g.Turn().Script, names); len(names) == len(choices) && !slices.Equal(again, choices) {
		t.Errorf("%v by name is %v", choices, again)
	}
	for g.Back() {
	}
	if len(g.Turn().Choices) != 0 || len(g.Now.Events) != 0 {
		t.Errorf("at the beginning %d events have happened", len(g.Now.Events))
	}
}

// TestHappened: what has happened by an instant can be chosen to happen.
func TestHappened(t *testing.T) {
	s, g := begin(t, "create-then-two-updates", "naive")
	before := -1
	for by := time.Duration(0); by <= time.Second; by += 10 * time.Millisecond {
		script, choices := g.Happened(s.Script, by)
		if len(choices) < before {
			t.Fatalf("by %v fewer things have happened than before", by)
		}
		before = len(choices)
		if before == 0 {
			continue
		}
		if g.Open(Stepwise(script, choices)...); len(g.Turns) != before || g.Now.Over() && before < 5 {
			t.Errorf("by %v, of %d choices %d are turns; over: %v", by, before, len(g.Turns), g.Now.Over())
		}
	}
	if before != 5 || !g.Now.Over() { // three presses, of which two are dropped, a request and its answer
		t.Fatalf("in the end %d things have happened; over: %v", before, g.Now.Over())
	}
	if g.Pick(0) == nil || g.Lose(0) == nil || g.Fail(0) == nil {
		t.Error("something can be picked, lost or refused when all is over")
	}
}

// Of a request that is lost nothing arrives.
func TestLose(t *testing.T) {
	s, g := begin(t, "create-then-update", "naive")
	g.Open(Turn{Script: Certain(s.Script, nil)})
	if g.Lose(0) == nil || g.Fail(0) == nil {
		t.Error("a press of the user's can be lost, or refused")
	}
	for g.Now.Next[0].Choice.What == sim.UserActs {
		if err := g.Pick(0); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.Lose(0); err != nil || len(g.Turn().Losses) != 1 {
		t.Fatalf("losses %v, %v", g.Turn().Losses, err)
	}
	g.Finish()
	if slices.ContainsFunc(g.Now.Events, func(e sim.Event) bool { return e.Kind == sim.EventArrive && e.Request.Actions[0] == 1 }) {
		t.Error("what was lost arrives")
	}
}
