package report

import (
	"math"
	"math/bits"
	"slices"
	"time"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// Costs say what a strategy costs where it works: of the good trials, which are
// those that ended ok, or, if none did, those that ended loud. Of a strategy that
// is not safe they say little: it ends well when the network was quick.
type Costs struct {
	Good int           // how many trials are good; 0: there is no figure, but for Sent
	Of   judge.Verdict // how these ended: [judge.OK] or [judge.Loud]

	// Clicks counts the owed actions of good trials, fetches too, and Unanswered
	// those of which the user never knew what became of them. Waits is how long the
	// others took from the press, also of a button that was disabled, to that, and
	// Deviation the standard error of it, by the trials' own means.
	Clicks, Unanswered int
	Waits, Deviation   time.Duration

	P50, P99 time.Duration // from the last press until all had settled; less than 1 % below the exact percentiles
	Blocked  time.Duration // how long something the user wanted was blocked, mean

	// Of all trials: Sent counts the requests that carry a write, and Saves the owed
	// writes that stand: those of trials that ended ok or loud which neither were
	// refused nor told to have failed. Impeded counts the trials in which the client
	// blocked a press, or refused one that was owed.
	Sent, Saves int
	Impeded     int

	// Of all trials too, also those that lose something: how many owed clicks were
	// answered, and how long they waited, mean.
	AnyAnswered int
	AnyWaits    time.Duration
}

// Answered returns how many owed clicks of good trials came to an end.
func (c *Costs) Answered() int { return c.Clicks - c.Unanswered }

// Interval returns the 95 % interval of Waits, to the µs.
func (c *Costs) Interval() (low, high time.Duration) {
	half := time.Duration(math.Round(1.96 * float64(c.Deviation))).Round(time.Microsecond)
	return max(0, c.Waits-half), c.Waits + half
}

// PerSave returns how many requests it takes for a write that stands, and false
// if none does.
func (c *Costs) PerSave() (requests float64, ok bool) {
	return float64(c.Sent) / float64(max(1, c.Saves)), c.Saves > 0
}

// costs are what the costs of trials add up to: integers, so that they merge
// exactly.
type costs struct {
	good                 [judge.Loud + 1]good
	sent, saves, impeded int64
	answered, waited     int64 // of all trials, the latter in µs
}

// good adds up trials that end with one of the two verdicts that are not bad.
type good struct {
	trials, clicks, unanswered int64
	waits, blocked             int64 // in µs
	settled                    histogram

	// Of the trials in which something was answered, each with the mean of its own
	// in µs: how many, the sum, and the sum of the squares in 128 bits.
	means, sum, high, low uint64
}

// add adds a trial that was judged, and returns the histogram that is to have when
// it settled: that of the bad ones, if it is.
func (c *costs) add(j *judge.Judge, s *sim.Script, l *sim.Ledger, v judge.Verdict, bad *histogram) *histogram {
	c.sent += int64(l.Requests)
	for _, a := range l.Errands {
		if a.Errand.Own {
			c.sent -= int64(l.Fates[a.Number].Attempts)
		}
	}
	saves, clicks, answered, waits, impeded := 0, 0, 0, time.Duration(0), false
	for n := range s.Actions {
		a, f, owed := &s.Actions[n], &l.Fates[n+1], j.Owed(n+1)
		impeded = impeded || f.Blocked || owed && f.Refused != 0
		if a.Do == sim.Fetch {
			c.sent -= int64(f.Attempts)
		} else if owed && f.Refused == 0 && f.Told == 0 {
			saves++
		}
		if !owed {
			continue
		}
		clicks++
		if end, ok := ended(l, f); ok && (a.Do != sim.Fetch || !f.Done || shown(l, n+1)) {
			answered++
			waits += max(0, end-a.At)
		}
	}
	if impeded {
		c.impeded++
	}
	c.answered += int64(answered)
	c.waited += int64(waits / time.Microsecond)
	if v > judge.Loud {
		return bad
	}
	c.saves += int64(saves)
	g := &c.good[v]
	g.add(clicks, answered, waits, l.Blocked)
	return &g.settled
}

// settled returns when all trials settled, the good ones with the bad.
func (c *costs) settled(bad *histogram) (all histogram) {
	all.merge(bad)
	for v := range c.good {
		all.merge(&c.good[v].settled)
	}
	return all
}

// ended returns when the user could know what became of an action, and whether
// that came. What was never sent by itself shares the fate of the create that it
// rode in.
func ended(l *sim.Ledger, f *sim.Fate) (time.Duration, bool) {
	if f.Sent == 0 && !f.Known() && f.Rode != 0 {
		f = &l.Fates[l.Records[f.RodeOn-1].Creator]
	}
	return f.Ended, f.Known()
}

// shown reports whether the client took what fetch n brought: one that it ignored is
// no answer to the user.
func shown(l *sim.Ledger, n int) bool {
	return slices.ContainsFunc(l.Reads, func(r sim.Read) bool { return r.Action == n })
}

func (g *good) add(clicks, answered int, waits, blocked time.Duration) {
	g.trials++
	g.clicks += int64(clicks)
	g.unanswered += int64(clicks - answered)
	g.waits += int64(waits / time.Microsecond)
	g.blocked += int64(blocked / time.Microsecond)
	if answered > 0 {
		mean := uint64(waits/time.Microsecond) / uint64(answered)
		g.means++
		g.sum += mean
		g.square(bits.Mul64(mean, mean))
	}
}

// square adds to the sum of the squares.
func (g *good) square(high, low uint64) {
	var carry uint64
	g.low, carry = bits.Add64(g.low, low, 0)
	g.high += high + carry
}

func (c *costs) merge(o *costs) {
	c.sent, c.saves, c.impeded = c.sent+o.sent, c.saves+o.saves, c.impeded+o.impeded
	c.answered, c.waited = c.answered+o.answered, c.waited+o.waited
	for v := range c.good {
		g, h := &c.good[v], &o.good[v]
		g.trials, g.clicks, g.unanswered = g.trials+h.trials, g.clicks+h.clicks, g.unanswered+h.unanswered
		g.waits, g.blocked = g.waits+h.waits, g.blocked+h.blocked
		g.means, g.sum = g.means+h.means, g.sum+h.sum
		g.square(h.high, h.low)
		g.settled.merge(&h.settled)
	}
}

// figures returns what they come to.
func (c *costs) figures() Costs {
	of := judge.OK
	if c.good[judge.OK].trials == 0 && c.good[judge.Loud].trials > 0 {
		of = judge.Loud
	}
	g := &c.good[of]
	k := Costs{
		Good: int(g.trials), Of: of, Clicks: int(g.clicks), Unanswered: int(g.unanswered),
		Sent: int(c.sent), Saves: int(c.saves), Impeded: int(c.impeded),
		AnyAnswered: int(c.answered), AnyWaits: time.Duration(c.waited/max(1, c.answered)) * time.Microsecond,
	}
	if g.trials == 0 {
		return k
	}
	k.Blocked = time.Duration(g.blocked/g.trials) * time.Microsecond
	k.P50, k.P99 = g.settled.percentile(50), g.settled.percentile(99)
	if n := k.Answered(); n > 0 {
		k.Waits = time.Duration(g.waits/int64(n)) * time.Microsecond
		k.Deviation = g.deviation()
	}
	return k
}

// deviation returns the standard error of the trials' own means.
func (g *good) deviation() time.Duration {
	if g.means < 2 {
		return 0
	}
	n, sum := float64(g.means), float64(g.sum)
	squares := float64(float64(g.high)*(1<<64)) + float64(g.low)
	variance := max(0, squares-float64(sum*sum)/n) / (n - 1)
	return time.Duration(math.Sqrt(variance/n) * float64(time.Microsecond))
}
