package strategies_test

import (
	"fmt"
	"hash/fnv"
	"testing"

	"photofinish/scenarios"
	"photofinish/sim"
)

// TestPinned holds the traces of the strategies that every view shows, and of
// some others, to the last bit, whatever else is added to the engine: a seed in a report, a
// lecture or a ticket means the same trial for ever.
func TestPinned(t *testing.T) {
	shipped := []string{
		"create-then-update", "create-then-delete", "create-then-set-permissions", "create-then-two-updates",
		"double-click-create", "overlapping-updates", "typing-burst", "three-waiters", "update-across-permissions",
		"works-on-my-machine-fast", "works-on-my-machine-slow", "save-then-fetch", "fetch-then-edit", "double-delete",
		"update-then-delete", "delete-then-update", "failure-first", "failure-middle", "failure-last", "lost-answer",
		"lost-create-answer", "timeout",
	}
	for strategy, want := range map[string]uint64{
		"naive":             0x7f7a9c3a955d9bfa,
		"callbacks":         0x136e9e9d95cef7e0,
		"action-queue":      0xdc5d4502dd503562,
		"merged-updates":    0xc6ba6732fa40a36c,
		"hold-outgoing":     0xb5ac2219fea5974e,
		"polling":           0xc29afe679d059f4b,
		"optimistic-lock":   0xca320333579ea426,
		"action-queue+hold": 0xb39bc6f323c10686,
	} {
		digest := fnv.New64a()
		var w sim.World
		for _, name := range shipped {
			s, err := scenarios.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			weather := s.Script.Unpinned()
			weather.Network.Loss, weather.Network.Duplicates, weather.Network.Errors = 0.05, 0.05, 0.05
			for _, script := range []*sim.Script{s.Script, s.Script.Unpinned(), weather} {
				for seed := range uint64(20) {
					w.Run(script, find(t, strategy), seed, sim.Options{Trace: true})
					for _, e := range w.Trace().Events {
						fmt.Fprintln(digest, e.At, e.Kind, e.Action, e.ID, e.Status, e.Body, e.Leg, e.Ignored, e.Late, e.Reason, e.Blocked,
							e.Person.ID, e.Person.Deleted, e.Person.State, e.Record.Creator, e.Record.Deleted, e.Record.State)
						if r := e.Request; r != nil {
							fmt.Fprintln(digest, r.Number, r.Do, r.Actions, r.ID, r.Sets, r.Body)
						}
					}
				}
			}
		}
		if got := digest.Sum64(); got != want {
			t.Errorf("%q: %#x,", strategy, got)
		}
	}
}
