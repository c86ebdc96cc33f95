package external_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies/external"
)

// BenchmarkTrial runs trials of a plain client, with one process and with two.
func BenchmarkTrial(b *testing.B) {
	testkit.Needs(b, "nothing was measured", "node")
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		b.Fatal(err)
	}
	for _, processes := range []int{1, 2} {
		b.Run(fmt.Sprint(processes), func(b *testing.B) {
			c, err := external.Open(b.Context(), external.Spec{Name: "plain", File: "testdata/plain.mjs"}, external.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer c.Close()
			var next atomic.Int64
			var all sync.WaitGroup
			b.ReportAllocs()
			b.ResetTimer()
			for range processes {
				all.Go(func() {
					var w sim.World
					strategy := c.Entry().For(s.Script)
					for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
						if l := w.Run(s.Script, strategy, uint64(n), sim.Options{}); l.Failed != nil {
							b.Error(l.Failed)
							return
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "trials/s")
		})
	}
}
