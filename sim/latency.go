package sim

import (
	"fmt"
	"time"
)

// Distribution names the shape of a latency.
type Distribution uint8

// The distributions. Each reads its parameters from the fields of [Latency]
// named beside it.
const (
	Constant    Distribution = iota // A
	Uniform                         // from A to B
	Exponential                     // A is the mean
	Lognormal                       // A is the median, B the 99th percentile
	Pareto                          // A is the least, Alpha the exponent
	Quantiles                       // A, B, C are the 50th, 90th and 99th percentile
	Sampled                         // one of Samples, each as often
)

var distributionNames = [...]string{"constant", "uniform", "exponential", "lognormal", "pareto", "quantiles", "samples"}

// String returns the word for d that scenario files use.
func (d Distribution) String() string { return distributionNames[d] }

// Latency is a distribution of delays. The zero value is no delay at all.
type Latency struct {
	Dist    Distribution
	A, B, C time.Duration
	Alpha   float64 // of Pareto: above 0; the smaller, the heavier the tail
	Samples Samples // of Sampled

	// What draw needs and would otherwise work out anew each time.
	a, b, slope, tail float64
}

// The normal scores of the 90th and the 99th percentile.
const (
	z90 = 1.2815515655446004
	z99 = 2.3263478740408408
)

// MaxLatency is the longest delay that a draw returns, however heavy the tail.
const MaxLatency = 24 * time.Hour

// NewLatency returns the distribution with its parameters checked: durations
// not negative and in ascending order, and positive where a logarithm is taken.
// [NewSampled] returns one of samples.
func NewLatency(d Distribution, alpha float64, p ...time.Duration) (Latency, error) {
	l := Latency{Dist: d, Alpha: alpha}
	for i, to := range []*time.Duration{&l.A, &l.B, &l.C} {
		if i >= len(p) {
			break
		}
		*to = p[i]
		switch {
		case p[i] < 0:
			return l, fmt.Errorf("a latency cannot be negative, as %v is", p[i])
		case p[i] > MaxLatency:
			return l, fmt.Errorf("a latency cannot be longer than %v, as %v is", MaxLatency, p[i])
		case i > 0 && p[i] < p[i-1]:
			return l, fmt.Errorf("%v is less than %v, which it must not be", p[i], p[i-1])
		case p[i] == 0 && d >= Lognormal:
			return l, fmt.Errorf("a %v latency must be above 0", d)
		}
	}
	if d == Pareto && !(alpha > 0 && alpha <= 1000) {
		return l, fmt.Errorf("alpha must be above 0 and at most 1000")
	}
	l.a, l.b = float64(l.A), float64(l.B)
	switch d {
	case Exponential:
		l.slope = -l.a
	case Lognormal:
		l.slope = ln(l.b/l.a) / z99
	case Quantiles:
		l.slope = ln(l.b/l.a) / z90
		l.tail = ln(float64(l.C)/l.b) / (z99 - z90)
	}
	return l, nil
}

// Times returns a latency k times as long, in whole microseconds.
func (l Latency) Times(k float64) (Latency, error) {
	by := func(d time.Duration) time.Duration {
		return min(MaxLatency, time.Duration(float64(d)*k).Round(time.Microsecond))
	}
	p := []time.Duration{by(l.A), by(l.B), by(l.C)}
	switch l.Dist {
	case Sampled:
		p = p[:0]
		for d := range l.Samples.All {
			p = append(p, by(d))
		}
		return NewSampled(p)
	case Constant, Exponential, Pareto:
		p = p[:1]
	case Uniform, Lognormal:
		p = p[:2]
	}
	return NewLatency(l.Dist, l.Alpha, p...)
}

// draw turns 64 random bits into a delay, rounded to a microsecond.
func (l *Latency) draw(from luck, kind uint64) time.Duration {
	if l.Dist == Constant {
		return l.A
	}
	return l.drawn(from, kind)
}

// drawn is draw, where there is something to draw.
func (l *Latency) drawn(from luck, kind uint64) time.Duration {
	// u is in (0, 1), never at either end.
	u := float64(float64(int64(from.bits(kind)>>12))+0.5) / (1 << 52)
	var d float64
	switch l.Dist {
	case Sampled:
		return l.Samples.of(from.bits(kind))
	case Uniform:
		d = l.a + float64((l.b-l.a)*u)
	case Exponential:
		d = float64(l.slope * ln(u))
	case Lognormal:
		return grow(l.a, float64(l.slope*normal(u)))
	case Pareto:
		return grow(l.a, -ln(u)/l.Alpha)
	case Quantiles:
		// Between the given quantiles, and beyond them, the logarithm of the
		// delay is linear in the normal score: a lognormal in two pieces.
		if z := normal(u); z <= z90 {
			return grow(l.a, float64(l.slope*z))
		} else {
			return grow(l.b, float64(l.tail*(z-z90)))
		}
	}
	return rounded(d)
}

// rounded returns so many nanoseconds, rounded to a microsecond.
func rounded(d float64) time.Duration {
	if d >= float64(MaxLatency) {
		return MaxLatency
	}
	return time.Duration(float64(d*1e-3)+0.5) * time.Microsecond
}

// grow returns a times e to the x, in nanoseconds, rounded to a microsecond. A
// rough e to the x gives the same microsecond, unless it comes so close to where
// one ends and the next begins that its error could take it across.
func grow(a, x float64) time.Duration {
	if -700 < x && x < 700 {
		us := float64(a*roughExp(x))*1e-3 + 0.5
		whole := time.Duration(us)
		if over, slack := us-float64(whole), us*roughly; us < 1e10 && slack < over && over < 1-slack {
			return whole * time.Microsecond
		}
	}
	return rounded(float64(a * exp(x)))
}

// String describes the latency in a few words, as "exp 120ms".
func (l Latency) String() string {
	switch l.Dist {
	case Constant:
		return l.A.String()
	case Uniform:
		return fmt.Sprintf("%v to %v", l.A, l.B)
	case Exponential:
		return fmt.Sprintf("exp %v", l.A)
	case Lognormal:
		return fmt.Sprintf("median %v, p99 %v", l.A, l.B)
	case Pareto:
		return fmt.Sprintf("from %v, alpha %v", l.A, l.Alpha)
	case Sampled:
		return l.Samples.String()
	}
	return fmt.Sprintf("p50 %v, p90 %v, p99 %v", l.A, l.B, l.C)
}
