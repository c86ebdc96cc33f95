// Package cli is the command line of photofinish: its commands and their flags,
// the formats that they write, and the wiring of one to the other.
//
// Exit codes: 0 fine; 1 check found an expectation that does not hold; 2
// misuse, bad input, or what cannot be written; 130 interrupted (or 128 and the
// number of the signal that ended the playground); 141 nobody reads the output
// any more.
package cli

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/term"
	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/strategies"
	"photofinish/tui"
	"photofinish/tui/ink"
)

// Main runs the command that the arguments of this process name, on its standard
// files, and returns the exit code.
func Main() int {
	a := app{in: os.Stdin, out: &output{File: os.Stdout}, seed: 1, trials: 10_000, limit: report.MaxClasses}
	// fang asks the terminal for its colours before it prints a help or an
	// error, also with a fixed theme, and a terminal that never answers costs
	// two seconds. It asks through os.Stdin; without one it does not.
	os.Stdin = nil
	root := a.root()
	root.SetOut(a.out)
	a.plain = slices.Contains(os.Args[1:], "--no-color") || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb"
	if a.plain {
		root.SetOut(struct{ io.Writer }{a.out}) // no terminal, as far as fang can see
	}
	err := fang.Execute(context.Background(), root,
		fang.WithColorSchemeFunc(theme), fang.WithErrorHandler(complain), fang.WithVersion(version()))
	if err == nil && a.out.err != nil {
		err = a.out.err
		complain(os.Stderr, fang.Styles{}, err)
	}
	return exitCode(err)
}

// app is what the commands share.
type app struct {
	in    *os.File
	out   *output
	plain bool // no colours are wanted

	strategies []string
	seed       uint64
	trials     uint64
	format     string
	output     string
	ballots    string
	unpinned   bool
	schedule   string
	scheduled  bool
	limit      uint64
	faults     uint64
	within     time.Duration
	panic      bool // on ctrl+p
	latency    string
	saves      uint64
	shard      shard
	resume     string
}

func (a *app) root() *cobra.Command {
	c := &cobra.Command{
		Use:   "photofinish [SCENARIO]",
		Short: "See who loses the user's data",
		Long: "A playground for the races that hide in every client that saves to a server.\n" +
			"Several ways of writing the same client handle the same clicks over the same\n" +
			"network, side by side.",
		Example: "photofinish\n" +
			"photofinish learn\n" +
			"photofinish replay create-then-update --strategy naive,polling\n" +
			"photofinish report --format markdown --output outcomes.md\n" +
			"photofinish explain monotonic-writes",
		Args:              atMost(1, "SCENARIO"),
		ValidArgsFunction: completeNames,
		RunE:              a.play,
	}
	c.CompletionOptions.HiddenDefaultCmd = true
	c.PersistentFlags().Bool("no-color", false, "no colours (as NO_COLOR)")
	c.Flags().BoolVar(&a.panic, "panic", false, "for tests: ctrl+p breaks the playground")
	c.Flags().MarkHidden("panic")
	a.trialFlags(c)
	c.AddCommand(a.replayCommand(), a.reportCommand(), a.chartCommand(), a.exploreCommand(), a.checkCommand(), a.listCommand(), a.explainCommand(), a.classCommand(), a.learnCommand())
	return c
}

// trialFlags adds what every command that runs trials knows.
func (a *app) trialFlags(c *cobra.Command) {
	a.strategyFlag(c)
	c.Flags().Var(&number{&a.seed, 0, scenarios.MaxSeed}, "seed", "seed of the (first) trial (default 1, or what the scenario says)")
}

func (a *app) strategyFlag(c *cobra.Command) {
	c.Flags().StringArrayVar(&a.strategies, "strategy", nil, "its names, with commas or repeated")
}

// firstScenario is the shortest story in which clients differ most.
const firstScenario = "create-then-two-updates"

func (a *app) play(cmd *cobra.Command, args []string) error {
	name := firstScenario
	if len(args) > 0 {
		name = args[0]
	}
	s, err := a.open(name)
	if err != nil && len(args) > 0 && !isFile(name) {
		err = report.Unknown("scenario or command", name, slices.Concat(scenarios.Names(), commandNames(cmd)), "photofinish --help")
	}
	if err != nil {
		return err
	}
	es, err := a.chosen()
	if err != nil {
		return err
	}
	if kind, ok := a.terminal(); !ok {
		return fmt.Errorf("the playground needs %s; without one, try: photofinish replay %s", kind, report.Quote(name))
	}
	o := tui.Options{NoColour: a.plain, FirstRun: len(args) == 0, Input: a.in, State: tui.StateDir(), Panic: a.panic}
	for _, e := range es {
		o.Strategies = append(o.Strategies, e.Name)
	}
	if cmd.Flags().Changed("seed") {
		o.Seed = a.seed
	}
	err = tui.Run(cmd.Context(), s, o)
	if s, ok := errors.AsType[tui.Signal](err); ok {
		return exit{128 + int(s), nil}
	}
	return err
}

// terminal reports whether a screen can be drawn on a terminal, and says what
// kind of terminal that needs.
func (a *app) terminal() (kind string, ok bool) {
	switch {
	case !isatty.IsTerminal(a.in.Fd()) || !isatty.IsTerminal(os.Stdout.Fd()):
		return "a terminal", false
	case os.Getenv("TERM") == "dumb":
		return "a terminal that can be drawn on, and TERM=dumb says that this one cannot", false
	}
	return "a terminal", true
}

func (a *app) replayCommand() *cobra.Command {
	c := &cobra.Command{
		Use:               "replay SCENARIO",
		Short:             "Tell what happens, strategy by strategy",
		Example:           "photofinish replay create-then-update --seed 7\nphotofinish replay bug.yaml --format json",
		Args:              exactly(1, "SCENARIO"),
		ValidArgsFunction: completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, es, err := a.both(args[0])
			if err != nil {
				return err
			}
			a.scheduled = cmd.Flags().Changed("schedule")
			if !cmd.Flags().Changed("seed") {
				a.seed = s.ReplaySeed()
			}
			return a.replay(s, es)
		},
	}
	a.trialFlags(c)
	a.latencyFlag(c)
	c.Flags().BoolVar(&a.unpinned, "unpinned", false, "ignore pinned latencies, as report does")
	c.Flags().StringVar(&a.schedule, "schedule", "", "the order of events, as explore prints it; clicks that it leaves out are not made")
	c.Flags().Var(&choice{&a.format, replayFormats}, "format", oneOf(replayFormats))
	a.outputFlag(c)
	return c
}

func (a *app) replay(s *scenarios.Scenario, es []strategies.Entry) error {
	if a.format == "porcupine" && len(es) != 1 {
		return errors.New("--format porcupine draws one history: name one strategy, as --strategy action-queue")
	}
	write, err := a.writer()
	if err != nil {
		return err
	}
	ss, _, err := a.ownLatency([]*scenarios.Scenario{s})
	if err != nil {
		return err
	}
	script := ss[0].Script
	if a.unpinned {
		script = script.Unpinned()
	}
	var trials []*report.Trial
	for _, e := range es {
		if !a.scheduled {
			trials = append(trials, report.Replay(s.Name, script, e, a.seed))
			continue
		}
		t, err := report.ReplaySchedule(s.Name, script, e, explore.ParseSchedule(a.schedule))
		if err != nil {
			return fmt.Errorf("--schedule does not fit %s under %s: %w", s.Name, e.Name, err)
		}
		trials = append(trials, t)
	}
	return write(func(w io.Writer) error { return a.writeTrials(w, s, trials) })
}

func (a *app) exploreCommand() *cobra.Command {
	c := &cobra.Command{
		Use:               "explore SCENARIO",
		Short:             "Try every order; prove there is no race, or show the shortest",
		Example:           "photofinish explore create-then-update --strategy naive\nphotofinish explore bug.yaml --strategy polling --format scenario > race.yaml",
		Args:              exactly(1, "SCENARIO"),
		ValidArgsFunction: completeNames,
		RunE: func(_ *cobra.Command, args []string) error {
			s, es, err := a.both(args[0])
			if err != nil {
				return err
			}
			return a.explore(s, es)
		},
	}
	a.strategyFlag(c)
	c.Flags().Var(&number{&a.faults, 0, 3}, "faults", "messages that may be lost, delivered twice, or refused besides, at most this many")
	c.Flags().Var(&number{&a.limit, 0, 1_000_000_000}, "limit", "orders to run before the answer is unknown; 0: all, on all cores")
	c.Flags().DurationVar(&a.within, "within", 0, "time to spend on a strategy before the answer is unknown, as 10s")
	c.Flags().Var(&choice{&a.format, []string{"text", "json", "scenario"}}, "format", "text, json, or scenario: a file that replays the shortest race")
	return c
}

func (a *app) explore(s *scenarios.Scenario, es []strategies.Entry) error {
	ctx, stop := interruptible()
	defer stop()
	if a.format != "json" && a.format != "scenario" {
		report.WriteOrdersHeader(a.out, s, int(a.faults), a.palette())
	}
	for _, e := range es {
		o := a.orders(ctx, s, e)
		var err error
		switch a.format {
		case "json":
			err = o.WriteJSON(a.out)
		case "scenario":
			if file := o.ScenarioFile(); file != nil {
				_, err = a.out.Write(file)
				return err
			}
		default:
			err = o.WriteText(a.out, a.palette())
		}
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return exit{130, fmt.Errorf("interrupted while exploring %s: what is printed is what was covered", e.Name)}
		}
	}
	if a.format == "scenario" {
		return errors.New("no bad order to write a scenario of")
	}
	return nil
}

// orders explores one strategy, within the time that it is given.
func (a *app) orders(ctx context.Context, s *scenarios.Scenario, e strategies.Entry) *report.Orders {
	if a.within > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, a.within)
		defer stop()
	}
	return report.Explore(ctx, s, e, explore.Bounds{Classes: int(a.limit), Faults: int(a.faults)})
}

func (a *app) listCommand() *cobra.Command {
	return &cobra.Command{
		Use:       "list [TOPIC]",
		Short:     "List what there is, by topic",
		ValidArgs: report.Topics(),
		Args:      atMost(1, "TOPIC"),
		RunE: func(_ *cobra.Command, args []string) error {
			topic := strings.Join(args, "")
			if topic != "" && !slices.Contains(report.Topics(), topic) {
				return fmt.Errorf("nothing to list under %q: it is one of %s", topic, strings.Join(report.Topics(), ", "))
			}
			return report.List(a.out, topic, a.palette())
		},
	}
}

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "explain NAME",
		Short:   "Explain any name of the list",
		Example: "photofinish explain action-queue\nphotofinish explain monotonic-writes",
		Args:    exactly(1, "NAME"),
		RunE: func(_ *cobra.Command, args []string) error {
			if isFile(args[0]) {
				s, err := a.open(args[0])
				if err != nil {
					return err
				}
				return report.ExplainScenario(a.out, s, a.palette())
			}
			return report.Explain(a.out, args[0], a.palette())
		},
	}
}

// palette returns the colours that the standard output can show.
func (a *app) palette() report.Palette {
	if a.plain || a.output != "" || !isatty.IsTerminal(os.Stdout.Fd()) {
		return report.Palette{}
	}
	return report.Colours
}

// width returns that of the terminal, as far as it is used, or 80.
func width() int {
	if w, _, err := term.GetSize(os.Stdout.Fd()); err == nil && w > 0 {
		return min(w, ink.MaxWidth)
	}
	return 80
}

// interruptible returns a context that ends with the first ctrl+c; the second
// ends the program.
func interruptible() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// exit is an error that knows its exit code. Without an inner error all has
// been said.
type exit struct {
	code int
	error
}

func exitCode(err error) int {
	var e exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e):
		return e.code
	case errors.Is(err, syscall.EPIPE):
		return 141
	}
	return 2
}

// complain writes an error in one line.
func complain(w io.Writer, _ fang.Styles, err error) {
	if e, ok := err.(exit); ok && e.error == nil || errors.Is(err, syscall.EPIPE) {
		return
	}
	fmt.Fprintf(w, "photofinish: %s\n", tell.Clean(strings.Join(strings.Fields(err.Error()), " ")))
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// theme is one that suits dark and light backgrounds: the terminal's own
// colours, and its own background.
func theme(lipgloss.LightDarkFunc) fang.ColorScheme {
	none := lipgloss.NoColor{}
	return fang.ColorScheme{
		Base: none, Title: lipgloss.Blue, Description: none, Codeblock: none,
		Program: lipgloss.Blue, Command: lipgloss.Cyan, DimmedArgument: none, Argument: none,
		Comment: lipgloss.BrightBlack, Flag: lipgloss.Green, FlagDefault: lipgloss.BrightBlack,
		QuotedString: none, Help: none, Dash: none,
		ErrorHeader: [2]color.Color{none, none}, ErrorDetails: none,
	}
}
