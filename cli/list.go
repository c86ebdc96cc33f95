package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"photofinish/report/explain"
)

func (a *app) listCommand() *cobra.Command {
	return &cobra.Command{
		Use:       "list [TOPIC]",
		Short:     "List what there is, by topic",
		ValidArgs: explain.Topics(),
		Args:      atMost(1, "TOPIC"),
		RunE: func(_ *cobra.Command, args []string) error {
			topic := strings.Join(args, "")
			if topic != "" && !slices.Contains(explain.Topics(), topic) {
				return fmt.Errorf("nothing to list under %q: it is one of %s", topic, strings.Join(explain.Topics(), ", "))
			}
			return explain.List(a.out, topic, a.palette())
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
				return explain.Scenario(a.out, s, a.palette())
			}
			return explain.Write(a.out, args[0], a.palette())
		},
	}
}
