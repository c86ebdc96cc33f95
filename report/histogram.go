package report

import (
	"math/bits"
	"time"

	"photofinish/sim"
)

// histogram counts durations in buckets that grow with what they hold: exact
// to the microsecond up to 255, and from there on 128 buckets for each
// doubling, so that a percentile is less than 1 % below the true one. Histograms of parts add up
// to the histogram of the whole, in any order. It has the pages alone in which
// something is: what a cell needs are three to ten of them.
type histogram [buckets >> fineBits]*page

// page holds the buckets of a doubling.
type page struct {
	count [1 << fineBits]uint32
	least [1 << fineBits]time.Duration // the least duration of each bucket that is not empty
}

const (
	fineBits = 7  // 128 buckets a doubling
	maxBits  = 45 // the longest duration told apart: 2^45 µs, about a year
	buckets  = (maxBits - fineBits + 1) << fineBits
)

// bucket returns the place of a duration.
func bucket(d time.Duration) int {
	us := uint64(max(0, d/time.Microsecond))
	us = min(us, 1<<maxBits-1)
	shift := max(0, bits.Len64(us)-fineBits-1)
	return shift<<fineBits + int(us>>shift)
}

// most returns a bound in µs of what a bucket holds. The last one holds all
// that is longer too: as much as a trial can take.
func most(b int) float64 {
	if b == buckets-1 {
		return sim.MaxEvents * float64(sim.MaxLatency/time.Microsecond)
	}
	shift := max(0, (b+1)>>fineBits-1)
	return float64(int64(b+1-shift<<fineBits) << shift)
}

func (h *histogram) add(d time.Duration) { h.put(bucket(d), 1, d) }

// put adds n durations, of which d is the least, to a bucket.
func (h *histogram) put(b int, n uint32, d time.Duration) {
	p, at := h[b>>fineBits], b&(1<<fineBits-1)
	if p == nil {
		p = new(page)
		h[b>>fineBits] = p
	}
	if p.count[at] == 0 || d < p.least[at] {
		p.least[at] = d
	}
	p.count[at] += n
}

// all yields every bucket that is not empty, ascending: how many durations are in
// it, and the least.
func (h *histogram) all(yield func(b int, n uint32, least time.Duration) bool) {
	for i, p := range h {
		if p == nil {
			continue
		}
		for at, n := range p.count {
			if n > 0 && !yield(i<<fineBits+at, n, p.least[at]) {
				return
			}
		}
	}
}

// pages returns how many it has.
func (h *histogram) pages() (n int) {
	for _, p := range h {
		if p != nil {
			n++
		}
	}
	return n
}

func (h *histogram) merge(o *histogram) {
	o.all(func(b int, n uint32, d time.Duration) bool { h.put(b, n, d); return true })
}

// percentile returns the least duration of the bucket in which the p-th
// percentile is (the nearest rank), 0 if there are none.
func (h *histogram) percentile(p int) (d time.Duration) {
	total := 0
	h.all(func(_ int, n uint32, _ time.Duration) bool { total += int(n); return true })
	rank := (total*p + 99) / 100
	h.all(func(_ int, n uint32, least time.Duration) bool {
		rank -= int(n)
		d = least
		return rank > 0
	})
	return d
}
