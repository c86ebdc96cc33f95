package lesson

import (
	"context"
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
	return Open(l).Begin()
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

// TestGame plays at random: each pick does something, what is lost stays lost,
// and at the end the verdict says the same.
func TestGame(t *testing.T) { testkit.Random(t, game) }

func game(t *testing.T, luck *rand.Rand) {
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
		if err := r.Book().Prepare(context.Background(), 0); err != nil {
			t.Fatal(err)
		}
		truth, _ := r.Book().truths.get(0)
		if bad, all, complete := g.Outlook(); bad != truth.Lanes[0].Orders.Bad() || all != truth.Lanes[0].Orders.Classes || !complete {
			t.Errorf("%s: at the start %d of %d, complete %v, and all orders are %s", step, bad, all, complete, truth.Says)
		}
		ends := map[bool]int{}
		for range 60 {
			g.Restart()
			play(t, g, luck)
			ends[g.Broken()]++
		}
		if o := truth.Lanes[0].Orders; (ends[true] > 0) != (o.Bad() > 0) || (ends[false] > 0) != (o.Bad() < o.Classes) {
			t.Errorf("%s: broken %d times, and not %d times, but %s", step, ends[true], ends[false], truth.Says)
		}
	}
}

// play plays one game to its end.
func play(t *testing.T, g *Game, luck *rand.Rand) {
	t.Helper()
	lost := false
	for picks := 0; !g.Over(); picks++ {
		if picks > 100 {
			t.Fatal("it does not end")
		}
		before := visible(g)
		if err := g.Pick(luck.IntN(len(g.Moves()))); err != nil {
			t.Fatal(err)
		}
		if visible(g) <= before {
			t.Errorf("a pick did nothing: %v", g.now().choices)
		}
		if lost && !g.Broken() {
			t.Errorf("it was lost, and is no more: %v", g.now().choices)
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
	if err := r.Book().Prepare(context.Background(), 0); err != nil {
		t.Fatal(err)
	}
	if a, _ := r.Answered(); !a.Claimed || a.Broke || r.Right() || r.Claim(4) == nil {
		t.Errorf("answered %+v, right %v", a, r.Right())
	}
}
