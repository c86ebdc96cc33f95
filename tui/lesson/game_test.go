package lesson

import (
	"math/rand/v2"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
)

// breakOf returns a run of a lesson that is one break.
func breakOf(t *testing.T, step string) *Run {
	t.Helper()
	l, err := lessons.Parse("", []byte("name: a\ntitle: A\nminutes: 3\nremember: b\nsteps:\n  - break: {"+step+"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	return Open(l).Resume(State{})
}

// visible counts the events that are no mere asking.
func visible(g *Game) (n int) {
	for i := range g.Trial().Events {
		if g.Trial().Events[i].Kind != sim.EventWake {
			n++
		}
	}
	return n
}

// TestGame plays at random, and on purpose: each pick does something, what is
// lost stays lost, at the end the verdict says the same, and who picks what the
// outlook says is broken or not, as the orders allow.
func TestGame(t *testing.T) { testkit.Random(t, atRandom) }

func atRandom(t *testing.T, luck *rand.Rand) {
	for _, step := range []string{
		"scenario: create-then-update, strategies: [naive]",
		"scenario: create-then-two-updates, strategies: [action-queue]",
		"scenario: three-waiters, strategies: [polling]",
		"scenario: like-unlike-like, strategies: [naive]",
		"scenario: save-then-fetch, strategies: [naive]",
		"scenario: timeout, strategies: [polling]",
		"scenario: retry-overtaken, strategies: [retry]",
		"scenario: poisoned-chain, strategies: [promise-chain]",
		"scenario: {name: tabs, given: {text: A}, steps: [{at: 0, do: update, set: {text: B}}, {at: 50ms, client: 2, do: update, set: {text: C}}]}, strategies: [naive]",
	} {
		r := breakOf(t, step)
		g := r.Game()
		truth := known(t, r.Book(), 0)
		if bad, all, complete := g.Outlook(); bad != truth.Lanes[0].Orders.Bad() || all != truth.Lanes[0].Orders.Classes || !complete {
			t.Errorf("%s: at the start %d of %d, complete %v, and all orders are %s", step, bad, all, complete, truth.Says)
		}
		o := truth.Lanes[0].Orders
		can := map[bool]bool{true: o.Bad() > 0, false: o.Bad() < o.Classes}
		once := func(pick func(*Game) int) {
			g.Restart()
			play(t, g, pick)
			if !can[g.Broken()] {
				t.Errorf("%s: broken is %v, but %s", step, g.Broken(), truth.Says)
			}
		}
		for range testkit.Sample(60, 10, 2) {
			once(func(g *Game) int { return luck.IntN(len(g.Moves())) })
		}
		for _, broken := range []bool{true, false} {
			if once(towards(broken)); can[broken] && g.Broken() != broken {
				t.Errorf("%s: broken on purpose is %v, but %s", step, g.Broken(), truth.Says)
			}
		}
	}
}

// towards picks the first move after which the game can still end so.
func towards(broken bool) func(*Game) int {
	return func(g *Game) int {
		for i := range g.Moves() {
			g.Pick(i)
			bad, all, _ := g.Outlook()
			g.Undo()
			if broken && bad > 0 || !broken && bad < all {
				return i
			}
		}
		return 0
	}
}

// play plays one game to its end.
func play(t *testing.T, g *Game, pick func(*Game) int) {
	t.Helper()
	lost := false
	for picks := 0; !g.Over(); picks++ {
		if picks > 100 {
			t.Fatal("it does not end")
		}
		before := visible(g)
		if err := g.Pick(pick(g)); err != nil {
			t.Fatal(err)
		}
		if visible(g) <= before {
			t.Errorf("a pick did nothing: %v", g.network.Turn().Choices)
		}
		if lost && !g.Broken() {
			t.Errorf("it was lost, and is no more: %v", g.network.Turn().Choices)
		}
		lost = g.Broken()
	}
	if g.Broken() != g.Trial().Verdict.Bad() {
		t.Errorf("broken is %v, and it ends %v", g.Broken(), g.Trial().Verdict)
	}
}

// TestGameBackwards: picks and shifts are taken back.
func TestGameBackwards(t *testing.T) {
	g := breakOf(t, "scenario: overlapping-updates, strategies: [naive], by: clicks, gap: 400ms").Game()
	if g.Broken() || !g.Over() || g.Undo() || g.Pick(0) == nil || g.Shift(3, -time.Millisecond) == nil || g.Shift(1, -time.Millisecond) == nil {
		t.Error("at the start there is something to take back, or a click that is none")
	}
	for range 4 {
		if err := g.Shift(2, -100*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	if !g.Broken() || g.Script().Action(2).At != 0 || g.Shift(2, -1) == nil {
		t.Error("the clicks fall on each other, and it is not broken, or goes past")
	}
	for range 3 {
		if !g.Undo() {
			t.Fatal("there is nothing to take back")
		}
	}
	if g.Broken() || g.Script().Action(2).At != 300*time.Millisecond {
		t.Errorf("taken back thrice: broken %v, at %v", g.Broken(), g.Script().Action(2).At)
	}
}

// TestClaimStands: who has said that nobody can break it cannot have it both
// ways.
func TestClaimStands(t *testing.T) {
	r := breakOf(t, "scenario: create-then-update, strategies: [naive]")
	if r.Claim(0) == nil {
		t.Error("a claim needs to say how sure one is")
	}
	if err := r.Claim(3); err != nil {
		t.Fatal(err)
	}
	g := r.Game()
	for _, label := range []string{"c1", "u2"} { // the second click before anything arrives
		for i, m := range g.Moves() {
			if m.Label == label {
				if err := g.Pick(i); err != nil {
					t.Fatal(err)
				}
				break
			}
		}
	}
	if !g.Broken() {
		t.Fatal("not broken")
	}
	known(t, r.Book(), 0)
	if a, _ := r.Answered(); !a.Claimed || a.Broke || r.Right() || r.Claim(4) == nil {
		t.Errorf("answered %+v, right %v", a, r.Right())
	}
}

// Where the clicks are moved, what shows the loss has the network of the step, and the
// clicks in their order.
func TestBrokenByClicks(t *testing.T) {
	for _, b := range shelf() {
		l := b.Lesson
		for n := range l.Steps {
			s := &l.Steps[n]
			if s.Kind != lessons.Break || s.By != lessons.Clicks {
				continue
			}
			f, last := &known(t, b, n).Lanes[0], time.Duration(0)
			if !f.Bad || !f.Trial.Verdict.Bad() || f.Moved(s) == "" {
				t.Errorf("%s: step %d is not broken by moving a click", l.Name, n)
			}
			for i := range f.Trial.Script.Actions {
				a, was := &f.Trial.Script.Actions[i], s.Scenario.Script.Action(i+1)
				if a.Up != was.Up || a.Down != was.Down || a.At < last {
					t.Errorf("%s: step %d: %s at %v, %v up, %v back", l.Name, n, a.Label(), a.At, a.Up, a.Down)
				}
				last = a.At
			}
		}
	}
}
