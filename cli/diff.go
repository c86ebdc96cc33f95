package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"photofinish/report/diff"
	"photofinish/report/export"
	"photofinish/report/markdown"
)

// comparison is what a report is to be compared with, and how.
type comparison struct {
	renames   []string
	failWorse bool
}

var diffFormats = formats[*diff.Diff]{
	{"text", func(to target, d *diff.Diff) error {
		_, err := fmt.Fprintln(to, strings.Join(d.Lines(width()), "\n"))
		return err
	}},
	{"markdown", func(to target, d *diff.Diff) error { return markdown.WriteDiff(to, d) }},
	{"json", func(to target, d *diff.Diff) error { return export.WriteDiffJSON(to, d) }},
}

func (a *app) diffCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Compare two reports, trial by trial",
		Long: "Says what got worse, better, or otherwise changed from one report to another of the\n" +
			"same scenarios, trials and seeds. Both were written by photofinish report --format json.",
		Example: "photofinish report diff before.json after.json\n" +
			"photofinish report diff before.json after.json --fail-worse\n" +
			"photofinish report diff report.json report.json --rename naive=conflate",
		ValidArgsFunction: reportFiles,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return fmt.Errorf("want two reports, and there are %d: photofinish report diff OLD NEW", len(args))
			}
			return a.diff(args[0], args[1])
		},
	}
	a.compareFlags(c)
	a.formatFlags(c, diffFormats.names())
	return c
}

// compareFlags adds what every command knows that compares reports.
func (a *app) compareFlags(c *cobra.Command) {
	c.Flags().StringArrayVar(&a.compare.renames, "rename", nil, "compare what has two names, a strategy or a scenario: OLD=NEW; repeated: several")
	c.Flags().BoolVar(&a.compare.failWorse, "fail-worse", false, "exit with 1 if something got worse")
}

// reportFiles completes the names of reports.
func reportFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"json"}, cobra.ShellCompDirectiveFilterFileExt
}

// diff writes how two reports compare.
func (a *app) diff(old, now string) error {
	write, err := a.writer()
	if err != nil {
		return err
	}
	if old == "-" && now == "-" {
		return errors.New("both reports cannot be the standard input: name the file of one")
	}
	renames, err := a.renamed()
	if err != nil {
		return err
	}
	was, err := a.readReport(old)
	if err != nil {
		return err
	}
	is, err := a.readReport(now)
	if err != nil {
		return err
	}
	d, err := diff.Compare(was, is, renames...)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	if err := write(func(w io.Writer) error { return diffFormats.in(a.format, a.to(ctx, w), d) }); err != nil {
		return err
	}
	if a.compare.failWorse {
		return unheld(d.Worse())
	}
	return nil
}

// readReport reads a report from a file, or from the standard input.
func (a *app) readReport(name string) (*diff.Report, error) {
	if err := a.reads(name); err != nil {
		return nil, err
	}
	if name == "-" {
		return diff.Read("standard input", a.in)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return diff.Read(name, f)
}

// renamed returns what the flags say is called otherwise in the new report.
func (a *app) renamed() (all []diff.Rename, err error) {
	for _, text := range a.compare.renames {
		old, now, ok := strings.Cut(text, "=")
		if !ok || old == "" || now == "" {
			return nil, fmt.Errorf("--rename %s: want two names, as OLD=NEW", text)
		}
		for _, r := range all {
			if r.Old == old || r.New == now {
				return nil, fmt.Errorf("--rename %s: one of the names was in another --rename", text)
			}
		}
		all = append(all, diff.Rename{Old: old, New: now})
	}
	return all, nil
}
