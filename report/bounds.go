package report

import (
	"errors"
	"fmt"
	"slices"

	"photofinish/report/latency"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// A partial result comes from a file, and a report repeats what it says: one
// count below zero would make a proof of a race. So each figure is held to its
// bounds, and to the others: what has been counted twice must agree, and what
// costs one trial to find out is found out.

// check holds what is said of the whole share to its bounds.
func (f *partialFile) check() error {
	cells := len(f.Scenarios) * len(f.Strategies)
	switch {
	case f.Of < 1 || f.Of > MaxShards || f.Shard < 1 || f.Shard > f.Of:
		return fmt.Errorf("there is no shard %d of %d", f.Shard, f.Of)
	case f.Trials < 1 || f.Trials > MaxTrials:
		return fmt.Errorf("trials is %d, and goes from 1 to %d", f.Trials, MaxTrials)
	case f.Seed > scenarios.MaxSeed || f.Seed+uint64(f.Trials)-1 > scenarios.MaxSeed:
		return fmt.Errorf("seed is %d, and the last of %d stays below 2^53", f.Seed, f.Trials)
	case f.SavesADay < 0 || int64(f.SavesADay) > MaxSavesADay:
		return fmt.Errorf("savesADay is %d, and goes from 0 to %d", f.SavesADay, int64(MaxSavesADay))
	case cells == 0 || len(f.Cells) != len(f.Scenarios):
		return fmt.Errorf("there are %d rows of cells, %d scenarios and %d strategies", len(f.Cells), len(f.Scenarios), len(f.Strategies))
	case cells > MaxCells:
		return fmt.Errorf("there are %d cells, and at most %d", cells, MaxCells)
	}
	seen := map[string]bool{}
	for _, name := range f.Strategies {
		if seen[name] {
			return fmt.Errorf("the strategy %s is there twice", tell.Clean(name))
		}
		seen[name] = true
	}
	for _, name := range slices.Concat(f.Named, f.Added) {
		if group := slices.Contains(strategies.Groups(), name) && len(f.Named) > 0; !seen[name] && !group {
			return fmt.Errorf("%s was chosen, and is not among the strategies, or twice", tell.Clean(name))
		}
		seen[name] = false
	}
	for i, row := range f.Cells {
		if len(row) != len(f.Strategies) {
			return fmt.Errorf("row %d has %d cells, and there are %d strategies", i+1, len(row), len(f.Strategies))
		}
	}
	return nil
}

// checkLatency holds latencies of one's own to their bounds, and to the
// networks of the scenarios, which draw them.
func checkLatency(r latency.RoundTrip, ss []*scenarios.Scenario) error {
	if r == (latency.RoundTrip{}) {
		return nil
	}
	if err := r.Check(); err != nil {
		return fmt.Errorf("latency: %w", err)
	}
	for _, s := range ss {
		own, err := r.On(s.Script.Network)
		if err != nil {
			return fmt.Errorf("latency: %w", err)
		}
		if own != s.Script.Network {
			return fmt.Errorf("%s: its network does not draw the latency %v", tell.Clean(s.Ref()), r)
		}
	}
	return nil
}

// check holds the figures of a cell to their bounds and to each other.
func (c *cellFile) check(p *Partial, i, j int) error {
	if c.Trials < 0 || c.Trials > p.quota() {
		return fmt.Errorf("trials is %d, and goes from 0 to %d", c.Trials, p.quota())
	}
	own := p.Strategies[j].Own() != nil
	if c.Over && (!own || c.Trials == p.quota()) {
		return errors.New("over is said of a cell that nobody was to hurry with, or that is complete")
	}
	for _, check := range []func() error{ // each relies on those before it
		func() error { return checkVerdicts("verdicts", c.Verdicts, c.Trials) },
		c.checkKinds,
		func() error { return c.checkFirst(p, i, j) },
		func() error { return c.checkBadAt(p) },
		func() error { return c.checkTimes(p.Scenarios[i].Script, p.Of) },
		func() error { return c.checkReplayed(p, i, j) },
		func() error { return c.checkOrders(p.ownsOrders(i, j), own) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// checkVerdicts holds counts of all verdicts to what they add up to.
func checkVerdicts[N int | int64](what string, counts []N, total N) error {
	if len(counts) != len(judge.Verdicts()) {
		return fmt.Errorf("%s has %d counts, and there are %d verdicts", what, len(counts), len(judge.Verdicts()))
	}
	sum := int64(0)
	for v, n := range counts {
		if n < 0 || n > total {
			return fmt.Errorf("%s has %d that end %v, of %d", what, n, judge.Verdict(v), total)
		}
		sum = min(sum+int64(n), explore.Most) // where counts of classes end
	}
	if sum != int64(total) {
		return fmt.Errorf("%s adds up to %d, of %d", what, sum, total)
	}
	return nil
}

// checkKinds holds the counts of anomalies to those of verdicts: a trial shows
// none that is graver than its verdict, and, unless that is ok or unknown, one
// that is as grave.
func (c *cellFile) checkKinds() error {
	if len(c.Kinds) != len(judge.Kinds) {
		return fmt.Errorf("kinds has %d counts, and there are %d anomalies", len(c.Kinds), len(judge.Kinds))
	}
	var as [judge.Wrong + 1]int // shown by trials, by the verdict that they make
	for k, n := range c.Kinds {
		v := judge.Kinds[k].Verdict
		most := 0
		for u := v; u <= judge.Wrong; u++ {
			if u != judge.Unknown {
				most += c.Verdicts[u]
			}
		}
		if n < 0 || n > most {
			return fmt.Errorf("kinds has %d trials with %v, and at most %d end so", n, judge.Kind(k), most)
		}
		as[v] += n
	}
	for _, v := range []judge.Verdict{judge.Loud, judge.Stuck, judge.Wrong} {
		if as[v] < c.Verdicts[v] {
			return fmt.Errorf("%d trials end %v, and kinds says why of %d", c.Verdicts[v], v, as[v])
		}
	}
	return nil
}

// checkFirst holds the first bad trial to the counts, and to the trial itself.
func (c *cellFile) checkFirst(p *Partial, i, j int) error {
	bad := c.Verdicts[judge.Stuck] + c.Verdicts[judge.Wrong]
	switch {
	case bad == 0 && c.First == nil:
		return nil
	case bad == 0:
		return errors.New("first is there, and no trial ends badly")
	case c.First == nil:
		return fmt.Errorf("first is not there, and %d trials end badly", bad)
	}
	b := c.First
	begin := p.Seed + uint64(p.from())
	if end := begin + uint64(c.Trials); b.Seed < begin || b.Seed >= end || end-b.Seed < uint64(bad) {
		return fmt.Errorf("first has seed %d, and %d bad trials from there to seed %d", b.Seed, bad, end-1)
	}
	script := p.Scenarios[i].Script.Unpinned()
	t := tally{script: script, strategy: p.Strategies[j].For(script), bench: new(bench)}
	t.run(b.Seed, 1)
	if is := &t.sum.FirstBad; *is != *b || !is.Verdict.Bad() {
		return fmt.Errorf("first: the trial with seed %d does not end so", b.Seed)
	}
	for k, n := range c.Kinds {
		if b.Kinds>>k&1 != 0 && n == 0 {
			return fmt.Errorf("first shows %v, and kinds counts none", judge.Kind(k))
		}
	}
	return nil
}

// checkReplayed holds how the run as pinned ends to that run itself, but of a client
// of the user's own, to whether there can be one.
func (c *cellFile) checkReplayed(p *Partial, i, j int) error {
	s, e, is := p.Scenarios[i], p.Strategies[j], c.Replayed
	own := e.Own() != nil
	if is > judge.Wrong || is != judge.OK && (!p.ownsOrders(i, j) || !Pinned(s.Script)) ||
		!own && c.Orders == nil && is != judge.OK || !own && c.Orders != nil && is != Replayed(s, e) {
		return fmt.Errorf("replayed is %d, and the run as the file pins it does not end so", is)
	}
	return nil
}

// checkOrders holds the counts of orders to each other. Those of a client of the
// user's own may end anywhere.
func (c *cellFile) checkOrders(owned, own bool) error {
	o := c.Orders
	switch {
	case o == nil:
		return nil
	case !owned:
		return errors.New("its orders belong to another shard")
	case o.Classes < 1 || o.Classes > explore.Most:
		return fmt.Errorf("orders has %d classes, and no more than %d are counted", o.Classes, explore.Most)
	case !o.Complete && (o.Classes > MatrixClasses || o.Classes != MatrixClasses && !own):
		return fmt.Errorf("orders has %d classes, complete %v: a run stops at %d", o.Classes, o.Complete, MatrixClasses)
	case o.Orders < uint64(o.Classes):
		return fmt.Errorf("orders has %d orders in %d classes", o.Orders, o.Classes)
	case o.Blocked < 0 || o.Blocked > o.Classes || o.Refused < 0 || o.Refused > o.Classes:
		return fmt.Errorf("orders has %d blocked and %d refused, of %d", o.Blocked, o.Refused, o.Classes)
	}
	return checkVerdicts("orders", o.Verdicts, o.Classes)
}

// contradiction says that a trial ended badly though no order does. Where
// chance loses, doubles or refuses messages that is none: orders know nothing
// of it.
func (p *Partial) contradiction(i, j int) error {
	net, bad := &p.Scenarios[i].Script.Network, p.cells[i][j].sum.Bad()
	if p.Strategies[j].Own() != nil {
		return nil // in orders its clock stands, and its timers have a horizon
	}
	if bad == 0 || !p.orders[i][j].RaceFree() || net.Loss > 0 || net.Duplicates > 0 || net.Errors > 0 {
		return nil
	}
	return fmt.Errorf("orders says that nothing can go wrong, and %d trials went wrong", bad)
}
