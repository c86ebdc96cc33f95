package report

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"time"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// checkTimes holds requests, costs and times to the trials that made them, of one
// of so many shares, which together must not overflow.
func (c *cellFile) checkTimes(s *sim.Script, of int) error {
	last := 0. // µs, when the last press is, at most
	if n := len(s.Actions); n > 0 {
		last = float64(s.Action(n).At/time.Microsecond + 1)
	}
	took, err := checkSettled(c.Settled, c.Trials-c.Verdicts[judge.OK]-c.Verdicts[judge.Loud], last)
	if err != nil {
		return err
	}
	var clicks, blocked, answered, waits int64
	for v, g := range c.good() {
		v, n := judge.Verdict(v), c.Verdicts[v]
		if (g != nil) != (n > 0) {
			return fmt.Errorf("%v is there: %v, and %d trials end so", v, g != nil, n)
		}
		if g == nil {
			continue
		}
		time, err := g.check(int64(n), s, last, of)
		if err != nil {
			return fmt.Errorf("%v: %w", v, err)
		}
		took, clicks, blocked = took+time, clicks+g.Clicks, blocked+g.Blocked
		answered, waits = answered+g.Clicks-g.Unanswered, waits+g.Waits
	}
	took = min(took, math.MaxInt64/float64(of))
	// A trial notes an event for each request, and ends soon after the last
	// that is allowed.
	most, none := 2*sim.MaxEvents*int64(c.Trials), len(c.Settled) == 0 // that is bad
	switch {
	case c.Blocked < 0 || float64(c.Blocked) > took:
		return fmt.Errorf("blocked is %d µs, and all trials together took at most %.0f", c.Blocked, took)
	case c.Blocked < blocked || none && c.Blocked > blocked:
		return fmt.Errorf("blocked is %d µs, and %d of the good trials", c.Blocked, blocked)
	case c.Answered < answered || none && c.Answered > answered || c.Answered > int64(c.Trials*len(s.Actions)):
		return fmt.Errorf("answered is %d, and %d of the good trials", c.Answered, answered)
	case c.Waited < waits || none && c.Waited > waits || float64(c.Waited) > min(took*float64(len(s.Actions)), math.MaxInt64/float64(of)):
		return fmt.Errorf("waited is %d µs, and %d of the good trials", c.Waited, waits)
	case c.Requests < 0 || c.Requests > most:
		return fmt.Errorf("requests is %d, and goes from 0 to %d", c.Requests, most)
	case c.Sent < 0 || c.Sent > c.Requests:
		return fmt.Errorf("sent is %d, of %d requests", c.Sent, c.Requests)
	case c.Saves < 0 || c.Saves > clicks:
		return fmt.Errorf("saves is %d, of %d clicks of good trials", c.Saves, clicks)
	case c.Impeded < 0 || c.Impeded > int64(c.Trials):
		return fmt.Errorf("impeded is %d, of %d trials", c.Impeded, c.Trials)
	}
	return nil
}

// checkSettled holds a histogram to the number of its trials. It returns how long
// all of them together can have taken, in µs, from the first moment on, where the
// last press came that late.
func checkSettled(list [][]int64, trials int, press float64) (took float64, err error) {
	n, last := int64(0), int64(-1)
	for _, b := range list {
		if len(b) != 3 || b[0] <= last || b[0] >= buckets || b[1] < 1 || b[1] > int64(trials) ||
			b[2] < 0 || bucket(time.Duration(b[2])) != int(b[0]) {
			return 0, fmt.Errorf("settled has %v after bucket %d: want a bucket below %d, how many trials are in it, and the least", b, last, buckets)
		}
		n, last = n+b[1], b[0]
		took += float64(b[1]) * (most(int(b[0])) + press)
	}
	if n != int64(trials) {
		return 0, fmt.Errorf("settled adds up to %d trials, of %d", n, trials)
	}
	return took, nil
}

// check holds what is said of so many good trials to these, and returns how long
// they can have taken, as checkSettled does. A trial answers each action once at
// most, and not after it has settled.
func (f *goodFile) check(trials int64, s *sim.Script, press float64, of int) (took float64, err error) {
	if took, err = checkSettled(f.Settled, int(trials), press); err != nil {
		return 0, err
	}
	most, actions := math.MaxInt64/float64(of), int64(len(s.Actions))
	took = min(took, most)
	answered := f.Clicks - f.Unanswered
	switch {
	case f.Clicks < 0 || f.Clicks > trials*actions:
		return 0, fmt.Errorf("clicks is %d, of %d trials with %d actions", f.Clicks, trials, actions)
	case f.Unanswered < 0 || answered < 0:
		return 0, fmt.Errorf("unanswered is %d, of %d clicks", f.Unanswered, f.Clicks)
	case f.Means > uint64(min(trials, answered)) || uint64(answered) > f.Means*uint64(actions):
		return 0, fmt.Errorf("means is %d, for %d answers in %d trials", f.Means, answered, trials)
	case f.Waits < 0 || float64(f.Waits) > min(took*float64(actions), most):
		return 0, fmt.Errorf("waits is %d µs, and all trials together took at most %.0f", f.Waits, took)
	case f.Blocked < 0 || float64(f.Blocked) > took:
		return 0, fmt.Errorf("blocked is %d µs, and all trials together took at most %.0f", f.Blocked, took)
	case f.Sum > uint64(f.Waits) || uint64(f.Waits) > 0 && uint64(f.Waits)/uint64(actions) > f.Sum+f.Means:
		return 0, fmt.Errorf("sum is %d µs of %d means, and waits %d", f.Sum, f.Means, f.Waits)
	}
	return took, f.checkSquares(press)
}

// checkSquares holds the sum of the squares to what it can be: as little as if all
// were alike, and as much as if some were the longest and the others nothing.
func (f *goodFile) checkSquares(press float64) error {
	if f.Means == 0 {
		if f.Squares != [2]uint64{} {
			return errors.New("squares is there, and there are no means")
		}
		return nil
	}
	number := func(n uint64) *big.Int { return new(big.Int).SetUint64(n) }
	times := func(a, b *big.Int) *big.Int { return new(big.Int).Mul(a, b) }
	squares := new(big.Int).Add(new(big.Int).Lsh(number(f.Squares[0]), 64), number(f.Squares[1]))
	sum := number(f.Sum)
	longest := number(uint64(most(int(f.Settled[len(f.Settled)-1][0])) + press))
	if times(sum, sum).Cmp(times(squares, number(f.Means))) > 0 || squares.Cmp(times(sum, longest)) > 0 {
		return fmt.Errorf("squares is %v, of %d means that add up to %d", squares, f.Means, f.Sum)
	}
	return nil
}
