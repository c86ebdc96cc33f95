package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Known reports whether there is anything to say of the cell: it has a trial, and
// its client could go on.
func (c Cell) Known() bool { return c.Failed == nil && c.Trials > 0 }

// Partial reports whether the cell has trials, and fewer than were asked for.
func (c Cell) Partial() bool { return c.Known() && c.Trials < c.Matrix.Trials }

// Sign returns the mark of the cell's state with the role of its colour. Of a cell of
// which nothing is known it is that of what is not decided yet.
func (c Cell) Sign() tell.Sign {
	if !c.Known() {
		return tell.Sign{Glyph: tell.Open, Role: tell.Dim}
	}
	return c.State().Sign()
}

// Word returns the word of the cell's state; of one of which nothing is known,
// "failed" or "none".
func (c Cell) Word() string {
	switch {
	case c.Failed != nil:
		return "failed"
	case c.Trials == 0:
		return "none"
	}
	return c.State().String()
}

// Figure returns what stands beside the mark of a cell: the share of the trials that
// gave it its state, or what is possible besides them; "" where the mark says all.
func (c Cell) Figure() string {
	if !c.Known() {
		return ""
	}
	switch c.State() {
	case Wrong:
		if c.Verdicts[judge.Stuck] > 0 {
			return c.Of(judge.Wrong) + " " + Stuck.Mark()
		}
		return c.Of(judge.Wrong)
	case Stuck:
		return c.Of(judge.Stuck)
	case Possible:
		if c.Replayed.Bad() {
			return "0 % · as pinned: " + tell.Mark(c.Replayed)
		}
		return "0 % · " + c.OrdersFigure()
	case Open:
		return c.Of(judge.Unknown)
	case Loud:
		return c.Of(judge.Loud)
	}
	return ""
}

// Text returns a cell in a few columns: its mark and its figure, after a ~ if it has
// fewer trials than were asked for.
func (c Cell) Text() string {
	if c.Failed != nil {
		return c.Word()
	}
	text := strings.TrimRight(c.Sign().Glyph+" "+c.Figure(), " ")
	if c.Partial() {
		return "~" + text
	}
	return text
}

// OrdersFigure returns what all orders come to in a few columns, without a mark: "3/7"
// end wrong, stuck or unknown; "5", of which none does, which is a proof; "20k+", of
// which not all were run; "?" if they prove nothing.
func (c Cell) OrdersFigure() string {
	r := c.Orders
	few, all := inDigits(r.Bad()), inDigits(r.Classes)
	switch {
	case c.Failed != nil, r.Failed != nil:
		return "?"
	case r.Classes == 0:
		return tell.Open
	case !r.Complete:
		all = andMore(r.Classes)
	}
	if r.Bad() == 0 {
		return all
	}
	if unit := all[len(all)-1:]; r.Complete && unit > "9" {
		few = strings.TrimSuffix(few, unit) // 4.9/7.2G: both in the one unit
	}
	return few + "/" + all
}

// AtMost is the share of bad trials up to which costs are compared where no strategy
// is safe.
const AtMost = 0.001

// Eligible reports whether the costs of strategy j in scenario i are to be compared
// with those of others: it is safe; or nobody is, or it was asked for, and its share of
// bad trials is at most [AtMost] or what was asked for, with all of its interval; and
// it is not loud more often by more than that than the least loud of these. Who can
// lose ends well when the network is quick, and who refuses has less to do.
func (m *Matrix) Eligible(i, j int) bool { return m.eligible(i)[j] }

// eligible is [Matrix.Eligible] for all strategies.
func (m *Matrix) eligible(i int) []bool {
	all, least := m.harmless(i), 1.0
	loud := func(j int) float64 { c := m.Cell(i, j); return c.Share(c.Verdicts[judge.Loud]) }
	for j := range all {
		if all[j] {
			least = min(least, loud(j))
		}
	}
	for j := range all {
		all[j] = all[j] && loud(j) <= least+m.mayLose()
	}
	return all
}

// harmless says which strategies are eligible however loud they are.
func (m *Matrix) harmless(i int) []bool {
	all, nobody := make([]bool, len(m.Strategies)), true
	for j := range all {
		c := m.Cell(i, j)
		all[j] = c.Known() && c.State().Safe()
		nobody = nobody && !all[j]
	}
	for j := range all {
		if c := m.Cell(i, j); (nobody || m.Options.AtMost > 0) && c.Known() {
			_, high := c.Interval()
			all[j] = all[j] || high <= m.mayLose()
		}
	}
	return all
}

// Few is up to how many scenarios a report shows each cell without being asked to: text
// a mark, Markdown also what happened.
const Few = 12

// Sort says in which order strategies are shown: the word that --sort takes; of none,
// safe of several scenarios, and of one as they were asked for.
type Sort string

// The orders. Where two are alike, the next that decides is [BySafety], and then the
// catalogue.
const (
	BySafety Sort = "safe"  // first who is proved in most scenarios, then who is loud in most
	ByWorst  Sort = "worst" // first whose worst scenario has the least share of bad trials
	ByWaits  Sort = "waits" // first who waits least
	ByName   Sort = "name"
)

// Sorts lists the orders, the default first.
var Sorts = []string{string(BySafety), string(ByWorst), string(ByWaits), string(ByName)}

// Summary is what the scenarios of a matrix come to under one strategy.
type Summary struct {
	Strategy strategies.Entry
	Column   int              // its place in the matrix
	States   [len(States)]int // counts the cells that are known by their [State]
	Known    int              // how many they are

	// Worst is the cell with the largest share of trials that end wrong or stuck, or
	// if none does, the first that is possible; of several alike the first. It is
	// without odds if there is neither.
	Worst Cell

	// Waits is the mean, over the WaitsIn scenarios in which the strategy is
	// eligible and answers, of what a click waits there.
	Waits   time.Duration
	WaitsIn int
}

// Worsts puts the worst scenario into a name, which may be of a file, and a figure;
// both are "" if there is none.
func (s *Summary) Worsts() (scenario, figure string) {
	switch c := s.Worst; {
	case c.Odds == nil:
		return "", ""
	case c.Bad() == 0:
		return c.Scenario.Name, Possible.Mark() + " " + strings.TrimPrefix(c.Figure(), "0 % · ")
	default:
		return c.Scenario.Name, Percent(c.Share(c.Bad()))
	}
}

// Summaries returns a summary of each strategy, in that order.
func (m *Matrix) Summaries(by Sort) []Summary {
	all := make([]Summary, len(m.Strategies))
	sums := make([]time.Duration, len(all))
	for j, e := range m.Strategies {
		all[j] = Summary{Strategy: e, Column: j}
	}
	for i := range m.Scenarios {
		eligible := m.eligible(i)
		for j := range all {
			c, s := m.Cell(i, j), &all[j]
			s.add(c)
			if eligible[j] && c.Costs.Answered() > 0 {
				sums[j] += c.Costs.Waits
				s.WaitsIn++
			}
		}
	}
	for j := range all {
		all[j].Waits = sums[j] / time.Duration(max(1, all[j].WaitsIn))
	}
	slices.SortStableFunc(all, func(a, b Summary) int { return cmp.Or(a.before(&b, by), a.before(&b, BySafety)) })
	return all
}

// Rows returns the summaries of the strategies of which there is anything to say: those
// that have a trial, or could not go on. Without an order one scenario has them as they
// were asked for.
func (m *Matrix) Rows(by Sort) []Summary {
	rows := slices.DeleteFunc(m.Summaries(by), func(s Summary) bool {
		for i := range m.Scenarios {
			if c := m.Cell(i, s.Column); c.Known() || c.Failed != nil {
				return false
			}
		}
		return true
	})
	if len(m.Scenarios) == 1 && by == "" {
		slices.SortFunc(rows, func(a, b Summary) int { return cmp.Compare(a.Column, b.Column) })
	}
	return rows
}

// Counted lists the states that any of the rows has, in the order of their columns.
func Counted(rows []Summary) (states []State) {
	for _, state := range [...]State{Proved, Loud, Possible, Open, Wrong, Stuck} {
		if slices.ContainsFunc(rows, func(s Summary) bool { return s.States[state] > 0 }) {
			states = append(states, state)
		}
	}
	return states
}

// MayLose reports whether there is a scenario of which a story can be told, see [Cell.Story].
func (s *Summary) MayLose() bool { return s.States[Wrong]+s.States[Stuck]+s.States[Possible] > 0 }

// Waiting returns what a click waits, in ms, or a dash.
func (s *Summary) Waiting() string {
	if s.WaitsIn == 0 {
		return Dash
	}
	return tell.Rounded(s.Waits)
}

// add counts a cell.
func (s *Summary) add(c Cell) {
	if !c.Known() {
		return
	}
	state := c.State()
	s.Known++
	s.States[state]++
	switch was := s.Worst; {
	case c.Bad() > 0 && (was.Odds == nil || c.Share(c.Bad()) > was.Share(was.Bad())):
		s.Worst = c
	case state == Possible && was.Odds == nil:
		s.Worst = c
	}
}

// before compares two summaries: negative if s is shown before o.
func (s *Summary) before(o *Summary, by Sort) int {
	switch by {
	case ByName:
		return strings.Compare(s.Strategy.Name, o.Strategy.Name)
	case ByWorst:
		return cmp.Compare(s.share(), o.share())
	case ByWaits:
		return cmp.Or(cmp.Compare(min(1, o.WaitsIn), min(1, s.WaitsIn)), cmp.Compare(s.Waits, o.Waits))
	}
	return cmp.Or(o.States[Proved]-s.States[Proved], o.States[Loud]-s.States[Loud], place(s.Strategy)-place(o.Strategy))
}

// share returns that of the bad trials of the worst scenario.
func (s *Summary) share() float64 {
	if s.Worst.Odds == nil {
		return 0
	}
	return s.Worst.Share(s.Worst.Bad())
}

// place returns where a strategy stands in the catalogue: the user's own before it,
// compositions after it.
func place(e strategies.Entry) int {
	if e.Own() != nil {
		return -1
	}
	if i := slices.Index(strategies.Names(), e.Name); i >= 0 {
		return i
	}
	return len(strategies.Catalogue)
}
