package explore_test

import (
	"context"
	"fmt"
	"testing"

	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// updates is n updates of one field of an existing person.
func updates(n int) *sim.Script {
	s := &sim.Script{Fields: []string{"name"}, Values: []any{"read-only", "given"}, Given: true, GivenSets: 1}
	s.GivenValues[0] = 1
	for i := range n {
		a := sim.Action{Number: i + 1, Do: sim.Update, Sets: 1, Up: sim.Unpinned, Down: sim.Unpinned}
		s.Values = append(s.Values, fmt.Sprint("v", i+1))
		a.Values[0] = sim.ValueID(i + 2)
		s.Actions = append(s.Actions, a)
	}
	return s
}

// BenchmarkExplore runs every order of n updates at once under naive.
func BenchmarkExplore(b *testing.B) {
	for _, n := range []int{2, 3, 4, 5} {
		b.Run(fmt.Sprint("n=", n), func(b *testing.B) {
			st, err := strategies.Find("naive")
			if err != nil {
				b.Fatal(err)
			}
			var e explore.Explorer
			script, strategy := updates(n), st.For(nil)
			var r explore.Result
			b.ReportAllocs()
			for b.Loop() {
				r = e.Count(context.Background(), script, strategy, explore.Bounds{})
			}
			b.ReportMetric(float64(r.Classes), "classes")
			b.ReportMetric(float64(r.Classes)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mclasses/s")
			b.ReportMetric(float64(r.Orders)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Morders/s")
		})
	}
}
