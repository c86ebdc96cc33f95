package sim_test

import (
	"math"
	"runtime"
	"sync"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/sim"
)

// near fails unless a share of n trials is what it should be, within four
// standard errors.
func near(t *testing.T, what string, count, n int, want float64) {
	t.Helper()
	got, within := float64(count)/float64(n), 4*math.Sqrt(want*(1-want)/float64(n))
	if math.Abs(got-want) > within {
		t.Errorf("%s: %.5f of %d, want %.5f ± %.5f", what, got, n, want, within)
	}
}

// TestShares: messages are lost, refused and duplicated as often as the
// network says, and independently.
func TestShares(t *testing.T) {
	const n = 20_000
	s := story(t, `
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}, loss: 10%, errors: 5%, duplicates: 20%}
steps: [{at: 0, do: create, set: {name: Ada}}]`)
	var w sim.World
	strategy := find(t, "naive")
	arrived, answered, refused, twice := 0, 0, 0, 0
	for seed := range uint64(n) {
		end := w.Run(s, strategy, seed, sim.Options{})
		f := end.Fates[1]
		switch {
		case f.Landed == 0:
			continue
		case f.Status == 500:
			refused++
		case len(end.Records) == 2:
			twice++
		}
		arrived++
		if f.Replied != 0 {
			answered++
		}
	}
	near(t, "requests that arrived", arrived, n, 0.9)
	near(t, "answers that arrived", answered, arrived, 0.9)
	near(t, "refused", refused, arrived, 0.05)
	near(t, "handled twice", twice, arrived-refused, 0.2)
}

// Without a share nothing is ever lost; with all of it, everything is.
func TestSharesAtTheEnds(t *testing.T) {
	for _, c := range []struct {
		network                  string
		landed, answered, status int
	}{
		{"loss: 0%", 100, 100, 200},
		{"loss: 100%", 0, 0, 0},
		{"errors: 100%", 100, 100, 500},
	} {
		s := story(t, "given: {name: A}\nnetwork: {"+c.network+"}\nsteps: [{at: 0, do: update, set: {name: B}, up: 1ms, down: 1ms}]")
		var w sim.World
		landed, answered := 0, 0
		for seed := range uint64(100) {
			f := w.Run(s, find(t, "naive"), seed, sim.Options{}).Fates[1]
			if f.Landed != 0 {
				landed++
			}
			if f.Replied != 0 {
				answered++
			}
			if int(f.Status) != c.status {
				t.Fatalf("%s: status %d, want %d", c.network, f.Status, c.status)
			}
		}
		if landed != c.landed || answered != c.answered {
			t.Errorf("%s: of 100, %d landed and %d were answered, want %d and %d", c.network, landed, answered, c.landed, c.answered)
		}
	}
}

// TestOverlap: two updates sent g apart over exponential legs of mean m invert
// with probability ½·e^(−g/m).
func TestOverlap(t *testing.T) {
	const mean = 120 * ms
	n := trials()
	for _, gap := range []float64{0.1, 0.5, 1.5} {
		s := updates(2, time.Duration(gap*float64(mean)), mean)
		near(t, "inverted", count(t, s, n, older), n, 0.5*math.Exp(-gap))
	}
}

// Of three updates at once the last one pressed arrives last in a third of the
// trials, and in two thirds another value stands.
func TestThreeAtOnce(t *testing.T) {
	n := trials()
	s := updates(3, 0, 120*ms)
	near(t, "another value than the last", count(t, s, n, older), n, 2.0/3)
}

// older says whether another write than the last one stands.
func older(s *sim.Script, end *sim.Ledger) bool {
	return end.Records[0].State[0] != sim.By(len(s.Actions))
}

// trials is how many make a share: with 100,000 one that is off by 0.7 % shows.
func trials() int { return testkit.Sample(1_000_000, 100_000, 20_000) }

// updates is n updates of one field, a gap apart, over exponential legs.
func updates(n int, gap, mean time.Duration) *sim.Script {
	l, err := sim.NewLatency(sim.Exponential, 0, mean)
	if err != nil {
		panic(err)
	}
	s := &sim.Script{
		Fields: []string{"name"}, Values: []any{"read-only", "given"},
		Given: true, GivenSets: 1, GivenValues: [sim.NumFields]sim.ValueID{1},
		Network: sim.Network{Up: l, Down: l},
	}
	for i := range n {
		a := sim.Action{Number: i + 1, Do: sim.Update, At: time.Duration(i) * gap, Sets: 1, Up: sim.Unpinned, Down: sim.Unpinned}
		a.Values[0] = sim.ValueID(len(s.Values))
		s.Values = append(s.Values, i)
		s.Actions = append(s.Actions, a)
	}
	return s
}

// count runs n trials with the seeds from 1 on, on all processors, and counts
// those of which something is so.
func count(t *testing.T, s *sim.Script, n int, so func(*sim.Script, *sim.Ledger) bool) int {
	workers := runtime.GOMAXPROCS(0)
	counts := make([]int, workers)
	var all sync.WaitGroup
	for k := range workers {
		strategy := find(t, "naive")
		all.Go(func() {
			var w sim.World
			for seed := 1 + k; seed <= n; seed += workers {
				if so(s, w.Run(s, strategy, uint64(seed), sim.Options{})) {
					counts[k]++
				}
			}
		})
	}
	all.Wait()
	sum := 0
	for _, c := range counts {
		sum += c
	}
	return sum
}
