package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/export"
	"photofinish/report/tell"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/session"
)

func (a *app) exploreCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "explore SCENARIO",
		Short: "Try every order; prove there is no race, or show the shortest",
		Example: "photofinish explore create-then-update --strategy naive\n" +
			"photofinish explore bug.yaml --strategy polling --format scenario > race.yaml\n" +
			"photofinish explore bug.yaml --strategy conflate --fail --format github",
	}
	a.onOne(c, a.explore)
	a.strategyFlag(c)
	c.Flags().Var(number(&a.faults, 0, 3), "faults", "messages that may be lost, delivered twice, or refused besides, at most this many")
	c.Flags().Var(number(&a.limit, 0, 1_000_000_000), "limit", "orders to run before the answer is unknown; 0: all, on all cores")
	c.Flags().DurationVar(&a.within, "within", 0, "time to spend on a strategy before the answer is unknown, as 10s (your own: 30s)")
	c.Flags().BoolVar(&a.fail, "fail", false, "exit with 1 if an order ends badly, or not all were run")
	a.formatFlags(c, exploreFormats.names())
	c.Flag("format").Usage = "text, json, github, sarif, or scenario: a file that replays the shortest race"
	a.watchFlag(c)
	return c
}

// explored is a scenario, and what all orders of it come to under each strategy.
type explored struct {
	app      *app
	scenario *scenarios.Scenario
	orders   []*report.Orders
	ended    string // why it ended early; empty if it did not
	schema   string // where that of a scenario has to be written; "": nowhere
}

func (a *app) explore(_ *cobra.Command, s *scenarios.Scenario, es []strategies.Entry) error {
	write, err := a.writer()
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	x := explored{app: a, scenario: s}
	none := write(func(w io.Writer) error { return x.run(ctx, a.to(ctx, w), es) })
	switch {
	case none != nil && none != errNoBadOrder && none != errNoTimes:
		return none
	case x.ended != "":
		return exit{130, errors.New(x.ended)}
	}
	if err := session.WriteSchema(x.schema); err != nil {
		return err
	}
	var failed []error
	for _, o := range x.orders {
		failed = append(failed, o.Failed)
	}
	if err := a.ended(failed); err != nil {
		return err
	}
	if bad := x.bad(); a.fail && bad > 0 {
		return exit{1, fmt.Errorf("%d of %d explored may end badly", bad, len(x.orders))}
	}
	if a.fail {
		return nil // nobody misses a file
	}
	return none
}

// errNoBadOrder is that of a file that there is no reason to write.
var errNoBadOrder = errors.New("no bad order to write a scenario of")

// errNoTimes is that of a file that cannot be written.
var errNoTimes = errors.New("no times were found that bring the shortest bad order about, so no scenario can pin it: --format text shows it, and the command that replays it")

// run explores one strategy after the other, and writes each as soon as it is known,
// or if the format wants all of them, then.
func (x *explored) run(ctx context.Context, to target, es []strategies.Entry) error {
	a := x.app
	if a.format == "" || a.format == "text" {
		terminal.WriteOrdersHeader(to, x.scenario, int(a.faults), to.palette)
	}
	for _, e := range es {
		o := a.orders(ctx, x.scenario, e)
		x.orders = append(x.orders, o)
		if ctx.Err() != nil {
			x.ended = fmt.Sprintf("interrupted while exploring %s: what is printed is what was covered", e.Name)
		}
		switch {
		case a.format == "scenario" && o.Pinned != nil:
			return exploreFormats.in(a.format, to, x) // a file holds one
		case !slices.Contains(atOnce, a.format) && a.format != "scenario":
			one := explored{app: a, scenario: x.scenario, orders: []*report.Orders{o}, ended: x.ended}
			if err := exploreFormats.in(a.format, to, &one); err != nil {
				return err
			}
		}
		if x.ended != "" {
			break
		}
	}
	switch {
	case slices.Contains(atOnce, a.format):
		return exploreFormats.in(a.format, to, x)
	case a.format == "scenario":
		if slices.ContainsFunc(x.orders, func(o *report.Orders) bool { return o.Shortest != nil }) {
			return errNoTimes
		}
		return errNoBadOrder
	}
	return nil
}

// last returns what was explored last.
func (x *explored) last() *report.Orders { return x.orders[len(x.orders)-1] }

// file returns the shortest bad order as a scenario file, which leads editors to its
// schema if it is written to a file.
func (x *explored) file() (text []byte) {
	text = x.last().ScenarioFile()
	if x.app.output != "" {
		text, x.schema = session.ForEditor(x.app.output, text)
	}
	return text
}

// bad counts the strategies of which not all orders are known to end well.
func (x *explored) bad() (n int) {
	for _, o := range x.orders {
		if o.Verdict() != judge.OK {
			n++
		}
	}
	return n
}

// atOnce are the formats that have all strategies in one.
var atOnce = []string{"github", "sarif"}

// writeGitHub writes annotations, and of each strategy that needs none a line.
func (x *explored) writeGitHub(w io.Writer) error {
	if err := export.WriteGitHub(w, export.Explored(x.orders)); err != nil {
		return err
	}
	for _, o := range x.orders {
		if v := o.Verdict(); v == judge.OK {
			if _, err := fmt.Fprintf(w, "%s %s %s\n", tell.Mark(v), o.Strategy.Name, o.Says()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *explored) writeSARIF(w io.Writer) error {
	all := export.Explored(x.orders)
	failed := slices.ContainsFunc(x.orders, func(o *report.Orders) bool { return o.Failed != nil })
	return writeSARIF(w, export.SARIF{Of: "explore " + x.scenario.Name, Findings: all, Failed: failed, Ended: x.ended})
}

// writeSARIF writes findings, and says of how many of them code scanning shows none.
func writeSARIF(w io.Writer, s export.SARIF) error {
	s.Version = version()
	n := 0
	for _, f := range s.Findings {
		if f.File == "" {
			n++
		}
	}
	if n > 0 {
		fmt.Fprintf(os.Stderr, "%s in no file of yours (the catalogue's have none): code scanning shows nothing of that\n", several(n, "finding"))
	}
	return export.WriteSARIF(w, s)
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
