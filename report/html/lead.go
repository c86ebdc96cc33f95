package html

import (
	"cmp"
	"slices"
	"strconv"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// summaryPart is what several scenarios come to under one strategy.
type summaryPart struct {
	report.Summary
	ID string
}

// cardPart has the figures of a strategy that matters, on the first screen: of one
// scenario its cell, of several its row in the summary.
type cardPart struct {
	Cell   *cellPart
	Row    *summaryPart
	Answer bool // it is the answer
}

// One reports whether the page is of a single scenario.
func (c cardPart) One() bool { return c.Cell != nil }

// count is how many scenarios are in a state.
type count struct {
	tell.Sign
	Word string
	N    int
}

// columns are the states that have one in tables of summaries.
var columns = [...]report.State{report.Proved, report.Loud, report.Possible, report.Open, report.Wrong, report.Stuck}

// Counts returns a count for each column.
func (s summaryPart) Counts() (out []count) {
	for _, state := range columns {
		out = append(out, count{state.Sign(), state.String(), s.States[state]})
	}
	return out
}

// Columns returns the heads of the columns.
func (v *content) Columns() []count { return summaryPart{}.Counts() }

// worst is the scenario in which a strategy is worst, and how bad it is there. That is
// sure if trials have shown it; then the figure is their share, without a mark.
type worst struct {
	report.Cell
	Name, Figure string
	Sure         bool
}

// Worsts returns the worst, nil if there is none.
func (s summaryPart) Worsts() *worst {
	name, figure := s.Summary.Worsts()
	if name == "" {
		return nil
	}
	return &worst{s.Worst, tell.Clean(name), figure, s.Worst.Bad() > 0}
}

// Waited says how long a click waits, in ms.
func (s summaryPart) Waited() string { return tell.Rounded(s.Waits) }

// SummaryNotes explains the counts.
func (v *content) SummaryNotes() []report.Note {
	return report.SummaryNotes(v.Matrix.Summaries(report.BySafety))
}

// The first screen has the cards of those who matter, at most so many, and at least
// so many of all.
const (
	manyCards = 8
	fewCards  = 4
)

// lead chooses what stands on the first screen, and the story that is open.
func (v *content) lead() {
	var order []int // the columns, in the order in which they are shown
	if v.One() {
		v.why()
		for j := range v.Matrix.Strategies {
			order = append(order, j)
		}
	} else {
		for _, s := range v.Matrix.Summaries(report.BySafety) {
			v.Summaries = append(v.Summaries, summaryPart{s, "t" + strconv.Itoa(s.Column+1)})
			order = append(order, s.Column)
		}
	}
	var first, rest []int
	for _, j := range order {
		if v.matters(j) {
			first = append(first, j)
		} else {
			rest = append(rest, j)
		}
	}
	n := min(len(order), max(fewCards, min(len(first), manyCards)))
	cards := slices.Concat(first, rest)[:n]
	for k, j := range order {
		if !slices.Contains(cards, j) {
			continue
		}
		c := cardPart{Answer: v.answers(j)}
		if v.One() {
			c.Cell = &v.Rows[0].Cells[j]
		} else {
			c.Row = &v.Summaries[k]
		}
		v.Cards = append(v.Cards, c)
	}
}

// matters reports whether the reader looks for strategy j first: it is the answer, the
// user's own, asked for by its name, what one has without any, or what is explained.
func (v *content) matters(j int) bool {
	e := v.Matrix.Strategies[j]
	return v.answers(j) || v.has(e) > 0 || e.Name == "naive" ||
		v.Why != nil && v.Why.Strategy.Name == e.Name
}

// answers reports whether strategy j is the answer.
func (v *content) answers(j int) bool {
	return v.Answer != nil && v.Answer.Strategy.Name == v.Matrix.Strategies[j].Name
}

// has says how near a strategy is to the user: 2 if it is their own, 1 if they asked for
// it by its name.
func (v *content) has(e strategies.Entry) int {
	switch {
	case e.Own() != nil:
		return 2
	case slices.Contains(v.Named, e.Name):
		return 1
	}
	return 0
}

// why opens the story that says why there is something to choose: that of who can lose,
// the user's own before others, and then of who loses least.
func (v *content) why() {
	for j := range v.Rows[0].Cells {
		c := &v.Rows[0].Cells[j]
		if !c.Known() || c.State() > report.Possible {
			continue
		}
		if was := v.Why; was == nil || cmp.Or(v.has(c.Strategy)-v.has(was.Strategy), cmp.Compare(was.Share(was.Bad()), c.Share(c.Bad()))) > 0 {
			v.Why = c
		}
	}
	if v.Why != nil {
		v.Why.Open = true
	}
}

// Breaks says what the story of a cell shows, before the name of its strategy.
func (c cellPart) Breaks() string {
	switch w := c.Witness; {
	case w.Schedule != nil && w.Verdict == judge.Stuck:
		return "the shortest order that stops"
	case w.Schedule != nil:
		return "the shortest order that breaks"
	default:
		return "a run that breaks"
	}
}

// Row returns the figures of the cell in the order of [heads].
func (c cellPart) Row() []string {
	row := c.F.Row(report.Dash)
	if rate := c.Rate(); rate != "" {
		row = append(row, rate)
	}
	return row
}

// heads are those of the columns of figures.
var heads = append([]string{"strategy"}, report.FigureHeads...)

// Unknown says why there are no figures.
func (c cellPart) Unknown() string {
	if c.Failed != nil {
		return c.Cell.Says()
	}
	return "not run"
}

// Sorts are the columns by which strategies can be sorted, with what they are called.
func (v *content) Sorts() []count {
	if v.One() {
		return []count{{N: 0, Word: "by name"}, {N: 1, Word: "least wrong first"}, {N: 6, Word: "least waiting first"}}
	}
	return []count{{N: 0, Word: "by name"}, {N: 7, Word: "least bad first"}, {N: 8, Word: "least waiting first"}}
}
