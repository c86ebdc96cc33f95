package explore_test

import (
	"context"
	"fmt"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
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

// BenchmarkClasses runs every class of orders of n updates at once under naive.
func BenchmarkClasses(b *testing.B) {
	for _, n := range []int{4, 5} {
		b.Run(fmt.Sprint("n=", n), func(b *testing.B) {
			st, err := strategies.Find("naive")
			if err != nil {
				b.Fatal(err)
			}
			var e explore.Explorer
			script, strategy := updates(n), st.For(nil)
			b.ReportAllocs()
			classes := 0
			for b.Loop() {
				for range e.Classes(script, strategy) {
					classes++
				}
			}
			b.ReportMetric(float64(classes)/b.Elapsed().Seconds()/1e6, "Mclasses/s")
		})
	}
}

// BenchmarkOrders counts the orders of the scenarios that have most of them, under
// every strategy, as a report does.
func BenchmarkOrders(b *testing.B) {
	for _, name := range []string{"typing-burst", "timeout"} {
		s, err := scenarios.Find(name)
		if err != nil {
			b.Fatal(err)
		}
		for _, st := range testkit.Some(strategies.Catalogue, 8) {
			b.Run(name+"/"+st.Name, func(b *testing.B) {
				var r explore.Result
				for b.Loop() {
					r = new(explore.Explorer).Count(context.Background(), s.Script, st.For(s.Script), explore.Bounds{Classes: 20_000})
				}
				b.ReportMetric(float64(r.Classes), "classes")
				b.ReportMetric(float64(r.Bad()), "bad")
			})
		}
	}
}

// BenchmarkExplore counts the orders of n updates at once under naive.
func BenchmarkExplore(b *testing.B) {
	for _, n := range []int{2, 3, 4, 5, 6} {
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
