package report

import (
	"context"
	"fmt"
	"testing"
	"time"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

// clicks is what somebody does who plays: n actions, 60 ms apart.
func clicks(n int, net sim.Network) *sim.Script {
	s := &sim.Script{Fields: []string{"name", "mail"}, Values: []any{"read-only"}, Network: net}
	dos := []sim.Do{sim.Create, sim.Update, sim.Update, sim.Update, sim.Fetch, sim.Update, sim.Delete, sim.Create}
	for i := range n {
		a := sim.Action{Number: i + 1, Do: dos[i%len(dos)], At: time.Duration(i) * 60 * time.Millisecond, Up: sim.Unpinned, Down: sim.Unpinned}
		if a.Do == sim.Create || a.Do == sim.Update {
			a.Sets = sim.FieldSet(1 + i%2)
			s.Values = append(s.Values, fmt.Sprint(i))
			a.Values[i%2] = sim.ValueID(len(s.Values) - 1)
		}
		s.Actions = append(s.Actions, a)
	}
	return s
}

// BenchmarkLanes is what the playground works out after an edit: the odds of
// its six lanes.
func BenchmarkLanes(b *testing.B) {
	exponential, err := sim.NewLatency(sim.Exponential, 0, 120*time.Millisecond)
	if err != nil {
		b.Fatal(err)
	}
	phone, _ := scenarios.Network("4g")
	for _, net := range []struct {
		name string
		net  sim.Network
	}{{"exponential", sim.Network{Up: exponential, Down: exponential}}, {"4g", phone.Network}} {
		for _, n := range []int{3, 8, 10, 16} {
			b.Run(fmt.Sprintf("%s/%d", net.name, n), func(b *testing.B) {
				s := clicks(n, net.net)
				for range b.N {
					for _, name := range strategies.Default() {
						e, err := strategies.Find(name)
						if err != nil {
							b.Fatal(err)
						}
						Estimate(context.Background(), s, e, Options{Seed: 1, Trials: 10_000, Workers: 2})
					}
				}
			})
		}
	}
}
