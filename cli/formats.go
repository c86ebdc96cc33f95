package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/export"
	"photofinish/report/html"
	"photofinish/report/svg"
	"photofinish/scenarios"
)

// The formats of each command; the first is the default.
var (
	reportFormats = []string{"text", "markdown", "html", "json", "csv"}
	replayFormats = []string{"text", "json", "mermaid", "svg", "perfetto", "shiviz", "porcupine"}
	chartFormats  = []string{"text", "svg"}
	checkFormats  = []string{"text", "junit"}
)

func (a *app) outputFlag(c *cobra.Command) {
	c.Flags().Var(&word{&a.output, "the name of a file"}, "output", "write to this file, whole or not at all")
}

// writer returns what writes the result where it was asked for: to a file, or
// to the standard output. That a file cannot be written is known at once.
func (a *app) writer() (func(do func(io.Writer) error) error, error) {
	if a.output == "" {
		return func(do func(io.Writer) error) error { return do(a.out) }, nil
	}
	f, err := report.NewFile(a.output)
	if err != nil {
		return nil, err
	}
	return f.Write, nil
}

// matrixWriter returns what writes a matrix in the format that was asked for.
func (a *app) matrixWriter(ctx context.Context, m *report.Matrix) func(io.Writer) error {
	return func(w io.Writer) error {
		switch a.format {
		case "json":
			return m.WriteJSON(w)
		case "csv":
			return m.WriteCSV(w)
		case "markdown":
			return m.WriteMarkdown(ctx, w)
		case "html":
			return html.Write(ctx, w, m, html.Options{Version: version(), Command: m.Command() + " --format html"})
		}
		return m.WriteText(w, width(), a.palette())
	}
}

// writeTrials writes trials of one scenario in the format that was asked for.
func (a *app) writeTrials(w io.Writer, s *scenarios.Scenario, trials []*report.Trial) error {
	switch a.format {
	case "json":
		return each(w, trials, (*report.Trial).WriteJSON)
	case "mermaid":
		return each(w, trials, (*report.Trial).WriteMermaid)
	case "svg":
		return svg.WriteDocument(w, s, trials)
	case "perfetto":
		return export.WritePerfetto(w, s.Name, trials)
	case "shiviz":
		return export.WriteShiViz(w, trials)
	case "porcupine":
		return export.WritePorcupine(w, trials[0])
	}
	return report.WriteStories(w, s, trials, a.palette())
}

// each writes trials one after the other.
func each(w io.Writer, trials []*report.Trial, write func(*report.Trial, io.Writer) error) error {
	for _, t := range trials {
		if err := write(t, w); err != nil {
			return err
		}
	}
	return nil
}

// oneOf lists words as "text, json or svg".
func oneOf(words []string) string {
	last := len(words) - 1
	return fmt.Sprintf("%s or %s", strings.Join(words[:last], ", "), words[last])
}
