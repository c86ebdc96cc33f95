package cli

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/tui"
	"photofinish/tui/class"
	"photofinish/tui/class/host"
)

func (a *app) classCommand() *cobra.Command {
	o, lesson, console := class.Options{Listen: ":2222"}, "", false
	sessions, perAddress, memory := uint64(200), uint64(200), uint64(1024)
	c := &cobra.Command{
		Use:   "class [SCENARIO]",
		Short: "Let a class join over SSH, ask, and show how it votes",
		Long: "Students join with ssh, without an account. They get a playground of their own and\n" +
			"vote on what you ask; no shell, no files. With --lesson they go through a lesson with\n" +
			"you, which asks by itself. Without a terminal it only serves.",
		Example:           "photofinish class --lesson lost-click\nphotofinish class overlapping-updates --listen :2222 --ballots votes.csv",
		Args:              atMost(1, "SCENARIO"),
		ValidArgsFunction: complete(scenarios.Names),
		RunE: func(cmd *cobra.Command, args []string) error {
			if console {
				return a.console(o.Listen, len(args) > 0 || lesson != "" || a.ballots != "")
			}
			if o.Ballots = a.ballots; o.Names && o.Ballots == "" {
				return errors.New("--names writes names into the ballots: --ballots says into which file")
			}
			name := firstScenario
			if len(args) > 0 {
				name = args[0]
			}
			s, es, err := a.both(name)
			if err != nil {
				return err
			}
			if lesson != "" {
				if o.Lesson, err = a.openLesson(lesson); err != nil {
					return err
				}
				if first := scenarioOf(o.Lesson); len(args) == 0 && first != nil {
					s = first
				}
			}
			o.Strategies, o.State, o.NoColour, o.Log = es, tui.StateDir(), a.plain, os.Stderr
			o.Limits.Sessions, o.Limits.PerAddress, o.Limits.Memory = int(sessions), int(perAddress), memory<<20
			kind, ok := a.terminal()
			switch {
			case ok:
				o.Input = a.in
			case o.Lesson != nil:
				return fmt.Errorf("a lesson needs a teacher at %s", kind)
			}
			collect(100) // it runs for hours, and what is in use says who is let in
			return class.Run(cmd.Context(), s, o)
		},
	}
	a.strategyFlag(c)
	c.Flags().Var(word(&lesson, "the name of a lesson, or of a file"), "lesson", "take this lesson together: one of the catalogue, or a file")
	cobra.CheckErr(c.RegisterFlagCompletionFunc("lesson", complete(lessons.Names)))
	c.Flags().Var(word(&o.Listen, "an address, as :2222"), "listen", "the address at which students join")
	c.Flags().Var(word(&a.ballots, "the name of a file"), "ballots", "write all ballots to this file, as CSV without names")
	c.Flags().BoolVar(&console, "console", false, "show the teacher's console of a class that runs on this machine")
	c.Flags().BoolVar(&o.Names, "names", false, "write the names into the ballots, too")
	c.Flags().Var(number(&sessions, 1, 2000), "sessions", "students at once")
	c.Flags().Var(number(&perAddress, 1, 2000), "per-address", "connections at once from one address")
	c.Flags().Var(number(&memory, 64, 1<<20), "memory", "MiB in use beyond which nobody new is let in")
	c.Flags().DurationVar(&o.Limits.Idle, "idle", 30*time.Minute, "how long a student may press no key")
	return c
}

// console shows the console of the class that listens at an address.
func (a *app) console(listen string, more bool) error {
	kind, ok := a.terminal()
	switch {
	case more:
		return errors.New("--console is of a class that runs already: it takes --listen, and nothing else")
	case !ok:
		return fmt.Errorf("a console needs %s", kind)
	}
	return host.Console(tui.StateDir(), listen, a.in, os.Stdout)
}

// scenarioOf returns what a lesson shows first, nil if it shows nothing.
func scenarioOf(l *lessons.Lesson) *scenarios.Scenario {
	for i := range l.Steps {
		if s := l.Steps[i].Scenario; s != nil {
			return s
		}
	}
	return nil
}
