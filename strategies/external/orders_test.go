package external_test

import (
	"cmp"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"photofinish/internal/testkit"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// TestOrders holds the orders of rules over fetch against those of the rules that
// are here: how many there are, how they end, and whether they are all. Scenarios
// of up to three actions, and 60 classes of each.
func TestOrders(t *testing.T) {
	node(t)
	for _, rule := range testkit.Some(rules, 1) {
		t.Run(rule.name, func(t *testing.T) {
			clients := overFetch(t, written, rule.name, "")
			entry, err := strategies.Find(rule.name)
			if err != nil {
				t.Fatal(err)
			}
			var e explore.Explorer
			bounds := explore.Bounds{Classes: testkit.Size(60, 12)}
			n, differ := 0, ""
			for s := range public(t) {
				if len(s.Script.Actions) > 3 {
					continue
				}
				want := e.Count(t.Context(), s.Script, entry.For(s.Script), bounds)
				got := e.Count(t.Context(), s.Script, clients[s.Script.Network.Echo].Entry().For(s.Script), bounds)
				if got.Failed != nil {
					t.Fatal(s.Name, got.Failed)
				}
				if diff := gocmp.Diff(want, got); diff != "" {
					n++
					differ = cmp.Or(differ, s.Name+":\n"+diff)
				}
			}
			if n != rule.orders && !(testing.Short() && n < rule.orders) {
				t.Errorf("%d scenarios differ, and not %d (-here +over fetch):\n%s", n, rule.orders, differ)
			}
		})
	}
}
