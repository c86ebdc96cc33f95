package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"photofinish/report"
	"photofinish/report/html"
	"photofinish/report/svg"
	"photofinish/scenarios"
)

// The formats of each command; the first is the default.
var (
	reportFormats = []string{"text", "markdown", "html", "json"}
	replayFormats = []string{"text", "json", "svg"}
)

// matrixWriter returns what writes a matrix in the format that was asked for.
func (a *app) matrixWriter(ctx context.Context, m *report.Matrix) func(io.Writer) error {
	return func(w io.Writer) error {
		switch a.format {
		case "json":
			return m.WriteJSON(w)
		case "markdown":
			return m.WriteMarkdown(w)
		case "html":
			return html.Write(ctx, w, m, html.Options{Version: version(), Command: m.Command() + " --format html"})
		}
		return m.WriteText(w, width(), a.palette())
	}
}

// writeTrials writes trials of one scenario in the format that was asked for.
func (a *app) writeTrials(s *scenarios.Scenario, trials []*report.Trial) error {
	switch a.format {
	case "json":
		for _, t := range trials {
			if err := t.WriteJSON(os.Stdout); err != nil {
				return err
			}
		}
		return nil
	case "svg":
		return svg.WriteDocument(os.Stdout, s, trials)
	}
	return report.WriteStories(os.Stdout, s, trials, a.palette())
}

// oneOf lists words as "text, json or svg".
func oneOf(words []string) string {
	last := len(words) - 1
	return fmt.Sprintf("%s or %s", strings.Join(words[:last], ", "), words[last])
}
