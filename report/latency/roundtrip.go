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
	Failed        int    `json:",omitempty"` // requests of the file that got no answer, and are left out
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

var percentiles = []string{"p50", "p90", "p99"}

func parseQuantiles(text string) (r RoundTrip, err error) {
	to := []*time.Duration{&r.P50, &r.P90, &r.P99}
	for part := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		i := slices.Index(percentiles, name)
		if i < 0 {
			near := scenarios.Suggest(name, percentiles)
			if near != "" {
				near = fmt.Sprintf(" (did you mean %q?)", near)
			}
			return r, fmt.Errorf("%q is none of p50, p90, p99%s", name, near)
		}
		if *to[i] != 0 {
			return r, fmt.Errorf("%s is there twice", name)
		}
		d, err := sample(value)
		if err != nil || d <= 0 {
			return r, fmt.Errorf("%s=%s: want a duration above 0 and up to %v, as 80ms, or milliseconds, as 80", name, value, longest)
		}
		*to[i] = d
	}
	return r, r.Check()
}

// Check says what cannot be in a round trip, given or written down and read
// again, when nothing of it is believed.
func (r RoundTrip) Check() error {
	switch {
	case min(r.P50, r.P90, r.P99) < 0 || r.P99 > longest:
		return fmt.Errorf("%v: want durations above 0 and up to %v", r, longest)
	case r.Samples == 0 && (r.Failed != 0 || r.From != ""):
		return fmt.Errorf("no samples, and %d requests that failed, from %q", r.Failed, cut(r.From))
	case r.Samples != 0 && (r.Samples < fewest || r.Samples > most || r.Failed < 0 || r.Failed > most || r.From == ""):
		return fmt.Errorf("%d samples, and %d requests that failed, from %q", r.Samples, r.Failed, cut(r.From))
	}
	for i, d := range []time.Duration{r.P50, r.P90, r.P99} {
		if d == 0 {
			return fmt.Errorf("%s is missing: want all three, as p50=80ms,p90=200ms,p99=900ms", percentiles[i])
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
func quantiles(samples []time.Duration, failed int, from string) (RoundTrip, error) {
	if n := len(samples); n < fewest {
		but := ""
		if failed > 0 {
			but = fmt.Sprintf(" (%d more requests failed)", failed)
		}
		return RoundTrip{}, fmt.Errorf("%s: only %d samples%s: it takes at least %d to speak of a 90th percentile; or give the quantiles, as p50=80ms,p90=200ms,p99=900ms", from, n, but, fewest)
	}
	slices.Sort(samples)
	at := func(p int) time.Duration { return samples[(len(samples)*p+99)/100-1].Round(time.Microsecond) }
	r := RoundTrip{P50: at(50), P90: at(90), P99: at(99), Samples: len(samples), Failed: failed, From: from}
	if r.P50 <= 0 {
		return r, fmt.Errorf("%s: half of the samples are 0: want milliseconds, or a unit with each, as 80ms", from)
	}
	return r, nil
}

// LeftOut says how many requests of the file are in no quantile.
func (r RoundTrip) LeftOut() string {
	if r.Failed == 1 {
		return "1 request that failed (status 0: no answer came) is left out."
	}
	return fmt.Sprintf("%d requests that failed (status 0: no answer came) are left out.", r.Failed)
}
