package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"photofinish/cli/machine"
	"photofinish/report/tell"
	"photofinish/strategies/external"
	"photofinish/tui"
)

var doctorFormats = formats[[]machine.Line]{
	{"text", func(to target, lines []machine.Line) error {
		p := to.palette
		marks := map[string]string{machine.Well: p.OK + "✓" + off(p.OK), machine.Lacks: "·", machine.Missing: p.Wrong + "✗" + off(p.Wrong)}
		for _, l := range lines {
			text := marks[l.State] + " " + tell.Pad(l.Name, 12) + l.Says
			if l.Mend != "" {
				text += ": " + l.Mend
			}
			if _, err := fmt.Fprintln(to, text); err != nil {
				return err
			}
		}
		return nil
	}},
	{"json", func(to target, lines []machine.Line) error {
		return json.NewEncoder(to).Encode(map[string]any{"version": 1, "playground": lacking(lines) == "", "lines": lines})
	}},
}

func (a *app) doctorCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Look whether this machine has what photofinish needs",
		Long: "Ten lines about terminal, folders and programs, fit for a bug report: no secrets, not your\n" +
			"name. ✓ is well, · goes without something that the playground does not need, ✗ is missing;\n" +
			"such lines say how to mend it. Exit code 1 if something is missing.",
		Example: "photofinish doctor\nphotofinish doctor > doctor.txt",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context()) },
	}
	c.Flags().Var(choice(&a.format, doctorFormats.names()), "format", "text or json")
	return c
}

func (a *app) doctor(ctx context.Context) error {
	m := machine.Look(a.in, os.Stdout, os.Getenv, tui.StateDir())
	info, _ := debug.ReadBuildInfo()
	m.Version = fullVersion(info)
	m.NoColour = a.noColour()
	node, python, ssh := external.Tools(ctx)
	m.Node, m.Python, m.SSH = machine.Tool{Version: node.Version, Err: node.Err}, machine.Tool{Version: python.Version, Err: python.Err}, machine.Tool{Version: ssh.Version, Err: ssh.Err}
	lines := m.Lines()
	if err := doctorFormats.in(a.format, a.to(ctx, a.out), lines); err != nil {
		return err
	}
	if names := lacking(lines); names != "" {
		return exit{1, errors.New("the playground needs what is missing here: " + names)}
	}
	return nil
}

// noColour says who wants no colours, "" if nobody does. The environment was changed
// when it was read.
func (a *app) noColour() string {
	switch {
	case a.colour != colourNever:
		return ""
	case a.asked == colourNever:
		return "--color"
	case os.Getenv("TERM") == "dumb":
		return "TERM=dumb"
	case os.Getenv("CLICOLOR") == "0":
		return "CLICOLOR=0"
	}
	return "NO_COLOR"
}

// lacking lists what the playground needs and has not.
func lacking(lines []machine.Line) string {
	var names []string
	for _, l := range lines {
		if l.State == machine.Missing {
			names = append(names, l.Name)
		}
	}
	return strings.Join(names, ", ")
}
