package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/disk"
	"photofinish/report/export"
	"photofinish/report/html"
	"photofinish/report/markdown"
	"photofinish/report/svg"
	"photofinish/report/terminal"
)

// formats are those in which a command writes a T, the default first: the word
// that --format takes, and what writes it. A new format is a line here; the tests
// of this package say what else it needs.
type formats[T any] []struct {
	name  string
	write func(to target, what T) error
}

// target is where a format writes: the file or the standard output, until ctx ends,
// in the colours that it can show.
type target struct {
	io.Writer
	ctx     context.Context
	palette terminal.Palette
	layout  layout
}

var reportFormats = formats[*report.Matrix]{
	{"text", func(to target, m *report.Matrix) error {
		return terminal.WriteMatrix(to.ctx, to, m, terminal.Layout{Width: width(), Stories: to.layout.stories, Sort: to.layout.sort}, to.palette)
	}},
	{"markdown", func(to target, m *report.Matrix) error {
		return markdown.Write(to.ctx, to, m, markdown.Layout{Stories: to.layout.stories, Brief: to.layout.brief, Sort: to.layout.sort})
	}},
	{"html", func(to target, m *report.Matrix) error { return html.Write(to.ctx, to, m, version()) }},
	{"json", func(to target, m *report.Matrix) error { return export.WriteMatrixJSON(to, m) }},
	{"csv", func(to target, m *report.Matrix) error { return export.WriteCSV(to, m) }},
}

var replayFormats = formats[replayed]{
	{"text", func(to target, r replayed) error { return terminal.WriteStories(to, r.scenario, r.trials, to.palette) }},
	{"json", func(to target, r replayed) error { return r.each(to, export.WriteTrialJSON) }},
	{"mermaid", func(to target, r replayed) error { return r.each(to, markdown.WriteMermaid) }},
	{"svg", func(to target, r replayed) error { return svg.WriteDocument(to, r.scenario, r.trials, r.made) }},
	{"perfetto", func(to target, r replayed) error { return export.WritePerfetto(to, r.scenario.Name, r.trials) }},
	{"shiviz", func(to target, r replayed) error { return export.WriteShiViz(to, r.trials) }},
	{"porcupine", func(to target, r replayed) error { return export.WritePorcupine(to, r.trials[0]) }},
}

var chartFormats = formats[drawn]{
	{"text", func(to target, d drawn) error { return d.text(to) }},
	{"svg", func(to target, d drawn) error { return d.svg(to) }},
	{"json", func(to target, d drawn) error { return d.data(to, export.WriteCurvesJSON, export.WriteFrontiersJSON) }},
	{"csv", func(to target, d drawn) error { return d.data(to, export.WriteCurvesCSV, export.WriteFrontiersCSV) }},
}

var checkFormats = formats[*checked]{
	{"text", func(to target, c *checked) error { return c.writeText(to) }},
	{"junit", func(to target, c *checked) error { return export.WriteJUnit(to, c.suites) }},
	{"github", func(to target, c *checked) error { return c.writeGitHub(to) }},
	{"sarif", func(to target, c *checked) error { return c.writeSARIF(to) }},
}

var exploreFormats = formats[*explored]{
	{"text", func(to target, x *explored) error { return terminal.WriteOrders(to, x.last(), to.palette) }},
	{"json", func(to target, x *explored) error { return export.WriteOrdersJSON(to, x.last()) }},
	{"github", func(to target, x *explored) error { return x.writeGitHub(to) }},
	{"sarif", func(to target, x *explored) error { return x.writeSARIF(to) }},
	{"scenario", func(to target, x *explored) error {
		_, err := to.Write(x.file())
		return err
	}},
}

func (f formats[T]) names() (names []string) {
	for _, format := range f {
		names = append(names, format.name)
	}
	return names
}

// in writes in the format of a name, or in the default if there is none.
func (f formats[T]) in(name string, to target, what T) error {
	for _, format := range f {
		if format.name == name {
			return format.write(to, what)
		}
	}
	return f[0].write(to, what)
}

// endings are those of the files in which a format is at home. A format that has
// none has to be named.
var endings = map[string][]string{
	"text": {".txt"}, "markdown": {".md", ".markdown"}, "html": {".html", ".htm"}, "json": {".json", ".jsonl"},
	"csv": {".csv"}, "svg": {".svg"}, "mermaid": {".mmd", ".mermaid"}, "junit": {".xml"}, "sarif": {".sarif"},
	"scenario": {".yaml", ".yml"},
}

// formatOf returns the format of a file of that name, "" if its name has no ending.
// It is one of names, the first of which is the default.
func formatOf(file string, names []string) (string, error) {
	base := filepath.Base(file)
	ending := strings.ToLower(filepath.Ext(strings.TrimLeft(base, ".")))
	if ending == "" || ending == "." {
		return "", nil
	}
	var known []string
	for _, name := range names {
		if slices.Contains(endings[name], ending) {
			return name, nil
		}
		for _, e := range endings[name] {
			known = append(known, e)
			break // one is enough to see what is meant
		}
	}
	return "", fmt.Errorf("--output %s: no format of this command ends in %s, but %s; or say --format %s", file, ending, oneOf(known), oneOf(names))
}

// formatFlags adds what every command knows that writes a result as a whole.
func (a *app) formatFlags(c *cobra.Command, names []string) {
	c.PreRun = func(c *cobra.Command, _ []string) {
		if a.output != "" && a.shard.of == 0 && !c.Flags().Changed("format") {
			a.format, a.misnamed = formatOf(a.output, names)
		}
	}
	c.Flags().Var(choice(&a.format, names), "format", oneOf(names))
	c.Flags().Var(word(&a.output, "the name of a file"), "output", "write to this file, whole or not at all; without --format, its ending says in which")
}

// to returns w as a target of this command.
func (a *app) to(ctx context.Context, w io.Writer) target {
	return target{w, ctx, a.palette(), a.layout}
}

// writer returns what writes the result where it was asked for: to a file, or
// to the standard output. That a file cannot be written is known at once, and that its
// name is of no format.
func (a *app) writer() (func(do func(io.Writer) error) error, error) {
	if a.misnamed != nil {
		return nil, a.misnamed
	}
	if a.output == "" {
		return func(do func(io.Writer) error) error { return do(a.out) }, nil
	}
	f, err := disk.New(a.output)
	if err != nil {
		return nil, err
	}
	return f.Write, nil
}

// oneOf lists words as "text, json or svg".
func oneOf(words []string) string {
	last := len(words) - 1
	return fmt.Sprintf("%s or %s", strings.Join(words[:last], ", "), words[last])
}
