package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/export"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/strategies"
	"photofinish/tui/lesson"
)

func (a *app) checkCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Hold scenarios to what their files expect",
		Long: "Scenarios are held to what their files expect. Of lessons and exercises it is said\n" +
			"whether they have a mistake, and what keeps them from being good ones. Without a PATH\n" +
			"it is the catalogue of scenarios. In a folder, and those in it, files that end in .yaml,\n" +
			".yml or .json are looked at, and what is none of these is named and skipped.",
		Example: "photofinish check scenarios/ bug.yaml\nphotofinish check --format junit --output check.xml\n" +
			"photofinish check scenarios/ --format github\nphotofinish check bug.yaml --client ours=save.tsx",
		RunE: func(_ *cobra.Command, args []string) error {
			ctx, stop := interruptible()
			defer stop()
			return a.check(ctx, args)
		},
	}
	a.formatFlags(c, checkFormats.names())
	a.clientFlags(c)
	c.Flags().BoolVar(&a.trust, "trust", false, "start the clients that scenario files name: they run with your rights")
	a.ownWithinFlag(c, "odds or orders", "10s or 30s")
	c.Flags().BoolVar(&a.strict, "strict", false, "exit code 1 also for warnings about lessons and exercises, and for files in a folder that are nothing to check")
	return c
}

// check says what does not hold, goes on after a file that it cannot read, and
// sums up.
func (a *app) check(ctx context.Context, paths []string) error {
	write, err := a.writer()
	if err != nil {
		return err
	}
	if _, err := a.lineup(); err != nil {
		return err
	}
	all := checked{app: a}
	var interrupted error
	for s, err := range a.toCheck(paths) {
		if err == nil && s.aside {
			continue
		}
		if errors.Is(err, errReplaces) {
			return err
		}
		if interrupted = all.add(ctx, s, err); interrupted != nil {
			all.ended = interrupted.Error()
			break
		}
	}
	err = write(func(w io.Writer) error { return checkFormats.in(a.format, a.to(ctx, w), &all) })
	a.own.printed()
	switch failed := len(all.sum.Failures()); {
	case err != nil:
		return err
	case interrupted != nil:
		return interrupted
	case all.broken > 0:
		return exit{2, nil}
	case len(all.sum.Unheld()) > 0:
		return exit{2, fmt.Errorf("of %d expectations %d were not checked, and what was not checked has not passed", len(all.sum), len(all.sum.Unheld()))}
	case failed > 0:
		return exit{1, fmt.Errorf("%d of %d expectations do not hold", failed, len(all.sum))}
	case a.strict && all.warned > 0:
		return exit{1, fmt.Errorf("%s, and --strict", several(all.warned, "warning"))}
	case all.foreign > 0 && all.files+all.read+all.exercises+all.silent == 0:
		return exit{2, errors.New("there is nothing to check")}
	case a.strict && all.foreign > 0:
		return exit{1, fmt.Errorf("%s nothing to check, and --strict", areFiles(all.foreign))}
	}
	return nil
}

// lineupOf returns what a scenario can expect something of: the catalogue, the
// clients that the command line names, and those that the file names, if it is
// trusted. Nothing else is started because a file says so.
func (a *app) lineupOf(s *scenarios.Scenario) (strategies.Lineup, error) {
	lineup, err := a.lineup()
	if err != nil || !a.trust {
		return lineup, err
	}
	for _, c := range s.Clients {
		if slices.Contains(lineup.Names(), c.Name) {
			continue
		}
		client, err := a.own.trust(s, c)
		if err != nil {
			line, column := s.Program(c.Name)
			return nil, &scenarios.Error{File: s.Ref(), Line: line, Column: column, Message: tell.Clean(strings.Join(strings.Fields(err.Error()), " "))}
		}
		lineup = append(strategies.Lineup{client.Entry()}, lineup...)
	}
	return lineup, nil
}

// inFile is an error that knows which file it is about.
type inFile struct {
	path string
	error
}

// Unwrap returns the error alone.
func (e inFile) Unwrap() error { return e.error }

// checked sums up a check, file by file.
type checked struct {
	app    *app
	suites []export.Suite
	sum    report.Checked
	broken int
	files  int    // that were checked
	silent int    // that expect nothing
	read   int    // lessons
	warned int    // how often something keeps a lesson from being a good one
	ended  string // why it ended early; empty if it did not

	exercises, foreign int // and files in folders that are nothing to check
}

// add checks one scenario, lesson or exercise, or notes the error with which it was read.
func (c *checked) add(ctx context.Context, s subject, err error) error {
	if s.foreign != "" {
		c.foreign++
		fmt.Fprintf(os.Stderr, "%s: is no scenario, lesson or exercise: skipped\n", tell.Clean(s.foreign))
		return nil
	}
	began := time.Now()
	suite := export.Suite{Scenario: s.Scenario}
	switch l := s.lesson; {
	case err != nil:
		suite = c.unread(err)
	case l != nil:
		c.read++
		suite.Name, suite.Lesson = l.File, true
		if fault := c.warn(ctx, l); fault != nil {
			suite = c.unread(inFile{l.File, fault})
			c.read--
		}
	case s.exercise != nil:
		c.exercises++
		suite.Name, suite.Lesson = s.path, true
		for _, w := range s.exercise.Warnings {
			w.File = s.path
		}
		c.warned += len(s.exercise.Warnings)
		warn(s.exercise.Warnings)
	case len(s.Expect) == 0:
		c.silent++
		fmt.Fprintf(os.Stderr, "%s: expects nothing: skipped\n", tell.Clean(s.Ref()))
		suite.Name, suite.Skipped = s.Ref(), true
	default:
		suite.Name = s.Ref()
		lineup, notHere := c.app.lineupOf(s.Scenario)
		if notHere != nil {
			suite = c.unread(inFile{s.Ref(), notHere})
			break
		}
		o := report.Options{Workers: runtime.GOMAXPROCS(0), Within: c.app.within, Sound: c.app.own.sound}
		for _, e := range lineup {
			if own := e.Own(); own != nil {
				suite.Ran = append(suite.Ran, [2]string{e.Name, report.Ran(own)})
			}
		}
		if suite.Checked, err = report.Check(ctx, s.Scenario, lineup, o); err != nil {
			err = exit{130, fmt.Errorf("interrupted in %s", s.Name)}
		} else {
			c.files++
		}
		c.sum = append(c.sum, suite.Checked...)
	}
	if _, err := os.Stat(suite.Name); (err == nil || isFile(suite.Name)) && suite.Name != "-" {
		suite.File = suite.Name
	}
	suite.Took = time.Since(began)
	c.suites = append(c.suites, suite)
	if suite.Broken != nil {
		return nil // goes on
	}
	return err
}

// warn says what keeps a lesson from being a good one, and returns the first entry of
// wrong answers in it that nobody can give: that is a mistake.
func (c *checked) warn(ctx context.Context, l *lessons.Lesson) error {
	book := lesson.Open(l)
	faults, err := book.Faults(ctx)
	if warnings, err := book.Warnings(ctx); err == nil && len(faults) == 0 {
		c.warned += len(warnings)
		warn(warnings)
	}
	if err != nil || len(faults) == 0 { // interrupted: the next one says so
		return nil
	}
	for _, f := range faults[1:] {
		fmt.Fprintln(os.Stderr, f.Error())
	}
	return faults[0]
}

// warn writes warnings to the standard error, a line each.
func warn(all []*scenarios.Error) {
	for _, w := range all {
		fmt.Fprintln(os.Stderr, "warning: "+w.Error())
	}
}

// unread says why a file could not be read.
func (c *checked) unread(err error) export.Suite {
	complain(os.Stderr, fang.Styles{}, err)
	c.broken++
	name := "files"
	if in, ok := errors.AsType[inFile](err); ok {
		name = in.path
	}
	return export.Suite{Name: name, Broken: err}
}

// writeText writes what does not hold, or, if nothing is amiss, how much holds.
func (c *checked) writeText(w io.Writer) error {
	failures := c.sum.Failures()
	for _, f := range failures {
		if _, err := fmt.Fprintln(w, f); err != nil {
			return err
		}
	}
	if len(failures) > 0 || c.broken > 0 {
		return nil
	}
	var parts []string
	if c.files > 0 || c.read+c.exercises == 0 {
		parts = append(parts, fmt.Sprintf("%d of %d expectations hold, in %s", len(c.sum), len(c.sum), several(c.files, "scenario")))
	}
	if c.read > 0 {
		parts = append(parts, several(c.read, "lesson")+" without a mistake")
	}
	if c.exercises > 0 {
		parts = append(parts, several(c.exercises, "exercise")+" without a mistake")
	}
	if c.foreign > 0 {
		parts = append(parts, areFiles(c.foreign)+" nothing to check")
	}
	text := strings.Join(parts, "; ")
	if c.ended != "" { // what was not looked at may not hold
		text = "so far " + text
	}
	_, err := fmt.Fprintln(w, text)
	return err
}

// writeGitHub writes annotations, or if there are none, how much holds.
func (c *checked) writeGitHub(w io.Writer) error {
	all := export.Checked(c.suites)
	if len(all) == 0 {
		return c.writeText(w)
	}
	return export.WriteGitHub(w, all)
}

func (c *checked) writeSARIF(w io.Writer) error {
	failed := c.broken > 0 || len(c.sum.Unheld()) > 0
	return writeSARIF(w, export.SARIF{Of: "check", Findings: export.Checked(c.suites), Failed: failed, Ended: c.ended})
}

// areFiles says that so many files are.
func areFiles(n int) string {
	if n == 1 {
		return "1 file is"
	}
	return fmt.Sprint(n, " files are")
}

// several counts things.
func several(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprint(n, " ", what)
}
