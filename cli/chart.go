package cli

import (
	"cmp"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/chart"
	"photofinish/report/svg"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/strategies"
)

func (a *app) chartCommand() *cobra.Command {
	var against string
	action := uint64(0)
	c := &cobra.Command{
		Use:     "chart SCENARIO",
		Short:   "Draw odds against the gap, against latency, or what safety costs",
		Example: "photofinish chart create-then-two-updates\nphotofinish chart overlapping-updates --against latency --strategy naive,polling\nphotofinish chart create-then-update --against cost",
	}
	a.onOne(c, func(_ *cobra.Command, s *scenarios.Scenario, es []strategies.Entry) error {
		o := report.Options{Seed: a.seed, Trials: int(a.trials), Workers: runtime.GOMAXPROCS(0), Within: a.within, AtMost: a.atMost.share}
		ss, err := a.ownLatency([]*scenarios.Scenario{s}, &o)
		if err != nil {
			return err
		}
		return a.chart(ss[0], es, against, int(action), o)
	})
	a.trialFlags(c)
	kinds := []string{"gap", "latency", "waits", "sent", "cost"}
	c.Flags().Var(choice(&against, kinds), "against", "what is varied, gap or latency, or what safety costs: waits, sent, or both (cost)")
	c.Flags().Var(number(&action, 2, 64), "action", "the number of the click that the gap is before (default: the last)")
	c.Flags().Var(number(&a.trials, 1, 1_000_000), "trials", "how many of each point")
	a.formatFlags(c, chartFormats.names())
	a.latencyFlag(c)
	a.atMostFlag(c)
	a.ownWithinFlag(c, "a curve", "10s")
	return c
}

// drawn is a chart, or two, with what they are of.
type drawn struct {
	curves    *report.Curves
	frontiers []*report.Frontier
}

// chart draws one chart, or the two of what safety costs.
func (a *app) chart(s *scenarios.Scenario, es []strategies.Entry, against string, action int, o report.Options) error {
	write, err := a.writer()
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	var d drawn
	failed := []error(nil)
	switch against {
	case "gap", "":
		d.curves, err = report.GapCurves(ctx, s, es, cmp.Or(action, len(s.Script.Actions)), o)
	case "latency":
		d.curves, err = report.LatencyCurves(ctx, s, es, o)
	default:
		var m *report.Matrix
		m, err = report.Run(ctx, []*scenarios.Scenario{s}, es, o)
		for _, kind := range report.CostKinds {
			if err == nil && (against == kind.Name || against == "cost") {
				d.frontiers = append(d.frontiers, m.Frontier(0, kind))
			}
		}
		failed = m.Failures()
	}
	switch {
	case ctx.Err() != nil:
		return exit{130, fmt.Errorf("interrupted while drawing %s", s.Name)}
	case err != nil:
		return err
	}
	if d.curves != nil {
		failed = d.curves.Failed
	}
	if err := write(func(w io.Writer) error { return chartFormats.in(a.format, a.to(ctx, w), d) }); err != nil {
		return err
	}
	return a.ended(failed)
}

// text writes charts for a terminal.
func (d drawn) text(to target) error {
	o := chart.Options{Width: width(), Colours: to.palette != terminal.Palette{}}
	if d.curves != nil {
		return chart.WriteCurves(to, d.curves, o)
	}
	return chart.WriteFrontiers(to, d.frontiers, o)
}

// data writes what charts are of, by one of two functions.
func (d drawn) data(to target, curves func(io.Writer, *report.Curves) error, frontiers func(io.Writer, []*report.Frontier) error) error {
	if d.curves != nil {
		return curves(to, d.curves)
	}
	return frontiers(to, d.frontiers)
}

// svg writes charts as a drawing.
func (d drawn) svg(to target) error {
	if d.curves != nil {
		return svg.WriteChart(to, d.curves.Made, d.curves.Notes(), svg.Curves(d.curves))
	}
	var plots []svg.Chart
	for _, f := range d.frontiers {
		plots = append(plots, svg.Frontier(f))
	}
	return svg.WriteChart(to, report.Both(d.frontiers), d.frontiers[0].Notes(), plots...)
}

// atMostFlag adds up to which share of bad trials costs are compared.
func (a *app) atMostFlag(c *cobra.Command) {
	c.Flags().Var(below(&a.atMost), "at-most", "compare the costs of those too that lose in at most this share (0.1% where none is safe)")
}
