package cli

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/chart"
	"photofinish/report/svg"
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
		ss, _, err := a.ownLatency([]*scenarios.Scenario{s})
		if err != nil {
			return err
		}
		return a.chart(ss[0], es, against, int(action))
	})
	a.trialFlags(c)
	kinds := []string{"gap", "latency", "cost"}
	c.Flags().Var(choice(&against, kinds), "against", "what is varied: "+oneOf(kinds))
	c.Flags().Var(number(&action, 2, 64), "action", "the number of the click that the gap is before (default: the last)")
	c.Flags().Var(number(&a.trials, 1, 1_000_000), "trials", "how many of each point")
	a.formatFlags(c, chartFormats.names())
	a.latencyFlag(c)
	a.ownWithinFlag(c, "a curve", "10s")
	return c
}

// drawn is a chart, or two, for a terminal and as SVG.
type drawn struct {
	text   func(io.Writer, chart.Options) error
	plots  []string
	failed []error
}

// chart draws one chart, or the two of what safety costs.
func (a *app) chart(s *scenarios.Scenario, es []strategies.Entry, against string, action int) error {
	write, err := a.writer()
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	o := report.Options{Seed: a.seed, Trials: int(a.trials), Workers: runtime.GOMAXPROCS(0), Within: a.within}
	var d drawn
	switch against {
	case "cost":
		d, err = ofCosts(ctx, s, es, o)
	case "latency":
		d, err = ofCurves(report.LatencyCurves(ctx, s, es, o))
	default:
		if action == 0 {
			action = len(s.Script.Actions)
		}
		d, err = ofCurves(report.GapCurves(ctx, s, es, action, o))
	}
	switch {
	case ctx.Err() != nil:
		return exit{130, fmt.Errorf("interrupted while drawing %s", s.Name)}
	case err != nil:
		return err
	}
	if err := write(func(w io.Writer) error { return chartFormats.in(a.format, a.to(ctx, w), d) }); err != nil {
		return err
	}
	return a.ended(d.failed)
}

func ofCurves(c *report.Curves, err error) (d drawn, _ error) {
	if err != nil {
		return d, err
	}
	d.failed = c.Failed
	d.text = func(w io.Writer, o chart.Options) error { return chart.WriteCurves(w, c, o) }
	d.plots = []string{svg.Curves(c)}
	return d, nil
}

func ofCosts(ctx context.Context, s *scenarios.Scenario, es []strategies.Entry, o report.Options) (d drawn, _ error) {
	m, err := report.Run(ctx, []*scenarios.Scenario{s}, es, o)
	if err != nil {
		return d, err
	}
	costs := m.Costs(0)
	d.failed = m.Failures()
	d.text = func(w io.Writer, o chart.Options) error { return chart.WriteCosts(w, s.Name, costs, o) }
	for _, kind := range report.CostKinds {
		d.plots = append(d.plots, svg.Costs(costs, kind))
	}
	return d, nil
}
