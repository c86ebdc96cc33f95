package cli

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/muesli/mango"
	mcobra "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// today is the day on which a page is written, which has nothing to do with it: it is
// left out, so that the page is the same whenever it is written.
var today = regexp.MustCompile(`(?m)^(\.TH \S+ 1 )"[0-9-]+"`)

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   "Write the manual page",
		Example: "photofinish man | man -l -",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			root := c.Root()
			root.Long = strings.ReplaceAll(root.Long, "\n", " ") // else each line is a paragraph
			page, err := mcobra.NewManPage(1, root)
			if err != nil {
				return err
			}
			hide(&page.Root, root)
			_, err = fmt.Fprint(a.out, today.ReplaceAllString(page.Build(roff.NewDocument()), `$1""`))
			return err
		},
	}
}

// hide takes flags out of a page that help does not show either.
func hide(of *mango.Command, c *cobra.Command) {
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			delete(of.Flags, f.Name)
		}
	})
	for _, sub := range c.Commands() {
		for _, page := range of.Commands {
			if page.Name == sub.Name() || page.Name == sub.Use {
				hide(page, sub)
			}
		}
	}
}
