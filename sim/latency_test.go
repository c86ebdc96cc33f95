package sim

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

const ms = time.Millisecond

// latency is a distribution whose parameters are known to be good.
func latency(d Distribution, alpha float64, p ...time.Duration) Latency {
	l, err := NewLatency(d, alpha, p...)
	if err != nil {
		panic(err)
	}
	return l
}

// sampled is one of samples that are known to be good.
func sampled(list []time.Duration) Latency {
	l, err := NewSampled(list)
	if err != nil {
		panic(err)
	}
	return l
}

// hundred are 1 ms to 100 ms, the longest first.
var hundred = func() (list []time.Duration) {
	for i := range 100 {
		list = append(list, time.Duration(100-i)*ms)
	}
	return list
}()

// shapes lists a latency of every distribution, with its quantiles and its
// mean in closed form (NaN where there is none, or none that can be tested:
// its variance is infinite).
var shapes = []struct {
	name     string
	latency  Latency
	quantile func(p float64) float64 // in milliseconds
	mean     float64
}{
	{"uniform", latency(Uniform, 0, 20*ms, 80*ms),
		func(p float64) float64 { return 20 + 60*p }, 50},
	{"exponential", latency(Exponential, 0, 120*ms),
		func(p float64) float64 { return -120 * math.Log(1-p) }, 120},
	{"lognormal", latency(Lognormal, 0, 80*ms, 900*ms),
		func(p float64) float64 { return 80 * math.Exp(sigma(80, 900)*z(p)) }, 80 * math.Exp(sigma(80, 900)*sigma(80, 900)/2)},
	{"pareto", latency(Pareto, 1.5, 20*ms),
		func(p float64) float64 { return 20 * math.Pow(1-p, -1/1.5) }, math.NaN()},
	{"light pareto", latency(Pareto, 5, 20*ms),
		func(p float64) float64 { return 20 * math.Pow(1-p, -1/5.0) }, 25},
	{"quantiles", latency(Quantiles, 0, 80*ms, 200*ms, 900*ms),
		func(p float64) float64 { return map[float64]float64{0.5: 80, 0.9: 200, 0.99: 900}[p] }, math.NaN()},
	{"samples", sampled(hundred), func(p float64) float64 { return 100 * p }, 50.5},
}

// z is the normal score of p, sigma that of a lognormal with this median and
// 99th percentile.
func z(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

func sigma(median, p99 float64) float64 { return math.Log(p99/median) / z(0.99) }

// draws returns n delays in milliseconds.
func draws(l *Latency, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = float64(l.draw(newLuck(uint64(i)).of(1, 1), drawUp)) / 1e6
	}
	return out
}

// A rough exponential decides nothing: what grows is to the microsecond what it
// is by the exact one, as close to the edge between two as it may come.
func TestGrow(t *testing.T) {
	off, close := 0, 0
	for i := range uint64(100_000) {
		from := newLuck(i)
		a := float64(time.Microsecond) * math.Exp2(40*float64(from.bits(0)>>11)/(1<<53))
		x := 30*float64(from.bits(1)>>11)/(1<<53) - 15
		if i%2 == 0 { // onto an edge, and a few units of the last place off
			edge := math.Floor(a*exp(x)/1e3) + 0.5
			x = ln(edge*1e3/a) + (float64(from.bits(2)%33)-16)*1e-16
		}
		want := rounded(float64(a * exp(x)))
		if got := grow(a, x); got != want {
			t.Fatalf("grow(%.18g, %.18g) = %v, want %v", a, x, got, want)
		}
		if us := a*roughExp(x)*1e-3 + 0.5; us < 1e10 {
			if i%2 == 0 {
				close++
			}
			if math.Floor(us) != float64(want/time.Microsecond) {
				off++
			}
		}
	}
	if off < close/10 {
		t.Errorf("of %d on the edge, the rough exponential has only %d wrong: they are not close enough to tell", close, off)
	}
}

func TestQuantiles(t *testing.T) {
	const n = 200_000
	for _, s := range shapes {
		all := draws(&s.latency, n)
		for _, p := range []float64{0.01, 0.1, 0.5, 0.9, 0.99} {
			q := s.quantile(p)
			if q == 0 {
				continue // not given in closed form
			}
			below := 0
			for _, d := range all {
				if d <= q {
					below++
				}
			}
			got, within := float64(below)/n, 4*math.Sqrt(p*(1-p)/n)
			if math.Abs(got-p) > within {
				t.Errorf("%s: %.4f of the draws are up to %.4g ms, want %.4g ± %.4f", s.name, got, q, p, within)
			}
		}
	}
}

func TestMean(t *testing.T) {
	const n = 200_000
	for _, s := range shapes {
		if math.IsNaN(s.mean) {
			continue
		}
		sum, squares := 0.0, 0.0
		for _, d := range draws(&s.latency, n) {
			sum += d
			squares += d * d
		}
		mean := sum / n
		within := 4 * math.Sqrt((squares/n-mean*mean)/n)
		if math.Abs(mean-s.mean) > within {
			t.Errorf("%s: the mean is %.4f ms, want %.4f ± %.4f", s.name, mean, s.mean, within)
		}
	}
}

// TestDraws: a delay is never negative, a whole number of microseconds, and
// monotone in the random number.
func TestDraws(t *testing.T) {
	for _, s := range shapes {
		type draw struct {
			u uint64
			d time.Duration
		}
		all := make([]draw, 20_000)
		for i := range all {
			from := newLuck(uint64(i)).of(1, 1)
			all[i] = draw{from.bits(drawUp) >> 12, s.latency.draw(from, drawUp)}
			if d := all[i].d; d < 0 || d%time.Microsecond != 0 {
				t.Fatalf("%s: %v is negative, or no whole number of microseconds", s.name, d)
			}
		}
		slices.SortFunc(all, func(a, b draw) int { return cmp.Compare(a.u, b.u) })
		up := slices.IsSortedFunc(all, func(a, b draw) int { return cmp.Compare(a.d, b.d) })
		down := slices.IsSortedFunc(all, func(a, b draw) int { return cmp.Compare(b.d, a.d) })
		if up == down {
			t.Errorf("%s: not monotone in the random number", s.name)
		}
	}
}

func TestConstant(t *testing.T) {
	l := latency(Constant, 0, 1234567*time.Nanosecond)
	for i := range uint64(100) {
		if got := l.draw(newLuck(i), drawUp); got != l.A {
			t.Fatalf("drew %v, want %v", got, l.A)
		}
	}
	var zero Latency
	if got := zero.draw(newLuck(1), drawUp); got != 0 {
		t.Errorf("the zero latency takes %v", got)
	}
}

// However heavy the tail, a delay stays below MaxLatency.
func TestMaxLatency(t *testing.T) {
	l := latency(Pareto, 0.01, 20*ms)
	longest := time.Duration(0)
	for i := range uint64(1000) {
		longest = max(longest, l.draw(newLuck(i), drawUp))
	}
	if longest != MaxLatency {
		t.Errorf("the longest of 1000 delays is %v, want %v", longest, MaxLatency)
	}
}

// TestGoldenDraws pins draws to the last bit, so that another machine, or a
// change that breaks every recorded seed, shows. The delays are microseconds:
// the first few, and the sum of many.
func TestGoldenDraws(t *testing.T) {
	type golden struct {
		first [6]int64
		sum   int64
	}
	want := map[string]golden{
		"uniform":      {[6]int64{37591, 26807, 50777, 30093, 53303, 50118}, 1495098256},
		"exponential":  {[6]int64{147235, 261173, 80108, 213895, 70644, 82709}, 3635655830},
		"lognormal":    {[6]int64{45419, 22755, 82749, 29429, 92393, 80410}, 4098853293},
		"pareto":       {[6]int64{45318, 85344, 31211, 65630, 29613, 31665}, 1780456625},
		"light pareto": {[6]int64{25562, 30908, 22857, 28566, 22499, 22956}, 751790818},
		"quantiles":    {[6]int64{54217, 33718, 81879, 40237, 88323, 80281}, 3699145230},
		"samples":      {[6]int64{30000, 12000, 52000, 17000, 56000, 51000}, 1506780000},
	}
	for _, s := range shapes {
		var got golden
		for i := range 30_000 {
			action, attempt := i%3+1, i/3+1
			d := s.latency.draw(newLuck(42).of(action, attempt), drawUp).Microseconds()
			if i < len(got.first) {
				got.first[i] = d
			}
			got.sum += d
		}
		if got != want[s.name] {
			t.Errorf("%q: %v, want %v", s.name, got, want[s.name])
		}
	}
}

// TestGoldenLuck pins the numbers behind the draws.
func TestGoldenLuck(t *testing.T) {
	for _, c := range []struct {
		seed            uint64
		action, attempt int
		kind, want      uint64
	}{
		{0, 1, 1, drawUp, 0x112d8949765b1ea7},
		{1, 1, 1, drawUp, 0x5d56727908809578},
		{1, 2, 1, drawUp, 0xcdd8239986a00a78},
		{1, 1, 2, drawUp, 0x766f2cc7c4f57649},
		{1, 1, 1, drawDown, 0xdfc7cbd590e436b0},
		{1<<53 - 1, 64, 9, drawDuplicateUp, 0x481f0816788dba76},
	} {
		if got := newLuck(c.seed).of(c.action, c.attempt).bits(c.kind); got != c.want {
			t.Errorf("seed %d, action %d, attempt %d, kind %d: %#x, want %#x", c.seed, c.action, c.attempt, c.kind, got, c.want)
		}
	}
}

func TestNewLatencyErrors(t *testing.T) {
	for _, c := range []struct {
		name  string
		dist  Distribution
		alpha float64
		p     []time.Duration
		want  string
	}{
		{"negative", Constant, 0, []time.Duration{-ms}, "negative"},
		{"too long", Exponential, 0, []time.Duration{25 * time.Hour}, "longer than 24h"},
		{"to before from", Uniform, 0, []time.Duration{2 * ms, ms}, "less than"},
		{"p99 before the median", Lognormal, 0, []time.Duration{2 * ms, ms}, "less than"},
		{"percentiles out of order", Quantiles, 0, []time.Duration{ms, 3 * ms, 2 * ms}, "less than"},
		{"logarithm of nothing", Lognormal, 0, []time.Duration{0, ms}, "above 0"},
		{"pareto from nothing", Pareto, 1, []time.Duration{0}, "above 0"},
		{"no alpha", Pareto, 0, []time.Duration{ms}, "alpha"},
		{"alpha too large", Pareto, 1001, []time.Duration{ms}, "alpha"},
		{"alpha no number", Pareto, math.NaN(), []time.Duration{ms}, "alpha"},
	} {
		if _, err := NewLatency(c.dist, c.alpha, c.p...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", c.name, err, c.want)
		}
	}
}

func TestLatencyString(t *testing.T) {
	for _, c := range []struct {
		latency Latency
		want    string
	}{
		{latency(Constant, 0, 50*ms), "50ms"},
		{latency(Uniform, 0, 20*ms, 80*ms), "20ms to 80ms"},
		{latency(Exponential, 0, 120*ms), "exp 120ms"},
		{latency(Lognormal, 0, 80*ms, 900*ms), "median 80ms, p99 900ms"},
		{latency(Pareto, 1.5, 20*ms), "from 20ms, alpha 1.5"},
		{latency(Quantiles, 0, 80*ms, 200*ms, 900*ms), "p50 80ms, p90 200ms, p99 900ms"},
	} {
		if got := c.latency.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
