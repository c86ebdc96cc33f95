package sim

import "math"

// The functions here give the same bits on every machine. Go may fuse x*y+z
// into one rounding where the processor can; an explicit float64 around each
// product forbids it (Go specification, "Floating-point operators"), and the
// standard library's log and exp differ between architectures, so they are
// not used.

const (
	ln2Hi = 6.93147180369123816490e-01 // the upper bits of ln 2: k*ln2Hi is exact for small k
	ln2Lo = 1.90821492927058770002e-10 // the rest
)

// logTable holds, for the middle c of each 1/128 of [1, 2), 1/c and ln c.
var logTable = func() (t [128]struct{ inv, ln float64 }) {
	for i := range t {
		c := 1 + (float64(i)+0.5)/128
		t[i].inv = 1 / c
		t[i].ln = lnSeries(1 / t[i].inv)
	}
	return t
}()

// lnSeries returns ln x for x in [1, 2) by 2·atanh((x-1)/(x+1)).
func lnSeries(x float64) float64 {
	s := (x - 1) / (x + 1)
	s2, sum, p := float64(s*s), 0.0, s
	for k := 1; k < 60; k += 2 {
		sum += p / float64(k)
		p = float64(p * s2)
	}
	return float64(2 * sum)
}

// ln returns the natural logarithm of a positive, normal x.
func ln(x float64) float64 {
	b := math.Float64bits(x)
	k := float64(int(b>>52) - 1023)
	m := math.Float64frombits(b&(1<<52-1) | 1023<<52)
	t := &logTable[b>>45&127]
	r := float64(m*t.inv) - 1 // |r| ≤ 1/256
	p := float64(r * (1.0 / 5))
	p = float64(r * (-1.0/4 + p))
	p = float64(r * (1.0/3 + p))
	p = float64(r * (-1.0/2 + p))
	p = r + float64(r*p)
	return float64(k*math.Ln2) + (t.ln + p)
}

// exp returns e to the x, and a very large number rather than overflow.
func exp(x float64) float64 {
	switch {
	case x > 700:
		x = 700
	case x < -700:
		return 0
	}
	k := math.Floor(x/(ln2Hi+ln2Lo) + 0.5)
	r := x - float64(k*ln2Hi) - float64(k*ln2Lo) // |r| ≤ ln2/2
	sum, p := 1.0, 1.0
	for i := 1.0; i < 20; i++ {
		p = float64(p*r) / i
		sum += p
	}
	return float64(sum * math.Float64frombits(uint64(int64(k)+1023)<<52))
}

// expTable holds e to the i/64 ln 2.
var expTable = func() (t [64]float64) {
	for i := range t {
		t[i] = exp(float64(i) / 64 * math.Ln2)
	}
	return t
}()

// roughly is more than the relative error of roughExp, and all that the two
// roundings after it add.
const roughly = 1e-12

// roughExp returns e to the x, |x| ≤ 700, in a fifth of the time that exp takes,
// with a relative error below 1e-13 which is not the same on every machine.
func roughExp(x float64) float64 {
	k := math.Floor(x*(64/math.Ln2) + 0.5)
	r := x - k*(ln2Hi/64) - k*(ln2Lo/64) // |r| ≤ ln2/128
	r *= 1 + r*(1.0/2+r*(1.0/6+r*(1.0/24)))
	n := int(k)
	t := expTable[n&63]
	return (t + t*r) * math.Float64frombits(uint64(n>>6+1023)<<52)
}

// normal returns the z below which a standard normal variable stays with
// probability p, 0 < p < 1, to nine digits (P. J. Acklam's rational
// approximation).
func normal(p float64) float64 {
	const low = 0.02425
	switch {
	case p < low:
		q := math.Sqrt(float64(-2 * ln(p)))
		return horner(q, -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00) /
			horner(q, 0, 7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1)
	case p > 1-low:
		return -normal(1 - p)
	}
	q := p - 0.5
	r := float64(q * q)
	return float64(q*horner(r, -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00)) /
		horner(r, -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1)
}

// horner evaluates the polynomial with these coefficients, highest first.
func horner(x, a, b, c, d, e, f float64) float64 {
	sum := float64(a*x) + b
	sum = float64(sum*x) + c
	sum = float64(sum*x) + d
	sum = float64(sum*x) + e
	return float64(sum*x) + f
}
