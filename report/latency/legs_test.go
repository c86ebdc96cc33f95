package latency

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestQuantile: sums are found as by counting at each halving how many there are, also
// where many are the same.
func TestQuantile(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 20 {
		var leg [grid]float64
		for i := range leg {
			if leg[i] = 1e7 * r.ExpFloat64(); n%4 == 1 && i%2 == 0 {
				leg[i] = 1e7
			}
			if n%4 == 2 {
				leg[i] = 1e7 + float64(i%(n+1))*math.Pow(10, float64(-n))
			}
		}
		slices.Sort(leg[:])
		for _, percent := range []int{50, 90, 99} {
			wanted := grid * grid / 100 * percent
			low, high := 2*leg[0], 2*leg[grid-1]
			for range 50 {
				mid := (low + high) / 2
				if count, _, _ := below(&leg, mid); count < wanted {
					low = mid
				} else {
					high = mid
				}
			}
			if got, want := quantile(&leg, wanted), (low+high)/2; got != want {
				t.Errorf("%d: %d %% are at most %v, want %v", n, percent, got, want)
			}
		}
	}
}
