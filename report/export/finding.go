package export

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// Finding is something that a check or all orders have found, for programs that show
// it beside the line that it is about.
type Finding struct {
	Rule    string // the name of an anomaly, or one of those below
	What    string // of several expectations of one strategy, which
	Warning bool   // it is not known to be bad
	Grave   judge.Verdict

	Place
	Scenario string // its name, or if there is no such scenario and no file, what was asked for; else empty
	Strategy string // empty of what could not be read
	Title    string
	Says     string // of the strategy, in one line
	Replay   string // the command that shows it; empty if none does

	shows func() (*scenarios.Scenario, *report.Trial) // the story; nil if there is none
}

// Place is where something stands in a file of the user's. File is empty if there is
// none, and Line and Column are 0 if it is the file as a whole. They count from 1, in
// characters.
type Place struct {
	File         string
	Line, Column int
}

// The rules beside the anomalies.
const (
	RuleExpectation = "expectation"
	RuleBound       = "bound"
	RuleFile        = "file"
)

// fileOf returns the file of a scenario, if it has one.
func fileOf(s *scenarios.Scenario) string {
	if s.File == "-" {
		return ""
	}
	return s.File
}

// Checked returns what a check has found, in the order of the files.
func Checked(suites []Suite) (all []Finding) {
	for _, s := range suites {
		if s.Broken != nil {
			all = append(all, s.broken())
		}
		for _, x := range s.Checked {
			if x.Holds {
				continue
			}
			f := Finding{
				Rule: RuleExpectation, What: x.What, Grave: x.Ended,
				Place: Place{s.File, x.Line, x.Column}, Scenario: s.Scenario.Name, Strategy: x.Strategy,
				Title: x.Strategy + " in " + s.Scenario.Name,
				Says:  fmt.Sprintf("expected %s, got %s", x.Want, x.Got), Replay: x.Replay,
			}
			if x.Unheld != "" {
				f.Rule, f.Warning = RuleBound, true
				f.Title += ": not checked"
				f.Says = x.Unheld
			}
			if x.Shows != nil {
				f.shows = func() (*scenarios.Scenario, *report.Trial) { return s.Scenario, x.Shows() }
			}
			all = append(all, f)
		}
	}
	return all
}

// broken is that the file could not be read.
func (s Suite) broken() Finding {
	line, column := s.mistake()
	says := s.Broken.Error()
	if at, ok := errors.AsType[*scenarios.Error](s.Broken); ok {
		says = at.Message // the place is said besides
	}
	f := Finding{
		Rule: RuleFile, Grave: judge.Wrong, Place: Place{s.File, line, column},
		Title: filepath.Base(s.Name) + " cannot be read", Says: says,
	}
	if f.File == "" {
		f.Scenario = s.Name // what was asked for
	}
	return f
}

// Explored returns of which strategies not all orders of a scenario are known to end
// well, with the shortest that does not.
func Explored(orders []*report.Orders) (all []Finding) {
	for _, o := range orders {
		v := o.Verdict()
		if v == judge.OK {
			continue
		}
		s := o.Scenario
		f := Finding{
			Rule: RuleBound, Warning: !v.Bad(), Grave: v, Scenario: s.Name, Strategy: o.Strategy.Name,
			Place: Place{File: fileOf(s)}, Title: o.Strategy.Name + " in " + s.Name, Says: o.Says(),
		}
		f.Line, f.Column = s.Step(1)
		if o.Shortest != nil {
			t := o.Trial()
			f.Replay = o.Command()
			f.shows = func() (*scenarios.Scenario, *report.Trial) { return s, t }
			if worst := judge.Gravest(t.Anomalies); v.Bad() && worst != nil {
				f.Rule = worst.Kind.String()
				f.Title += ": " + f.Rule
				f.Line, f.Column = s.Step(stepOf(t.Script, worst.Actions))
				f.Says = worst.Says(t.Script) + "; " + o.Says()
			}
		}
		all = append(all, f)
	}
	return all
}

// stepOf returns the first of some actions, or if nobody asked for that, what it
// follows; 1 if there is none.
func stepOf(s *sim.Script, actions []int) int {
	if len(actions) == 0 || actions[0] < 1 {
		return 1
	}
	a := s.Action(actions[0])
	if a.Errand != nil {
		a = a.Errand.Cause
	}
	if a == nil {
		return 1
	}
	return a.Number
}

// grave orders findings: a file that cannot be read, what is wrong, what is stuck, and
// what is not known; what was found first stays first.
func grave(all []Finding) []Finding {
	all = slices.Clone(all)
	rank := func(f Finding) int {
		n := int(f.Grave)
		if f.Rule == RuleFile {
			n++
		}
		if f.Warning {
			n -= len(judge.Verdicts())
		}
		return n
	}
	slices.SortStableFunc(all, func(a, b Finding) int { return cmp.Compare(rank(b), rank(a)) })
	return all
}

// fingerprint is the same for what is the same finding in another version of the
// files.
func (f Finding) fingerprint() string {
	of := []string{f.Scenario, f.Strategy, f.Rule, f.What}
	if f.Scenario == "" {
		of[0] = filepath.ToSlash(f.File)
	}
	sum := sha256.Sum256([]byte(strings.Join(of, "\x00")))
	return hex.EncodeToString(sum[:])
}

// text returns what is found in a line, and in a second one the command that shows
// it. Of whom stands before it, if somebody else does not say so.
func (f Finding) text(of bool) string {
	text := tell.Clean(f.Says)
	if of && f.Strategy != "" {
		text = tell.Clean(f.Strategy) + ": " + text
	}
	if f.Replay != "" {
		text += "\n" + tell.Clean(f.Replay)
	}
	return text
}
