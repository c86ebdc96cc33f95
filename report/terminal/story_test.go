package terminal_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/strategies"
)

func story(t *testing.T, s *scenarios.Scenario, trial *report.Trial, p terminal.Palette) string {
	t.Helper()
	var b strings.Builder
	if err := terminal.WriteStories(&b, s, []*report.Trial{trial}, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestStoryFitsAndIsPrintable(t *testing.T) {
	own, err := scenarios.Load("../testdata/everything.yaml")
	if err != nil {
		t.Fatal(err)
	}
	names := append(strategies.Names(), "action-queue+hold")
	for i, s := range append(scenarios.All(), own) {
		for k, name := range names {
			if !testkit.All() && (i+k)%testkit.Size(4, len(names)) != 0 {
				continue
			}
			e := testkit.Strategy(t, name)
			t.Run(s.Name+"/"+e.Name, func(t *testing.T) { printable(t, s, report.Replay(s.Name, s.Script, e, 1)) })
		}
	}
}

// printable fails if a story is not fit for a terminal, or has other words in
// colours.
func printable(t *testing.T, s *scenarios.Scenario, trial *report.Trial) {
	plain := story(t, s, trial, terminal.Palette{})
	for line := range strings.Lines(plain) {
		line = strings.TrimSuffix(line, "\n")
		if ansi.StringWidth(line) > 80 || line != tell.Clean(line) || strings.HasSuffix(line, " ") {
			t.Errorf("too wide, not printable, or blanks at the end: %q", line)
		}
	}
	coloured := story(t, s, trial, terminal.Colours)
	if ansi.Strip(coloured) != plain {
		t.Error("colours change the text")
	}
	if red := strings.Contains(coloured, terminal.Colours.Wrong); red != (trial.Verdict.String() == "wrong") {
		t.Errorf("red: %v, verdict: %v", red, trial.Verdict)
	}
}

// What is seen on a screen is told whole where three lines are enough for it, and the
// columns stand below each other however long it takes.
func TestStoryOfALongDay(t *testing.T) {
	s, err := scenarios.Parse("", []byte("name: day\nnetwork: {uplink: {constant: 1.234ms}, downlink: {constant: 1ms}}\n"+
		"given: {title: Seven mountains}\nsteps: [{at: 0, do: update, set: {text: What happened there}}, {at: 20000s, do: fetch}]"))
	if err != nil {
		t.Fatal(err)
	}
	trial := report.Replay(s.Name, s.Script, testkit.Strategy(t, "naive"), 1)
	printable(t, s, trial)
	text := story(t, s, trial, terminal.Palette{})
	for _, whole := range []string{`
           0   u1 update text              u1 ──▶
                 "What happened there"
       1.234                                       ──▶ u1 #1 text "What happene…
`, `
20000002.234   f2 shows title              ◀── f2
                 "Seven mountains", text
                 "What happened there"
`} {
		if !strings.Contains(text, whole) {
			t.Errorf("without %s:\n%s", whole, text)
		}
	}
}
