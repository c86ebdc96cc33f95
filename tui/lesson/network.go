package lesson

import (
	"time"

	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
)

// OnNetwork names the network of a scenario to somebody who is to guess what it does
// to them: "on 3g", or "on this network (120 ms on average, now and then 500)".
func OnNetwork(s *scenarios.Scenario) string {
	if s.Network != "" {
		return "on " + tell.Clean(s.Network)
	}
	l := &s.Script.Network.Up
	ms := func(d time.Duration) string { return tell.Rounded(d) }
	says := "most of the time " + ms(l.A) + " ms, now and then more"
	switch l.Dist {
	case sim.Constant:
		says = ms(l.A) + " ms, always"
	case sim.Uniform:
		says = ms(l.A) + " to " + ms(l.B) + " ms"
	case sim.Exponential: // one in sixty takes more than four times the mean
		says = ms(l.A) + " ms on average, now and then " + ms(roughly(l.A*42/10))
	case sim.Lognormal:
		says = "about " + ms(l.A) + " ms, now and then " + ms(l.B)
	case sim.Quantiles:
		says = "about " + ms(l.A) + " ms, now and then " + ms(l.C)
	case sim.Sampled:
		says = "as it was measured: about " + ms(l.Samples.Quantile(50)) + " ms, now and then " + ms(l.Samples.Quantile(99))
	}
	return "on this network (" + says + ")"
}

// roughly rounds a time to one figure.
func roughly(t time.Duration) time.Duration {
	unit := time.Millisecond
	for t >= 10*unit {
		unit *= 10
	}
	return (t + unit/2).Truncate(unit)
}
