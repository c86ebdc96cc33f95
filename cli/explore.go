package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

func (a *app) exploreCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "explore SCENARIO",
		Short:   "Try every order; prove there is no race, or show the shortest",
		Example: "photofinish explore create-then-update --strategy naive\nphotofinish explore bug.yaml --strategy polling --format scenario > race.yaml",
	}
	a.onOne(c, a.explore)
	a.strategyFlag(c)
	c.Flags().Var(number(&a.faults, 0, 3), "faults", "messages that may be lost, delivered twice, or refused besides, at most this many")
	c.Flags().Var(number(&a.limit, 0, 1_000_000_000), "limit", "orders to run before the answer is unknown; 0: all, on all cores")
	c.Flags().DurationVar(&a.within, "within", 0, "time to spend on a strategy before the answer is unknown, as 10s (your own: 30s)")
	c.Flags().Var(choice(&a.format, exploreFormats.names()), "format", "text, json, or scenario: a file that replays the shortest race")
	a.watchFlag(c)
	return c
}

func (a *app) explore(_ *cobra.Command, s *scenarios.Scenario, es []strategies.Entry) error {
	ctx, stop := interruptible()
	defer stop()
	if a.format == "" || a.format == "text" {
		terminal.WriteOrdersHeader(a.out, s, int(a.faults), a.palette())
	}
	var failed []error
	for _, e := range es {
		o := a.orders(ctx, s, e)
		failed = append(failed, o.Failed)
		if a.format != "scenario" || o.Pinned != nil {
			if err := exploreFormats.in(a.format, a.to(ctx, a.out), o); err != nil || a.format == "scenario" {
				return err // a file holds one scenario
			}
		}
		if ctx.Err() != nil {
			return exit{130, fmt.Errorf("interrupted while exploring %s: what is printed is what was covered", e.Name)}
		}
	}
	if err := a.ended(failed); err != nil {
		return err
	}
	if a.format == "scenario" {
		return errors.New("no bad order to write a scenario of")
	}
	return nil
}

// orders explores one strategy, within the time that it is given.
func (a *app) orders(ctx context.Context, s *scenarios.Scenario, e strategies.Entry) *report.Orders {
	within := a.within
	if e.Own() != nil {
		if err := a.own.sound(s, e); err != nil {
			return &report.Orders{Scenario: s, Strategy: e, Result: explore.Result{Failed: err}, Varied: report.Varied(e.Own())}
		}
		within = cmp.Or(within, report.OwnExplores)
	}
	if within > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, within)
		defer stop()
	}
	return report.Explore(ctx, s, e, explore.Bounds{Classes: int(a.limit), Faults: int(a.faults)})
}
