package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"photofinish/exercises"
	"photofinish/report"
	"photofinish/report/explain"
	"photofinish/report/latency"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/strategies"
)

// open reads a scenario: a file, the standard input, or one of the catalogue.
func (a *app) open(name string) (*scenarios.Scenario, error) {
	if isFile(name) {
		data, err := a.read(name, "scenario")
		if err != nil {
			return nil, err
		}
		return scenarios.Parse(name, data)
	}
	if !slices.Contains(scenarios.Names(), name) {
		return nil, explain.Unknown("scenario", name, scenarios.Names(), "photofinish list scenarios")
	}
	return scenarios.Find(name)
}

// read reads a file, or the standard input. What says what it should be.
func (a *app) read(name, what string) ([]byte, error) {
	if err := a.reads(name); err != nil {
		return nil, err
	}
	if name == "-" {
		return scenarios.Read(name, a.in)
	}
	return scenarios.ReadFile(name, what)
}

// openAll reads several scenarios, or the whole catalogue.
func (a *app) openAll(names []string) ([]*scenarios.Scenario, error) {
	if len(names) == 0 {
		return scenarios.All(), nil
	}
	var all []*scenarios.Scenario
	for _, name := range names {
		s, err := a.open(name)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// isFile reports whether an argument names a file and not a scenario of the
// catalogue.
func isFile(name string) bool {
	return name == "-" || hasExtension(name) || strings.ContainsAny(name, "/"+string(filepath.Separator))
}

func hasExtension(path string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(path))
}

// onOne makes a command one that takes a scenario, and runs on it and the
// strategies that were asked for.
func (a *app) onOne(c *cobra.Command, run func(*cobra.Command, *scenarios.Scenario, []strategies.Entry) error) {
	c.Args, c.ValidArgsFunction = exactly(1, "SCENARIO"), complete(scenarios.Names)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		s, es, err := a.both(args[0])
		if err != nil {
			return err
		}
		return run(cmd, s, es)
	}
}

// both opens a scenario and finds the strategies that were asked for.
func (a *app) both(name string) (*scenarios.Scenario, []strategies.Entry, error) {
	s, err := a.open(name)
	if err != nil {
		return nil, nil, err
	}
	over := []*scenarios.Scenario{s}
	if slices.Contains(a.named(), strategies.Safe) { // over the network that it will have
		if over, err = a.ownLatency(over, &report.Options{}); err != nil {
			return nil, nil, err
		}
	}
	es, err := a.chosen(over...)
	return s, es, err
}

// subject is a file to check: a scenario, or a lesson or an exercise, of which a check
// says no more than whether it can be read.
type subject struct {
	*scenarios.Scenario
	lesson   *lessons.Lesson
	exercise *exercises.Exercise
	path     string // of the file of the exercise
	aside    bool   // it is read by lessons, and is nothing to check
	foreign  string // the path of a file in a folder that is none of these
}

// toCheck yields what the paths name, or the catalogue of scenarios if there are
// none.
func (a *app) toCheck(paths []string) func(yield func(subject, error) bool) {
	return func(yield func(subject, error) bool) {
		if len(paths) == 0 {
			for _, s := range scenarios.All() {
				if !yield(subject{Scenario: s}, nil) {
					return
				}
			}
		}
		for _, p := range paths {
			files, faults := filesIn(p)
			for _, f := range faults {
				if !yield(subject{}, f) {
					return
				}
			}
			for _, f := range files {
				s, err := a.openPath(f, f != p)
				if err != nil {
					err = inFile{f, err}
				}
				if !yield(s, err) {
					return
				}
			}
		}
	}
}

// openPath is open for an argument that is a file first of all, and may be a lesson or
// an exercise. What was found in a folder may be of somebody else.
func (a *app) openPath(path string, found bool) (s subject, err error) {
	if _, err := os.Stat(path); err != nil {
		s.Scenario, err = a.open(path)
		return s, err
	}
	data, err := a.read(path, "scenario")
	switch {
	case err != nil:
	case filepath.Base(path) == exercises.FileName && exercises.Meant(data):
		s.path = path
		s.exercise, err = exercises.Read(os.DirFS(filepath.Dir(path)))
		if at, is := errors.AsType[*scenarios.Error](err); is {
			at.File = path
		}
	case found && lessons.Foreign(data) && !lessons.MeansMisconceptions(data):
		s.foreign = path
	case lessons.MeansMisconceptions(data):
		s.aside = true
	case lessons.Meant(data):
		s.lesson, err = lessons.Parse(path, data)
	default:
		s.Scenario, err = scenarios.Parse(path, data)
	}
	return s, err
}

// filesIn returns the files in a folder, and the folders in it, that can be scenarios,
// lessons or exercises, in the order of their names; of anything else, itself. What is
// hidden is left alone, as what editors keep beside a file. Who names a pipe means to
// read it; in a folder it is skipped, for it may have no end. Faults are of folders that
// cannot be read; the others are looked at all the same.
func filesIn(path string) (files []string, faults []inFile) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return []string{path}, nil
	}
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			faults = append(faults, inFile{p, err})
			return nil
		case p != path && (strings.HasPrefix(d.Name(), ".") || d.IsDir() && d.Name() == "node_modules"):
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case d.IsDir() || !hasExtension(p):
			return nil
		}
		if p = filepath.Clean(p); strings.HasPrefix(p, ":") {
			p = "." + string(filepath.Separator) + p // to some servers a line with two colons before it is an order
		}
		switch info, err := os.Stat(p); {
		case err == nil && !info.Mode().IsRegular():
			fmt.Fprintf(os.Stderr, "%s: is no regular file: skipped\n", tell.Clean(p))
		case err == nil && isSchema(p, info):
		default:
			files = append(files, p)
		}
		return nil
	})
	if err == nil && len(files)+len(faults) == 0 {
		err = fmt.Errorf("%s: no scenario files in this folder", path)
	}
	if err != nil {
		faults = append(faults, inFile{path, err})
	}
	return files, faults
}

func (a *app) latencyFlag(c *cobra.Command) {
	c.Flags().Var(word(&a.latency, "quantiles, as p50=80ms,p90=200ms,p99=900ms, or the name of a file"), "latency", "your own round trips: p50=80ms,p90=200ms,p99=900ms, or a file of samples (CSV, JSON, HAR, one a line)")
	c.Flags().BoolVar(&a.resample, "resample", false, "draw the samples of --latency as they are")
}

// ownLatency gives scenarios, and what is to be run of them, the latencies that were
// asked for, if any were.
func (a *app) ownLatency(ss []*scenarios.Scenario, o *report.Options) ([]*scenarios.Scenario, error) {
	switch {
	case a.latency == "" && a.resample:
		return nil, errors.New("--resample draws the samples of a file: say --latency with its name")
	case a.latency == "":
		return ss, nil
	}
	r, err := latency.Parse(a.latency, a.resample)
	if err != nil {
		return nil, fmt.Errorf("--latency: %w", err)
	}
	if err := a.reads(r.From); err != nil {
		return nil, err
	}
	if left := r.LeftOut(); left != "" {
		fmt.Fprintf(os.Stderr, "%s: %s\n", tell.Clean(r.From), left)
	}
	own := slices.Clone(ss)
	for i, s := range ss {
		if own[i], err = report.WithLatency(s, r); err != nil {
			return nil, fmt.Errorf("--latency: %w", err)
		}
	}
	o.Latency = r
	return own, nil
}

// isSchema reports whether a file is a JSON Schema, which may stand beside the
// scenarios that it describes.
func isSchema(path string, info fs.FileInfo) bool {
	if filepath.Ext(path) != ".json" || info.Size() > scenarios.MaxSize {
		return false
	}
	data, err := os.ReadFile(path)
	var of struct {
		Schema string `json:"$schema"`
	}
	return err == nil && json.Unmarshal(data, &of) == nil && of.Schema != ""
}

// setting is a flag of a kind, with a default, that sets what a text means, or
// says what it wants.
type setting struct {
	kind, byDefault string
	among           []string // the words that it takes, if only some mean anything
	set             func(text string) error
}

func (f *setting) String() string { return f.byDefault }

func (f *setting) Type() string { return f.kind }

func (f *setting) Set(text string) error { return f.set(text) }

// number is a flag that takes a whole number between bounds.
func number(to *uint64, least, most uint64) *setting {
	return &setting{"n", strconv.FormatUint(*to, 10), nil, func(text string) error {
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil || n < least || n > most {
			return fmt.Errorf("want a whole number from %d to %d", least, most)
		}
		*to = n
		return nil
	}}
}

// choice is a flag that takes one of a few words; the first is the default.
func choice(to *string, among []string) *setting {
	return &setting{"word", "", among, func(text string) error {
		if !slices.Contains(among, text) {
			return fmt.Errorf("want one of %s", strings.Join(among, ", "))
		}
		*to = text
		return nil
	}}
}

// word is a flag that takes what is not empty: an empty word is a variable of a
// shell that was not set.
func word(to *string, what string) *setting {
	return &setting{"string", *to, nil, func(text string) error {
		if strings.TrimSpace(text) == "" {
			return fmt.Errorf("want %s", what)
		}
		*to = text
		return nil
	}}
}

// share is a flag that takes a share of the work, as 1/8.
func share(to *shard) *setting {
	return &setting{"i/n", "", nil, func(text string) error {
		first, second, _ := strings.Cut(text, "/")
		i, err := strconv.Atoi(first)
		of, err2 := strconv.Atoi(second)
		if err != nil || err2 != nil || of > report.MaxShards || i < 1 || i > of {
			return fmt.Errorf("want a share, from 1/8 to 8/8 for eight of them")
		}
		*to = shard{i, of}
		return nil
	}}
}

func atMost(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > n {
			return fmt.Errorf("at most %d %s, please: %q is one too many", n, what, args[n])
		}
		return nil
	}
}

func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			if len(cmd.ValidArgs) > 0 {
				return fmt.Errorf("%s is missing: it is one of %s", what, strings.Join(cmd.ValidArgs, ", "))
			}
			return fmt.Errorf("%s is missing: %s", what, cmd.UseLine())
		}
		return atMost(n, what)(cmd, args)
	}
}
