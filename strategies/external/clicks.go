package external

import "math/bits"

// clicks is a set of clicks by number, one bit each.
type clicks uint64

func only(n int) clicks         { return 1 << (n - 1) }
func (c clicks) has(n int) bool { return n > 0 && c>>(n-1)&1 != 0 }
func (c clicks) earliest() int  { return bits.TrailingZeros64(uint64(c)) + 1 }
func (c clicks) latest() int    { return bits.Len64(uint64(c)) }
func (c clicks) before() clicks { return only(max(c.latest(), 1)) - 1 } // all that are before the latest
func (c clicks) count() int     { return bits.OnesCount64(uint64(c)) }

// that returns those of which something holds.
func (c clicks) that(holds func(n int) bool) (set clicks) {
	for n := range c.all {
		if holds(n) {
			set |= only(n)
		}
	}
	return set
}

func (c clicks) all(yield func(int) bool) {
	for ; c != 0; c &= c - 1 {
		if !yield(c.earliest()) {
			return
		}
	}
}
