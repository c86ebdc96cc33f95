package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"photofinish/report/tell"
	"photofinish/sim/judge"
)

// Figures are those of a cell as all who write tables have them, without units: shares
// have their sign, times are in ms. What there is no figure for is a dash.
type Figures struct {
	Wrong, Stuck, Loud string
	Interval           string // of the share of wrong or stuck, at 95 %, without a sign
	Orders             string // see [Cell.OrdersFigure]
	Waits, P50, P99    string
	Never              string // in the place of P50 and P99, if it is not ""
	Sent, Blocked      string
	Eligible           bool // if not, the costs are to be compared with nobody's
}

// Dash stands where there is no figure.
const Dash = "–"

// Figures returns those of strategy j in scenario i, which has to be known.
func (m *Matrix) Figures(i, j int) Figures {
	c := m.Cell(i, j)
	k := &c.Costs
	f := Figures{
		Wrong: c.Of(judge.Wrong), Stuck: c.Of(judge.Stuck), Loud: c.Of(judge.Loud),
		Interval: strings.TrimSuffix(Interval(c.Interval()), " %"), Orders: c.OrdersFigure(),
		Waits: Dash, P50: Dash, P99: Dash, Sent: "none", Blocked: Dash, Eligible: m.Eligible(i, j),
	}
	if k.Good > 0 {
		f.P50, f.P99, f.Blocked = tell.Rounded(k.P50), tell.Rounded(k.P99), tell.Rounded(k.Blocked)
	} else if c.Verdicts[judge.Stuck] > 0 {
		f.Never = "never (" + f.Stuck + ")"
	}
	if k.Answered() > 0 {
		f.Waits = tell.Rounded(k.Waits)
	}
	if sent, ok := k.PerSave(); ok {
		f.Sent = strconv.FormatFloat(sent, 'f', 2, 64)
	}
	return f
}

// FigureHeads name the columns of [Figures.Row].
var FigureHeads = []string{"wrong", "stuck", "95 %", "loud", "orders", "waits", "p50", "p99", "sent", "blocked"}

// Row returns the figures as the columns of a table; where Never stands for two of them,
// the second is what stands for none.
func (f *Figures) Row(none string) []string {
	half, most := f.Cost(f.P50), f.Cost(f.P99)
	if f.Never != "" {
		half, most = f.Never, none
	}
	return []string{f.Wrong, f.Stuck, f.Interval, f.Loud, f.Orders, f.Cost(f.Waits), half, most, f.Cost(f.Sent), f.Cost(f.Blocked)}
}

// Note explains a mark or a word of a table by a figure that stands in it.
type Note struct {
	tell.Sign        // of what has no mark, the glyph is ""
	Word      string // "" where the glyph is explained and not a state
	Says      string // what it means, of an example; plain text, with names as they are
}

// Label returns what is explained: mark and word.
func (n Note) Label() string {
	switch {
	case n.Glyph == "":
		return n.Word
	case n.Word == "":
		return n.Glyph
	}
	return n.Glyph + " " + n.Word
}

// Notes explains the marks that cells of the matrix bear, and no other, each by the
// first cell that bears it; and why others are said to be as good as the answer.
func (m *Matrix) Notes() (notes []Note) {
	for _, state := range States {
		said := map[string]bool{}
		for c := range m.Each {
			if !c.Known() || c.State() != state {
				continue
			}
			kind, says := c.means(state)
			if !said[kind] {
				said[kind] = true
				notes = append(notes, Note{state.Sign(), state.String(), c.Named() + " " + says})
			}
		}
	}
	if notes = append(notes, m.gaps()...); m.Answer != nil && m.Answer.Beside(AsGood) != nil {
		notes = append(notes, Note{Word: "as good", Says: "what they cost differs by less than a tenth, or than the intervals"})
	}
	return notes
}

// Named says whose cell it is: of one scenario, the strategy.
func (c Cell) Named() string {
	if len(c.Matrix.Scenarios) == 1 {
		return c.Strategy.Name
	}
	return c.Strategy.Name + " in " + tell.Clean(c.Scenario.Name)
}

// means says of a cell what gave it its state, and of which kind that is, where there
// are several.
func (c Cell) means(s State) (kind, says string) {
	none := "goes wrong in none of " + tell.Grouped(c.Trials) + " trials"
	atMost := func() string {
		_, high := c.Interval()
		return "so in at most " + Percent(high) + " of all (95 %)"
	}
	switch r := c.Orders; s {
	case Wrong:
		says = "ends silently wrong in " + c.Of(judge.Wrong) + " of its trials"
		if c.Verdicts[judge.Stuck] > 0 {
			return "stuck", says + ", and gets stuck in " + c.Of(judge.Stuck)
		}
		return "", says
	case Stuck:
		return "", "waits for ever in " + c.Of(judge.Stuck) + " of its trials, and ends wrong in none"
	case Possible:
		pinned, orders := pins[c.Replayed], ""
		if n := r.Verdicts[judge.Wrong] + r.Verdicts[judge.Stuck]; n > 0 {
			orders = ", and in " + tell.OfOrders(n, r.Classes, r.Complete)
		}
		return pinned, none + pinned + orders
	case Open:
		return c.unproved(none, atMost())
	case Loud:
		return "", "loses nothing silently in any order " + c.proof() + "; in " + c.Of(judge.Loud) + " of its trials the user is told that something failed"
	}
	return "", "goes wrong in no order " + c.proof() + ", and in none of " + tell.Grouped(c.Trials) + " trials, " + atMost()
}

// proof says how much all orders of a safe cell are, as an answer does.
func (c Cell) proof() string {
	switch n := c.Orders.Classes; n {
	case 1:
		return "(there is one)"
	case 2:
		return "(both run)"
	default:
		return "(all " + tell.Grouped(n) + " run)"
	}
}

// pins says how a run as its file pins it ends badly.
var pins = map[judge.Verdict]string{judge.Wrong: ", and goes wrong as its file pins it", judge.Stuck: ", and gets stuck as its file pins it"}

// unproved says why nothing is proved of a cell of which nothing bad is known.
func (c Cell) unproved(none, atMost string) (kind, says string) {
	switch r := c.Orders; {
	case c.Verdicts[judge.Unknown] > 0:
		return "trials", "does not end in " + c.Of(judge.Unknown) + " of its trials, so that nobody knows"
	case r.Failed != nil:
		return "failed", none + ", " + atMost + "; its orders prove nothing"
	case r.Verdicts[judge.Unknown] > 0:
		return "orders", none + ", " + atMost + "; of " + tell.Orders(r.Bad(), r.Classes, r.Complete) + " orders nobody knows how they end"
	case r.Classes == 0:
		return "none", none + ", " + atMost + "; its orders were not run"
	case c.Replayed == judge.Unknown:
		return "pinned", none + ", " + atMost + "; of the run as its file pins it nobody knows how it ends"
	default:
		return "", none + ", " + atMost + "; of its orders the first " + tell.Grouped(r.Classes) + " were run, and there are more"
	}
}

// gaps explains what stands where figures are missing. Of what has no trial at all,
// there is no row.
func (m *Matrix) gaps() (notes []Note) {
	var over, cancelled, none, failed bool
	rows, columns := make([]bool, len(m.Scenarios)), make([]bool, len(m.Strategies))
	for i := range rows {
		for j := range columns {
			c := m.Cell(i, j)
			rows[i], columns[j] = rows[i] || c.Known(), columns[j] || c.Known()
			over, cancelled = over || c.Partial() && c.Over, cancelled || c.Partial() && !c.Over
			failed = failed || c.Failed != nil
		}
	}
	for i := range rows {
		for j := range columns {
			c := m.Cell(i, j)
			none = none || rows[i] && columns[j] && !c.Known() && c.Failed == nil
		}
	}
	note := func(is bool, glyph, word, says string) {
		if is {
			notes = append(notes, Note{tell.Sign{Glyph: glyph, Role: tell.Dim}, word, says})
		}
	}
	note(cancelled, "~", "", "cancelled before its last trial")
	note(over, "~", "", "a client of your own: fewer trials, as its interval says")
	note(none, tell.Open, "", "cancelled before its first trial")
	note(failed, "", "failed", "the client could not go on, and nothing is known")
	return notes
}

// SummaryNotes explains the columns of a table of summaries that have a count in them,
// each by the first row that has one, and what such a row has besides.
func SummaryNotes(rows []Summary) (notes []Note) {
	for _, state := range States {
		if i := slices.IndexFunc(rows, func(r Summary) bool { return r.States[state] > 0 }); i >= 0 {
			r := &rows[i]
			says := fmt.Sprintf("in %s of %s ", tell.Grouped(r.States[state]), tell.Grouped(r.Known)) + fmt.Sprintf(meanings[state], r.Strategy.Name)
			notes = append(notes, Note{state.Sign(), state.String(), says})
		}
	}
	if slices.ContainsFunc(rows, func(r Summary) bool { return r.WaitsIn > 0 }) {
		notes = append(notes, WaitsNote)
	}
	return notes
}

// WaitsNote explains what a row of a summary says of waiting.
var WaitsNote = Note{Word: "waits", Says: "ms to a click's answer, mean of scenarios where it is safe and no louder"}

// meanings say what a count of scenarios in which a strategy is in a state means.
var meanings = [...]string{
	Wrong:    "%s ends silently wrong in some trials",
	Stuck:    "%s waits for ever in some trials, ends wrong in none",
	Possible: "%s goes wrong in no trial, but it can",
	Open:     "nobody knows whether %s goes wrong",
	Loud:     "%s loses nothing silently, but tells of failures",
	Proved:   "%s goes wrong in no order (all run) or trial",
}

// ColumnNotes explains the columns of a table of [Figures] and what may stand in the
// place of a figure, by what does.
func (m *Matrix) ColumnNotes() []Note {
	notes := []Note{
		{Word: "95 %", Says: "where the share of wrong or stuck is, with 95 % certainty"},
		{Word: "orders", Says: m.ordersNote()},
		{Word: "waits", Says: "ms from a click to its answer, mean"},
		{Word: "p50, p99", Says: "ms from the last click until all has settled"},
		{Word: "sent", Says: "requests that write, for each save that stands"},
		{Word: "blocked", Says: "ms that something the user wanted was blocked, mean"},
	}
	said := map[string]bool{}
	for i := range m.Scenarios {
		for j := range m.Strategies {
			if c := m.Cell(i, j); c.Known() {
				notes = append(notes, m.Figures(i, j).notes(c, said)...)
			}
		}
	}
	return notes
}

// ordersNote explains the column of orders.
func (m *Matrix) ordersNote() string {
	var bad, good, more string
	for c := range m.Each {
		switch r := c.Orders; {
		case !c.Known() || r.Classes == 0:
		case r.Bad() > 0 && bad == "":
			bad = c.OrdersFigure() + tell.Ends(r.Bad()) + " badly under " + c.Named()
		case r.RaceFree() && good == "":
			good = "none of " + c.OrdersFigure() + " under " + c.Named()
		}
		if r := c.Orders; c.Known() && r.Classes > 0 && !r.Complete && more == "" {
			more = "; of " + andMore(r.Classes) + " under " + c.Named() + " not all were run"
		}
	}
	switch {
	case bad != "" && good != "":
		bad += ", and "
	case bad == "" && good != "":
		good = strings.Replace(good, " under", " ends badly under", 1)
	}
	says := "of clicks and messages"
	if text := strings.TrimPrefix(bad+good+more, "; "); text != "" {
		says += ": " + text
	}
	return says + ". Those that nobody can tell apart count once"
}

// notes explains what stands in the place of costs, or around them, but for what is
// said already.
func (f Figures) notes(c Cell, said map[string]bool) (notes []Note) {
	note := func(word, key, says string) {
		if !said[key] {
			said[key] = true
			notes = append(notes, Note{Word: word, Says: says})
		}
	}
	if !f.Eligible && f.Waits != Dash {
		key, why := "(", "can lose, and ends well when the network is quick"
		if c.State().Safe() {
			key, why = "(!", "tells of more failures than others"
		}
		note(f.Cost(f.Waits), key, c.Named()+" "+why+": compare what it costs then with nobody's")
	}
	if f.Never != "" {
		note(f.Never, "never", "no trial of "+c.Named()+" ended well, and so many got stuck")
	} else if f.P50 == Dash {
		note(Dash, Dash, "no trial of "+c.Named()+" ended well")
	}
	if f.Sent == "none" {
		note(f.Sent, f.Sent, c.Named()+" has no save that stands in a trial that ended well")
	}
	return notes
}

// Cost returns a figure as a table has it: in parentheses where it is to be compared
// with nobody's.
func (f Figures) Cost(figure string) string {
	if f.Eligible || strings.Trim(figure, "0123456789.") != "" || figure == "0" || figure == "" {
		return figure
	}
	return "(" + figure + ")"
}
