package html

import (
	"context"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"photofinish/report"
	"photofinish/report/explain"
	"photofinish/report/latency"
	"photofinish/report/svg"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/judge"
)

// content fills the template, which escapes its texts. Policy, CSS and JS are our own.
type content struct {
	*report.Matrix
	Version     string   // of the program
	Lead, Rest  string   // the answer: its first sentence, and the others; "" if nobody has asked
	Cut         []string // what is missing
	Assumptions []string
	Policy      template.HTMLAttr
	CSS         template.CSS
	JS          template.JS

	Strategies []strategyPart
	Rows       []rowPart
	Summaries  []summaryPart // of several scenarios
	Cards      []cardPart
	Why        *cellPart // of one scenario, the story that is open; nil if nobody loses
	Networks   []network
}

// drawnCells is how many cells a page may have for all of it to be drawn. In a larger
// one charts are left out, which take more trials than all the rest, and stories
// are packed until somebody opens them.
const drawnCells = 100

// Packed reports whether the page has more than [drawnCells].
func (v *content) Packed() bool { return len(v.Scenarios)*len(v.Matrix.Strategies) > drawnCells }

// One reports whether the page is of a single scenario.
func (v *content) One() bool { return len(v.Scenarios) == 1 }

// network is one that scenarios run over.
type network struct{ Name, Says string }

// rowPart is a scenario with its cells, in the order of the strategies.
type rowPart struct {
	*scenarios.Scenario
	ID, Network string
	Links       string // what its network is, where that has no name
	Main        bool   // it is the only one
	Heads       []string
	About       []string
	Steps       []explain.Step
	Given       []string // of each person what is known at the start
	Offline     string   // when clients have no network; "" if they always have
	Stuck       bool     // some trials are
	Chart       string
	Charts      []template.HTML
	Cells       []cellPart
	Pack        template.HTML // what is in the stories, if they are packed
}

// cellPart is a cell with what can be opened beside it.
type cellPart struct {
	report.Cell
	F              report.Figures
	ID, StrategyID string
	Open           bool
	Witness        *witnessPart // nil if nothing is known
}

// witnessPart is the trial that is shown for a cell.
type witnessPart struct {
	report.Witness
	Mark           tell.Sign
	Margin         string
	Field          string
	Strip, Column  template.HTML // the drawing, for a desk and for a phone
	Cause, CauseAt string
}

func (v *content) fill(ctx context.Context) error {
	files := map[string]int{}
	for j, e := range v.Matrix.Strategies {
		v.Strategies = append(v.Strategies, strategy(j, e, files))
	}
	seen := map[network]bool{}
	for i, s := range v.Scenarios {
		r := v.row(ctx, i, files)
		if n := (network{r.Network, explain.Network(&s.Script.Network)}); !seen[n] {
			seen[n] = true
			v.Networks = append(v.Networks, n)
		}
		var err error
		switch {
		case !v.Packed():
			r.Charts, err = charts(ctx, v.Matrix, i)
		default:
			r.Chart = v.ChartCommand(i, min(v.Trials, chartTrials(v.Matrix)))
			r.Pack, err = pack(r.Cells)
		}
		if err != nil {
			return err
		}
		v.Rows = append(v.Rows, r)
	}
	v.lead()
	v.says(ctx)
	return nil
}

// row prepares a scenario.
func (v *content) row(ctx context.Context, i int, files map[string]int) rowPart {
	s := v.Scenarios[i]
	r := rowPart{
		Scenario: s, ID: "s" + strconv.Itoa(i+1), Network: s.Network,
		About: paragraphs(s.About), Steps: explain.Steps(s.Script), Main: v.One(), Heads: heads,
		Given: explain.Given(s.Script), Offline: explain.Offline(s.Script),
	}
	if s.Network == "" {
		r.Network, r.Links = "its own", explain.Network(&s.Script.Network)
		if v.Latency != (latency.RoundTrip{}) {
			r.Network = "your own latencies"
		}
	}
	if v.SavesADay > 0 {
		r.Heads = append(slices.Clip(heads), "a day")
	}
	for j := range v.Matrix.Strategies {
		c := cellPart{
			Cell: v.Cell(i, j), F: v.Figures(i, j),
			ID: fmt.Sprintf("s%d-t%d", i+1, j+1), StrategyID: "t" + strconv.Itoa(j+1),
		}
		if c.Known() {
			c.Witness = witness(c.Cell.Witness(ctx), files)
		}
		r.Stuck = r.Stuck || c.Verdicts[judge.Stuck] > 0
		r.Cells = append(r.Cells, c)
	}
	return r
}

func witness(w report.Witness, files map[string]int) *witnessPart {
	lane := w.Lane()
	out := &witnessPart{
		Witness: w, Mark: tell.Verdict(w.Verdict), Field: tell.Clean(w.Script.FieldName(lane.Field)),
		Strip: template.HTML(svg.Strip(lane, true)), Column: template.HTML(svg.Column(lane, true)),
	}
	if w.Schedule == nil && w.Verdict.Bad() {
		out.Margin = w.Margin()
	}
	if at := w.Cause(); at.File != "" {
		out.Cause = fmt.Sprintf("%s, line %d", at.File, at.Line)
		if _, shown := files[at.File]; shown {
			out.CauseAt = lineID(at.File, at.Line)
		}
	}
	return out
}

// says puts the answer, what is missing and what is assumed into sentences.
func (v *content) says(ctx context.Context) {
	if a := v.Answer; a != nil && len(a.Says) > 0 {
		v.Lead, v.Rest = tell.Clean(a.Says[0]), tell.Clean(strings.Join(a.Says[1:], " "))
	}
	if _, cut, found := strings.Cut(v.What(), "\n"); found {
		v.Cut = append(v.Cut, cut)
	}
	if ctx.Err() != nil {
		v.Cut = append(v.Cut, report.LeftOut)
	}
	v.Assumptions = v.Matrix.Assumptions()
	for _, p := range v.Programs() {
		v.Assumptions = append(v.Assumptions, p.Says()+" No chart is drawn of it here: photofinish chart draws one.")
	}
}

// Ran says in a line what was run.
func (v *content) Ran() string {
	ran, _, _ := strings.Cut(v.What(), "\n")
	if v.One() && v.Rows[0].Links == "" {
		ran += " Network: " + v.Rows[0].Network + "."
	}
	return ran
}
