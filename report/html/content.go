package html

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"strconv"
	"time"

	"photofinish/report"
	"photofinish/report/explain"
	"photofinish/report/svg"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/judge"
)

// content fills the template, which escapes its texts. Policy, CSS and JS are our own.
type content struct {
	*report.Matrix
	Version     string // of the program
	Title       string
	Assumptions []string
	Policy      template.HTMLAttr
	CSS         template.CSS
	JS          template.JS

	Strategies []strategyPart
	Rows       []rowPart
	Networks   []network
}

// network is one that scenarios run over.
type network struct{ Name, Says string }

// strategyPart is a strategy with its source.
type strategyPart struct {
	ID, Name, Rule, Source string
	Files                  []filePart
}

// rowPart is a scenario with its cells, in the order of the strategies.
type rowPart struct {
	*scenarios.Scenario
	ID, Network string
	About       []string
	Steps       []explain.Step
	Charts      []template.HTML
	Cells       []cellPart
}

// cellPart is a cell with what can be opened beside it.
type cellPart struct {
	report.Cell
	ID, StrategyID    string
	Class, Mark, Risk string // of what was run; Risk is the share that ends wrong or stuck
	Witness           witnessPart
}

// witnessPart is the trial that is shown for a cell.
type witnessPart struct {
	report.Witness
	Class, Mark    string
	Margin         string
	Field          string
	Strip, Column  template.HTML // the drawing, for a desk and for a phone
	Cause, CauseAt string
	causeFile      string
}

// functions write figures: ms in milliseconds, bar in per cent of its length.
var functions = template.FuncMap{
	"clean":    tell.Clean,
	"ms":       func(d time.Duration) string { return tell.Rounded(d) + " ms" },
	"wrong":    func() judge.Verdict { return judge.Wrong },
	"stuck":    func() judge.Verdict { return judge.Stuck },
	"loud":     func() judge.Verdict { return judge.Loud },
	"bar":      func(c cellPart, v judge.Verdict) string { return fmt.Sprintf("%.2f", 100*c.Share(c.Verdicts[v])) },
	"interval": func(c cellPart) string { return report.Interval(c.Interval()) },
}

func (v *content) fill(ctx context.Context) error {
	files := map[string]int{}
	for _, p := range v.Programs() {
		v.Assumptions = append(v.Assumptions, p.Says()+" No chart is drawn of it here: photofinish chart draws one.")
	}
	for j, e := range v.Matrix.Strategies {
		v.Strategies = append(v.Strategies, strategy(j, e, files))
	}
	seen := map[network]bool{}
	for i, s := range v.Scenarios {
		r := rowPart{
			Scenario: s, ID: "s" + strconv.Itoa(i+1), Network: cmp.Or(s.Network, "its own network"),
			About: paragraphs(s.About), Steps: explain.Steps(s.Script),
		}
		for j := range v.Matrix.Strategies {
			c := cell(ctx, v.Cell(i, j), i, j)
			if _, shown := files[c.Witness.causeFile]; !shown {
				c.Witness.CauseAt = "" // the file is not in the page
			}
			r.Cells = append(r.Cells, c)
		}
		var err error
		if r.Charts, err = charts(ctx, v.Matrix, i); err != nil {
			return err
		}
		v.Rows = append(v.Rows, r)
		if n := (network{r.Network, explain.Network(&s.Script.Network)}); !seen[n] {
			seen[n] = true
			v.Networks = append(v.Networks, n)
		}
	}
	if ctx.Err() != nil {
		v.Assumptions = append(v.Assumptions, report.LeftOut)
	}
	return nil
}

func cell(ctx context.Context, c report.Cell, i, j int) cellPart {
	sign := tell.Verdict(c.Gravest())
	out := cellPart{
		Cell: c, ID: fmt.Sprintf("s%d-t%d", i+1, j+1), StrategyID: "t" + strconv.Itoa(j+1),
		Class: sign.Role.String(), Mark: sign.Glyph, Risk: report.Percent(c.Share(c.Bad())),
	}
	switch {
	case c.Trials > 0:
		out.Witness = witness(c.Witness(ctx))
	case c.Failed != nil:
		out.Class, out.Mark, out.Risk = "unknown", tell.Mark(judge.Unknown), c.Says()
	default:
		out.Class, out.Mark, out.Risk = "dim", tell.Open, "not run"
	}
	return out
}

// Open reports whether the story of the cell is shown at once.
func (c cellPart) Open() bool { return len(c.Matrix.Scenarios) == 1 && c.Gravest().Bad() }

// OrdersClass returns the class of what all orders come to.
func (c cellPart) OrdersClass() string {
	switch {
	case c.Orders.RaceFree():
		return "good"
	case c.Orders.Bad() > 0:
		return "wrong"
	}
	return "dim"
}

func witness(w report.Witness) witnessPart {
	lane, sign := w.Lane(), tell.Verdict(w.Verdict)
	out := witnessPart{
		Witness: w, Class: sign.Role.String(), Mark: sign.Glyph, Field: tell.Clean(w.Script.FieldName(lane.Field)),
		Strip: template.HTML(svg.Strip(lane, true)), Column: template.HTML(svg.Column(lane, true)),
	}
	if w.Schedule == nil && w.Verdict.Bad() {
		out.Margin = w.Margin()
	}
	if at := w.Cause(); at.File != "" {
		out.Cause = fmt.Sprintf("%s, line %d", at.File, at.Line)
		out.CauseAt, out.causeFile = lineID(at.File, at.Line), at.File
	}
	return out
}
