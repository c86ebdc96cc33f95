package latency

import (
	"fmt"
	"math"
	"time"

	"photofinish/sim"
)

// The normal scores of the 90th and the 99th percentile.
const (
	z90 = 1.2815515655446004
	z99 = 2.3263478740408408
)

// Legs returns a distribution for either leg, such that the sum of two legs
// that are drawn one by one has the round trip's quantiles, and the quantiles
// that the sum does have. To halve the round trip would not do: two legs are
// seldom slow at once, so the sum of two halves has a shorter tail.
func (r RoundTrip) Legs() (leg sim.Latency, drawn RoundTrip, err error) {
	want := [3]float64{float64(r.P50), float64(r.P90), float64(r.P99)}
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
	leg, err = sim.NewLatency(sim.Quantiles, 0, p[:]...)
	got := sum([3]float64{float64(p[0]), float64(p[1]), float64(p[2])})
	drawn = RoundTrip{P50: round(got[0]), P90: round(got[1]), P99: round(got[2])}
	return leg, drawn, err
}

// round rounds to three figures.
func round(d float64) time.Duration {
	unit := math.Pow(10, math.Floor(math.Log10(math.Max(d, 1000)))-2)
	return time.Duration(math.Round(d/unit) * unit).Round(time.Microsecond)
}

// grid is how many equally likely values stand for a leg.
const grid = 4000

// sum returns the quantiles of the sum of two legs with quantiles q.
func sum(q [3]float64) (out [3]float64) {
	var leg [grid]float64
	slope, tail := math.Log(q[1]/q[0])/z90, math.Log(q[2]/q[1])/(z99-z90)
	for i := range leg {
		u := (float64(i) + 0.5) / grid
		if z := math.Sqrt2 * math.Erfinv(2*u-1); z <= z90 {
			leg[i] = q[0] * math.Exp(slope*z)
		} else {
			leg[i] = q[1] * math.Exp(tail*(z-z90))
		}
	}
	for i, p := range []float64{0.5, 0.9, 0.99} {
		low, high := 2*leg[0], 2*leg[grid-1]
		for range 50 {
			if mid := (low + high) / 2; below(&leg, mid) < p {
				low = mid
			} else {
				high = mid
			}
		}
		out[i] = (low + high) / 2
	}
	return out
}

// below returns the share of pairs of values, in ascending order, whose sum is
// at most x.
func below(leg *[grid]float64, x float64) float64 {
	n, j := 0, grid
	for i := range leg {
		for j > 0 && leg[i]+leg[j-1] > x {
			j--
		}
		n += j
	}
	return float64(n) / (grid * grid)
}

// Says states what is assumed of the latencies, in sentences.
func (r RoundTrip) Says(clean func(string) string) []string {
	leg, drawn, err := r.Legs()
	if err != nil {
		return []string{err.Error()}
	}
	lines := []string{fmt.Sprintf("Latencies are your own: round trips with p50 %v, p90 %v, p99 %v. Either leg is drawn by itself, from %v, so that a round trip has p50 %v, p90 %v, p99 %v.",
		r.P50, r.P90, r.P99, leg, drawn.P50, drawn.P90, drawn.P99)}
	for i, d := range []time.Duration{drawn.P50, drawn.P90, drawn.P99} {
		want := []time.Duration{r.P50, r.P90, r.P99}[i]
		if off := math.Abs(float64(d)/float64(want) - 1); off > 0.03 {
			lines = append(lines, "That is as near as two independent legs of this shape come to what was asked for.")
			break
		}
	}
	lines = append(lines, "That both legs are alike, and that one says nothing of the other or of the next request, is assumed. Between the quantiles, and beyond the last, the logarithm of a latency is taken to be normal.")
	if r.Samples > 0 {
		text := fmt.Sprintf("The quantiles are those of %d samples in %s.", r.Samples, clean(r.From))
		if r.Samples < 100 {
			text += " Of so few, the 99th percentile is only the greatest: nothing is known of what is rarer."
		}
		if r.Failed > 0 {
			text += " " + r.LeftOut()
		}
		lines = append(lines, text)
	}
	return lines
}
