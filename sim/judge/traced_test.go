package judge_test

import (
	"testing"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

// BenchmarkTraced is a trial with its trace, of a world that has run some before.
func BenchmarkTraced(b *testing.B) {
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{"naive", "callbacks", "action-queue+hold"} {
		e, err := strategies.Find(name)
		if err != nil {
			b.Fatal(err)
		}
		for _, fresh := range []string{"warm", "new"} {
			b.Run(name+"/"+fresh, func(b *testing.B) {
				b.ReportAllocs()
				w, strategy := new(sim.World), e.For(s.Script)
				for b.Loop() {
					if fresh == "new" {
						w = new(sim.World)
					}
					w.Run(s.Script, strategy, 1, sim.Options{Trace: true})
				}
			})
		}
	}
}
