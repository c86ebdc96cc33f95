package diff_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"photofinish/internal/testkit/property"
	"photofinish/report/diff"
)

// near reports whether two numbers agree to so many parts of the second.
func near(got, want, within float64) bool { return math.Abs(got-want) <= within*math.Abs(want) }

// exactly works out McNemar's test with whole numbers.
func exactly(b, c int) float64 {
	n, sum := int64(b+c), new(big.Int)
	for i := range min(b, c) + 1 {
		sum.Add(sum, new(big.Int).Binomial(n, int64(i)))
	}
	p := new(big.Rat).SetFrac(sum.Lsh(sum, 1), new(big.Int).Lsh(big.NewInt(1), uint(n)))
	f, _ := p.Float64()
	return min(1, f)
}

// tables works out Fisher's test with whole numbers, over all tables with these sums.
func tables(k1, n1, k2, n2 int) float64 {
	k, ways := int64(k1+k2), func(i int64) *big.Int {
		return new(big.Int).Mul(new(big.Int).Binomial(int64(n1), i), new(big.Int).Binomial(int64(n2), int64(k1+k2)-i))
	}
	below, above, all := new(big.Int), new(big.Int), new(big.Int)
	for i := max(0, k-int64(n2)); i <= min(k, int64(n1)); i++ {
		all.Add(all, ways(i))
		if i <= int64(k1) {
			below.Add(below, ways(i))
		}
		if i >= int64(k1) {
			above.Add(above, ways(i))
		}
	}
	if above.Cmp(below) < 0 {
		below = above
	}
	f, _ := new(big.Rat).SetFrac(below.Lsh(below, 1), all).Float64()
	return min(1, f)
}

// The tests are what whole numbers say, and do not know which report was first.
func TestAgainstWholeNumbers(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		few := rapid.IntRange(0, rapid.SampledFrom([]int{3, 40, 400}).Draw(t, "most"))
		b, c := few.Draw(t, "b"), few.Draw(t, "c")
		if p, want := diff.McNemar(b, c), exactly(b, c); !near(p, want, 1e-11) {
			t.Errorf("McNemar(%d, %d) is %v, want %v", b, c, p, want)
		}
		if diff.McNemar(b, c) != diff.McNemar(c, b) {
			t.Errorf("McNemar(%d, %d) knows which was first", b, c)
		}
		n1, n2 := b+few.Filter(func(n int) bool { return n > 0 }).Draw(t, "well"), c+few.Draw(t, "well too")+1
		if p, want := diff.Fisher(b, n1, c, n2), tables(b, n1, c, n2); !near(p, want, 1e-11) {
			t.Errorf("Fisher(%d, %d, %d, %d) is %v, want %v", b, n1, c, n2, p, want)
		}
		if diff.Fisher(b, n1, c, n2) != diff.Fisher(c, n2, b, n1) {
			t.Errorf("Fisher(%d, %d, %d, %d) knows which was first", b, n1, c, n2)
		}
		low, high := diff.AgrestiMin(b, c, n1+c)
		if l, h := diff.AgrestiMin(c, b, n1+c); l != -high || h != -low {
			t.Errorf("AgrestiMin(%d, %d, %d) knows which was first", b, c, n1+c)
		}
		low, high = diff.Newcombe(b, n1, c, n2)
		if l, h := diff.Newcombe(c, n2, b, n1); l != -high || h != -low || low < -1 || high > 1 || low > high {
			t.Errorf("Newcombe(%d, %d, %d, %d) is %v to %v, and turned round %v to %v", b, n1, c, n2, low, high, l, h)
		}
	})
}

// What is too unlikely for a number is 0, and what is very likely 1, with as many trials
// as there can be.
func TestExtremes(t *testing.T) {
	const most = 10_000_000
	for _, x := range []struct {
		what      string
		got, want float64
	}{
		{"no pair differs", diff.McNemar(0, 0), 1},
		{"one", diff.McNemar(1, 0), 1},
		{"two, of one kind", diff.McNemar(2, 0), 0.5},
		{"all", diff.McNemar(most, 0), 0},
		{"half", diff.McNemar(most/2, most/2), 1},
		{"1e-289", diff.McNemar(960, 0), math.Ldexp(1, -959)},
		{"none of none", diff.Fisher(0, 5, 0, 7), 1},
		{"all and none", diff.Fisher(most, most, 0, most), 0},
		{"the same share", diff.Fisher(most/3, most, most/3, most), 1},
	} {
		if !near(x.got, x.want, 1e-11) {
			t.Errorf("%s: %v, want %v", x.what, x.got, x.want)
		}
	}
}

// What others have published, and what a reader can work out by hand.
func TestPublished(t *testing.T) {
	within := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 0.00005 {
			t.Errorf("%s: %.5f, want %.4f", what, got, want)
		}
	}
	// Airways of 21 children (Bentur et al. 2009; Fagerland, Lydersen, Laake 2013): 7 and
	// 1 differ, so 2·(C(8,0)+C(8,1))/2^8 = 18/256.
	within("Bentur", diff.McNemar(7, 1), 0.0703)
	// The same by Agresti and Min: b' = 7.5, c' = 1.5, n' = 23; 6/23 = 0.2609, and
	// 1.96·√(9-36/23)/23 = 1.96·2.7267/23 = 0.2324.
	low, high := diff.AgrestiMin(7, 1, 21)
	within("Bentur, from", low, 0.0285)
	within("Bentur, to", high, 0.4932)
	// Approval of a minister by 1600, asked twice (Agresti 2002, table 10.1): 86 and 150
	// changed their minds; by Wald it is -0.04 ± 0.0187. b' = 86.5, c' = 150.5, n' = 1602:
	// -64/1602 = -0.03995, and 1.96·√(237-64²/1602)/1602 = 1.96·15.311/1602 = 0.01873.
	low, high = diff.AgrestiMin(86, 150, 1600)
	within("minister, from", low, -0.0587)
	within("minister, to", high, -0.0212)
	// Newcombe 1998, table II, method 10: examples (a) 56/70 - 48/80, (b) 9/10 - 3/10.
	low, high = diff.Newcombe(48, 80, 56, 70)
	within("(a), from", low, 0.0524)
	within("(a), to", high, 0.3339)
	low, high = diff.Newcombe(3, 10, 9, 10)
	within("(b), from", low, 0.1705)
	within("(b), to", high, 0.8090)
	// The lady who tasted tea (Fisher 1935): 3 of 4 told right, (C(4,3)·C(4,1)+1)/C(8,4)
	// = 17/70, and twice that.
	within("tea", diff.Fisher(3, 4, 1, 4), 34./70)
}
