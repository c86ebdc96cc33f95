package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/report"
	"photofinish/report/svg"
	"photofinish/scenarios"
	"photofinish/strategies"
)

// hostile are the arguments with which each command writes what it makes of the
// hostile scenario, in any of its formats.
var hostile = map[string][]string{
	"report":   {"--trials", "50", "--strategy", "naive,hold-outgoing"},
	"replay":   {"--strategy", "hold-outgoing"},
	"chart":    {"--trials", "50", "--strategy", "naive,polling"},
	"check":    nil,
	"explore":  {"--strategy", "naive"},
	"explain":  nil,
	"list":     {"networks"}, // of the catalogue: it takes no file
	"exercise": {"in-turn"},  // likewise
	"learn":    {"polling", "--export", "handout"},
}

// noFile are the commands that take no scenario.
var noFile = []string{"list", "exercise", "learn"}

// elsewhere are the formats of which the package that writes them has a golden
// file. Of any other TestFormats has one, under testdata.
var elsewhere = map[string]string{
	"report text":      "report/testdata/matrix.txt",
	"report markdown":  "report/testdata/matrix.md",
	"report html":      "report/html/testdata/page.html",
	"report json":      "report/testdata/matrix.json",
	"report csv":       "report/testdata/matrix.csv",
	"replay text":      "report/testdata/everything.txt",
	"replay json":      "report/testdata/everything.jsonl",
	"replay mermaid":   "report/testdata/everything.mmd",
	"replay svg":       "report/svg/testdata/everything.svg",
	"replay perfetto":  "report/export/testdata/hostile.perfetto.json",
	"replay shiviz":    "report/export/testdata/hostile.shiviz",
	"replay porcupine": "report/export/testdata/hostile.porcupine.json",
	"chart text":       "report/chart/testdata/gap.txt",
	"check junit":      "report/testdata/check.xml",
	"learn html":       "tui/lesson/paper/testdata/handout.html",
	"learn text":       "tui/lesson/paper/testdata/handout.txt",
}

// Every format of every command has a golden file, is told of that command in
// docs/REPORTS.md or the README, and shows a scenario that means harm without doing it.
func TestFormats(t *testing.T) {
	docs := read(t, "../docs/REPORTS.md") + read(t, "../README.md")
	file := filepath.Join(t.TempDir(), "hostile.yaml")
	text := read(t, "../report/testdata/hostile.yaml") + "expect: {naive: {verdict: ok}}\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	known := 0
	for _, c := range newApp(nil, nil).root().Commands() {
		flag := c.Flag("format")
		if flag == nil || c.Name() == "doctor" { // it is about this machine: see TestDoctorWithout
			continue
		}
		args, is := hostile[c.Name()]
		if !is {
			t.Errorf("%s has formats: say in hostile, in this file, with which arguments it writes them", c.Name())
			continue
		}
		for i, format := range flag.Value.(*setting).among {
			name := c.Name() + " " + format
			words := append([]string{c.Name(), "--format", format}, args...)
			if !slices.Contains(noFile, c.Name()) {
				words = append(words, filepath.Base(file))
			}
			got := there(t, filepath.Dir(file), words...)
			harmless(t, name, got)
			if golden, is := elsewhere[name]; is {
				known++
				read(t, "../"+golden)
			} else {
				testkit.Golden(t, c.Name()+"."+format, got)
			}
			if i > 0 && !tells(docs, c.Name(), format) { // the first is what one gets without asking
				t.Errorf("docs/REPORTS.md does not tell of %s. A row, below its example of photofinish %s:\n| `%s` | where it is read |",
					name, c.Name(), format)
			}
		}
	}
	if known != len(elsewhere) {
		t.Errorf("%d formats have their golden files elsewhere, and %d were met", len(elsewhere), known)
	}
}

// tells reports whether a text has a format of a command: in a row of the section
// with an example of the command, in any row that names both, or in an example.
func tells(docs, command, format string) bool {
	row := regexp.MustCompile("(?m)^\\| (`[a-z]+`, )*`" + format + "`.*|.*--format " + format + "\\b.*")
	example := regexp.MustCompile("(photofinish|go run \\.) " + command + "\\b")
	for _, section := range strings.Split(docs, "\n## ") {
		for _, told := range row.FindAllString(section, -1) {
			if example.MatchString(section) || strings.Contains(told, "`"+command+"`") {
				return true
			}
		}
	}
	return false
}

// there is written in another folder.
func there(t *testing.T, folder string, args ...string) []byte {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chdir(folder); err != nil {
		t.Fatal(err)
	}
	defer os.Chdir(here)
	return written(t, args...)
}

// written returns what a command writes to the standard output.
func written(t *testing.T, args ...string) []byte {
	t.Helper()
	out, err := ran(t, args...)
	if e, is := errors.AsType[exit](err); err != nil && (!is || e.code != 1) {
		t.Fatalf("%v: %v", args, err)
	}
	return out
}

// ran returns what a command writes to the standard output, and the error it ends with.
func ran(t *testing.T, args ...string) ([]byte, error) {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	a := newApp(nil, out)
	a.plain = true
	defer a.own.close()
	root := a.root()
	root.SetArgs(args)
	root.SilenceErrors, root.SilenceUsage = true, true
	err = root.Execute()
	return []byte(read(t, out.Name())), err
}

// harmless fails if a text holds what does something to a terminal, or where it
// is a page does something in it.
func harmless(t *testing.T, name string, text []byte) {
	t.Helper()
	if len(text) == 0 {
		t.Errorf("%s is empty", name)
	}
	testkit.Printable(t, name+" (report/tell.Clean makes it fit)", bytes.ReplaceAll(text, []byte("\t"), nil))
	page := bytes.HasPrefix(bytes.TrimSpace(text), []byte("<"))
	for _, harm := range []string{"<script>x()", "<img src=x", "\"><img", "]]>", "</details> <!--"} {
		if page && bytes.Contains(text, []byte(harm)) {
			t.Errorf("%s: markup of the scenario is escaped: it has %s", name, harm)
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Every trial can be written in every format, whatever of the world comes together.
func TestFormatsOfTheWorld(t *testing.T) {
	var plain []*scenarios.Scenario
	for _, s := range scenarios.All() {
		if s.Script.Habits() == 0 {
			plain = append(plain, s)
		}
	}
	property.Check(t, func(t *rapid.T) {
		s := *rapid.SampledFrom(plain).Draw(t, "scenario")
		script := *s.Script
		script.Actions = slices.Clone(script.Actions)
		testkit.Worldly(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "of the world") }, &script, testkit.Built)
		s.Script = &script
		e := rapid.SampledFrom(strategies.Catalogue).Draw(t, "strategy")
		told := replayed{scenario: &s, trials: []*report.Trial{report.Replay(s.Name, &script, e, 1)}}
		lane := told.trials[0].Lane()
		if svg.Strip(lane, true) == "" || svg.Column(lane, true) == "" { // as on a page
			t.Fatal("nothing is drawn")
		}
		for _, f := range replayFormats {
			var b bytes.Buffer
			if err := f.write(target{Writer: &b, ctx: context.Background()}, told); err != nil && f.name != "porcupine" {
				t.Fatalf("%s of %s under %s: %v", f.name, s.Name, e.Name, err)
			}
		}
	})
}
