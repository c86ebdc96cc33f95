package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/export"
	"photofinish/report/markdown"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

func TestMatrixGoldens(t *testing.T) {
	m := rows(three(t), 0, 2)
	testkit.Golden(t, "matrix.txt", written(t, func(b *bytes.Buffer) error { return terminal.WriteMatrix(b, m, 80, terminal.Palette{}) }))
	testkit.Golden(t, "matrix.md", written(t, func(b *bytes.Buffer) error { return markdown.Write(context.Background(), b, m) }))
	testkit.Golden(t, "matrix.json", written(t, func(b *bytes.Buffer) error { return export.WriteMatrixJSON(b, m) }))
	one := run(t, 1000, m.Scenarios[1])
	testkit.Golden(t, "figures.txt", written(t, func(b *bytes.Buffer) error { return terminal.WriteMatrix(b, one, 80, terminal.Palette{}) }))
}

// A cell without anything bad says so, and how many a day there may be all the same.
func TestNothingBadADay(t *testing.T) {
	m, err := report.Run(context.Background(), []*scenarios.Scenario{load(t, "small.yaml")}, find(t, "hold-outgoing"),
		report.Options{Seed: 1, Trials: 2000, SavesADay: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := m.Cell(0, 0).Says(), "none of 2,000 trials wrong or stuck, none seen, at most 1.9 a day"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Every command that a report prints shows what the report says of it.
func TestPrintedCommandsReplay(t *testing.T) {
	for _, m := range matrices(t) {
		printedCommandsReplay(t, m)
	}
}

func printedCommandsReplay(t *testing.T, m *report.Matrix) {
	text := written(t, func(b *bytes.Buffer) error { return terminal.WriteMatrix(b, m, 80, terminal.Palette{}) })
	command := regexp.MustCompile(`photofinish replay (\S+) --strategy (\S+) --seed (\d+)( --unpinned)?`)
	found := command.FindAllSubmatch(text, -1)
	bad := 0
	for i, s := range m.Scenarios {
		for j := range m.Strategies {
			o := &m.Cells[i][j]
			if o.Bad() == 0 {
				continue
			}
			c := found[bad]
			bad++
			e := testkit.Strategy(t, string(c[2]))
			seed, err := strconv.ParseUint(string(c[3]), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			script := s.Script
			if len(c[4]) > 0 {
				script = script.Unpinned()
			}
			trial := report.Replay(s.Name, script, e, seed)
			if f := o.FirstBad; trial.Verdict != f.Verdict || trial.Kinds() != f.Kinds || !trial.Verdict.Bad() {
				t.Errorf("%s: %v %v, want %v %v", c[0], trial.Verdict, trial.Kinds().Names(), f.Verdict, f.Kinds.Names())
			}
		}
	}
	if bad != len(found) {
		t.Errorf("%d commands for %d bad cells", len(found), bad)
	}
}

func TestMatrixJSON(t *testing.T) {
	m := catalogue(t)
	var got struct {
		Version, Seed, Trials int
		Cells                 []struct {
			Scenario, Strategy string
			Trials             int
			Verdicts           map[string]int
			Share, Low, High   float64
			First              *struct{ Replay string }
		}
	}
	if err := json.Unmarshal(written(t, func(b *bytes.Buffer) error { return export.WriteMatrixJSON(b, m) }), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != 1 || got.Seed != 3 || got.Trials != 500 || len(got.Cells) != 6*len(m.Scenarios) {
		t.Errorf("wrong head, or %d cells", len(got.Cells))
	}
	for _, c := range got.Cells {
		sum := 0
		for _, n := range c.Verdicts {
			sum += n
		}
		if sum != c.Trials || c.Share < c.Low || c.Share > c.High || len(c.Verdicts) != len(judge.Verdicts()) || (c.First != nil) != (c.Share > 0) {
			t.Errorf("%+v", c)
		}
	}
}

func TestMatrixFits(t *testing.T) {
	all := matrices(t)
	for i := range testkit.Some(all[0].Scenarios, 8) {
		all = append(all, rows(all[0], i, i+1))
	}
	for _, m := range all {
		text := string(written(t, func(b *bytes.Buffer) error { return terminal.WriteMatrix(b, m, 80, terminal.Palette{}) }))
		for line := range strings.Lines(text) {
			if ansi.StringWidth(strings.TrimSpace(line)) > 80 && !strings.Contains(line, "photofinish replay") {
				t.Errorf("too wide: %q", line)
			}
		}
	}
}

// That the odds found nothing is never called safe; what all orders show is
// another matter, and stands apart.
func TestNothingFoundIsNoProof(t *testing.T) {
	m, err := report.Run(context.Background(), []*scenarios.Scenario{load(t, "small.yaml")}, find(t, "polling"), report.Options{Seed: 1, Trials: 100})
	if err != nil {
		t.Fatal(err)
	}
	text := string(written(t, func(b *bytes.Buffer) error { return terminal.WriteMatrix(b, m, 80, terminal.Palette{}) }))
	odds, orders, _ := strings.Cut(text, "Every order")
	if !strings.Contains(odds, "0 of 100 wrong or stuck, so at most 3.7 % of all") || strings.Contains(odds, "race-free") || strings.Contains(odds, "safe") {
		t.Error(text)
	}
	if !strings.Contains(orders, "small ✓ 2\n") {
		t.Error(text)
	}
}

func TestCancelledMatrix(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	o := report.Options{Seed: 1, Trials: 600, Progress: func(int) {
		if n++; n == 4 { // the first cell has three chunks
			cancel()
		}
	}}
	ss := []*scenarios.Scenario{load(t, "small.yaml"), load(t, "everything.yaml")}
	m, err := report.Run(ctx, ss, find(t), o)
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if done, all := m.Done(); done != 600+256 || all != 12*600 {
		t.Errorf("%d of %d", done, all)
	}
	text := string(written(t, func(b *bytes.Buffer) error { return terminal.WriteMatrix(b, m, 80, terminal.Palette{}) }))
	for _, want := range []string{"Cancelled: 856 of 7,200 trials were run.", " ·\n", "~"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	for _, write := range []func(io.Writer) error{func(w io.Writer) error { return export.WriteMatrixJSON(w, m) }, func(w io.Writer) error { return markdown.Write(ctx, w, m) }} {
		if err := write(io.Discard); err != nil {
			t.Error(err)
		}
	}
}

func TestCheck(t *testing.T) {
	s := load(t, "fails.yaml")
	c, err := report.Check(context.Background(), s, strategies.Catalogue, report.Options{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	if held := len(c) - len(c.Failures()); held != 4 {
		t.Errorf("%d hold", held)
	}
	var got strings.Builder
	for _, f := range c.Failures() {
		got.WriteString(f.String() + "\n")
	}
	testkit.Golden(t, "fails.txt", []byte(got.String()))
}
