package latency

import (
	"math"
	"sync"
	"time"

	"photofinish/sim"
)

// The normal scores of the 90th and the 99th percentile.
const (
	z90 = 1.2815515655446004
	z99 = 2.3263478740408408
)

// On returns the network with legs that make up the round trip. All else of it
// stays; of what the network said of the legs of saves and of reads, nothing does.
func (r RoundTrip) On(n sim.Network) (sim.Network, error) {
	var err error
	n.Paired = r.Resampled()
	n.Save = sim.Apart{Processing: n.Save.Processing}
	n.Read = sim.Apart{Processing: n.Read.Processing}
	if n.Up, n.Down, err = r.both(); err == nil && r.Apart() {
		up, down := &n.Read.Up, &n.Read.Down
		up.Said, down.Said = true, true
		up.Latency, down.Latency, err = r.Reads.both()
	}
	return n, err
}

// both returns what both legs draw. Samples that are drawn as they are come in
// halves, of which a request and its answer draw those that belong together.
func (m Measured) both() (up, down sim.Latency, err error) {
	if m.Drawn == "" {
		up, _, err = m.Legs()
		return up, up, err
	}
	var ups, downs []time.Duration
	for d := range m.Drawn.All {
		half := (d / 2).Truncate(time.Microsecond)
		ups, downs = append(ups, half), append(downs, d-half)
	}
	if up, err = sim.NewSampled(ups); err == nil {
		down, err = sim.NewSampled(downs)
	}
	return up, down, err
}

// fits has what [Measured.Legs] returns, by the quantiles: a fit takes up to 30 ms, and each
// scenario of a report asks for the same.
var fits sync.Map

// fit is a distribution for either leg, and the quantiles that the sum of two has.
type fit struct {
	leg   sim.Latency
	drawn Measured
	err   error
}

// Legs returns a distribution for either leg, such that the sum of two legs
// that are drawn one by one has the round trip's quantiles, and the quantiles
// that the sum does have. To halve the round trip would not do: two legs are
// seldom slow at once, so the sum of two halves has a shorter tail.
func (m Measured) Legs() (leg sim.Latency, drawn Measured, err error) {
	quantiles := [3]time.Duration{m.P50, m.P90, m.P99}
	known, ok := fits.Load(quantiles)
	if !ok {
		known = m.fit()
		fits.Store(quantiles, known)
	}
	f := known.(fit)
	return f.leg, f.drawn, f.err
}

// fit fits the legs.
func (m Measured) fit() (f fit) {
	want := [3]float64{float64(m.P50), float64(m.P90), float64(m.P99)}
	q := [3]float64{want[0] / 2, want[1] / 2, want[2] / 2}
	best, least := q, math.Inf(1)
	for range 80 {
		got := sum(q)
		off := 0.
		for i := range got {
			off = math.Max(off, math.Abs(math.Log(got[i]/want[i])))
		}
		if off < least {
			best, least = q, off
		}
		if off < 0.001 {
			break
		}
		for i := range q {
			q[i] *= math.Pow(want[i]/got[i], 0.7)
		}
		q[1] = math.Max(q[1], q[0])
		q[2] = math.Max(q[2], q[1])
	}
	// Rounded, so that it is the same on machines that round differently.
	var p [3]time.Duration
	for i := range p {
		p[i] = max(time.Microsecond, round(best[i]))
	}
	f.leg, f.err = sim.NewLatency(sim.Quantiles, 0, p[:]...)
	got := sum([3]float64{float64(p[0]), float64(p[1]), float64(p[2])})
	f.drawn = Measured{P50: round(got[0]), P90: round(got[1]), P99: round(got[2])}
	return f
}

// round rounds to three figures.
func round(d float64) time.Duration {
	unit := math.Pow(10, math.Floor(math.Log10(math.Max(d, 1000)))-2)
	return time.Duration(math.Round(d/unit) * unit).Round(time.Microsecond)
}

// grid is how many equally likely values stand for a leg.
const grid = 4000

// scores are the normal scores of these values.
var scores = sync.OnceValue(func() (z [grid]float64) {
	for i := range z {
		z[i] = math.Sqrt2 * math.Erfinv(2*(float64(i)+0.5)/grid-1)
	}
	return z
})

// sum returns the quantiles of the sum of two legs with quantiles q.
func sum(q [3]float64) (out [3]float64) {
	var leg [grid]float64
	slope, tail := math.Log(q[1]/q[0])/z90, math.Log(q[2]/q[1])/(z99-z90)
	for i, z := range scores() {
		if z <= z90 {
			leg[i] = q[0] * math.Exp(slope*z)
		} else {
			leg[i] = q[1] * math.Exp(tail*(z-z90))
		}
	}
	for i, percent := range [3]int{50, 90, 99} {
		out[i] = quantile(&leg, grid*grid/100*percent)
	}
	return out
}

// quantile returns what so many sums of two values, which are in ascending order, are at
// most: the middle of bounds that are halved 50 times.
func quantile(leg *[grid]float64, wanted int) float64 {
	low, high, least := 2*leg[0], 2*leg[grid-1], enough(leg, wanted)
	for range 50 {
		if mid := (low + high) / 2; mid < least {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}

// enough returns the least sum that so many are at most. It counts how many are at most a
// value between two bounds, by turns the middle and where there would be as many as are
// wanted if all lay evenly, until no other sum is left there.
func enough(leg *[grid]float64, wanted int) float64 {
	low, high := 2*leg[0], 2*leg[grid-1]
	above, under, upTo := low, 0, grid*grid // the least sum that may be it, and how many are at most each bound
	for n := 0; above < high; n++ {
		mid := (low + high) / 2
		if n%2 == 0 {
			mid = low + (high-low)*float64(wanted-under)/float64(upTo-under)
		}
		mid = min(mid, math.Nextafter(high, low))
		if count, last, next := below(leg, mid); count < wanted {
			low, above, under = mid, next, count
		} else {
			high, upTo = last, count
		}
	}
	return high
}

// below returns how many pairs of values, in ascending order, have a sum that is at most
// x, the greatest such sum, and the least that is greater.
func below(leg *[grid]float64, x float64) (n int, last, next float64) {
	last, next = math.Inf(-1), math.Inf(1)
	for i, j := 0, grid-1; i <= j; {
		sum := leg[i] + leg[j]
		if sum > x {
			if sum < next {
				next = sum
			}
			j--
			continue
		}
		if sum > last {
			last = sum
		}
		n += 2*(j-i) + 1 // i with all from itself to j, and these with it
		i++
	}
	return n, last, next
}
