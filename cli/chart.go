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
		Use:               "chart SCENARIO",
		Short:             "Draw odds against the gap, against latency, or what safety costs",
		Example:           "photofinish chart create-then-two-updates\nphotofinish chart overlapping-updates --against latency --strategy naive,polling\nphotofinish chart create-then-update --against cost",
		Args:              exactly(1, "SCENARIO"),
		ValidArgsFunction: completeNames,
		RunE: func(_ *cobra.Command, args []string) error {
			s, es, err := a.both(args[0])
			if err != nil {
				return err
			}
			ss, _, err := a.ownLatency([]*scenarios.Scenario{s})
			if err != nil {
				return err
			}
			return a.chart(ss[0], es, against, int(action))
		},
	}
	a.trialFlags(c)
	kinds := []string{"gap", "latency", "cost"}
	c.Flags().Var(&choice{&against, kinds}, "against", "what is varied: "+oneOf(kinds))
	c.Flags().Var(&number{&action, 2, 64}, "action", "the number of the click that the gap is before (default: the last)")
	c.Flags().Var(&number{&a.trials, 1, 1_000_000}, "trials", "how many of each point")
	a.formatFlags(c, chartFormats.names())
	a.latencyFlag(c)
	return c
}

// drawn is a chart, or two, for a terminal and as SVG.
type drawn struct {
	text  func(io.Writer, chart.Options) error
	plots []string
}

// chart draws one chart.
func (a *app) chart(s *scenarios.Scenario, es []strategies.Entry, against string, action int) error {
	write, err := a.writer()
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	o := report.Options{Seed: a.seed, Trials: int(a.trials), Workers: runtime.GOMAXPROCS(0)}
	if against == "cost" {
		return a.chartCosts(ctx, write, s, es, o)
	}
	var c *report.Curves
	if against == "latency" {
		c, err = report.LatencyCurves(ctx, s, es, o)
	} else {
		if action == 0 {
			action = len(s.Script.Actions)
		}
		c, err = report.GapCurves(ctx, s, es, action, o)
	}
	if ctx.Err() != nil {
		return exit{130, fmt.Errorf("interrupted while drawing %s", s.Name)}
	}
	if err != nil {
		return err
	}
	d := drawn{plots: []string{svg.Curves(c)}}
	d.text = func(w io.Writer, o chart.Options) error { return chart.WriteCurves(w, c, o) }
	return write(func(w io.Writer) error { return chartFormats.in(a.format, a.to(ctx, w), d) })
}

// chartCosts draws what safety costs.
func (a *app) chartCosts(
	ctx context.Context, write func(func(io.Writer) error) error,
	s *scenarios.Scenario, es []strategies.Entry, o report.Options,
) error {
	m, err := report.Run(ctx, []*scenarios.Scenario{s}, es, o)
	if err != nil {
		return exit{130, fmt.Errorf("interrupted while drawing %s", s.Name)}
	}
	costs := m.Costs(0)
	d := drawn{plots: []string{svg.Costs(costs, report.CostKinds[0]), svg.Costs(costs, report.CostKinds[1])}}
	d.text = func(w io.Writer, o chart.Options) error { return chart.WriteCosts(w, s.Name, costs, o) }
	return write(func(w io.Writer) error { return chartFormats.in(a.format, a.to(ctx, w), d) })
}
