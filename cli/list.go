package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"photofinish/report"
)

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
