package cli

import (
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// The words of --color, the default first.
const (
	colourAuto   = "auto" // on a terminal
	colourAlways = "always"
	colourNever  = "never"
)

func (a *app) colourFlags(c *cobra.Command) {
	words := []string{colourAuto, colourAlways, colourNever}
	c.PersistentFlags().Var(choice(&a.asked, words), "color", oneOf(words)+" (NO_COLOR, CLICOLOR_FORCE)")
	c.PersistentFlags().Bool("no-color", false, "no colours (as --color never)")
	c.PersistentFlags().MarkHidden("no-color")
}

// colourOf returns the word for the colours of a command. What an argument says
// goes before the environment: NO_COLOR, whatever it is, TERM=dumb and CLICOLOR=0
// take colours away, CLICOLOR_FORCE, if it is not 0, has them everywhere
// (no-color.org, bixense.com/clicolors). The last argument counts; what is no word
// of --color is found by the flag itself.
func colourOf(args []string, env func(string) string) string {
	colour := ""
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	for i, arg := range args {
		word, is := strings.CutPrefix(arg, "--color=")
		switch {
		case is:
			colour = word
		case arg == "--color" && i+1 < len(args):
			colour = args[i+1]
		case arg == "--no-color", arg == "--no-color=true":
			colour = colourNever
		}
	}
	force := env("CLICOLOR_FORCE")
	switch {
	case colour == colourAlways || colour == colourNever:
		return colour
	case env("NO_COLOR") != "":
		return colourNever
	case force != "" && force != "0":
		return colourAlways
	case env("TERM") == "dumb", env("CLICOLOR") == "0":
		return colourNever
	}
	return colourAuto
}

// inEnvironment says it to the libraries that look for themselves.
func inEnvironment(colour string) {
	switch colour {
	case colourAlways:
		os.Unsetenv("NO_COLOR")
		os.Setenv("CLICOLOR_FORCE", "1")
	case colourNever:
		os.Unsetenv("CLICOLOR_FORCE")
		os.Setenv("NO_COLOR", "1")
	}
}
