package session

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// ErrEmpty refuses to save a timeline without actions.
var ErrEmpty = errors.New("there is nothing to save yet: a scenario has at least one action")

// File is a session as the scenario file that it is saved as.
type File struct {
	Scenario *scenarios.Scenario // as it is read from the file, with its path
	Data     []byte

	script *sim.Script // of the session
}

// AsFile returns the session as a scenario file. Replayed, it gives the trace
// of every lane, and it expects of each lane what its trial shows. What the
// scenario expected before of odds and orders stays as long as it is about the
// same script; pins are nothing to them. The error says what cannot stand in a
// file.
func (s *Session) AsFile(path string, lineup strategies.Lineup) (*File, error) {
	if len(s.Script.Actions) == 0 {
		return nil, ErrEmpty
	}
	next, err := scenarios.Parse(path, s.scenario(nameOf(path)).YAML())
	if err != nil {
		return nil, err
	}
	if next.Expect, err = s.expectations(next, lineup); err != nil {
		return nil, err
	}
	data := next.YAML()
	if next, err = scenarios.Parse(path, data); err != nil {
		return nil, err
	}
	return &File{next, data, s.Script}, nil
}

// scenario returns what is on the screen under a name, without expectations.
func (s *Session) scenario(name string) *scenarios.Scenario {
	next := *s.Scenario
	next.Name, next.File, next.Expect = name, "", nil
	next.Network, next.Script = s.Network, reachable(s.Script)
	if s.Changed() { // the old story is no longer this one
		next.About, next.Source = "", ""
	}
	if next.Seed = s.Seed; s.Seed == 1 { // which it is without a word
		next.Seed = 0
	}
	return &next
}

// expectations returns what each lane shows, and what else the scenario spoke
// of and still holds.
func (s *Session) expectations(next *scenarios.Scenario, lineup strategies.Lineup) (all []scenarios.Expectation, err error) {
	same := reflect.DeepEqual(next.Script.Unpinned(), s.Scenario.Script.Unpinned())
	was := map[string]scenarios.Expectation{}
	names := slices.Clone(s.Strategies)
	for _, x := range s.Scenario.Expect {
		was[x.Strategy] = x
		if !slices.Contains(names, x.Strategy) {
			names = append(names, x.Strategy)
		}
	}
	for i, name := range names {
		e, err := lineup.Find(name)
		old, isLane := was[name], i < len(s.Strategies)
		if err != nil && strategies.CheckOwn(name) == nil || err == nil && e.Own() != nil {
			if len(old.Facts()) > 0 { // what a file asks of the user's own is a demand, whatever they run like now
				all = append(all, old)
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		x := scenarios.Expectation{}
		if same {
			x = old
		}
		x.Strategy, x.Verdict, x.AnomaliesSet, x.Anomalies = name, nil, false, nil
		trial := report.Replay(next.Name, next.Script, e, next.ReplaySeed())
		if isLane || old.Verdict != nil {
			verdict := trial.Verdict
			x.Verdict = &verdict
		}
		if isLane || old.AnomaliesSet {
			x.AnomaliesSet, x.Anomalies = true, kinds(trial)
		}
		if len(x.Facts()) > 0 {
			all = append(all, x)
		}
	}
	return all, nil
}

// kinds returns the anomalies of a trial, each kind once.
func kinds(t *report.Trial) (all []judge.Kind) {
	for k := range judge.Kinds {
		if t.Kinds()>>k&1 != 0 {
			all = append(all, judge.Kind(k))
		}
	}
	return all
}

// Saved returns the session as it is when a file has been written: nothing of
// it is lost.
func (s Session) Saved(f *File) Session {
	s.Scenario, s.clean = f.Scenario, f.script
	s.left = s.left.without(f.script)
	return s
}

// Saved tells all that can be undone or redone that a file has been written.
// What the file held before is in no file any more.
func (h *History) Saved(f *File) {
	for _, sessions := range [][]Session{h.past, h.undone} {
		for i := range sessions {
			s := &sessions[i]
			if SameFile(s.Scenario.File, f.Scenario.File) {
				*s = s.Saved(f)
			}
			s.left = s.left.without(f.script)
		}
	}
}

// SameFile reports whether two paths lead to one file that exists.
func SameFile(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// Over returns the session as it is when it is opened in the place of another:
// what that one holds unsaved is not forgotten.
func (s Session) Over(was Session) Session {
	s.left = was.left
	if was.unsaved() {
		s.left = &was
	}
	return s
}

// without returns a session and those that it was opened over, without the
// one that has a script.
func (s *Session) without(script *sim.Script) *Session {
	if s == nil {
		return nil
	}
	rest := s.left.without(script)
	switch {
	case s.Script == script:
		return rest
	case s.left == rest:
		return s
	}
	next := *s
	next.left = rest
	return &next
}

// unsaved reports whether the session holds what a file could and none does.
func (s *Session) unsaved() bool { return s.Changed() && len(s.Script.Actions) > 0 }

// Unsaved returns the session and those that it was opened over, the oldest
// first, as far as they hold what is in no file.
func (s *Session) Unsaved() (all []Session) {
	for ; s != nil; s = s.left {
		if s.unsaved() {
			all = append(all, *s)
		}
	}
	slices.Reverse(all)
	return all
}

// Command returns the command that prints what is on the screen. What no file
// holds has none: the error says what to do.
func (s *Session) Command() (string, error) {
	file := s.Scenario.File
	switch {
	case s.Changed():
		return "", errors.New("what you made is in no file yet: s saves it")
	case file == "-":
		return "", errors.New("what came by a pipe is in no file yet: s saves it")
	case file != "" && !isStill(s.Scenario):
		return "", errors.New(tell.Clean(file) + " has changed since it was opened: s saves what is on the screen")
	}
	command := "photofinish replay " + tell.Quote(notFlag(s.Scenario.Ref()))
	if !slices.Equal(s.Strategies, strategies.Default()) {
		command += " --strategy " + strings.Join(s.Strategies, ",")
	}
	if s.Seed != s.Scenario.ReplaySeed() {
		command += " --seed " + strconv.FormatUint(s.Seed, 10)
	}
	if report.Pinned(s.Scenario.Script) && !report.Pinned(s.Script) {
		command += " --unpinned"
	}
	return command, nil
}

func isStill(s *scenarios.Scenario) bool {
	now, err := Load(s.File)
	return err == nil && reflect.DeepEqual(now.Script, s.Script) && now.Seed == s.Seed
}

// Load reads a scenario file. Unlike [scenarios.Load] it does not wait for
// somebody to write into a pipe.
func Load(path string) (*scenarios.Scenario, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return nil, &scenarios.Error{File: path, Message: "is no regular file: a scenario is read from one"}
	}
	return scenarios.Load(path)
}

// FileName returns the name to save the session under, unless the user has a
// better one: that of its file, or one made from its name.
func (s *Session) FileName() string {
	file := s.Scenario.File
	if file == "" || file == "-" {
		return Slug(s.Scenario.Name) + ".yaml"
	}
	if filepath.Ext(file) == ".json" {
		file = strings.TrimSuffix(file, ".json")
	}
	return withExtension(file)
}

// ScenarioPath returns the path of a scenario file that a user has typed: what
// has no extension gets one, since by that the command line knows a file.
func ScenarioPath(text string) (string, error) {
	path, err := Path(text)
	switch {
	case err != nil:
		return "", err
	case filepath.Ext(path) == ".json":
		return "", errors.New("what is saved is YAML and not JSON: let the name end in .yaml")
	}
	return withExtension(path), nil
}

func withExtension(path string) string {
	if ext := filepath.Ext(path); ext == ".yaml" || ext == ".yml" {
		return path
	}
	return path + ".yaml"
}

// Path returns the path of a file that a user has typed, in which ~ is their
// home.
func Path(text string) (string, error) {
	path := strings.TrimSpace(text)
	switch {
	case path == "":
		return "", errors.New("a file needs a name")
	case os.IsPathSeparator(path[len(path)-1]):
		return "", errors.New("that is a folder: the file in it needs a name")
	}
	if rest, found := strings.CutPrefix(path, "~"); found && rest != "" && os.IsPathSeparator(rest[0]) {
		if home, err := os.UserHomeDir(); err == nil {
			path = filepath.Join(home, rest)
		}
	}
	return notFlag(path), nil
}

func notFlag(path string) string {
	if strings.HasPrefix(path, "-") {
		return "./" + path // all systems know it
	}
	return path
}

// nameOf returns the name of the scenario in a file: the file's own, as far as
// the format allows it.
func nameOf(path string) string {
	name := filepath.Base(path)
	name = strings.TrimSuffix(name, filepath.Ext(name))
	shown := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return '-'
		}
		return r
	}, name)
	shown = first(100, shown) // in the format
	if strings.TrimSpace(shown) == "" {
		return "scenario"
	}
	return shown
}

// first returns the first so many characters of a text.
func first(n int, text string) string {
	r := []rune(text)
	return string(r[:min(n, len(r))])
}

// Slug returns a name made fit to be that of a file.
func Slug(name string) string {
	slug := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.+", r) {
			return r
		}
		return '-'
	}, strings.ToValidUTF8(name, "-"))
	for strings.Contains(slug, "--") {
		slug = strings.ReplaceAll(slug, "--", "-")
	}
	if slug = strings.Trim(first(60, slug), "-."); slug == "" {
		return "scenario"
	}
	return slug
}
