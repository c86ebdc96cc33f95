package external_test

import (
	"testing"

	"photofinish/sim/explore"
	"photofinish/strategies"
)

func TestOrders(t *testing.T) {
	node(t)
	for _, rule := range rules {
		t.Run(rule.name, func(t *testing.T) {
			clients := overFetch(t, rule.name, "")
			entry, _ := strategies.Find(rule.name)
			var e explore.Explorer
			n, differ := 0, 0
			for s := range public(t) {
				if len(s.Script.Actions) > 3 {
					continue
				}
				n++
				b := explore.Bounds{Classes: 100}
				want := e.Count(t.Context(), s.Script, entry.For(s.Script), b)
				got := e.Count(t.Context(), s.Script, clients[s.Script.Network.Echo].Entry().For(s.Script), b)
				if got.Failed != nil || want.Classes != got.Classes || want.Bad() != got.Bad() || want.Complete != got.Complete {
					differ++
					if differ < 3 {
						t.Logf("%s: %d of %d %v, %d of %d %v %v", s.Name, want.Bad(), want.Classes, want.Complete, got.Bad(), got.Classes, got.Complete, got.Failed)
					}
				}
			}
			t.Logf("%d of %d differ", differ, n)
		})
	}
}
