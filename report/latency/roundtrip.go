// Package latency turns latencies that somebody measured into those that a
// trial draws: three quantiles of a round trip, or a file of samples, become
// one distribution for each leg, such that a round trip has these quantiles.
package latency

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"photofinish/scenarios"
)

// RoundTrip is how long a request and its answer take together. The zero value
// is: not measured.
type RoundTrip struct {
	P50, P90, P99 time.Duration
	Samples       int    // of which the quantiles are; 0 if they were given
	From          string // the file of the samples
}

// String returns the quantiles as the command line takes them:
// "p50=80ms,p90=200ms,p99=900ms".
func (r RoundTrip) String() string {
	return fmt.Sprintf("p50=%v,p90=%v,p99=%v", r.P50, r.P90, r.P99)
}

// Parse reads what the command line says: quantiles, or the name of a file of
// samples, where "#" and a column's name may follow.
func Parse(text string) (RoundTrip, error) {
	if _, err := os.Stat(text); err != nil && strings.Contains(text, "=") {
		return parseQuantiles(text)
	}
	return readFile(text)
}

// longest is how long a round trip may take: what two legs may.
const longest = 24 * time.Hour

func parseQuantiles(text string) (r RoundTrip, err error) {
	names := []string{"p50", "p90", "p99"}
	to := []*time.Duration{&r.P50, &r.P90, &r.P99}
	for part := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		i := slices.Index(names, name)
		if i < 0 {
			near := scenarios.Suggest(name, names)
			if near != "" {
				near = fmt.Sprintf(" (did you mean %q?)", near)
			}
			return r, fmt.Errorf("%q is none of p50, p90, p99%s", name, near)
		}
		if *to[i] != 0 {
			return r, fmt.Errorf("%s is there twice", name)
		}
		d, err := time.ParseDuration(value)
		if err != nil || d <= 0 || d > longest {
			return r, fmt.Errorf("%s=%s: want a duration above 0 and up to %v, as 80ms", name, value, longest)
		}
		*to[i] = d
	}
	return r, r.check(names)
}

// check says what is wrong with quantiles that were given.
func (r RoundTrip) check(names []string) error {
	for i, d := range []time.Duration{r.P50, r.P90, r.P99} {
		if d == 0 {
			return fmt.Errorf("%s is missing: want all three, as p50=80ms,p90=200ms,p99=900ms", names[i])
		}
	}
	if r.P50 > r.P90 || r.P90 > r.P99 {
		return fmt.Errorf("%v: the quantiles must ascend", r)
	}
	return nil
}

// fewest is how many samples there must be. The 99th percentile of less than
// 100 is their greatest, and said to be.
const fewest = 20

// quantiles takes the quantiles of samples (the nearest rank).
func quantiles(samples []time.Duration, from string) (RoundTrip, error) {
	if n := len(samples); n < fewest {
		return RoundTrip{}, fmt.Errorf("%s: only %d samples: it takes at least %d to speak of a 90th percentile; or give the quantiles, as p50=80ms,p90=200ms,p99=900ms", from, n, fewest)
	}
	slices.Sort(samples)
	at := func(p int) time.Duration { return samples[(len(samples)*p+99)/100-1].Round(time.Microsecond) }
	r := RoundTrip{P50: at(50), P90: at(90), P99: at(99), Samples: len(samples), From: from}
	if r.P50 <= 0 {
		return r, fmt.Errorf("%s: half of the samples are 0: want milliseconds, or a unit with each, as 80ms", from)
	}
	return r, nil
}
