package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/answer"
	"photofinish/report/disk"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/strategies"
)

func (a *app) reportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "report [SCENARIO...]",
		Short: "Count how often each strategy goes wrong",
		Example: "photofinish report create-then-update --trials 100000\n" +
			"photofinish report --format html --output outcomes.html\n" +
			"photofinish report --latency p50=80ms,p90=200ms,p99=900ms --saves-a-day 40000\n" +
			"photofinish report --baseline before.json --fail-worse\n" +
			"photofinish report --shard 1/8 --output part-1.json",
		ValidArgsFunction: complete(scenarios.Names),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.shard.of > 0 && cmd.Flags().Changed("format") {
				return errors.New("a shard is written as a partial result: say --format to photofinish report merge")
			}
			if a.shard.of > 0 && a.atMost.asked {
				return errors.New("a shard compares no costs: say --at-most to photofinish report merge")
			}
			if err := cmp.Or(a.canHold(len(a.strategies) > 0 || len(a.own.args) > 0), a.canLayOut(), a.canCompare()); err != nil {
				return err
			}
			ss, err := a.openAll(args)
			if err != nil {
				return err
			}
			if a.seed+a.trials > scenarios.MaxSeed+1 {
				return fmt.Errorf("--seed %d is too high for --trials %d: the last seed must stay below 2^53", a.seed, a.trials)
			}
			return a.report(ss)
		},
	}
	a.trialFlags(c)
	c.Flags().Var(number(&a.trials, 1, report.MaxTrials), "trials", "how many of each strategy in each scenario")
	a.latencyFlag(c)
	c.Flags().Var(number(&a.saves, 1, report.MaxSavesADay), "saves-a-day", "say how many of so many saves a day end wrong")
	c.Flags().Var(share(&a.shard), "shard", "do only this share of the work, as 1/8, and write a partial result for report merge")
	c.Flags().Var(word(&a.resume, "the name of a file"), "resume", "go on where this file says that a run has stopped, and keep it up to date")
	a.ownWithinFlag(c, "a scenario", "10s")
	a.watchFlag(c)
	a.holdFlags(c)
	a.atMostFlag(c)
	a.baselineFlags(c)
	a.formatFlags(c, reportFormats.names())
	a.layoutFlags(c)
	c.AddCommand(a.mergeCommand(), a.diffCommand())
	return c
}

func (a *app) mergeCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "merge FILE...",
		Short:   "Put the partial results of all shards together",
		Example: "photofinish report merge part-*.json --format html --output outcomes.html",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("FILE is missing: name the partial results of all shards, as part-*.json")
			}
			if err := cmp.Or(a.canLayOut(), a.canCompare()); err != nil {
				return err
			}
			return a.merge(args)
		},
	}
	a.clientFlags(c)
	a.holdFlags(c)
	a.atMostFlag(c)
	a.baselineFlags(c)
	a.formatFlags(c, reportFormats.names())
	a.layoutFlags(c)
	return c
}

// merge writes the matrix that all shards come to.
func (a *app) merge(files []string) error {
	write, err := a.writer()
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	var parts []report.Named
	for _, name := range files {
		if err := a.reads(name); err != nil {
			return err
		}
		p, err := a.readPartial(name)
		if err != nil {
			return err
		}
		parts = append(parts, report.Named{Name: name, Partial: p})
	}
	m, err := report.Merge(parts)
	if err != nil {
		return err
	}
	m.Workers, m.AtMost = runtime.GOMAXPROCS(0), a.atMost.share
	if err := a.canHold(len(m.Named) > 0 || len(m.Programs()) > 0); err != nil {
		return err
	}
	compare, err := a.baseline(m)
	if err != nil {
		return err
	}
	if err := a.answer(ctx, m); err != nil {
		return err
	}
	if err := compare(m); err != nil {
		return err
	}
	if err := write(func(w io.Writer) error { return reportFormats.in(a.format, a.to(ctx, w), m) }); err != nil {
		return err
	}
	if err := hurried(ctx); err != nil {
		return err
	}
	return a.hold(m)
}

func (a *app) readPartial(name string) (*report.Partial, error) {
	lineup, err := a.lineup()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, err := report.ReadPartial(f, version(), lineup)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// report runs the work, or a share of it, and writes what it came to.
func (a *app) report(ss []*scenarios.Scenario) error {
	write, err := a.writer()
	if err != nil {
		return err
	}
	o := report.Options{Seed: a.seed, Trials: int(a.trials), Workers: runtime.GOMAXPROCS(0), SavesADay: int(a.saves), Within: a.within, Sound: a.own.sound, AtMost: a.atMost.share}
	if ss, err = a.ownLatency(ss, &o); err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	part, found, err := a.begun(ctx, ss, o)
	if err != nil {
		return err
	}
	compare, err := a.baseline(part.Matrix())
	if err != nil {
		return err
	}
	save, err := a.resumed(part)
	if err != nil {
		return err
	}
	if err := a.run(ctx, part, save); err != nil && ctx.Err() == nil {
		return err
	}
	m := part.Matrix()
	if a.shard.of > 0 {
		err = write(func(w io.Writer) error { return part.Write(w, version()) })
	} else {
		m.Program, m.Answer = version(), found.Answer(ctx, m)
		var apart error
		if part.Complete() || ctx.Err() == nil {
			apart = compare(m)
		}
		err = cmp.Or(write(func(w io.Writer) error { return reportFormats.in(a.format, a.to(ctx, w), m) }), apart)
	}
	switch {
	case err != nil:
		return err
	case len(m.Failures()) > 0 && ctx.Err() == nil:
		return a.ended(m.Failures())
	case !part.Complete():
		return a.interrupted(part)
	case a.shard.of == 0 && ctx.Err() != nil:
		return hurried(ctx)
	}
	if err := a.ended(nil); err != nil {
		return err
	}
	return a.hold(m)
}

// begun returns the work of which nothing is done yet, of the strategies that were
// chosen and of those that belong beside them, and what says so.
func (a *app) begun(ctx context.Context, ss []*scenarios.Scenario, o report.Options) (*report.Partial, *answer.Found, error) {
	es, err := a.chosen(ss...)
	if err != nil {
		return nil, nil, err
	}
	tooMany := func() error {
		if n := len(ss) * len(es); n > report.MaxCells {
			return fmt.Errorf("%d scenarios under %d strategies are %d cells, and at most %d: name fewer", len(ss), len(es), n, report.MaxCells)
		}
		return nil
	}
	if err := tooMany(); err != nil {
		return nil, nil, err
	}
	found, err := a.probe(ctx, ss, es)
	if err != nil {
		return nil, nil, exit{130, errors.New("interrupted before the first trial")}
	}
	added := found.Added(ctx, es)
	es = append(es, added...)
	part := report.NewPartial(ss, es, o, max(1, a.shard.i), max(1, a.shard.of))
	part.Choice = report.Choice{Named: a.named(), Added: strategies.Lineup(added).Names()}
	return part, found, tooMany()
}

// answer gives a matrix of which the trials were run elsewhere its answer: the same
// that these would have had.
func (a *app) answer(ctx context.Context, m *report.Matrix) error {
	a.seed, a.trials = m.Seed, uint64(m.Trials)
	chosen := slices.DeleteFunc(slices.Clone(m.Strategies), func(e strategies.Entry) bool { return slices.Contains(m.Added, e.Name) })
	found, err := a.probe(ctx, m.Scenarios, chosen)
	if err != nil {
		return exit{130, errors.New("interrupted: nothing was written")}
	}
	m.Program, m.Answer = version(), found.Answer(ctx, m)
	return nil
}

// ownWithinFlag adds how long a client of the user's own has.
func (a *app) ownWithinFlag(c *cobra.Command, what, without string) {
	c.Flags().DurationVar(&a.within, "within", 0, "time that a client of your own has for "+what+", as 1m; without this, "+without)
}

// hurried is the error for a report that was interrupted while it was written.
func hurried(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return exit{130, errors.New("interrupted: all trials are in the report, some diagrams and charts are left out")}
}

// run runs what is left of the work, with a meter on a terminal.
func (a *app) run(ctx context.Context, part *report.Partial, save func() error) error {
	if isatty.IsTerminal(os.Stderr.Fd()) {
		done, all := part.Done()
		m := newMeter(os.Stderr, "", done, all)
		part.Progress = m.add
		defer m.close()
	}
	return part.Run(ctx, save)
}

// interrupted says how far it came, and how to go on.
func (a *app) interrupted(part *report.Partial) error {
	done, all := part.Done()
	text := fmt.Sprintf("interrupted after %s of %s trials", tell.Grouped(done), tell.Grouped(all))
	switch {
	case a.resume != "":
		text += ": the same command goes on from there"
	case a.shard.of > 0 && a.output != "":
		text += ": --resume " + tell.Quote(a.output) + " goes on from there"
	}
	return exit{130, errors.New(text)}
}

// resumed lets the work go on where the file of --resume says, and returns what
// keeps that file up to date; nil if there is none.
func (a *app) resumed(part *report.Partial) (save func() error, err error) {
	if a.resume == "" {
		return nil, nil
	}
	if a.output != "" && a.shard.of == 0 && sameFile(a.resume, a.output) {
		return nil, fmt.Errorf("--output %s: is the file of --resume, and the report would take its place: take another name", a.output)
	}
	f, err := disk.New(a.resume)
	if err != nil {
		return nil, err
	}
	switch was, err := a.readPartial(a.resume); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	default:
		if what := part.Continues(was); what != "" {
			return nil, fmt.Errorf("%s is of another run: it differs in %s; take another file, or delete it to begin anew", a.resume, what)
		}
	}
	return func() error {
		return f.Write(func(w io.Writer) error { return part.Write(w, version()) })
	}, nil
}

// shard is a share of the work, the i-th of so many; of none, it is all of it.
type shard struct{ i, of int }
