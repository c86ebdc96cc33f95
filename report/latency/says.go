package latency

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// Says states what is assumed of the latencies, in sentences. A text from outside is
// made fit to be shown by clean.
func (r RoundTrip) Says(clean func(string) string) []string {
	if r.Resampled() {
		return r.saysDrawn(clean)
	}
	lines := r.fitted("Latencies are your own: " + r.kind("round trips"))
	if r.Apart() {
		lines = append(lines, r.Reads.fitted("Reads have their own: round trips")...)
	}
	lines = append(lines, "That both legs are alike, and that one says nothing of the other or of the next request, is assumed. Between the quantiles, and beyond the last, the logarithm of a latency is taken to be normal.")
	if r.Samples > 0 {
		lines = append(lines, "The quantiles are those of "+r.howMany("samples")+" in "+clean(r.From)+"."+r.besides("Of so few, the 99th percentile is only the greatest: nothing is known of what is rarer."))
	}
	return lines
}

// kind says of which requests something is, where those of reads are another matter.
func (r RoundTrip) kind(what string) string {
	if r.Apart() {
		return what + " of saves"
	}
	return what
}

// fitted says what is drawn for three quantiles of some round trips, and where that is
// not what was asked for.
func (m Measured) fitted(what string) []string {
	leg, drawn, err := m.Legs()
	if err != nil {
		return []string{what + ": " + err.Error()}
	}
	lines := []string{fmt.Sprintf("%s with p50 %v, p90 %v, p99 %v. Either leg is drawn by itself, from %v, so that a round trip has p50 %v, p90 %v, p99 %v.",
		what, m.P50, m.P90, m.P99, leg, drawn.P50, drawn.P90, drawn.P99)}
	for i, d := range drawn.quantiles() {
		if off := math.Abs(float64(*d)/float64(*m.quantiles()[i]) - 1); off > 0.03 {
			return append(lines, "That is as near as two independent legs of this shape come to what was asked for.")
		}
	}
	return lines
}

// howMany counts the samples, as "30 samples", or "30 saves and 120 reads".
func (r RoundTrip) howMany(what string) string {
	if r.Apart() {
		return fmt.Sprintf("%d saves and %d reads", r.Samples, r.Reads.Samples)
	}
	return strconv.Itoa(r.Samples) + " " + what
}

// besides says what else there is to know of a file of samples.
func (r RoundTrip) besides(few string) (text string) {
	if r.Samples < 100 || r.Apart() && r.Reads.Samples < 100 {
		text += " " + few
	}
	switch n := r.Reads.Samples; {
	case r.Apart() || n == 0:
	case n == 1:
		text += " Its 1 read is too few for a distribution of their own: reads take what saves take."
	default:
		text += fmt.Sprintf(" Its %d reads are too few for a distribution of their own: they take what saves take.", n)
	}
	if left := r.LeftOut(); left != "" {
		text += " " + left
	}
	return text
}

// saysDrawn is Says where samples are drawn as they are.
func (r RoundTrip) saysDrawn(clean func(string) string) []string {
	lines := []string{"Latencies are your own, as they were measured: " + r.kind("the round trip") + " is one of " + r.drawn(clean(r.From)) + ", each as often as another."}
	if r.Apart() {
		lines = append(lines, "That of reads is one of "+r.Reads.drawn("the same file")+".")
	}
	lines = append(lines, "The way there takes half of it and the way back the other half, and one round trip says nothing of the next: both is assumed. None is longer than the longest.")
	if more := r.besides("Of so few, nothing is known of what is rarer."); more != "" {
		lines = append(lines, more[1:])
	}
	return lines
}

// drawn says which samples of a file are drawn.
func (m Measured) drawn(file string) string {
	n := m.Drawn.Len()
	text := fmt.Sprintf("%d samples in %s (", m.Samples, file)
	if m.Samples > n {
		text += fmt.Sprintf("the middle one of each of %d equal parts; ", n)
	}
	return text + fmt.Sprintf("p50 %v, p90 %v, p99 %v, the longest %v)", m.P50, m.P90, m.P99, m.Drawn.At(n-1).Round(time.Microsecond))
}
