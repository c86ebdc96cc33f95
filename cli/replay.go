package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

func (a *app) replayCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "replay SCENARIO",
		Short:   "Tell what happens, strategy by strategy",
		Example: "photofinish replay create-then-update --seed 7\nphotofinish replay bug.yaml --format json",
	}
	a.onOne(c, a.replay)
	a.trialFlags(c)
	a.latencyFlag(c)
	c.Flags().BoolVar(&a.unpinned, "unpinned", false, "ignore pinned latencies, as report does")
	c.Flags().StringVar(&a.schedule, "schedule", "", "the order of events, as explore prints it; clicks that it leaves out are not made")
	a.formatFlags(c, replayFormats.names())
	a.watchFlag(c)
	return c
}

func (a *app) replay(cmd *cobra.Command, s *scenarios.Scenario, es []strategies.Entry) error {
	if !cmd.Flags().Changed("seed") {
		a.seed = s.ReplaySeed()
	}
	if a.format == "porcupine" && len(es) != 1 {
		return errors.New("--format porcupine draws one history: name one strategy, as --strategy action-queue")
	}
	write, err := a.writer()
	if err != nil {
		return err
	}
	var o report.Options
	ss, err := a.ownLatency([]*scenarios.Scenario{s}, &o)
	if err != nil {
		return err
	}
	script, more := ss[0].Script, ""
	if a.unpinned {
		script, more = script.Unpinned(), " --unpinned"
	}
	if cmd.Flags().Changed("schedule") {
		more += " --schedule " + tell.Quote(a.schedule)
	}
	var trials []*report.Trial
	for _, e := range es {
		if !cmd.Flags().Changed("schedule") {
			trials = append(trials, report.Replay(s.Name, script, e, a.seed))
			continue
		}
		t, err := report.ReplaySchedule(s.Name, script, e, explore.ParseSchedule(a.schedule))
		if err != nil {
			return fmt.Errorf("--schedule does not fit %s under %s: %w", s.Name, e.Name, err)
		}
		trials = append(trials, t)
	}
	r := replayed{s, trials, report.MadeByReplay(ss[0], es, a.seed, o, more)}
	if err := write(func(w io.Writer) error { return replayFormats.in(a.format, a.to(context.Background(), w), r) }); err != nil {
		return err
	}
	var failed []error
	for _, t := range trials {
		failed = append(failed, t.Ledger.Failed)
	}
	return a.ended(failed)
}

// ended says what the user's own clients have printed, and is the error of a
// command of which some could not go on: the first, and how many more there are.
func (a *app) ended(failed []error) error {
	a.own.printed()
	failed = slices.DeleteFunc(failed, func(err error) bool { return err == nil })
	switch n := len(failed); {
	case n == 0:
		return nil
	case n > 1 && slices.ContainsFunc(failed, func(err error) bool { return err.Error() != failed[0].Error() }):
		return exit{2, fmt.Errorf("%w (and %d more)", failed[0], n-1)}
	}
	return exit{2, failed[0]}
}

// replayed is one scenario, and its trials under each strategy.
type replayed struct {
	scenario *scenarios.Scenario
	trials   []*report.Trial
	made     report.Made
}

// each writes the trials one after the other.
func (r replayed) each(w io.Writer, write func(io.Writer, *report.Trial) error) error {
	for _, t := range r.trials {
		if err := write(w, t); err != nil {
			return err
		}
	}
	return nil
}
