package report

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/scenarios"
	"photofinish/strategies"
)

// TestCosts: what trials cost in which every way takes 50 ms, by hand.
func TestCosts(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct{ name, strategy, steps, want string }{
		{"at once", "naive", `given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}}
- {at: 40ms, do: update, set: {email: B}}`,
			"3 ok, 6 clicks wait 100 ms, 6 sent for 6 saves, done in 100 ms"},
		{"one after the other", "implicit-callbacks", `steps:
- {at: 0, do: create, set: {name: A}}
- {at: 40ms, do: update, set: {name: B}}`,
			"3 ok, 6 clicks wait 130 ms, 6 sent for 6 saves, done in 160 ms"},
		{"merged: each waits for its own press", "conflate", `given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}}
- {at: 20ms, do: update, set: {name: B}}
- {at: 30ms, do: update, set: {name: C}}`,
			"3 ok, 9 clicks wait 150 ms, 6 sent for 9 saves, done in 170 ms"},
		{"a blocked press waits from the press on", "block-ui", `steps:
- {at: 0, do: create, set: {name: A}}
- {at: 40ms, do: update, set: {name: B}}`,
			"3 ok, 6 clicks wait 130 ms, 6 sent for 6 saves, done in 160 ms, blocked 60 ms in 3"},
		{"refused at once", "refuse", `given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}}
- {at: 40ms, do: update, set: {name: B}}`,
			"3 loud, 6 clicks wait 50 ms, 3 sent for 3 saves, done in 60 ms, impeded in 3"},
		{"a double click is owed nothing", "disabled-buttons", `steps:
- {at: 0, do: create, set: {name: A}}
- {at: 40ms, do: create, set: {name: A}}`,
			"3 ok, 3 clicks wait 100 ms, 3 sent for 3 saves, done in 60 ms"},
		{"a fetch is a click, and no save", "naive", `given: {name: G}
steps:
- {at: 0, do: fetch}
- {at: 200ms, do: update, set: {name: A}}`,
			"3 ok, 6 clicks wait 100 ms, 3 sent for 3 saves, done in 100 ms"},
		{"a fetch whose answer is ignored has none", "switch", `given: {name: G}
steps:
- {at: 0, do: fetch}
- {at: 20ms, do: update, set: {name: A}}`,
			"3 ok, 3 of 6 clicks wait 100 ms, 3 sent for 3 saves, done in 100 ms"},
		{"an answer that never comes", "naive", `given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, lose: down}
- {at: 200ms, do: update, set: {email: B}}`,
			"3 ok, 3 of 6 clicks wait 100 ms, 6 sent for 6 saves, done in 100 ms"},
		{"the first success is the answer", "idempotency-key", `given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, status: 503}
- {at: 5s, do: update, set: {name: B}}`,
			"3 ok, 6 clicks wait more than 200 ms, 9 sent for 6 saves, done in 100 ms"},
		{"what is told does not stand", "if-match", `given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}}
- {at: 10ms, do: update, set: {email: B}, client: 2}`,
			"3 loud, 6 clicks wait 100 ms, 6 sent for 3 saves, done in 100 ms"},
		{"what is lost is good for nothing", "naive", `steps:
- {at: 0, do: create, set: {name: A}}
- {at: 40ms, do: update, set: {name: B}}`,
			"0 good, 3 sent for 0 saves"},
	} {
		s, err := scenarios.Parse("x.yaml", []byte("name: x\ntitle: T\nnetwork: {uplink: {constant: 50ms}, downlink: {constant: 50ms}}\n"+c.steps))
		if err != nil {
			t.Fatal(err)
		}
		k := Estimate(context.Background(), s.Script, testkit.Strategy(t, c.strategy), Options{Trials: 3}).Costs
		got := fmt.Sprintf("0 good, %d sent for %d saves", k.Sent, k.Saves)
		if k.Good > 0 {
			clicks, waits := fmt.Sprint(k.Clicks), fmt.Sprintf("%d ms", k.Waits/ms)
			if k.Unanswered > 0 {
				clicks = fmt.Sprintf("%d of %d", k.Answered(), k.Clicks)
			}
			if k.Deviation != 0 {
				waits = "more than 200 ms" // by the luck of its second attempt
			}
			got = fmt.Sprintf("%d %s, %s clicks wait %s, %d sent for %d saves, done in %d ms", k.Good, k.Of, clicks, waits, k.Sent, k.Saves, k.P50/ms)
			switch {
			case k.Blocked > 0:
				got += fmt.Sprintf(", blocked %d ms in %d", k.Blocked/ms, k.Impeded)
			case k.Impeded > 0:
				got += fmt.Sprintf(", impeded in %d", k.Impeded)
			}
		}
		if got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestCostsMerge: the costs of parts come to those of the whole.
func TestCostsMerge(t *testing.T) {
	all := scenarios.All()
	property.Check(t, func(r *rapid.T) {
		s := rapid.SampledFrom(all).Draw(r, "scenario").Script.Unpinned()
		e := testkit.Strategy(t, rapid.SampledFrom(strategies.Names()).Draw(r, "strategy"))
		n := rapid.IntRange(1, 600).Draw(r, "trials")
		at := rapid.IntRange(0, n).Draw(r, "cut")
		run := func(from, n int) *sums { return count(context.Background(), s, e, Options{Seed: 1}, from, n) }
		parts := run(at, n-at)
		parts.merge(run(0, at))
		if got, want := parts.odds(), run(0, n).odds(); got != want {
			r.Fatalf("cut at %d: %+v\nwhole: %+v", at, got, want)
		}
	})
}
