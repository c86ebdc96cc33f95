package diff

import (
	"math"

	"photofinish/report"
)

// What is worked out here has to be the same to the last bit on every machine, as all
// of a report: sums, products and square roots alone, and around each product an
// explicit float64, which forbids to fuse it with a sum. Libraries go by logarithms
// of the gamma function, which machines round differently.

// McNemar returns how likely pairs would be at least as lopsided as b bad ones in the
// new report alone and c in the old one alone, if neither were likelier than the
// other: McNemar's test, exact and two-sided (McNemar 1947),
//
//	min(1, 2·Σ_{i≤min(b,c)} C(b+c,i) / 2^(b+c)),
//
// and 0 if that is below 1e-290.
func McNemar(b, c int) float64 {
	n := b + c
	return min(1, 2*atMost(min(b, c), 0, n/2, n, func(i int) float64 { return float64(n-i) / float64(i+1) }))
}

// Fisher returns how likely two shares would differ at least so much, k1 of n1 and k2
// of n2, if all of them were drawn from the same: Fisher's exact test, twice the
// smaller tail (Fisher 1935); 0 if that is below 1e-290.
func Fisher(k1, n1, k2, n2 int) float64 {
	return min(1, 2*min(hypergeometric(k1, n1, k2, n2), hypergeometric(k2, n2, k1, n1)))
}

// hypergeometric returns how likely of k1+k2 that are spread over n1+n2 places at most
// k1 come to lie in the first n1.
func hypergeometric(k1, n1, k2, n2 int) float64 {
	k := k1 + k2
	low, high := max(0, k-n2), min(k, n1)
	mode := int(float64(n1+1) * (float64(k+1) / float64(n1+n2+2)))
	return atMost(k1, low, min(max(low, mode), high), high, func(i int) float64 {
		return float64((k-i)*(n1-i)) / float64((i+1)*(n2-k+i+1))
	})
}

// atMost returns how likely a whole number from low to high is at most k: it is
// likeliest near mode, and i+1 is ratio(i) times as likely as i. What is 1e-300 times
// as likely as mode, or less, does not count.
func atMost(k, low, mode, high int, ratio func(i int) float64) float64 {
	const least = 1e-300
	below, all := 0., 0.
	for i, w := mode, 1.; w > least; i-- {
		if all += w; i <= k {
			below += w
		}
		if i == low {
			break
		}
		w /= ratio(i - 1)
	}
	for i, w := mode, 1.; i < high; {
		w = float64(w * ratio(i))
		if i++; w <= least {
			break
		}
		if all += w; i <= k {
			below += w
		}
	}
	return below / all
}

// AgrestiMin returns the 95 % interval of the difference of two shares of which n pairs
// were seen, b bad in the new report alone and c in the old one alone: that of Wald with
// half a pair more in each of the four fields (Agresti, Min 2005). It is not wider than
// all that there is.
func AgrestiMin(b, c, n int) (low, high float64) {
	B, C, N := float64(b)+0.5, float64(c)+0.5, float64(n)+2
	d := B - C
	half := 1.96 * math.Sqrt(B+C-float64(d*d)/N) / N
	return max(-1, d/N-half), min(1, d/N+half)
}

// Newcombe returns the 95 % interval of the difference k2/n2 - k1/n1 of two shares that
// have nothing to do with each other, made of Wilson's interval of either (Newcombe
// 1998, method 10).
func Newcombe(k1, n1, k2, n2 int) (low, high float64) {
	p1, p2 := float64(k1)/float64(n1), float64(k2)/float64(n2)
	l1, u1 := report.Wilson(k1, n1)
	l2, u2 := report.Wilson(k2, n2)
	side := func(a, b float64) float64 { return math.Sqrt(float64(a*a) + float64(b*b)) }
	return p2 - p1 - side(p2-l2, u1-p1), p2 - p1 + side(u2-p2, p1-l1)
}
