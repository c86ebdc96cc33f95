package strategies_test

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
)

// TestPinned holds the traces of the strategies that are shown at first, and of
// some others, to the last bit, whatever else is added to the engine: a seed in a report, a
// lecture or a ticket means the same trial for ever. With PHOTOFINISH_ALL it is all of
// them, and half of them else.
func TestPinned(t *testing.T) {
	shipped := []string{
		"create-then-update", "create-then-delete", "create-then-set-permissions", "create-then-two-updates",
		"double-click-create", "overlapping-updates", "typing-burst", "three-waiters", "update-across-permissions",
		"works-on-my-machine-fast", "works-on-my-machine-slow", "save-then-fetch", "fetch-then-edit", "double-delete",
		"update-then-delete", "delete-then-update", "failure-first", "failure-middle", "failure-last", "lost-answer",
		"lost-create-answer", "timeout",
	}
	digests := map[string]uint64{
		"naive":             0x91ef8f0cbd7cace2,
		"callbacks":         0x29827f10bf6d47bb,
		"action-queue":      0x8e9cb75f9fca8462,
		"merged-updates":    0x3b4be1a0a4ac5fd4,
		"hold-outgoing":     0x3311675bbf68dd66,
		"polling":           0x258cb7b43be6366b,
		"optimistic-lock":   0xe922271c89c13156,
		"action-queue+hold": 0xa43e370d2f1c6c46,
	}
	texts := map[sim.State]string{} // as fmt has them, which is slow
	text := func(s sim.State) string {
		if _, known := texts[s]; !known {
			texts[s] = fmt.Sprint(s)
		}
		return texts[s]
	}
	for _, name := range testkit.Part(slices.Sorted(maps.Keys(digests)), testkit.Size(4, 2)) {
		digest, strategy := fnv.New64a(), find(t, name)
		var w sim.World
		for _, scenario := range shipped {
			s, err := scenarios.Find(scenario)
			if err != nil {
				t.Fatal(err)
			}
			weather := s.Script.Unpinned()
			weather.Network.Loss, weather.Network.Duplicates, weather.Network.Errors = 0.05, 0.05, 0.05
			for _, script := range []*sim.Script{s.Script, s.Script.Unpinned(), weather} {
				for seed := range uint64(20) {
					w.Run(script, strategy, seed, sim.Options{Trace: true})
					for _, e := range w.Trace().Events {
						fmt.Fprintln(digest, e.At, e.Kind, e.Action, e.ID, e.Status, text(e.Body), e.Leg, e.Ignored, e.Late, e.Reason,
							e.Views[0].ID, e.Views[0].Deleted, text(e.Views[0].State), e.Record.Creator, e.Record.Deleted, text(e.Record.State))
						if r := e.Request; r != nil {
							fmt.Fprintln(digest, r.Number, r.Do, r.Actions, r.ID, r.Sets, text(r.Body))
						}
					}
				}
			}
		}
		if got := digest.Sum64(); got != digests[name] {
			t.Errorf("%q: %#x,", name, got)
		}
	}
}
