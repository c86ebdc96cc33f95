package diff

import (
	"cmp"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/judge"
)

// A report comes from a file, and what is said of it stands in somebody's pull
// request: a share that is not that of its trials, or a proof that is none, would be
// compared as if it were one. So each figure that is used is held to its bounds and to
// the others, and what has been counted twice must agree.

// check holds the whole report to what a run writes.
func (r *Report) check() error {
	err := r.checkHead()
	for at, c := range r.cells {
		if err != nil {
			break
		}
		if c == nil {
			err = errors.New("a cell is null")
		} else if e := r.checkCell(at, c); e != nil {
			err = fmt.Errorf("line %d, %s under %s: %w", c.line, tell.Fit(c.Scenario, 60), tell.Fit(c.Strategy, 60), e)
		}
	}
	if err != nil {
		return fmt.Errorf("%w: no run writes that; make it again", err)
	}
	return nil
}

// checkHead holds what is said of all cells to its bounds.
func (r *Report) checkHead() error {
	switch {
	case r.trials < 1 || r.trials > report.MaxTrials:
		return fmt.Errorf("trials is %d, and goes from 1 to %d", r.trials, report.MaxTrials)
	case r.seed > scenarios.MaxSeed || r.seed+uint64(r.trials)-1 > scenarios.MaxSeed:
		return fmt.Errorf("seed is %d, and the last of %d stays below 2^53", r.seed, r.trials)
	case len(r.scenarios)*len(r.strategies) != len(r.cells) || len(r.cells) == 0:
		return fmt.Errorf("there are %d cells of %d scenarios under %d strategies", len(r.cells), len(r.scenarios), len(r.strategies))
	}
	seen := map[string]bool{}
	for _, s := range r.strategies {
		if s.Name == "" || seen[s.Name] {
			return fmt.Errorf("the strategy %q is there twice, or has no name", tell.Fit(s.Name, 60))
		}
		seen[s.Name] = true
	}
	for name := range r.programs {
		if !seen[name] {
			return fmt.Errorf("programs has %q, which is no strategy of it", tell.Fit(name, 60))
		}
	}
	if name := r.answer.Strategy; name != nil && !seen[*name] {
		return fmt.Errorf("the answer is %q, which is no strategy of it", tell.Fit(*name, 60))
	}
	for _, s := range r.scenarios {
		if s.Name == "" || s.Hash == "" {
			return fmt.Errorf("the scenario %q has no name or no hash", tell.Fit(s.Name, 60))
		}
	}
	return nil
}

// checkCell holds a cell to its place, its counts to its trials, and its figures to its
// counts.
func (r *Report) checkCell(at int, c *cell) error {
	s, e := r.scenarios[at/len(r.strategies)], r.strategies[at%len(r.strategies)]
	_, runs := r.programs[e.Name]
	c.own = runs || e.Bundle != nil
	switch {
	case c.Scenario != s.Name || c.Strategy != e.Name:
		return fmt.Errorf("here should be %s under %s", tell.Fit(s.Name, 60), tell.Fit(e.Name, 60))
	case c.Trials < 0 || c.Trials > r.trials:
		return fmt.Errorf("trials is %d, and goes from 0 to %d", c.Trials, r.trials)
	case c.Failed != "" && !c.own:
		return errors.New("failed is said of a strategy of the catalogue")
	case c.Trials == 0:
		return nil // there is nothing to compare
	}
	for _, check := range []func() error{c.checkCounts, c.checkState, c.checkCosts} {
		if err := check(); err != nil {
			return err
		}
	}
	r.safe[c.Scenario] = r.safe[c.Scenario] || c.state().Safe()
	return c.checkBad(r.seed)
}

// verdicts returns the counts in the order of the verdicts.
func (c *cell) verdicts() [judge.Wrong + 1]int {
	v := &c.Verdicts
	return [...]int{judge.OK: v.OK, judge.Loud: v.Loud, judge.Unknown: v.Unknown, judge.Stuck: v.Stuck, judge.Wrong: v.Wrong}
}

func (c *cell) bad() int { return c.Verdicts.Wrong + c.Verdicts.Stuck }

func (c *cell) checkCounts() error {
	sum := 0
	for v, n := range c.verdicts() {
		if n < 0 || n > c.Trials {
			return fmt.Errorf("verdicts has %d that end %v, of %d trials", n, judge.Verdict(v), c.Trials)
		}
		sum += n
	}
	odds := report.Odds{Trials: c.Trials}
	low, high := report.Wilson(c.bad(), c.Trials)
	switch {
	case sum != c.Trials:
		return fmt.Errorf("verdicts adds up to %d, of %d trials", sum, c.Trials)
	case c.Share != odds.Share(c.bad()) || c.Low != low || c.High != high:
		return fmt.Errorf("share is %v (%v to %v), and %d of %d trials are %v (%v to %v)", c.Share, c.Low, c.High, c.bad(), c.Trials, odds.Share(c.bad()), low, high)
	case c.Loud != odds.Share(c.Verdicts.Loud):
		return fmt.Errorf("loud is %v, and %d of %d trials end so", c.Loud, c.Verdicts.Loud, c.Trials)
	case c.Orders.Classes < 0 || c.Orders.Bad < 0 || c.Orders.Bad > c.Orders.Classes:
		return fmt.Errorf("orders has %d bad of %d classes", c.Orders.Bad, c.Orders.Classes)
	case c.Orders.Complete && c.Orders.Classes == 0:
		return errors.New("orders says that all were run, and has none")
	}
	return nil
}

// checkState holds what the cell is said to come to against what it is made from.
func (c *cell) checkState() error {
	state, ok := stateOf(c.State)
	replayed := judge.OK
	if c.Replayed != nil {
		at := slices.Index(judge.Verdicts(), *c.Replayed)
		if at < 0 {
			return fmt.Errorf("replayed is %q, which is no verdict", tell.Fit(*c.Replayed, 40))
		}
		replayed = judge.Verdict(at)
	}
	// Of orders the file says how many end wrong, stuck or unknown, and not which.
	could := []report.State{report.Loud}
	v, orders := &c.Verdicts, &c.Orders
	switch {
	case v.Wrong > 0:
		could[0] = report.Wrong
	case v.Stuck > 0:
		could[0] = report.Stuck
	case replayed.Bad():
		could[0] = report.Possible
	case orders.Bad > 0:
		could = []report.State{report.Possible, report.Open}
	case v.Unknown > 0, !orders.Complete, replayed == judge.Unknown:
		could[0] = report.Open
	case v.Loud == 0:
		could[0] = report.Proved
	}
	if !ok || !slices.Contains(could, state) {
		return fmt.Errorf("state is %q, and its trials and orders come to %q", tell.Fit(c.State, 40), could[0])
	}
	return nil
}

// stateOf returns the state of a word.
func stateOf(word string) (report.State, bool) {
	for _, s := range report.States {
		if s.String() == word {
			return s, true
		}
	}
	return 0, false
}

// state returns what the cell comes to, which has been checked.
func (c *cell) state() report.State {
	s, _ := stateOf(c.State)
	return s
}

// checkCosts holds costs to their bounds, and to the trials that they are of.
func (c *cell) checkCosts() error {
	k := c.Costs
	if k == nil {
		return errors.New("it has no costs")
	}
	of, good := "", 0
	switch v := &c.Verdicts; {
	case v.OK > 0:
		of, good = "ok", v.OK
	case v.Loud > 0:
		of, good = "loud", v.Loud
	}
	said := ""
	if k.Of != nil {
		said = *k.Of
	}
	if said != of || k.Good != good {
		return fmt.Errorf("costs are of %d trials that end %q, and there are %d that end %q", k.Good, tell.Fit(said, 40), good, of)
	}
	if w := k.Waits; w != nil && !(w.Low <= w.Mean && w.Mean <= w.High && 0 <= w.Mean && w.High-w.Low <= milliseconds.most()) {
		return fmt.Errorf("costs: waits is %v, from %v to %v", w.Mean, w.Low, w.High)
	}
	for _, x := range k.figures() {
		if most := x.unit.most(); x.value != nil && !(0 <= *x.value && *x.value <= most) {
			return fmt.Errorf("costs: %s is %v, and goes from 0 to %v", x.key, *x.value, most)
		}
	}
	if k.P50 != nil && k.P99 != nil && *k.P50 > *k.P99 {
		return fmt.Errorf("costs: p50 is %v, and p99 %v", *k.P50, *k.P99)
	}
	return nil
}

// figure is a cost, in its unit.
type figure struct {
	key   string
	value *float64 // nil: there is no figure
	unit  unit
}

// unit says what a cost counts.
type unit uint8

const (
	milliseconds unit = iota
	requests
	ofAll // a share
)

// most returns what a cost can be at most: no trial takes longer, or sends more.
func (u unit) most() float64 { return [...]float64{milliseconds: 1e12, requests: 1e12, ofAll: 1}[u] }

// figures lists the costs, but for the loud share.
func (k *costs) figures() []figure {
	var waits *float64
	if k.Waits != nil {
		waits = &k.Waits.Mean
	}
	return []figure{
		{"waits", waits, milliseconds}, {"unanswered", k.Unanswered, ofAll}, {"p50", k.P50, milliseconds}, {"p99", k.P99, milliseconds},
		{"requestsPerSave", k.RequestsPerSave, requests}, {"blocked", k.Blocked, milliseconds},
	}
}

// checkBad holds the list of the bad trials to their number, and to the first of them.
func (c *cell) checkBad(seed uint64) error {
	bad := c.bad()
	switch {
	case (c.First != nil) != (bad > 0):
		return fmt.Errorf("first is there, or is not, and %d trials are bad", bad)
	case c.First != nil && (c.First.Seed < seed || c.First.Seed-seed > uint64(c.Trials-bad)):
		return fmt.Errorf("first has seed %d, and %d of the trials from seed %d on are bad", c.First.Seed, bad, seed)
	case (c.BadAt != nil) != (0 < bad && bad < c.Trials && c.Trials <= maxPairs):
		return fmt.Errorf("badAt is there, or is not, and %d of %d trials are bad", bad, c.Trials)
	case c.BadAt == nil:
		return nil
	}
	at := *c.BadAt
	if want := (c.Trials + 7) / 8; len(at) != want {
		return fmt.Errorf("badAt has %d bytes, and %d trials need %d", len(at), c.Trials, want)
	}
	n, first := 0, -1
	for i, b := range at {
		if n += bits.OnesCount8(b); b != 0 && first < 0 {
			first = 8*i + bits.TrailingZeros8(b)
		}
	}
	switch rest := c.Trials % 8; {
	case rest > 0 && at[len(at)-1]>>rest != 0:
		return fmt.Errorf("badAt has more than the %d trials", c.Trials)
	case n != bad:
		return fmt.Errorf("badAt has %d bad trials, of %d", n, bad)
	case seed+uint64(first) != c.First.Seed:
		return fmt.Errorf("badAt begins with seed %d, and first with %d", seed+uint64(first), c.First.Seed)
	}
	return nil
}

// interrupted says that the run was not finished; nil if it was. A client of the user's
// own has no more trials than it had time for.
func (r *Report) interrupted() error {
	for _, c := range r.cells {
		if c.Partial || !c.own && (c.Trials < r.trials || c.Orders.Classes == 0) {
			return fmt.Errorf("%s was interrupted: %s under %s has %s of %s trials: make it again", r.Name,
				tell.Fit(c.Scenario, 60), tell.Fit(c.Strategy, 60), tell.Grouped(c.Trials), tell.Grouped(r.trials))
		}
	}
	return nil
}

// runs says what a client of the user's own ran on; "" if nothing does.
func (r *Report) runs(name string) string {
	p := r.programs[name]
	text := cmp.Or(p.Runs, "a command")
	for _, of := range p.Of {
		text += ", " + of
	}
	return tell.Fit(text, 120)
}
