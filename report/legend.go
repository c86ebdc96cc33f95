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
// first cell that bears it.
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
				notes = append(notes, Note{state.Sign(), state.String(), c.named() + " " + says})
			}
		}
	}
	return append(notes, m.gaps()...)
}

// named says whose cell it is: of one scenario, the strategy.
func (c Cell) named() string {
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
		if v := &r.Verdicts; v[judge.Wrong]+v[judge.Stuck] == 0 {
			return "pinned", none + ", and " + endsBadly(c.Replayed) + " as its file pins it"
		}
		return "", none + ", and in " + tell.Orders(r.Bad(), r.Classes, r.Complete) + " orders"
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

// endsBadly says how a run ends that is wrong or stuck.
func endsBadly(v judge.Verdict) string {
	if v == judge.Stuck {
		return "gets stuck"
	}
	return "goes wrong"
}

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

// gaps explains what stands where figures are missing.
func (m *Matrix) gaps() (notes []Note) {
	dim := func(glyph string) tell.Sign { return tell.Sign{Glyph: glyph, Role: tell.Dim} }
	done, all := m.Done()
	if done < all {
		notes = append(notes, Note{dim("~"), "", "cancelled before its last trial"}, Note{dim(tell.Open), "", "cancelled before its first"})
	} else if slices.ContainsFunc(m.Programs(), func(p Program) bool { return p.Over }) {
		notes = append(notes, Note{dim("~"), "", "a client of your own: fewer trials, as its interval says"})
	}
	if len(m.Failures()) > 0 {
		notes = append(notes, Note{dim(""), "failed", "the client could not go on, and nothing is known"})
	}
	return notes
}

// SummaryNotes explains the columns of a table of summaries that have a count in them, each
// by the first row that has one.
func SummaryNotes(rows []Summary) (notes []Note) {
	for _, state := range States {
		for i := range rows {
			if n := rows[i].States[state]; n > 0 {
				notes = append(notes, Note{state.Sign(), state.String(), rows[i].Strategy.Name + fmt.Sprintf(meanings[state], scenariosOf(n))})
				break
			}
		}
	}
	return notes
}

// meanings say what a count of scenarios in which a strategy is in a state means.
var meanings = [...]string{
	Wrong:    " ends silently wrong in some trials of %s",
	Stuck:    " waits for ever in some trials of %s, and ends wrong in none",
	Possible: " goes wrong in no trial of %s, but in an order, or as the file pins it",
	Open:     " goes wrong in no trial of %s that is known to end, and not all of their orders are known",
	Loud:     " loses nothing silently in any order or trial of %s, and tells of failures in some",
	Proved:   " goes wrong in no order, all of which were run, and in no trial of %s",
}

func scenariosOf(n int) string {
	if n == 1 {
		return "1 scenario"
	}
	return tell.Grouped(n) + " scenarios"
}
