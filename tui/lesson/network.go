package lesson

import (
	"time"

	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
)

// OnNetwork names the network of a scenario to somebody who is to guess what it does
// to them, with its figures: "on 3g (half of all take over 160 ms up and 140 back, …)",
// or "on this network (120 ms up and 80 back on average, now and then 500)".
func OnNetwork(s *scenarios.Scenario) string {
	name := "this network"
	if s.Network != "" {
		name = tell.Clean(s.Network)
	}
	up, down := &s.Script.Network.Up, &s.Script.Network.Down
	long := "now and then more"
	if d := seldom(up); d > 0 {
		long = "now and then " + tell.Rounded(d)
	}
	says := usual(up) + " up, " + usual(down) + " back, " + long
	switch {
	case up.Dist != down.Dist:
	case up.Dist == sim.Exponential:
		says = ms(up.A) + " ms up and " + ms(down.A) + " back on average, " + long
	case halves(up):
		says = "half of all take over " + ms(middle(up)) + " ms up and " + ms(middle(down)) + " back, 1 in 100 over " + ms(seldom(up))
	case up.Dist == sim.Constant:
		says = ms(up.A) + " ms up and " + ms(down.A) + " back, always"
	case up.Dist == sim.Uniform:
		says = usual(up) + " up, " + usual(down) + " back"
	}
	return "on " + name + " (" + says + ")"
}

func ms(d time.Duration) string { return tell.Rounded(d) }

// usual says what a message takes most of the time.
func usual(l *sim.Latency) string {
	switch {
	case l.Dist == sim.Uniform:
		return ms(l.A) + " to " + ms(l.B) + " ms"
	case l.Dist == sim.Constant:
		return ms(l.A) + " ms"
	case l.Dist == sim.Pareto:
		return "at least " + ms(l.A) + " ms"
	}
	return "about " + ms(middle(l)) + " ms"
}

// halves reports whether half of all messages are known to take longer than middle, and
// one in a hundred longer than seldom.
func halves(l *sim.Latency) bool {
	return l.Dist == sim.Lognormal || l.Dist == sim.Quantiles || l.Dist == sim.Sampled
}

// middle returns a time that stands for what a message takes.
func middle(l *sim.Latency) time.Duration {
	if l.Dist == sim.Sampled {
		return l.Samples.Quantile(50)
	}
	return l.A
}

// seldom returns a time that few messages take longer than; 0 if none is known.
func seldom(l *sim.Latency) time.Duration {
	switch l.Dist {
	case sim.Exponential: // one in sixty takes more than four times the mean
		return roughly(l.A * 42 / 10)
	case sim.Lognormal:
		return l.B
	case sim.Quantiles:
		return l.C
	case sim.Sampled:
		return l.Samples.Quantile(99)
	}
	return 0
}

// roughly rounds a time to one figure.
func roughly(t time.Duration) time.Duration {
	unit := time.Millisecond
	for t >= 10*unit {
		unit *= 10
	}
	return (t + unit/2).Truncate(unit)
}
