package diff

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
)

// Diff is how a new report compares with an old one.
type Diff struct {
	Old, New *Report
	Renamed  []Rename
	Cells    []Cell // that are in both, in the order of the new report

	// How many cells of either are not compared: the other does not have them, or a
	// client of the user's own has no figures there.
	OnlyOld, OnlyNew int
}

// Rename says that what the old report calls Old is what the new one calls New: a
// strategy, or a scenario.
type Rename struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// Word says in one what became of a cell.
type Word uint8

// The words, in the order in which cells are listed.
const (
	Worse   Word = iota // it is no longer proved, or was seen to go wrong, or goes wrong more often than by chance
	Better              // the other way round
	Changed             // some trials end otherwise, or the state or a cost is another
	Same
)

// String returns the word.
func (w Word) String() string { return [...]string{"worse", "better", "changed", "same"}[w] }

// Cell is a cell of both reports.
type Cell struct {
	Scenario, Strategy string // as the new report has them
	Word               Word

	// Of Pairs trials with the same seed, so many are bad in the new report alone, and
	// so many in the old one alone. No pairs are known where neither report says
	// which of its trials are bad; then the shares are compared as if nothing bound them.
	Pairs, Added, Gone int

	Difference, Low, High float64 // of the shares, new less old, with its 95 % interval
	P                     float64 // how likely so much were if nothing had changed
	Moved                 []Moved // costs that are others

	old, now *cell
}

// Moved is a cost that is more than a tenth more or less than it was.
type Moved struct {
	Cost string  `json:"cost"` // the key of JSON
	Old  float64 `json:"old"`
	New  float64 `json:"new"`
}

// Compare compares two reports. The error says why it cannot be done, and what to do.
func Compare(old, now *Report, renames ...Rename) (*Diff, error) {
	if err := Comparable(old, now, renames...); err != nil {
		return nil, err
	}
	for _, r := range []*Report{old, now} {
		if err := r.interrupted(); err != nil {
			return nil, err
		}
	}
	d := &Diff{Old: old, New: now, Renamed: renames}
	was := old.under(renames)
	for _, c := range now.cells {
		if o := was[[2]string{c.Scenario, c.Strategy}]; o != nil && o.Trials > 0 && c.Trials > 0 {
			d.Cells = append(d.Cells, Cell{Scenario: c.Scenario, Strategy: c.Strategy, old: o, now: c})
		}
	}
	if len(d.Cells) == 0 {
		return nil, errors.New("what is in both has no figures: the client could not go on")
	}
	d.OnlyOld, d.OnlyNew = len(old.cells)-len(d.Cells), len(now.cells)-len(d.Cells)
	for i := range d.Cells {
		c := &d.Cells[i]
		c.shares()
		if old.eligible(c.old) && now.eligible(c.now) {
			c.Moved = moved(c.old, c.now)
		}
		c.Word = c.word(0.05 / float64(len(d.Cells)))
	}
	return d, nil
}

// Comparable says why two reports cannot be compared, however their trials end.
func Comparable(old, now *Report, renames ...Rename) error {
	if old.seed != now.seed || old.trials != now.trials {
		return fmt.Errorf("%s has %s trials from seed %d on, and %s has %s from seed %d on: only the same trials can be compared; rerun with --seed %d --trials %d",
			old.Name, tell.Grouped(old.trials), old.seed, now.Name, tell.Grouped(now.trials), now.seed, old.seed, old.trials)
	}
	for _, r := range renames {
		if err := r.check(old, now); err != nil {
			return err
		}
	}
	for _, r := range []*Report{old, now} {
		if name := r.twice(); name != "" {
			return fmt.Errorf("%s has two scenarios that are called %s: rerun it with one of them, or with other names", r.Name, tell.Fit(name, 60))
		}
	}
	for _, s := range old.scenarios {
		name := renamed(s.Name, renames)
		for _, t := range now.scenarios {
			if t.Name == name && t.Hash != s.Hash {
				return fmt.Errorf("%s is another script in %s than in %s: figures of the same clicks alone can be compared; rerun one of them with the file of the other, or give it a name of its own",
					tell.Fit(name, 60), now.Name, old.Name)
			}
		}
	}
	was := old.under(renames)
	if !slices.ContainsFunc(now.cells, func(c *cell) bool { return was[[2]string{c.Scenario, c.Strategy}] != nil }) {
		return fmt.Errorf("no scenario is in both %s and %s under the same strategy: --rename OLD=NEW compares what has two names", old.Name, now.Name)
	}
	return nil
}

// check says that there is nothing of these names in the two reports.
func (r Rename) check(old, now *Report) error {
	was, wasScenario := old.names()
	is, isScenario := now.names()
	if slices.Contains(was, r.Old) && slices.Contains(is, r.New) || slices.Contains(wasScenario, r.Old) && slices.Contains(isScenario, r.New) {
		return nil
	}
	missing := func(file, name string, among []string) error {
		hint := ""
		if near := scenarios.Suggest(name, among); near != "" {
			hint = fmt.Sprintf(" (did you mean %q?)", tell.Fit(near, 60))
		}
		return fmt.Errorf("--rename %s=%s: %s has no strategy and no scenario %q%s", r.Old, r.New, file, name, hint)
	}
	if all := append(was, wasScenario...); !slices.Contains(all, r.Old) {
		return missing(old.Name, r.Old, all)
	}
	if all := append(is, isScenario...); !slices.Contains(all, r.New) {
		return missing(now.Name, r.New, all)
	}
	return fmt.Errorf("--rename %s=%s: one of them is a strategy and the other a scenario", r.Old, r.New)
}

// names returns what the report has figures of.
func (r *Report) names() (strategies, scenarios []string) {
	for _, s := range r.strategies {
		strategies = append(strategies, s.Name)
	}
	for _, s := range r.scenarios {
		scenarios = append(scenarios, s.Name)
	}
	return strategies, scenarios
}

// twice returns the name of a scenario that is there twice, or "".
func (r *Report) twice() string {
	seen := map[string]bool{}
	for _, s := range r.scenarios {
		if seen[s.Name] {
			return s.Name
		}
		seen[s.Name] = true
	}
	return ""
}

// renamed returns what the new report calls something; "" if it calls something else so.
func renamed(name string, renames []Rename) string {
	for _, r := range renames {
		if r.Old == name {
			return r.New
		}
	}
	if slices.ContainsFunc(renames, func(r Rename) bool { return r.New == name }) {
		return ""
	}
	return name
}

// under returns the cells by scenario and strategy as the new report calls them.
func (r *Report) under(renames []Rename) map[[2]string]*cell {
	cells := map[[2]string]*cell{}
	for _, c := range r.cells {
		cells[[2]string{renamed(c.Scenario, renames), renamed(c.Strategy, renames)}] = c
	}
	return cells
}

// shares compares how many trials end badly: by pairs, if it is known which.
func (c *Cell) shares() {
	old, now := c.old, c.now
	if added, gone, n, ok := pairs(old, now); ok {
		c.Pairs, c.Added, c.Gone = n, added, gone
		c.Difference = float64(added-gone) / float64(n)
		c.Low, c.High = AgrestiMin(added, gone, n)
		c.P = McNemar(added, gone)
		return
	}
	c.Difference = now.Share - old.Share
	c.Low, c.High = Newcombe(old.bad(), old.Trials, now.bad(), now.Trials)
	c.P = Fisher(old.bad(), old.Trials, now.bad(), now.Trials)
}

// pairs counts the trials that are bad in one of two cells alone, of those that both
// have, if it is known which are.
func pairs(old, now *cell) (added, gone, n int, ok bool) {
	n = min(old.Trials, now.Trials)
	was, is := old.known(n), now.known(n)
	switch {
	case was == nil && is == nil:
		return 0, 0, 0, false
	case was == nil:
		a, g, n, ok := pairs(now, old)
		return g, a, n, ok
	case is == nil && (now.Trials != n || old.bad() != 0 && old.bad() != old.Trials):
		return 0, 0, 0, false
	case is == nil && old.bad() == 0: // whichever are bad now, none was
		return now.bad(), 0, n, true
	case is == nil: // all were
		return 0, n - now.bad(), n, true
	}
	for i := range was {
		mask := byte(0xff)
		if rest := n - 8*i; rest < 8 {
			mask >>= 8 - rest
		}
		added += bits.OnesCount8(is[i] & ^was[i] & mask)
		gone += bits.OnesCount8(was[i] & ^is[i] & mask)
	}
	return added, gone, n, true
}

// known returns which of the first n trials are bad, a bit each; nil if nobody knows.
func (c *cell) known(n int) []byte {
	switch size := (n + 7) / 8; {
	case c.BadAt != nil:
		return (*c.BadAt)[:size]
	case c.bad() == 0:
		return make([]byte, size)
	case c.bad() == c.Trials:
		return slices.Repeat([]byte{0xff}, size)
	}
	return nil
}

// grade orders states by what is known to be lost: nothing, something that no trial
// has shown, something.
func grade(s report.State) int {
	switch s {
	case report.Proved, report.Loud:
		return 0
	case report.Wrong, report.Stuck:
		return 2
	}
	return 1
}

// word returns what became of the cell, where what is less likely than least is no
// chance.
func (c *Cell) word(least float64) Word {
	was, is := c.old.state(), c.now.state()
	switch n := cmp.Compare(grade(is), grade(was)); {
	case n > 0:
		return Worse
	case n < 0:
		return Better
	case c.P < least && c.Difference > 0:
		return Worse
	case c.P < least && c.Difference < 0:
		return Better
	case was != is, c.Added+c.Gone > 0, c.Difference != 0, len(c.Moved) > 0:
		return Changed
	}
	return Same
}

// eligible reports whether costs of the cell mean something: the strategy is safe in the
// scenario, or nobody is, and it is sure to lose next to nothing.
func (r *Report) eligible(c *cell) bool {
	return c.state().Safe() || !r.safe[c.Scenario] && c.High <= report.AtMost
}

// moved lists the costs that are more than a tenth more or less: times by more than
// 1 ms too, shares by more than a hundredth of all, and waits by more than chance.
func moved(old, now *cell) (all []Moved) {
	was, is := old.Costs.figures(), now.Costs.figures()
	was, is = append(was, figure{"loud", &old.Loud, ofAll}), append(is, figure{"loud", &now.Loud, ofAll})
	for i, x := range was {
		if x.value == nil || is[i].value == nil {
			continue
		}
		before, after := *x.value, *is[i].value
		least := 0.1 * max(before, after)
		switch x.unit {
		case milliseconds:
			least = max(least, 1)
		case ofAll:
			least = max(least, 0.01)
		}
		if x.key == "waits" {
			half := func(c *costs) float64 { return (c.Waits.High - c.Waits.Low) / 2 }
			a, b := half(old.Costs), half(now.Costs)
			least = max(least, math.Sqrt(float64(a*a)+float64(b*b)))
		}
		if math.Abs(after-before) > least {
			all = append(all, Moved{x.key, before, after})
		}
	}
	return all
}

// Worse says of each cell that got worse so, as "ours in two-tabs is worse: 0 % -> 6.4 %".
func (d *Diff) Worse() (lines []string) {
	for i := range d.Cells {
		if c := &d.Cells[i]; c.Word == Worse {
			lines = append(lines, tell.Clean(c.Strategy+" in "+c.Scenario+" is worse: "+c.became()))
		}
	}
	return lines
}

// count returns how many cells have a word.
func (d *Diff) count(w Word) (n int) {
	for i := range d.Cells {
		if d.Cells[i].Word == w {
			n++
		}
	}
	return n
}
