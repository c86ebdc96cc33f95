// Package latency turns latencies that somebody measured into those that a
// trial draws: three quantiles of a round trip, or a file of samples, become
// one distribution for each leg, such that a round trip has these quantiles; or
// the samples are drawn as they are.
package latency

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"photofinish/scenarios"
	"photofinish/sim"
)

// RoundTrip is how long a request and its answer take together. The zero value
// is: not measured.
type RoundTrip struct {
	Measured          // of requests that save; of all, if reads have none of their own
	Reads    Measured `json:",omitzero"` // of requests that read: see [RoundTrip.Apart]
	From     string   // the file of the samples
	Column   string   `json:",omitempty"` // of that file, if one was named
}

// Measured is what is known of round trips of one kind.
type Measured struct {
	P50, P90, P99 time.Duration
	Samples       int         // of which the quantiles are; 0 if they were given
	Failed        int         `json:",omitempty"` // requests of the file that got no answer, and are left out
	Drawn         sim.Samples `json:",omitempty"` // what is drawn as it is; none: what has the quantiles is
}

// Apart reports whether reads have quantiles of their own.
func (r RoundTrip) Apart() bool { return r.Reads.P50 > 0 }

// Resampled reports whether samples are drawn as they are.
func (r RoundTrip) Resampled() bool { return r.Drawn != "" }

// String returns the quantiles as the command line takes them,
// "p50=80ms,p90=200ms,p99=900ms", and says if samples are drawn as they are.
func (r RoundTrip) String() string {
	text := r.Measured.String()
	if r.Apart() {
		text += ",read-" + strings.ReplaceAll(r.Reads.String(), ",", ",read-")
	}
	if r.Resampled() {
		text += ",resampled"
	}
	return text
}

func (m Measured) String() string { return fmt.Sprintf("p50=%v,p90=%v,p99=%v", m.P50, m.P90, m.P99) }

// Flags returns what makes a command draw the same latencies. Of quantiles, it is
// all of it; samples that are drawn as they are stay in their file.
func (r RoundTrip) Flags() []string {
	switch {
	case r == RoundTrip{}:
		return nil
	case !r.Resampled():
		return []string{"--latency", r.String()}
	case r.Column != "":
		return []string{"--latency", r.From + "#" + r.Column, "--resample"}
	}
	return []string{"--latency", r.From, "--resample"}
}

// Parse reads what the command line says: quantiles, or the name of a file of
// samples, where "#" and a column's name may follow; and whether these are to be
// drawn as they are.
func Parse(text string, resample bool) (RoundTrip, error) {
	if _, err := os.Stat(text); err == nil || !strings.Contains(text, "=") {
		return readFile(text, resample)
	}
	if resample {
		return RoundTrip{}, fmt.Errorf("%s has no samples to draw: want a file of them, or no --resample", cut(text))
	}
	return parseQuantiles(text)
}

// longest is how long a round trip may take: what two legs may.
const longest = 24 * time.Hour

// percentiles are the names of the quantiles, before which "read-" may stand.
var percentiles = []string{"p50", "p90", "p99"}

var quantileNames = append(percentiles[:3:3], "read-p50", "read-p90", "read-p99")

func parseQuantiles(text string) (r RoundTrip, err error) {
	to := append(r.quantiles(), r.Reads.quantiles()...)
	for part := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		i := slices.Index(quantileNames, name)
		if i < 0 {
			near := scenarios.Suggest(name, quantileNames)
			if near != "" {
				near = fmt.Sprintf(" (did you mean %q?)", near)
			}
			return r, fmt.Errorf("%q is none of p50, p90, p99, nor of these with read- before them%s", name, near)
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

// quantiles returns where the three are.
func (m *Measured) quantiles() []*time.Duration { return []*time.Duration{&m.P50, &m.P90, &m.P99} }

// Check says what cannot be in a round trip, given or written down and read
// again, when nothing of it is believed.
func (r RoundTrip) Check() error {
	if err := r.Measured.check(); err != nil {
		return err
	}
	if r.Samples == 0 != (r.From == "") || r.From == "" && r.Column != "" {
		return fmt.Errorf("%d samples, from %q, column %q", r.Samples, cut(r.From), cut(r.Column))
	}
	reads := r.Reads
	if few := reads.Samples + reads.Failed; reads.P50 == 0 && few > 0 { // too few to speak of
		if reads != (Measured{Samples: reads.Samples, Failed: reads.Failed}) || reads.Samples < 0 || reads.Samples >= fewest || reads.Failed < 0 || reads.Failed > most {
			return fmt.Errorf("reads: %d samples, and %d requests that failed", reads.Samples, reads.Failed)
		}
		return nil
	}
	if reads == (Measured{}) {
		return nil
	}
	if err := reads.check(); err != nil {
		return fmt.Errorf("reads: %w", err)
	}
	if reads.Samples == 0 != (r.Samples == 0) || reads.Drawn == "" != (r.Drawn == "") {
		return fmt.Errorf("of reads %d samples, of saves %d, and not both are drawn alike", reads.Samples, r.Samples)
	}
	return nil
}

func (m Measured) check() error {
	switch {
	case min(m.P50, m.P90, m.P99) < 0 || m.P99 > longest:
		return fmt.Errorf("%v: want durations above 0 and up to %v", m, longest)
	case m.Samples == 0 && (m.Failed != 0 || m.Drawn != ""):
		return fmt.Errorf("no samples, but %d that are drawn, and %d requests that failed", m.Drawn.Len(), m.Failed)
	case m.Samples != 0 && (m.Samples < fewest || m.Samples > most || m.Failed < 0 || m.Failed > most):
		return fmt.Errorf("%d samples, and %d requests that failed", m.Samples, m.Failed)
	}
	for i, d := range m.quantiles() {
		if *d == 0 {
			return fmt.Errorf("%s is missing: want all three, as p50=80ms,p90=200ms,p99=900ms", percentiles[i])
		}
	}
	if m.P50 > m.P90 || m.P90 > m.P99 {
		return fmt.Errorf("%v: the quantiles must ascend", m)
	}
	return m.checkDrawn()
}

// checkDrawn holds samples that are drawn as they are to the quantiles of all.
func (m Measured) checkDrawn() error {
	n := m.Drawn.Len()
	if n == 0 {
		return nil
	}
	if n != min(m.Samples, sim.MaxSamples) {
		return fmt.Errorf("%d of %d samples are drawn", n, m.Samples)
	}
	for i, p := range []int{50, 90, 99} {
		is, from, to := *m.quantiles()[i], m.Drawn.Quantile(p), m.Drawn.Quantile(p)
		if m.Samples > n {
			to = m.Drawn.At(n * p / 100)
		}
		if is < from || is > to {
			return fmt.Errorf("the samples that are drawn have p%d from %v to %v, and not %v", p, from, to, is)
		}
	}
	return nil
}

// fewest is how many samples there must be. The 99th percentile of less than
// 100 is their greatest, and said to be.
const fewest = 20

// measured takes the quantiles of samples (the nearest rank), and keeps those that
// are to be drawn as they are.
func (k kind) measured(resample bool) (Measured, error) {
	if n := len(k.samples); n < fewest {
		but := ""
		if k.failed > 0 {
			but = fmt.Sprintf(" (%d more requests failed)", k.failed)
		}
		return Measured{}, fmt.Errorf("only %d samples%s: it takes at least %d to speak of a 90th percentile; or give the quantiles, as p50=80ms,p90=200ms,p99=900ms", n, but, fewest)
	}
	slices.Sort(k.samples)
	n := len(k.samples)
	at := func(p int) time.Duration { return k.samples[(n*p+99)/100-1].Round(time.Microsecond) }
	m := Measured{P50: at(50), P90: at(90), P99: at(99), Samples: n, Failed: k.failed}
	if m.P50 <= 0 {
		return m, fmt.Errorf("half of the samples are 0: want milliseconds, or a unit with each, as 80ms")
	}
	if !resample {
		return m, nil
	}
	var err error
	m.Drawn, err = sim.NewSamples(thinned(k.samples))
	return m, err
}

// thinned returns of more sorted samples than are drawn the middle one of each
// thousandth.
func thinned(all []time.Duration) []time.Duration {
	n := len(all)
	if n <= sim.MaxSamples {
		return all
	}
	few := make([]time.Duration, sim.MaxSamples)
	for i := range few {
		few[i] = all[(2*i+1)*n/(2*sim.MaxSamples)]
	}
	return few
}

// LeftOut says how many requests of the file are in no quantile.
func (r RoundTrip) LeftOut() string {
	switch n := r.Failed + r.Reads.Failed; n {
	case 0:
		return ""
	case 1:
		return "1 request that failed (status 0: no answer came) is left out."
	default:
		return fmt.Sprintf("%d requests that failed (status 0: no answer came) are left out.", n)
	}
}
