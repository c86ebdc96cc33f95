package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"photofinish/report/explain"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/strategies"
	"photofinish/tui"
	"photofinish/tui/session"
)

// firstScenario is the shortest story in which clients differ most.
const firstScenario = "create-then-two-updates"

func (a *app) play(cmd *cobra.Command, args []string) error {
	name := firstScenario
	if len(args) > 0 {
		name = args[0]
	}
	s, err := a.open(name)
	if err != nil && len(args) > 0 && !isFile(name) {
		known := scenarios.Names()
		for _, c := range cmd.Commands() {
			known = append(known, c.Name())
		}
		err = explain.Unknown("scenario or command", name, known, "photofinish --help")
	}
	if err != nil {
		return err
	}
	es, err := a.chosen(s)
	if err != nil {
		return err
	}
	if kind, ok := a.terminal(); !ok {
		return fmt.Errorf("the playground needs %s; without one, try: photofinish replay %s", kind, tell.Quote(name))
	}
	if a.own.wire {
		return errors.New("--wire writes where the playground is: try it with photofinish replay")
	}
	lineup, err := a.lineup()
	if err != nil {
		return err
	}
	o := tui.Options{Lineup: lineup, NoColour: a.plain, FirstRun: len(args) == 0, Input: a.in, State: tui.StateDir(), Panic: a.panic}
	if o.Strategies = strategies.Lineup(es).Names(); slices.Equal(o.Strategies, strategies.Default()) && len(a.strategies) == 0 {
		o.Strategies = session.Opening(s)
	}
	if len(a.strategies) == 0 {
		for _, c := range s.Clients {
			if !slices.Contains(o.Strategies, c.Name) {
				o.Strategies = append(o.Strategies, c.Name) // a lane that says how to start it
			}
		}
	}
	if cmd.Flags().Changed("seed") {
		o.Seed = a.seed
	}
	news, stop, err := a.own.reloads(cmd.Context())
	if err != nil {
		return err
	}
	defer stop()
	o.Reloads, o.Sound = news, a.own.sound
	return tui.Run(cmd.Context(), s, o)
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
