package external_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"photofinish/internal/testkit"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestOrders holds the orders of rules over fetch against those of the rules that
// are here: how many there are, how they end, and whether they are all. Scenarios
// of up to three actions, and 20 classes of each, or 60 where all is to be run.
func TestOrders(t *testing.T) {
	node(t)
	testkit.Long(t, "small clients are run all the same")
	over := overFetch(t, written)
	for _, rule := range testkit.Part(rules, 3) {
		t.Run(rule.name, func(t *testing.T) {
			entry, err := strategies.Find(rule.name)
			if err != nil {
				t.Fatal(err)
			}
			bound := 20 * int(seeds())
			n, differ := 0, ""
			for s := range public(t) {
				if len(s.Script.Actions) > 3 {
					continue
				}
				want := testkit.Orders(s.Script, entry.For(s.Script), bound)
				got := testkit.Orders(s.Script, over.rule(rule.name, "", s).Entry().For(s.Script), bound)
				if got.Failed != nil {
					t.Fatal(s.Name, got.Failed)
				}
				if diff := gocmp.Diff(want, got); diff != "" {
					n++
					differ = cmp.Or(differ, s.Name+":\n"+diff)
				}
			}
			if n != rule.orders && !(seeds() < 3 && n < rule.orders) {
				t.Errorf("%d scenarios differ, and not %d (-here +over fetch):\n%s", n, rule.orders, differ)
			}
		})
	}
}

// TestFarTimer: in orders nobody waits for a timer of a minute, or for one that
// counts. If a click does, it is not known how they end; if none does, it is.
func TestFarTimer(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	node(t)
	cases := openCases(t, "autosave", "keeps", "countdown", "two-pauses")
	for client, want := range map[string]string{
		"autosave":   "a timer of 60 s was not waited for: 0 ok",
		"keeps":      ": 1 ok",
		"countdown":  "a timer of 1 s was not waited for: 0 ok",
		"two-pauses": "a timer of 0.2 s was not waited for: 0 ok",
	} {
		var e explore.Explorer
		script := load(t, "edit")
		c := cases.client(client)
		r := e.Count(t.Context(), script, c.Entry().For(script), explore.Bounds{})
		if r.Failed != nil {
			t.Fatal(r.Failed)
		}
		if got := fmt.Sprintf("%s: %d ok", r.Why, r.Verdicts[judge.OK]); got != want || r.RaceFree() != (r.Why == "") {
			t.Errorf("%s: %q, and not %q", client, got, want)
		}
	}
}

// TestEndless: of timers that go on for ever an order ends with what they do, and
// times are found for one with timers that were set before anything happened.
func TestEndless(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	node(t)
	cases := openCases(t, "poll", "flush")
	for client, scenario := range map[string]string{"poll": "edit", "flush": "flush"} {
		script, c := load(t, scenario), cases.client(client)
		var e explore.Explorer
		bounds := explore.Bounds{Classes: testkit.Sample(40, 20, 20)}
		r := e.Count(t.Context(), script, c.Entry().For(script), bounds)
		if r.Failed != nil || r.Bad() == 0 {
			t.Fatalf("%s: %d of %d orders are bad (%v)", client, r.Bad(), r.Classes, r.Failed)
		}
		shortest, _ := e.Shortest(t.Context(), script, c.Entry().For(script), bounds)
		if _, found := explore.Pin(script, c.Entry().For(script), shortest.Schedule); !found {
			t.Errorf("%s: found no times for %v", client, shortest.Schedule)
		}
	}
}

// TestClock: a throttle by the clock is free of races only with the clock at the
// clicks' own times. With another time between the clicks it loses an edit.
func TestClock(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	node(t)
	c := open(t, "testdata/cases/clock.mjs")
	script := load(t, "clock")
	var e explore.Explorer
	r := e.Count(t.Context(), script, c.Entry().For(script), explore.Bounds{})
	if !r.RaceFree() || r.Classes != 5 {
		t.Errorf("%d of %d orders are bad, and not none of 5 (%v)", r.Bad(), r.Classes, r.Failed)
	}
	if got := c.Entry().Own().Used(); !slices.Equal(got, []string{"with the clock at the clicks' own times"}) {
		t.Errorf("its proof depends on %q", got)
	}
	sooner := script.Copy()
	sooner.Actions[1].At = 500 * time.Millisecond
	r = e.Count(t.Context(), sooner, c.Entry().For(sooner), explore.Bounds{})
	if r.RaceFree() {
		t.Error("500 ms later an edit is lost, and it is called race-free")
	}
}

// TestTwoTimers: a pause from a click and a shorter one from an answer can fire in
// either order, and the edit is lost in one of them.
func TestTwoTimers(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	node(t)
	c := open(t, "testdata/cases/two-timers.mjs")
	script := load(t, "two-timers")
	var e explore.Explorer
	r := e.Count(t.Context(), script, c.Entry().For(script), explore.Bounds{})
	if r.Failed != nil || !r.Complete || r.Verdicts[judge.OK] == 0 || r.Verdicts[judge.Wrong] == 0 {
		t.Errorf("of %d orders %d are ok and %d wrong (%v)", r.Classes, r.Verdicts[judge.OK], r.Verdicts[judge.Wrong], r.Failed)
	}
	t.Logf("%d orders, %d bad", r.Classes, r.Bad())
}
