package sim

import (
	"math"
	"testing"
)

func TestLn(t *testing.T) {
	for x := 1e-300; x < 1e300; x *= 1.0137 {
		if got, want := ln(x), math.Log(x); math.Abs(got-want) > 1e-15+3e-16*math.Abs(want) {
			t.Fatalf("ln(%g) = %.18g, want %.18g", x, got, want)
		}
	}
	for x := 0.5; x <= 2; x += 1.0 / 4096 { // where the logarithm is small
		if got, want := ln(x), math.Log(x); math.Abs(got-want) > 1e-15 {
			t.Fatalf("ln(%g) = %.18g, want %.18g", x, got, want)
		}
	}
}

func TestExp(t *testing.T) {
	for x := -699.0; x < 699; x += 0.0137 {
		if got, want := exp(x), math.Exp(x); math.Abs(got-want) > 1e-14*want {
			t.Fatalf("exp(%g) = %.18g, want %.18g", x, got, want)
		}
	}
	if got := exp(1e6); math.IsInf(got, 0) || got < 1e300 {
		t.Errorf("exp(1e6) = %g, want something very large, but finite", got)
	}
	if got := exp(-1e6); got != 0 {
		t.Errorf("exp(-1e6) = %g, want 0", got)
	}
}

func TestRoughExp(t *testing.T) {
	for x := -699.0; x < 699; x += 0.0137 {
		if got, want := roughExp(x), exp(x); math.Abs(got-want) > 1e-13*want {
			t.Fatalf("roughExp(%g) = %.18g, want %.18g", x, got, want)
		}
	}
}

// normal is held against the other direction, which the standard library has
// to the last digits in the tails too.
func TestNormal(t *testing.T) {
	last := math.Inf(-1)
	for p := 1e-16; p <= 0.5; p *= 1.0037 {
		z := normal(p)
		// An error of dz makes one of at most (|z|+1)·dz in p, relatively.
		if got := math.Erfc(-z/math.Sqrt2) / 2; math.Abs(got/p-1) > 1.2e-9*(math.Abs(z)+1)*(math.Abs(z)+1) {
			t.Fatalf("normal(%g) = %.12g, below which there is %g", p, z, got)
		}
		if z < last {
			t.Fatalf("normal(%g) = %.12g, less than the one before, %.12g", p, z, last)
		}
		last = z
	}
	for _, p := range []float64{0.001, 0.02425, 0.1, 0.3, 0.5} {
		if up, down := normal(1-p), normal(p); math.Abs(up+down) > 1e-12 {
			t.Errorf("normal is not symmetric: %.15g at %g, %.15g at %g", down, p, up, 1-p)
		}
	}
	if math.Abs(normal(0.9)-z90) > 2e-9 || math.Abs(normal(0.99)-z99) > 4e-9 {
		t.Errorf("normal(0.9), normal(0.99) = %.12g, %.12g, want %.12g, %.12g", normal(0.9), normal(0.99), z90, z99)
	}
}
