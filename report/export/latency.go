package export

import "photofinish/report/latency"

// latencyObject says what round trips were given, and those of reads where they are
// others.
func latencyObject(r latency.RoundTrip) object {
	o := measuredObject(r.Measured)
	if r.Apart() {
		o = append(o, "reads", measuredObject(r.Reads))
	}
	return o
}

func measuredObject(m latency.Measured) object {
	o := object{"p50", milliseconds(m.P50), "p90", milliseconds(m.P90), "p99", milliseconds(m.P99), "samples", m.Samples}
	if m.Failed > 0 {
		o = append(o, "failed", m.Failed)
	}
	if n := m.Drawn.Len(); n > 0 {
		o = append(o, "drawn", n)
	}
	return o
}
