package report

import (
	"fmt"
	"math/bits"

	"photofinish/sim/judge"
)

// MaxBadAt is how many trials a run may have of which a report says, one by one,
// whether they ended badly.
const MaxBadAt = 100_000

// badAt is a set of trials, by their numbers in the run: trial k is bit k mod 8 of
// byte k div 8.
type badAt []byte

// add adds trial k of at most so many.
func (b *badAt) add(k, most int) {
	if *b == nil {
		*b = make(badAt, (most+7)/8)
	}
	(*b)[k/8] |= 1 << (k % 8)
}

func (b badAt) has(k int) bool { return k/8 < len(b) && b[k/8]>>(k%8)&1 != 0 }

func (b *badAt) merge(o badAt) {
	if *b == nil && o != nil {
		*b = make(badAt, len(o))
	}
	for i, x := range o {
		(*b)[i] |= x
	}
}

// count returns how many trials are in it.
func (b badAt) count() (n int) {
	for _, x := range b {
		n += bits.OnesCount8(x)
	}
	return n
}

// part returns those of n trials from one on, which is number 0 of the part; nil if
// none of them is in it.
func (b badAt) part(from, n int) badAt {
	part, any := make(badAt, (n+7)/8), byte(0)
	at := func(i int) byte {
		if i < len(b) {
			return b[i]
		}
		return 0
	}
	for i := range part {
		part[i] = at(from/8+i)>>(from%8) | at(from/8+i+1)<<(8-from%8)
		if over := 8*(i+1) - n; over > 0 {
			part[i] &= 0xff >> over
		}
		any |= part[i]
	}
	if any == 0 {
		return nil
	}
	return part
}

// some returns it, but nil if it has all of n trials.
func (b badAt) some(n int) badAt {
	if b.count() == n {
		return nil
	}
	return b
}

// keeps returns how many trials of the run are noted one by one.
func (o *Options) keeps() int {
	if o.Trials > MaxBadAt {
		return 0
	}
	return o.Trials
}

// read returns the trials of a share that are noted in a file, of which all are bad,
// or some.
func (c *cellFile) read(p *Partial) (b badAt) {
	for k := range min(c.Trials, p.keeps()) {
		if c.BadAt.has(k) || c.BadAt == nil && c.First != nil {
			b.add(p.from()+k, p.keeps())
		}
	}
	return b
}

// checkBadAt holds the bad trials one by one to their number and to the first.
func (c *cellFile) checkBadAt(p *Partial) error {
	bad, ok := c.Verdicts[judge.Stuck]+c.Verdicts[judge.Wrong], c.BadAt == nil
	if p.keeps() > 0 && 0 < bad && bad < c.Trials {
		first := int(c.First.Seed - p.Seed - uint64(p.from()))
		ok = len(c.BadAt) == (c.Trials+7)/8 && c.BadAt.count() == bad && c.BadAt.has(first) &&
			c.BadAt.part(first, c.Trials-first).count() == bad
	}
	if !ok {
		return fmt.Errorf("badAt does not fit %d bad trials of %d", bad, c.Trials)
	}
	return nil
}
