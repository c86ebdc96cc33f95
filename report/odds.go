package report

import (
	"cmp"
	"context"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"photofinish/report/latency"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Options say how many trials to run, and with which seeds. Trial k, from 0,
// has seed Seed+k.
type Options struct {
	Seed     uint64
	Trials   int
	Workers  int           // how many goroutines; 0 counts as 1
	Progress func(n int)   // if not nil: n more trials are done; called from every worker
	Within   time.Duration // for a cell of a client of the user's own; 0: [OwnWithin]

	// Sound, if it is not nil, says before all orders of a client of the user's own
	// are run why they would prove nothing; nil if they do.
	Sound func(*scenarios.Scenario, strategies.Entry) error

	// What a report says besides: the latencies that the scenarios have been
	// given, see [WithLatency], and how many saves a day rates are for.
	Latency   latency.RoundTrip
	SavesADay int

	// AtMost is the share of bad trials up to which costs are compared with those of the
	// safe; 0: with nobody's, unless none is safe.
	AtMost float64
}

// Odds counts how the trials of one scenario under one strategy ended. It
// depends on the script, the strategy, the seed and the number of trials, and
// on nothing else. Two of them can be compared with ==.
type Odds struct {
	Trials   int
	Verdicts [judge.Wrong + 1]int
	Kinds    [len(judge.Kinds)]int // trials that show the anomaly

	FirstBad FirstBad

	// BadAt has a bit a trial: trial k ended badly if bit k mod 8 of byte k div 8 is
	// set. It is empty where none or all did, where more than [MaxBadAt] were asked
	// for, and where the trials that were run are not the first.
	BadAt string

	Requests float64       // sent, mean
	Blocked  time.Duration // how long something the user wanted was blocked, mean
	P50, P99 time.Duration // from the user's last action until all had settled; less than 1 % below the exact percentiles

	Costs Costs

	// Of a client of the user's own alone: its time was over before its last trial;
	// or why it could not go on, and then there are no figures.
	Over   bool
	Failed error
}

// FirstBad is the lowest seed whose trial ended wrong or stuck, with its verdict
// and anomalies; the verdict is OK if there is none.
type FirstBad struct {
	Seed    uint64        `json:"seed"`
	Verdict judge.Verdict `json:"verdict"`
	Kinds   Kinds         `json:"kinds"`
}

// first keeps the lower of two seeds.
func (b *FirstBad) first(o FirstBad) {
	if o.Verdict.Bad() && (!b.Verdict.Bad() || o.Seed < b.Seed) {
		*b = o
	}
}

// Bad returns the number of trials that ended wrong or stuck.
func (o *Odds) Bad() int { return o.Verdicts[judge.Wrong] + o.Verdicts[judge.Stuck] }

// Share returns the share of a number of trials in all of them.
func (o *Odds) Share(n int) float64 { return float64(n) / float64(max(1, o.Trials)) }

// Interval returns the 95 % interval of the share of trials that end wrong or
// stuck.
func (o *Odds) Interval() (low, high float64) { return Wilson(o.Bad(), o.Trials) }

// Wilson returns the 95 % score interval for a share of which k of n trials
// were seen (Wilson 1927).
func Wilson(k, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	// An explicit float64 around each product forbids to fuse it with the sum,
	// which some machines would do and round differently.
	const z = 1.959963984540054
	N, p := float64(n), float64(k)/float64(n)
	mid := p + z*z/float64(2*N)
	half := float64(z * math.Sqrt(float64(p*(1-p))/N+z*z/float64(4*N*N)))
	low, high = (mid-half)/(1+z*z/N), (mid+half)/(1+z*z/N)
	if k == 0 {
		low = 0
	}
	if k == n {
		high = 1
	}
	return low, high
}

// chunk is how many trials a worker takes at a time: enough that taking them
// costs nothing, few enough that a cancelled run ends at once.
const chunk = 256

// Estimate runs trials of the script with every latency drawn from the
// network, whatever the script pins. When ctx ends, it returns what the trials
// done by then came to. They are the first ones, without a gap: what has been
// handed out is finished.
func Estimate(ctx context.Context, s *sim.Script, e strategies.Entry, o Options) Odds {
	return count(ctx, s.Unpinned(), e, o, 0, o.Trials).odds()
}

// count runs n trials, from the one with that number on, until ctx ends, or the
// strategy is a client that cannot go on.
func count(ctx context.Context, s *sim.Script, e strategies.Entry, o Options, from, n int) *sums {
	var next atomic.Int64
	var failed atomic.Bool
	workers, chunk := max(1, o.Workers), chunk
	if e.Own() != nil {
		workers, chunk = min(workers, OwnWorkers), ownChunk
	}
	all := make([]*sums, workers)
	explore.Workers(workers, func(i int) {
		t := &tally{script: s, strategy: e.For(s), bench: benches.Get().(*bench), begin: o.Seed, keep: o.keeps()}
		all[i] = &t.sums
		defer benches.Put(t.bench)
		for ctx.Err() == nil && !failed.Load() {
			at := int(next.Add(int64(chunk))) - chunk
			if at >= n {
				return
			}
			k := min(chunk, n-at)
			t.run(o.Seed+uint64(from+at), k)
			failed.Store(t.failed != nil || failed.Load())
			if o.Progress != nil {
				o.Progress(k)
			}
		}
	})
	for _, t := range all[1:] {
		all[0].merge(t)
	}
	return all[0]
}

// tally belongs to one worker: its bench, and its counts.
type tally struct {
	script   *sim.Script
	strategy sim.Strategy
	begin    uint64 // the seed of the first trial of the run
	keep     int    // how many of the run are noted one by one; 0: none
	*bench
	sums
}

// bench has the memory in which trials are run and judged, for one worker at a time.
type bench struct {
	world sim.World
	judge judge.Judge
}

// benches are used again: to make and to clear one takes as long as many a trial.
var benches = sync.Pool{New: func() any { return new(bench) }}

// sums are what trials add up to. All of it is integers, so that the order of
// adding up does not matter, nor which machine does it.
type sums struct {
	sum      Odds // the counts only
	requests int64
	blocked  int64     // in µs
	settled  histogram // but of the good trials, which costs has
	costs    costs
	badAt    badAt
	gap      bool // the trials are not the first of the run

	// Of a client of the user's own alone; see [Odds].
	over   bool
	failed error
}

// run runs n trials, from seed on.
func (t *tally) run(seed uint64, n int) {
	var last time.Duration
	if n := len(t.script.Actions); n > 0 {
		last = t.script.Action(n).At
	}
	for end := seed + uint64(n); seed < end; seed++ {
		l, found := t.judge.Run(&t.world, t.script, t.strategy, seed, sim.Options{})
		if t.failed = l.Failed; t.failed != nil {
			return
		}
		t.count(seed, found)
		if found.Verdict.Bad() && t.keep > 0 {
			t.badAt.add(int(seed-t.begin), t.keep)
		}
		t.requests += int64(l.Requests)
		t.blocked += int64(l.Blocked / time.Microsecond)
		settled := max(0, l.Settled-last) // one that was stopped may not have come to the last action
		t.costs.add(&t.judge, t.script, l, found.Verdict, &t.settled).add(settled)
	}
}

func (t *sums) count(seed uint64, j judge.Judgement) {
	t.sum.Trials++
	t.sum.Verdicts[j.Verdict]++
	if len(j.Anomalies) == 0 {
		return
	}
	kinds := KindsOf(j)
	for k := range t.sum.Kinds {
		t.sum.Kinds[k] += int(kinds >> k & 1)
	}
	t.sum.FirstBad.first(FirstBad{seed, j.Verdict, kinds})
}

func (t *sums) merge(o *sums) {
	t.sum.Trials += o.sum.Trials
	for v, n := range o.sum.Verdicts {
		t.sum.Verdicts[v] += n
	}
	for k, n := range o.sum.Kinds {
		t.sum.Kinds[k] += n
	}
	t.sum.FirstBad.first(o.sum.FirstBad)
	t.requests += o.requests
	t.blocked += o.blocked
	t.settled.merge(&o.settled)
	t.costs.merge(&o.costs)
	t.badAt.merge(o.badAt)
	t.gap = t.gap || o.gap
	t.over, t.failed = t.over || o.over, cmp.Or(t.failed, o.failed)
}

// pages returns how many its histograms have.
func (t *sums) pages() int {
	return t.settled.pages() + t.costs.good[judge.OK].settled.pages() + t.costs.good[judge.Loud].settled.pages()
}

func (t *sums) odds() Odds {
	if t.failed != nil {
		return Odds{Failed: t.failed}
	}
	o := t.sum
	o.Over = t.over
	if !t.gap {
		o.BadAt = string(t.badAt.part(0, o.Trials).some(o.Trials))
	}
	n := max(1, o.Trials)
	o.Requests = float64(t.requests) / float64(n)
	o.Blocked = time.Duration(t.blocked/int64(n)) * time.Microsecond
	o.Costs = t.costs.figures()
	settled := t.costs.settled(&t.settled)
	o.P50, o.P99 = settled.percentile(50), settled.percentile(99)
	return o
}
