package report_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/schema"
	"photofinish/report"
	"photofinish/report/explain"
	"photofinish/report/export"
	"photofinish/report/markdown"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// whole is what [catalogue] has worked out, three what [three] has.
var whole, ofThree *report.Matrix

// catalogue runs what is shipped, every second or all, and one that goes wrong by lost
// messages alone, once for several tests. Without typing-burst, whose orders take as long
// as all others, unless all is asked for.
func catalogue(t testing.TB) *report.Matrix {
	t.Helper()
	if whole != nil {
		return whole
	}
	shipped := slices.DeleteFunc(scenarios.All(), func(s *scenarios.Scenario) bool { return s.Name == "typing-burst" && !testkit.All() })
	lossy, err := scenarios.Parse("", []byte("name: lossy\nnetwork: {loss: 20%}\nsteps: [{at: 0, do: create, set: {name: Ada}}]"))
	if err != nil {
		t.Fatal(err)
	}
	o := report.Options{Seed: 3, Trials: 500, Workers: 2}
	if whole, err = report.Run(context.Background(), append(testkit.Some(testkit.Part(shipped, 46), 20), lossy), find(t), o); err != nil {
		t.Fatal(err)
	}
	return whole
}

// three has the scenarios of testdata, one of which has all that a scenario can have,
// for several tests. As many of that one's orders as a run counts are run one by one: a
// run merges their states first, which takes seconds, and comes to the same.
func three(t testing.TB) *report.Matrix {
	testkit.Long(t, "it counts many orders")
	t.Helper()
	if ofThree == nil {
		s, m := load(t, "everything.yaml"), run(t, 1000, load(t, "small.yaml"), load(t, "hostile.yaml"))
		n := len(m.Strategies)
		odds, orders, replayed := make([]report.Odds, n), make([]explore.Result, n), make([]judge.Verdict, n)
		for j, e := range m.Strategies {
			odds[j] = report.Estimate(t.Context(), s.Script, e, m.Options)
			orders[j] = testkit.Orders(s.Script, e.For(s.Script), report.MatrixClasses)
			replayed[j] = report.Replayed(s, e)
		}
		m.Scenarios, m.Cells = slices.Insert(m.Scenarios, 0, s), slices.Insert(m.Cells, 0, odds)
		m.Orders, m.Replayed = slices.Insert(m.Orders, 0, orders), slices.Insert(m.Replayed, 0, replayed)
		ofThree = m
	}
	return ofThree
}

// matrices returns both, the second but in a short run.
func matrices(t testing.TB) []*report.Matrix {
	if testing.Short() {
		return []*report.Matrix{catalogue(t)}
	}
	return []*report.Matrix{catalogue(t), three(t)}
}

// rows returns some scenarios of a matrix.
func rows(m *report.Matrix, from, to int) *report.Matrix {
	r := *m
	r.Scenarios, r.Cells, r.Orders, r.Replayed = m.Scenarios[from:to], m.Cells[from:to], m.Orders[from:to], m.Replayed[from:to]
	return &r
}

func run(t testing.TB, trials int, ss ...*scenarios.Scenario) *report.Matrix {
	t.Helper()
	m, err := report.Run(context.Background(), ss, find(t), report.Options{Seed: 1, Trials: trials, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestCSV(t *testing.T) {
	m := three(t)
	text := written(t, func(b *bytes.Buffer) error { return export.WriteCSV(b, m) })
	testkit.Golden(t, "matrix.csv", text)
	testkit.Printable(t, "csv", text)
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+3*6 {
		t.Fatalf("%d rows", len(rows))
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for i, row := range rows[1:] {
		c := m.Cell(i/6, i%6)
		if got, err := strconv.ParseFloat(row[column["share"]], 64); err != nil || got != c.Share(c.Bad()) {
			t.Errorf("row %d: share %s, want %v", i, row[column["share"]], c.Share(c.Bad()))
		}
		for name, cell := range row[:2] {
			if strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("row %d, column %d: a spreadsheet would work out %q", i, name, cell)
			}
		}
	}
}

// What is written as JSON is what the schema says, key by key.
func TestJSONFollowsItsSchema(t *testing.T) {
	m := three(t)
	var objects [][]byte
	objects = append(objects, written(t, func(b *bytes.Buffer) error { return export.WriteMatrixJSON(b, m) }))
	for _, s := range m.Scenarios {
		for _, e := range m.Strategies {
			objects = append(objects, written(t, func(b *bytes.Buffer) error { return export.WriteTrialJSON(b, report.Replay(s.Name, s.Script, e, 1)) }))
			objects = append(objects, written(t, func(b *bytes.Buffer) error {
				return export.WriteOrdersJSON(b, report.Explore(context.Background(), s, e, explore.Bounds{Classes: 200}))
			}))
		}
	}
	c, err := report.LatencyCurves(context.Background(), m.Scenarios[0], m.Strategies, report.Options{Trials: 2})
	if err != nil {
		t.Fatal(err)
	}
	objects = append(objects, written(t, func(b *bytes.Buffer) error { return export.WriteCurvesJSON(b, c) }))
	for _, kind := range report.CostKinds {
		objects = append(objects, written(t, func(b *bytes.Buffer) error {
			return export.WriteFrontiersJSON(b, []*report.Frontier{m.Frontier(0, kind)})
		}))
	}
	for _, topic := range append(explain.Topics(), "") {
		objects = append(objects, written(t, func(b *bytes.Buffer) error { return export.WriteListJSON(b, topic) }))
	}
	for _, name := range []string{"naive", "if-match", "action-queue+hold", "two-tabs", "4g", "flaky", "lost-update"} {
		objects = append(objects, written(t, func(b *bytes.Buffer) error { return export.WriteNameJSON(b, name) }))
	}
	for _, s := range m.Scenarios {
		objects = append(objects, written(t, func(b *bytes.Buffer) error { return export.WriteScenarioJSON(b, s) }))
	}
	valid := schema.Validator(t, export.Schema)
	for _, o := range objects {
		testkit.Printable(t, "json", o)
		if err := valid(o); err != nil {
			t.Errorf("%.200s: %v", o, err)
		}
	}
	if err := valid([]byte(`{"version":2}`)); err == nil {
		t.Error("the schema takes anything")
	}
}

func TestJUnit(t *testing.T) {
	check := func(name string) report.Checked {
		c, err := report.Check(context.Background(), load(t, name), strategies.Catalogue, report.Options{Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	fails := check("fails.yaml")
	for i := range fails {
		fails[i].Took = time.Duration(i) * 12_345 * time.Microsecond // in a golden file it is the same again
	}
	suites := []export.Suite{
		{Name: "fails.yaml", File: "fails.yaml", Checked: fails, Took: 1500 * time.Millisecond},
		{Name: "<b>\x1b[31m]]>&.yaml", Broken: errors.New("\"><script>\a")},
		{Name: "torn.yaml", File: "torn.yaml", Broken: fmt.Errorf("of it: %w", &scenarios.Error{File: "torn.yaml", Line: 3, Column: 19, Message: "unknown"})},
		{Name: "silent.yaml", File: "silent.yaml", Skipped: true},
	}
	text := written(t, func(b *bytes.Buffer) error { return export.WriteJUnit(b, suites) })
	testkit.Golden(t, "check.xml", text)
	testkit.Printable(t, "junit", text)
	var got struct {
		XMLName                          xml.Name `xml:"testsuites"`
		Tests, Failures, Errors, Skipped int      `xml:",attr"`
		Suites                           []struct {
			Name  string `xml:"name,attr"`
			Cases []struct {
				Name    string `xml:"name,attr"`
				Failure *struct {
					Message string `xml:"message,attr"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("tests="), []byte("Tests=")), []byte("failures="), []byte("Failures=")), &got); err != nil {
		t.Fatal(err)
	}
	c := suites[0].Checked
	if got.Tests != len(c)+3 || got.Failures != len(c.Failures()) || len(got.Suites) != 4 {
		t.Errorf("%+v", got)
	}
	if name := got.Suites[1].Name; name != `<b>\x1b[31m]]>&.yaml` {
		t.Errorf("the name is %q", name)
	}
}

func TestMermaidGolden(t *testing.T) {
	var all bytes.Buffer
	for _, name := range []string{"everything.yaml", "hostile.yaml"} {
		s := load(t, name)
		for _, e := range find(t, "action-queue", "polling") {
			if err := markdown.WriteMermaid(&all, report.Replay(s.Name, s.Script, e, 1)); err != nil {
				t.Fatal(err)
			}
		}
	}
	testkit.Printable(t, "mermaid", all.Bytes())
	testkit.Golden(t, "everything.mmd", all.Bytes())
}

// The parser that web sites draw diagrams with reads every one of ours. It is
// tried where PHOTOFINISH_READERS names a folder with the node modules mermaid
// and jsdom; on some of the catalogue, unless all is asked for.
func TestMermaidParses(t *testing.T) {
	testkit.Long(t, "it starts Node")
	modules := os.Getenv("PHOTOFINISH_READERS")
	if modules == "" {
		t.Skip("PHOTOFINISH_READERS names no folder with mermaid: diagrams were not read by its parser")
	}
	dir := t.TempDir()
	var files []string
	add := func(name string, text []byte) {
		files = append(files, filepath.Join(dir, name))
		if err := os.WriteFile(files[len(files)-1], text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range append(testkit.Part(scenarios.All(), 8), load(t, "everything.yaml"), load(t, "hostile.yaml")) {
		for _, e := range find(t) {
			add(strconv.Itoa(len(files))+".mmd", written(t, func(b *bytes.Buffer) error { return markdown.WriteMermaid(b, report.Replay(s.Name, s.Script, e, 1)) }))
		}
	}
	m := run(t, 100, append(testkit.Part(scenarios.All(), 4), load(t, "hostile.yaml"))...)
	add("report.md", written(t, func(b *bytes.Buffer) error { return inMarkdown(b, m) }))
	out, err := exec.Command("node", append([]string{"../testdata/node/mermaid.mjs", modules}, files...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	t.Logf("%s", out)
}

// Nothing in a scenario becomes markup of a Markdown page.
func TestHostileMarkdown(t *testing.T) {
	m := run(t, 50, load(t, "hostile.yaml"), load(t, "small.yaml"))
	text := written(t, func(b *bytes.Buffer) error { return inMarkdown(b, m) })
	testkit.Printable(t, "markdown", text)
	fenced := false
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
			continue
		}
		rest := strings.NewReplacer("<details>", "", "</details>", "", "<summary>", "", "</summary>", "", "<br/>", "").Replace(line)
		if !fenced && (strings.Contains(rest, "<") || strings.Contains(rest, "](")) {
			t.Errorf("markup: %s", line)
		}
	}
	if fenced {
		t.Error("a fence is not closed")
	}
}

// What a terminal shows of a hostile scenario does nothing to it.
func TestHostileText(t *testing.T) {
	s := load(t, "hostile.yaml")
	m := run(t, 50, s)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"matrix": func(b *bytes.Buffer) error { return inText(b, m, 80) },
		"story": func(b *bytes.Buffer) error {
			return terminal.WriteStories(b, s, []*report.Trial{report.Replay(s.Name, s.Script, find(t, "polling")[0], 1)}, terminal.Palette{})
		},
		"orders": func(b *bytes.Buffer) error {
			return terminal.WriteOrders(b, report.Explore(context.Background(), s, find(t, "naive")[0], explore.Bounds{Classes: 100}), terminal.Palette{})
		},
		"scenario": func(b *bytes.Buffer) error { return explain.Scenario(b, s, nil, terminal.Palette{}) },
	} {
		testkit.Printable(t, name, written(t, write))
	}
}
