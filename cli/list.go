package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"photofinish/report/explain"
	"photofinish/report/export"
	"photofinish/scenarios"
)

// told is what list and explain write about: a topic, a name, or a scenario.
type told struct {
	name     string
	scenario *scenarios.Scenario // nil: there is a name
	answer   func() []string     // in the scenario
}

var listFormats = formats[string]{
	{"text", func(to target, topic string) error { return explain.List(to, topic, to.palette) }},
	{"json", func(to target, topic string) error { return export.WriteListJSON(to, topic) }},
}

var explainFormats = formats[told]{
	{"text", func(to target, t told) error {
		if t.scenario != nil {
			return explain.Scenario(to, t.scenario, t.answer(), to.palette)
		}
		return explain.Write(to, t.name, to.palette)
	}},
	{"json", func(to target, t told) error {
		if t.scenario != nil {
			return export.WriteScenarioJSON(to, t.scenario)
		}
		return export.WriteNameJSON(to, t.name)
	}},
}

func (a *app) listCommand() *cobra.Command {
	c := &cobra.Command{
		Use:       "list [TOPIC]",
		Short:     "List what there is, by topic",
		Example:   "photofinish list strategies\nphotofinish list --format json",
		ValidArgs: explain.Topics(),
		Args:      atMost(1, "TOPIC"),
		RunE: func(cmd *cobra.Command, args []string) error {
			topic := strings.Join(args, "")
			if topic != "" && !slices.Contains(explain.Topics(), topic) {
				return fmt.Errorf("nothing to list under %q: it is one of %s", topic, strings.Join(explain.Topics(), ", "))
			}
			return listFormats.in(a.format, a.to(cmd.Context(), a.out), topic)
		},
	}
	c.Flags().Var(choice(&a.format, listFormats.names()), "format", "text or json")
	return c
}

func (a *app) explainCommand() *cobra.Command {
	c := &cobra.Command{
		Use:               "explain NAME",
		Short:             "Explain any name of the list",
		Example:           "photofinish explain action-queue\nphotofinish explain monotonic-writes",
		Args:              exactly(1, "NAME"),
		ValidArgsFunction: complete(explain.Names),
		RunE: func(cmd *cobra.Command, args []string) error {
			what := told{name: args[0]}
			if isFile(args[0]) || slices.Contains(scenarios.Names(), args[0]) {
				s, err := a.open(args[0])
				if err != nil {
					return err
				}
				what.scenario, what.answer = s, func() []string { return a.answerIn(cmd.Context(), s) }
			}
			return explainFormats.in(a.format, a.to(cmd.Context(), a.out), what)
		},
	}
	c.Flags().Var(choice(&a.format, explainFormats.names()), "format", "text or json")
	return c
}
