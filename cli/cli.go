// Package cli is the command line of photofinish: its commands and their flags,
// the formats that they write, and the wiring of one to the other.
//
// Exit codes: 0 fine; 1 what was asked to hold does not (check, --fail-above,
// --fail-worse, --fail); 2 misuse, bad input, or what cannot be written; 130
// interrupted (or 128 and the number of the signal that ended the playground); 141
// nobody reads the output any more.
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
	"strings"
	"time"

	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/term"
	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/strategies"
	"photofinish/tui"
	"photofinish/tui/ink"
)

// Main runs the command that the arguments of this process name, on its standard
// files, and returns the exit code.
func Main() int {
	collect(200)
	lipgloss.EnableLegacyWindowsANSI(os.Stdout) // colours, on consoles that wait to be asked
	lipgloss.EnableLegacyWindowsANSI(os.Stderr)
	a := newApp(os.Stdin, os.Stdout)
	// fang asks the terminal for its colours before it prints a help or an
	// error, also with a fixed theme, and a terminal that never answers costs
	// two seconds. It asks through os.Stdin; without one it does not.
	os.Stdin = nil
	root := a.root()
	root.SetOut(a.out)
	a.colour = colourOf(os.Args[1:], os.Getenv)
	inEnvironment(a.colour)
	if a.plain = a.colour == colourNever; a.plain {
		root.SetOut(struct{ io.Writer }{a.out}) // no terminal, as far as fang can see
	}
	defer a.own.close()
	info, _ := debug.ReadBuildInfo()
	err := fang.Execute(context.Background(), root,
		fang.WithColorSchemeFunc(theme), fang.WithErrorHandler(complain), fang.WithVersion(fullVersion(info)), fang.WithoutManpage())
	if err == nil && a.out.err != nil {
		err = a.out.err
		complain(os.Stderr, fang.Styles{}, err)
	}
	return exitCode(err)
}

// collect says by how many percent what is in use grows before it is collected, unless
// GOGC does. Go's 100 is little for a command, which ends before it keeps much: with 200
// check takes a third less time. The playground, which keeps little, has it too; a class,
// which runs for hours, does not.
func collect(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// app has the standard files and the flags of the one command that a process runs.
type app struct {
	in    *os.File
	out   *output
	plain bool // no colours are wanted

	colour string // a word of --color, as it holds
	asked  string // as it was given; "": it was not

	strategies []string
	own        programs
	watch      bool
	trust      bool
	strict     bool
	seed       uint64
	trials     uint64
	format     string
	output     string
	misnamed   error // the ending of output is of no format
	ballots    string
	unpinned   bool
	schedule   string
	limit      uint64
	faults     uint64
	within     time.Duration
	panic      bool // on ctrl+p
	latency    string
	resample   bool
	saves      uint64
	atMost     bound
	shard      shard
	above      bound
	fail       bool // explore: where an order ends badly
	resume     string
	compare    comparison
	layout     layout
}

func newApp(in, out *os.File) *app {
	return &app{in: in, out: &output{File: out}, seed: 1, trials: 10_000, limit: report.MaxClasses}
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
			"photofinish replay overlapping-updates --client save.tsx\n" +
			"photofinish report --format markdown --output outcomes.md\n" +
			"photofinish explain monotonic-writes",
		Args:              atMost(1, "SCENARIO"),
		ValidArgsFunction: complete(scenarios.Names),
		RunE:              a.play,
	}
	a.colourFlags(c)
	c.Flags().BoolVar(&a.panic, "panic", false, "for tests: ctrl+p breaks the playground")
	c.Flags().MarkHidden("panic")
	a.trialFlags(c)
	c.AddCommand(a.replayCommand(), a.reportCommand(), a.chartCommand(), a.exploreCommand(), a.checkCommand(),
		a.clientCommand(),
		a.listCommand(), a.explainCommand(), a.classCommand(), a.learnCommand(), a.exerciseCommand(), a.schemaCommand(), a.doctorCommand(),
		a.manCommand())
	completions(c)
	return c
}

// trialFlags adds what every command that runs trials knows.
func (a *app) trialFlags(c *cobra.Command) {
	a.strategyFlag(c)
	c.Flags().Var(number(&a.seed, 0, scenarios.MaxSeed), "seed", "seed of the (first) trial (default 1, or what the scenario says)")
}

func (a *app) strategyFlag(c *cobra.Command) {
	a.clientFlags(c)
	c.Flags().StringArrayVar(&a.strategies, "strategy", nil, "names, with commas or repeated; or "+oneOf(strategies.Groups())+" of them")
}

// palette returns the colours that the standard output can show.
func (a *app) palette() terminal.Palette {
	here := a.output == "" // only who asks for it here gets colours into a file
	switch {
	case a.plain || a.asked == colourNever:
		return terminal.Palette{}
	case a.asked == colourAlways, here && (a.colour == colourAlways || isatty.IsTerminal(os.Stdout.Fd())):
		return terminal.Colours
	}
	return terminal.Palette{}
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
	var ended tui.Signal
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e):
		return e.code
	case errors.As(err, &ended):
		return 128 + int(ended)
	case isClosed(err):
		return 141
	}
	return 2
}

// complain writes an error in one line.
func complain(w io.Writer, _ fang.Styles, err error) {
	var ended tui.Signal // has been seen
	if e, ok := err.(exit); ok && e.error == nil || isClosed(err) || errors.As(err, &ended) {
		return
	}
	fmt.Fprintf(w, "photofinish: %s\n", tell.Clean(strings.Join(strings.Fields(err.Error()), " ")))
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
