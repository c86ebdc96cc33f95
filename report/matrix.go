package report

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Matrix holds the odds of every scenario under every strategy.
type Matrix struct {
	Options
	Scenarios  []*scenarios.Scenario
	Strategies []strategies.Entry
	Cells      [][]Odds           // by scenario, then by strategy; without trials where the run did not get to
	Orders     [][]explore.Result // likewise; without classes where the run did not get to
	Replayed   [][]judge.Verdict  // likewise, of the run as the file pins it; OK where it pins nothing

	Choice
	Program string   // the version of the program; "" if it has none
	Answer  *Answer  // to the question which strategy to take; nil if nobody has asked
	Diff    Compared // with an earlier report; nil if none was named
}

// MatrixClasses is how many classes of orders are run for a cell, where they cannot
// be counted without running each: see [explore.Bounds]. What needs more is for
// [Explore].
const MatrixClasses = 20_000

// Run fills a matrix, one cell after the other. When ctx ends, it returns its
// error and the matrix as far as it got.
func Run(ctx context.Context, ss []*scenarios.Scenario, es []strategies.Entry, o Options) (*Matrix, error) {
	p := NewPartial(ss, es, o, 1, 1)
	err := p.Run(ctx, nil)
	return p.Matrix(), err
}

// Asked returns the strategies that the user has named one by one.
func (m *Matrix) Asked() (es []strategies.Entry) {
	for _, e := range m.Strategies {
		if slices.Contains(m.Named, e.Name) {
			es = append(es, e)
		}
	}
	return es
}

// Done returns how many trials were run, and how many were asked for. Nobody
// asks a client of the user's own for more than it had time for.
func (m *Matrix) Done() (done, all int) {
	for c := range m.Each {
		done += c.Trials
		if c.Over || c.Failed != nil {
			all += c.Trials
		} else {
			all += m.Trials
		}
	}
	return done, all
}

// Cell is an element of the matrix with its place.
type Cell struct {
	*Odds
	Orders   *explore.Result
	Replayed judge.Verdict // of the run as the file pins it; OK where it pins nothing
	Scenario *scenarios.Scenario
	Strategy strategies.Entry
	Matrix   *Matrix // the whole
}

// Each yields every cell, row by row.
func (m *Matrix) Each(yield func(c Cell) bool) {
	for i := range m.Scenarios {
		for j := range m.Strategies {
			if !yield(m.Cell(i, j)) {
				return
			}
		}
	}
}

// Cell returns the cell of scenario i under strategy j.
func (m *Matrix) Cell(i, j int) Cell {
	return Cell{&m.Cells[i][j], &m.Orders[i][j], m.Replayed[i][j], m.Scenarios[i], m.Strategies[j], m}
}

// Gravest returns the verdict that a cell is shown with: the gravest that any
// of its trials had.
func (o *Odds) Gravest() judge.Verdict {
	for v, n := range slices.Backward(o.Verdicts[:]) {
		if n > 0 {
			return judge.Verdict(v)
		}
	}
	return judge.OK
}

// Of writes the share of the trials with that verdict.
func (c Cell) Of(v judge.Verdict) string { return Percent(c.Share(c.Verdicts[v])) }

// inDigits writes a number in full, if it has no more than five.
func inDigits(n int64) string {
	if n < 100_000 {
		return strconv.FormatInt(n, 10)
	}
	return tell.Short(n)
}

// andMore writes a number that is not all.
func andMore(n int64) string {
	if n < 1000 {
		return strconv.FormatInt(n, 10) + "+"
	}
	return strconv.FormatInt(n/1000, 10) + "k+"
}

// OrdersLong tells of all orders as [tell.Orders] does, or that none was run.
func (c Cell) OrdersLong() string {
	switch r := c.Orders; {
	case c.Failed != nil:
		return "failed"
	case r.Failed != nil:
		return "unknown: " + tell.Clean(r.Failed.Error())
	case r.Classes > 0:
		return tell.Orders(r.Bad(), r.Classes, r.Complete)
	}
	return "not run"
}

// Says describes a cell, as "49.1 % wrong (48.1–50.1 %), mostly unsent-write"; of
// one that has nothing bad it says so.
func (c Cell) Says() string {
	if c.Failed != nil {
		return "failed: " + tell.Clean(c.Failed.Error())
	}
	var parts []string
	for v := judge.Wrong; v >= judge.Unknown; v-- {
		if c.Verdicts[v] > 0 {
			parts = append(parts, c.Of(v)+" "+v.String())
		}
	}
	rate := c.Rate()
	if rate != "" {
		rate = ", " + rate
	}
	if parts == nil {
		return fmt.Sprintf("none of %s trials wrong or stuck%s", tell.Grouped(c.Trials), rate)
	}
	text := strings.Join(parts, ", ")
	if c.Bad() > 0 {
		text += " (" + Interval(c.Interval()) + ")"
	}
	text += rate
	if c.Trials < c.Matrix.Trials {
		text += fmt.Sprintf(" of %s trials", tell.Grouped(c.Trials))
	}
	if k, ok := c.Mostly(); ok {
		text += ", mostly " + k.String()
	}
	return text
}

// Mostly returns the bad anomaly that the most trials show, and false if none
// does.
func (o *Odds) Mostly() (most judge.Kind, ok bool) {
	for k, n := range o.Kinds {
		if judge.Kinds[k].Verdict.Bad() && n > 0 && (!ok || n > o.Kinds[most]) {
			most, ok = judge.Kind(k), true
		}
	}
	return most, ok
}

// Replay returns the command that shows the first bad trial of the cell.
func (c Cell) Replay() string {
	return Command(c.Scenario, c.Strategy, c.FirstBad.Seed, Pinned(c.Scenario.Script)) + c.Matrix.suffix()
}

// Command returns the command that replays one trial.
func Command(s *scenarios.Scenario, e strategies.Entry, seed uint64, unpinned bool) string {
	text := fmt.Sprintf("photofinish replay %s%s --seed %d", tell.Quote(s.Ref()), Naming(e), seed)
	if unpinned {
		text += " --unpinned"
	}
	return text
}

// Command returns the command that makes the matrix again, without a format.
func (m *Matrix) Command() string {
	words := []string{"photofinish", "report"}
	for _, s := range m.Scenarios {
		words = append(words, tell.Quote(s.Ref()))
	}
	if slices.Equal(words[2:], scenarios.Names()) {
		words = words[:2]
	}
	words = append(words, flags(m.Strategies)...)
	if names := m.named(); !slices.Equal(names, strategies.Default()) {
		words = append(words, "--strategy", strings.Join(names, ","))
	}
	words = append(words, m.flags()...)
	if m.SavesADay > 0 {
		words = append(words, "--saves-a-day", strconv.Itoa(m.SavesADay))
	}
	if m.AtMost > 0 {
		words = append(words, "--at-most", strconv.FormatFloat(m.AtMost, 'g', -1, 64))
	}
	return strings.Join(words, " ") + m.suffix()
}

// named returns the words of --strategy, or, where nothing was named, what is there
// beside clients of the user's own, and what was added.
func (m *Matrix) named() (names []string) {
	if len(m.Named) > 0 {
		return m.Named
	}
	for _, e := range m.Strategies {
		if e.Own() == nil && !slices.Contains(m.Added, e.Name) {
			names = append(names, e.Name)
		}
	}
	return names
}

// Pinned reports whether the script pins a latency. The odds know no pins, so
// a trial of theirs is then another than the one with the same seed and pins.
func Pinned(s *sim.Script) bool {
	for i := range s.Actions {
		if a := &s.Actions[i]; a.Up != sim.Unpinned || a.Down != sim.Unpinned || a.Processing != 0 {
			return true
		}
	}
	return false
}

// Percent writes a share with about three figures, and as many as it takes
// that what is neither nothing nor everything looks like neither.
func Percent(share float64) string {
	p := 100 * share
	rest := min(p, 100-p)
	decimals := 1
	switch {
	case rest == 0:
		decimals = 0
	case p < 0.995 || rest < 0.05:
		decimals = 2
		for least := 0.005; rest < least; least /= 10 {
			decimals++
		}
	}
	return strconv.FormatFloat(p, 'f', decimals, 64) + " %"
}

// Interval writes two shares as "48.1–50.1 %".
func Interval(low, high float64) string {
	return strings.TrimSuffix(Percent(low), " %") + "–" + Percent(high)
}
