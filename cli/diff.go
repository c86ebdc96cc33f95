package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/diff"
	"photofinish/report/export"
	"photofinish/report/markdown"
)

// comparison is what a report is to be compared with, and how.
type comparison struct {
	baseline  string
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

// baselineFlags adds what a command knows that makes a report and compares it with an
// earlier one.
func (a *app) baselineFlags(c *cobra.Command) {
	c.Flags().Var(word(&a.compare.baseline, "the name of a file"), "baseline", "say besides what is better or worse than in this report, which was written as JSON")
	c.RegisterFlagCompletionFunc("baseline", reportFiles)
	a.compareFlags(c)
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

// thisReport names the one that is being made.
const thisReport = "this report"

// canCompare returns what is wrong with the flags that compare a report with an earlier one.
func (a *app) canCompare() error {
	switch {
	case a.compare.baseline == "" && (a.compare.failWorse || a.compare.renames != nil):
		return errors.New("--fail-worse and --rename compare with an earlier report: name it by --baseline")
	case a.compare.baseline == "":
	case a.shard.of > 0:
		return errors.New("a shard is not all of the trials: say --baseline to photofinish report merge")
	case a.format == "csv":
		return errors.New("a table has no place for what is better or worse: write the report as JSON, and say photofinish report diff")
	}
	return nil
}

// baseline returns what compares a matrix with the report that was named, once all of
// it was run; of a report of none it does nothing. That the two cannot be compared is
// known before anything is run.
func (a *app) baseline(m *report.Matrix) (compare func(*report.Matrix) error, err error) {
	if a.compare.baseline == "" {
		return func(*report.Matrix) error { return nil }, nil
	}
	renames, err := a.renamed()
	if err != nil {
		return nil, err
	}
	was, err := a.readReport(a.compare.baseline)
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", err)
	}
	is, err := diff.Of(thisReport, m)
	if err == nil {
		err = diff.Comparable(was, is, renames...)
	}
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", err)
	}
	return func(m *report.Matrix) error {
		is, err := diff.Of(thisReport, m)
		if err != nil {
			return err
		}
		d, err := diff.Compare(was, is, renames...)
		if err == nil {
			m.Diff = d
		}
		return err
	}, nil
}

// worse says of each cell that it is worse than in the report of --baseline, if that is
// asked for.
func (a *app) worse(m *report.Matrix) []string {
	d, ok := m.Diff.(*diff.Diff)
	if !ok || !a.compare.failWorse {
		return nil
	}
	return d.Worse()
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
