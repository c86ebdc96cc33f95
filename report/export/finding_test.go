package export_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/internal/testkit/schema"
	"photofinish/report"
	"photofinish/report/export"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// ours is a strategy of the catalogue as a client of the user's own, of which one
// file is known.
type ours struct {
	strategies.Strategy
	own *strategies.Own
}

func (o ours) Own() *strategies.Own { return o.own }

func own(t testing.TB) strategies.Entry {
	e := testkit.Strategy(t, "naive")
	inner := e.New
	known := func(file string) ([]byte, bool) { return nil, file == "naive.go" }
	stands := &strategies.Own{Args: []string{"--client", "ours=app/naive.go"}, Source: known, Dir: "app"}
	e.Name, e.Group = "ours", strategies.Yours
	e.New = func() strategies.Strategy { return ours{inner(), stands} }
	return e
}

// found are what checks and all orders find: in files of testdata, in the catalogue,
// in a file that does harm by its name, and in what could not be read.
func found(t testing.TB) (checked, explored []export.Finding) {
	t.Helper()
	if all := findings; all.checked != nil {
		return all.checked, all.explored
	}
	lineup := append(strategies.Lineup{own(t)}, strategies.Catalogue...)
	var suites []export.Suite
	for _, name := range []string{"fails.yaml", "hostile.yaml"} {
		s := load(t, name)
		for _, of := range []string{"polling", "hold-outgoing"} {
			s.Expect = append(s.Expect, scenarios.Expectation{Strategy: of, Line: 3, Column: 1, AnomaliesSet: true, HasOdds: true, OddsBelow: 0.0001, Orders: scenarios.RaceFree})
		}
		c, err := report.Check(context.Background(), s, lineup, report.Options{Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		suites = append(suites, export.Suite{Name: s.File, File: s.File, Scenario: s, Checked: c})
	}
	notHere := report.Checked{{Ref: "own.yaml", Line: 2, Column: 9, Strategy: "other", Unheld: report.NotStarted}}
	torn := &scenarios.Error{File: "a b#?\x1b[31m%.yaml", Line: 3, Column: 19, Message: "see [this](http://x) \\x07"}
	suites = append(suites,
		export.Suite{Name: "own.yaml", File: "own.yaml", Scenario: &scenarios.Scenario{Name: "own", File: "own.yaml"}, Checked: notHere},
		export.Suite{Name: torn.File, File: torn.File, Broken: torn},
		export.Suite{Name: "nobody", Broken: errors.New("unknown scenario\n::error::\u202e")},
		export.Suite{Name: "/whole/path.yaml", File: "/whole/path.yaml", Broken: errors.New("cannot be read")},
	)
	var orders []*report.Orders
	for _, s := range []*scenarios.Scenario{load(t, "fails.yaml"), load(t, "hostile.yaml"), load(t, "small.yaml"), scenarios.All()[0]} {
		for _, e := range append(strategies.Lineup{own(t)}, testkit.Strategy(t, "hold-outgoing"), testkit.Strategy(t, "conflate")) {
			orders = append(orders, report.Explore(context.Background(), s, e, explore.Bounds{Classes: 50}))
		}
	}
	findings.checked, findings.explored = export.Checked(suites), export.Explored(orders)
	return findings.checked, findings.explored
}

// findings are those of [found], which are looked for once.
var findings struct{ checked, explored []export.Finding }

type sarifLog struct {
	Runs []struct {
		Tool struct {
			Driver struct{ Rules []struct{ ID string } }
		}
		Invocations []struct{ ExecutionSuccessful bool }
		Results     []struct {
			RuleID              string
			RuleIndex           int
			Level               string
			Message             struct{ Text string }
			Locations           []sarifLocation
			RelatedLocations    []sarifLocation
			PartialFingerprints map[string]string
			CodeFlows           []struct {
				ThreadFlows []struct {
					Locations []struct {
						Location   sarifLocation
						Importance string
					}
				}
			}
		}
	}
}

type sarifLocation struct {
	PhysicalLocation *struct {
		ArtifactLocation struct{ URI string }
		Region           struct{ StartLine, StartColumn int }
	}
	LogicalLocations []struct{ Name string }
	Message          struct{ Text string }
}

func sarif(t testing.TB, all []export.Finding) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export.WriteSARIF(&b, export.SARIF{Of: "check", Version: "1.2.3", Findings: all, Failed: true, Ended: "interrupted in \x1b[31m"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestSARIF: every finding has its rule, a place that is there, a story in which what
// proves it is marked, and a fingerprint of its own; nothing in it is markup or does
// something to a terminal.
func TestSARIF(t *testing.T) {
	checked, explored := found(t)
	rules, related := map[string]bool{}, 0
	for _, all := range [][]export.Finding{checked, explored} {
		text := sarif(t, all)
		testkit.Printable(t, "sarif", text)
		if bytes.Contains(text, []byte("](")) {
			t.Error("a text of a file is a link in it")
		}
		var log sarifLog
		if err := json.Unmarshal(text, &log); err != nil {
			t.Fatal(err)
		}
		run, prints := log.Runs[0], map[string]bool{}
		if run.Invocations[0].ExecutionSuccessful || len(run.Results) != len(all) {
			t.Errorf("%d results of %d findings, in %+v", len(run.Results), len(all), run.Invocations)
		}
		for i, r := range run.Results {
			rules[r.RuleID] = true
			if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || (r.Level == "warning") != all[i].Warning {
				t.Errorf("%s is rule %d, %s", r.RuleID, r.RuleIndex, r.Level)
			}
			print := r.PartialFingerprints["photofinish/v1"]
			if len(print) != 64 || prints[print] {
				t.Errorf("the fingerprint %q is no hash, or of two findings", print)
			}
			prints[print] = true
			there(t, all[i], r.Locations[0])
			for _, at := range r.RelatedLocations {
				related++
				if got := at.PhysicalLocation.ArtifactLocation.URI; got != "app/naive.go" || at.PhysicalLocation.Region.StartLine < 2 {
					t.Errorf("its own line is in %s", got)
				}
			}
			for _, flow := range r.CodeFlows {
				essential := 0
				for _, step := range flow.ThreadFlows[0].Locations {
					if step.Importance == "essential" {
						essential++
					}
					there(t, all[i], step.Location)
				}
				if essential == 0 && r.Level == "error" && !strings.Contains(r.Message.Text, "expected") {
					t.Errorf("nothing proves %q", r.Message.Text)
				}
			}
		}
	}
	if related == 0 {
		t.Error("no finding leads to a line of one's own")
	}
	for _, rule := range []string{"unsent-write", "unsent-read", export.RuleExpectation, export.RuleBound, export.RuleFile} {
		if !rules[rule] {
			t.Errorf("nothing is found of the rule %s: this test looks at too little", rule)
		}
	}
}

// there fails if a finding of a file is in no line of it, or one of no file in one.
func there(t *testing.T, f export.Finding, at sarifLocation) {
	t.Helper()
	if at.PhysicalLocation == nil {
		if f.File != "" || f.Scenario == "" {
			t.Errorf("%q is nowhere", f.Says)
		}
		return
	}
	p := at.PhysicalLocation
	uri := p.ArtifactLocation.URI
	if strings.ContainsAny(uri, " #?\\") || path.IsAbs(f.File) != strings.HasPrefix(uri, "file:///") {
		t.Errorf("%s is named %s", f.File, uri)
	}
	text, err := os.ReadFile(filepath.FromSlash(uri))
	if err != nil {
		return // a name that only a test has
	}
	lines := strings.Split(string(text), "\n")
	if n := p.Region.StartLine; n < 1 || n > len(lines) || p.Region.StartColumn > len([]rune(lines[n-1])) {
		t.Errorf("%q is at %+v, of %d lines", f.Says, p.Region, len(lines))
	} else if step := lines[n-1][max(0, p.Region.StartColumn-1):]; f.Rule != export.RuleExpectation && at.Message.Text == "" && !strings.Contains(step, "at:") {
		t.Errorf("%q is at %q, which is no step", f.Says, step)
	}
}

// TestSARIFSchema: it is what the official schema of SARIF 2.1.0 asks for, which a
// package of npm has. It is tried where PHOTOFINISH_READERS names a folder with the
// node module @microsoft/jest-sarif.
func TestSARIFSchema(t *testing.T) {
	modules := os.Getenv("PHOTOFINISH_READERS")
	if modules == "" {
		t.Skip("PHOTOFINISH_READERS names no folder with @microsoft/jest-sarif: SARIF was not held to its schema")
	}
	text, err := os.ReadFile(filepath.Join(modules, "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"))
	if err != nil {
		t.Fatal(err)
	}
	valid := schema.Validator(t, text)
	checked, explored := found(t)
	for _, all := range [][]export.Finding{checked, explored, nil} {
		if err := valid(sarif(t, all)); err != nil {
			t.Error(err)
		}
	}
	if valid(bytes.Replace(sarif(t, checked), []byte(`"startLine":3`), []byte(`"startLine":0`), 1)) == nil {
		t.Error("the schema takes a line 0")
	}
}

var annotation = regexp.MustCompile(`^::(error|warning) (?:file=([^,:]*),(?:line=(\d+),col=(\d+),)?)?title=([^,:]*)::(.*)$`)

// unescape is how GitHub reads a property, and after the same of %25, %0D and %0A
// alone, a text.
var unescape = strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")

// TestGitHub: an annotation is one line, whatever stands in a file; GitHub reads from
// it what was meant, and the gravest comes first.
func TestGitHub(t *testing.T) {
	checked, explored := found(t)
	all := slices.Concat(checked, explored)
	var b bytes.Buffer
	if err := export.WriteGitHub(&b, all); err != nil {
		t.Fatal(err)
	}
	testkit.Printable(t, "annotations", b.Bytes())
	lines := slices.Collect(strings.Lines(b.String()))
	if len(lines) != len(all) {
		t.Errorf("%d lines of %d findings", len(lines), len(all))
	}
	warned := false
	for i, line := range lines {
		got := annotation.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if got == nil {
			t.Errorf("GitHub does not take %q", line)
			continue
		}
		if warned = warned || got[1] == "warning"; warned && got[1] == "error" {
			t.Errorf("%q comes behind a warning", line)
		}
		if file := strings.Contains(line, "cannot be read"); file != (i < 3) {
			t.Errorf("line %d is %q: what cannot be read comes first", i, line)
		}
	}
	property.Check(t, func(t *rapid.T) {
		f := export.Finding{Rule: export.RuleFile, Title: rapid.String().Draw(t, "title"), Says: rapid.String().Draw(t, "says"),
			Place: export.Place{File: "a/" + rapid.StringMatching(`[ -~]{1,9}x`).Draw(t, "file"), Line: 1, Column: 2}}
		var b strings.Builder
		if err := export.WriteGitHub(&b, []export.Finding{f}); err != nil {
			t.Fatal(err)
		}
		got := annotation.FindStringSubmatch(strings.TrimSuffix(b.String(), "\n"))
		if got == nil {
			t.Fatalf("GitHub does not take %q", b.String())
		}
		for i, want := range map[int]string{2: filepath.ToSlash(filepath.Clean(f.File)), 5: tell.Clean(f.Title), 6: tell.Clean(f.Says)} {
			if unescape.Replace(got[i]) != want {
				t.Fatalf("%q is read as %q", want, unescape.Replace(got[i]))
			}
		}
	})
}
