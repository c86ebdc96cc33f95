package html

import (
	"context"
	"fmt"
	"html/template"
	"strconv"

	"photofinish/report"
	"photofinish/report/explain"
	"photofinish/report/svg"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// view is what the template shows.
type view struct {
	Title, Ran  string
	Legend      []string
	Assumptions []string
	Policy      template.HTMLAttr
	CSS         template.CSS
	JS          template.JS
	Options

	Strategies []strategyView
	Rows       []rowView
	Networks   []network
}

// network is one that scenarios run over.
type network struct{ Name, Says string }

// strategyView is a strategy with its source.
type strategyView struct {
	ID, Name, Rule, Source string
	Files                  []fileView
}

// rowView is a scenario.
type rowView struct {
	ID, Name, Title, Source, Network string
	About                            []string
	Steps                            []explain.Step
	Charts                           []template.HTML
	Cells                            []cellView
}

// cellView is a scenario under a strategy.
type cellView struct {
	ID, Strategy, StrategyID      string
	Class, Mark, Verdict          string
	Share, Interval, Orders, Says string
	OrdersClass                   string
	Sort                          string // the share as a number, for sorting
	Bar, Stuck                    string // per cent of a bar
	Trials, Wrong, StuckShare     string
	Loud, Sent, P50, P99, Blocked string
	Rate                          string
	Ran, Open                     bool
	Witness                       witnessView
}

// witnessView is the trial that is shown for a cell.
type witnessView struct {
	What, Command, Schedule string
	Class, Mark, Verdict    string
	Anomalies               []string
	Margin                  string
	Field                   string
	Strip, Column           template.HTML // the drawing, for a desk and for a phone
	Cause, CauseAt          string
	causeFile               string
}

func (v *view) fill(ctx context.Context, m *report.Matrix) error {
	files := map[string]int{}
	for j, e := range m.Strategies {
		v.Strategies = append(v.Strategies, strategy(j, e, files))
	}
	seen := map[network]bool{}
	for i, s := range m.Scenarios {
		r := row(i, s)
		for j := range m.Strategies {
			c := m.Cell(i, j)
			v := cell(ctx, c, i, j, len(m.Scenarios) == 1)
			if _, shown := files[v.Witness.causeFile]; !shown {
				v.Witness.CauseAt = "" // the file is not in the page
			}
			r.Cells = append(r.Cells, v)
		}
		var err error
		if r.Charts, err = charts(ctx, m, i); err != nil {
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

func row(i int, s *scenarios.Scenario) rowView {
	r := rowView{
		ID: "s" + strconv.Itoa(i+1), Name: tell.Clean(s.Name), Title: tell.Clean(s.Title), Source: tell.Clean(s.Source),
		Network: "its own network", About: paragraphs(s.About), Steps: explain.Steps(s.Script),
	}
	if s.Network != "" {
		r.Network = s.Network
	}
	return r
}

func cell(ctx context.Context, c report.Cell, i, j int, open bool) cellView {
	v := c.Gravest()
	out := cellView{
		ID: fmt.Sprintf("s%d-t%d", i+1, j+1), Strategy: c.Strategy.Name, StrategyID: "t" + strconv.Itoa(j+1),
		Class: tell.Verdict(v).Role.String(), Mark: tell.Mark(v), Verdict: v.String(), Share: report.Percent(c.Share(c.Bad())),
		Interval: report.Interval(c.Interval()), Orders: c.OrdersLong(), Says: says(c), OrdersClass: ordersClass(c),
		Sort:   strconv.FormatFloat(c.Share(c.Bad()), 'f', 6, 64),
		Bar:    strconv.FormatFloat(100*c.Share(c.Verdicts[judge.Wrong]), 'f', 2, 64),
		Stuck:  strconv.FormatFloat(100*c.Share(c.Verdicts[judge.Stuck]), 'f', 2, 64),
		Trials: tell.Grouped(c.Trials), Wrong: report.Percent(c.Share(c.Verdicts[judge.Wrong])),
		StuckShare: report.Percent(c.Share(c.Verdicts[judge.Stuck])), Loud: report.Percent(c.Share(c.Verdicts[judge.Loud])),
		Sent: strconv.FormatFloat(c.Requests, 'f', 2, 64), P50: tell.Rounded(c.P50) + " ms", P99: tell.Rounded(c.P99) + " ms", Blocked: tell.Rounded(c.Blocked) + " ms",
		Rate: c.Rate(), Ran: c.Trials > 0, Open: open && c.Gravest().Bad(),
	}
	if out.Ran {
		out.Witness = witness(c.Witness(ctx), c.Strategy)
	} else {
		out.Class, out.Mark, out.Share, out.Orders = "dim", "·", "not run", "not run"
	}
	return out
}

// says puts a cell into words, also one in which nothing bad was found.
func says(c report.Cell) string {
	if text := c.Says(); text != "" {
		return text
	}
	return fmt.Sprintf("none of %s trials wrong or stuck", tell.Grouped(c.Trials))
}

// ordersClass returns the class of what all orders come to.
func ordersClass(c report.Cell) string {
	switch {
	case c.Orders.RaceFree():
		return "good"
	case c.Orders.Bad() > 0:
		return "wrong"
	}
	return "dim"
}

func witness(w report.Witness, e strategies.Entry) witnessView {
	lane := w.Lane()
	out := witnessView{
		What: w.What, Command: w.Command, Schedule: w.Schedule.String(),
		Class: tell.Verdict(w.Verdict).Role.String(), Mark: tell.Mark(w.Verdict), Verdict: w.Verdict.String(),
		Field: tell.Clean(w.Script.FieldName(lane.Field)),
		Strip: template.HTML(svg.Strip(lane, true)), Column: template.HTML(svg.Column(lane, true)),
	}
	for _, a := range w.Anomalies {
		out.Anomalies = append(out.Anomalies, a.Kind.String()+": "+a.Says(w.Script))
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
