package judge_test

import (
	"slices"
	"testing"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestErrandsInWords: what nobody pressed is called by its label, and what the server
// sent by itself the news of the save.
func TestErrandsInWords(t *testing.T) {
	for _, c := range []struct{ name, network, steps, says string }{
		{"a reread over a newer edit", "reread: after-save",
			"[{at: 0ms, do: update, set: {a: 1}}, {at: 120ms, do: update, set: {b: 1}}]",
			"the late answer to f·u1 replaced newer edit u2"},
		{"a poll that misses an edit", "poll: 1s",
			"[{at: 980ms, do: update, set: {a: 1}, up: 100ms}]",
			"f·1 does not show u1, pressed before it"},
		{"news over a newer edit", "push: true",
			"[{at: 0ms, do: update, set: {a: 1}}, {at: 70ms, do: update, set: {a: 2}, client: 2}]",
			"the news of u1 replaced newer edit u2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, err := scenarios.Parse("x.yaml", []byte("name: x\ntitle: x\ngiven: {a: 0, b: 0}\nnetwork: {uplink: {constant: 50ms}, downlink: {constant: 50ms}, "+c.network+"}\nsteps: "+c.steps+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			var w sim.World
			var j judge.Judge
			entry, _ := strategies.Find("naive")
			l := w.Run(file.Script, entry.For(file.Script), 1, sim.Options{})
			found := j.Judge(file.Script, l)
			var said []string
			for _, a := range found.Anomalies {
				said = append(said, a.Says(l.Script(file.Script)))
			}
			if !slices.Contains(said, c.says) {
				t.Errorf("it says %q, want %q among it", said, c.says)
			}
		})
	}
}
