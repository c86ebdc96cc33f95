package cli

import (
	"github.com/spf13/cobra"

	"photofinish/exercises"
	"photofinish/report/explain"
	"photofinish/report/export"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
)

// schemas are those of the files that people write, by their kind, and of the JSON that
// photofinish writes.
var schemas = []struct {
	kind string
	text func() []byte
}{
	{"scenario", func() []byte { return scenarios.Schema }},
	{"lesson", lessons.Schema},
	{"misconceptions", func() []byte { return lessons.MisconceptionSchema }},
	{"exercise", func() []byte { return exercises.Schema }},
	{"report", func() []byte { return export.Schema }},
}

func kindsOfFiles() (kinds []string) {
	for _, s := range schemas {
		kinds = append(kinds, s.kind)
	}
	return kinds
}

func (a *app) schemaCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "schema KIND",
		Short: "Write the JSON Schema of a kind of file, for editors",
		Long: "The JSON Schema of " + oneOf(kindsOfFiles()) + ":\n" +
			"each stands by itself and needs no network. An editor finds it by the first line of a file,\n" +
			"which the playground writes:  # yaml-language-server: $schema=" + scenarios.SchemaFile,
		Example:   "photofinish schema scenario --output " + scenarios.SchemaFile,
		ValidArgs: kindsOfFiles(),
		Args:      exactly(1, "KIND"),
		RunE: func(_ *cobra.Command, args []string) error {
			for _, s := range schemas {
				if s.kind == args[0] {
					return a.whole(s.text())
				}
			}
			return explain.Unknown("kind of file", args[0], kindsOfFiles(), "photofinish schema --help")
		},
	}
	c.Flags().Var(word(&a.output, "the name of a file"), "output", "write to this file, whole or not at all")
	return c
}
