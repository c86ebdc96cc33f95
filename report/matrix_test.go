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
	"time"

	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/export"
	"photofinish/report/markdown"
	"photofinish/report/tell"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

func TestMatrixGoldens(t *testing.T) {
	m := rows(three(t), 0, 2)
	testkit.Golden(t, "matrix.txt", written(t, func(b *bytes.Buffer) error { return inText(b, m, 80) }))
	testkit.Golden(t, "matrix.md", written(t, func(b *bytes.Buffer) error { return inMarkdown(b, m) }))
	testkit.Golden(t, "matrix.json", written(t, func(b *bytes.Buffer) error { return export.WriteMatrixJSON(b, m) }))
	one := run(t, 1000, m.Scenarios[1])
	testkit.Golden(t, "figures.txt", written(t, func(b *bytes.Buffer) error { return inText(b, one, 80) }))
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

// Every command that a report prints shows what the report says of it; and each cell
// that may lose something has one, those of the states that are named here at least.
func TestPrintedCommandsReplay(t *testing.T) {
	states := map[report.State]int{}
	for _, m := range matrices(t) {
		printedCommandsReplay(t, m, states)
	}
	if states[report.Wrong] == 0 || states[report.Possible] == 0 && !testing.Short() {
		t.Errorf("no command of a state: %v", states)
	}
}

func printedCommandsReplay(t *testing.T, m *report.Matrix, states map[report.State]int) {
	text := written(t, func(b *bytes.Buffer) error { return inText(b, m, 80) })
	command := regexp.MustCompile(`(?m)^  photofinish replay (\S+) --strategy (\S+) (?:--seed (\d+)( --unpinned)?|--schedule (.*))$`)
	of := map[[2]string][]string{}
	for _, c := range command.FindAllStringSubmatch(string(text), -1) {
		of[[2]string{c[1], c[2]}] = c
	}
	for c := range m.Each {
		found := of[[2]string{tell.Quote(c.Scenario.Ref()), c.Strategy.Name}]
		delete(of, [2]string{tell.Quote(c.Scenario.Ref()), c.Strategy.Name})
		if (found != nil) != (c.State() <= report.Possible) {
			t.Errorf("%s under %s is %v: %q", c.Scenario.Name, c.Strategy.Name, c.State(), found)
		}
		if found == nil {
			continue
		}
		states[c.State()]++
		if trial := replayed(t, c, found); !trial.Verdict.Bad() {
			t.Errorf("%s: %v", found[0], trial.Verdict)
		} else if f := c.FirstBad; c.State() != report.Possible && (trial.Verdict != f.Verdict || trial.Kinds() != f.Kinds) {
			t.Errorf("%s: %v %v, want %v %v", found[0], trial.Verdict, trial.Kinds().Names(), f.Verdict, f.Kinds.Names())
		}
	}
	if len(of) > 0 {
		t.Errorf("commands of no cell: %v", of)
	}
}

// replayed runs what a command says.
func replayed(t *testing.T, c report.Cell, command []string) *report.Trial {
	script := c.Scenario.Script
	if command[5] != "" {
		trial, err := report.ReplaySchedule(c.Scenario.Name, script, c.Strategy, explore.ParseSchedule(strings.Trim(command[5], "'")))
		if err != nil {
			t.Fatal(err)
		}
		return trial
	}
	seed, err := strconv.ParseUint(command[3], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	if command[4] != "" {
		script = script.Unpinned()
	}
	return report.Replay(c.Scenario.Name, script, c.Strategy, seed)
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

// Nothing that people read at a terminal is wider than it, but for commands.
func TestMatrixFits(t *testing.T) {
	all := append(matrices(t), figuresOf(t, strategies.Names(), everyKind(), everyKind(), everyKind()), figuresOf(t, strategies.Names(), everyKind()))
	for i := range testkit.Some(all[0].Scenarios, 8)[:4] {
		all = append(all, rows(all[0], i, i+1))
	}
	layouts := []terminal.Layout{{Width: 40}, {Width: 120}, {Width: 60, Stories: true}, {Width: 80}, {Width: 200}}
	for _, m := range all {
		m.Answer = &report.Answer{Says: []string{"Use " + strings.Repeat("conflate, ", 20), "naive drops an edit in 94.2 % (93.7–94.6 %).", strings.Repeat("x", 300)}}
		for _, l := range testkit.Some(layouts, 2) {
			text := string(written(t, func(b *bytes.Buffer) error {
				return terminal.WriteMatrix(context.Background(), b, m, l, terminal.Palette{})
			}))
			for line := range strings.Lines(text) {
				line = strings.TrimSuffix(line, "\n")
				if ansi.StringWidth(line) > l.Width && !strings.HasPrefix(line, "  photofinish ") || strings.HasSuffix(line, " ") {
					t.Errorf("at %d: %q", l.Width, line)
				}
			}
			if l.Stories {
				continue // which take long
			}
			coloured := written(t, func(b *bytes.Buffer) error {
				return terminal.WriteMatrix(context.Background(), b, m, l, terminal.Colours)
			})
			if ansi.Strip(string(coloured)) != text {
				t.Errorf("at %d colours change the text", l.Width)
			}
		}
		m.Answer = nil
	}
}

// everyKind has a cell of each kind, over and over, for all of the catalogue.
func everyKind() (row []made) {
	for i := range strategies.Names() {
		row = append(row, each[i%len(each)].cell)
		row[i].waits = time.Duration(i) * time.Second
	}
	return row
}

// The catalogue under all strategies is read at one glance, or two: what stands around
// their rows is short.
func TestCatalogueIsShort(t *testing.T) {
	var rows [][]made
	for range shipped() {
		rows = append(rows, everyKind())
	}
	m := figuresOf(t, strategies.Names(), rows...)
	m.Answer = &report.Answer{Says: []string{strings.Repeat("word ", 80)}} // six lines
	for _, sort := range report.Sorts {
		text := written(t, func(b *bytes.Buffer) error {
			return terminal.WriteMatrix(context.Background(), b, m, terminal.Layout{Width: 80, Sort: report.Sort(sort)}, terminal.Palette{})
		})
		if n := bytes.Count(text, []byte("\n")) - len(strategies.Names()); n > 20 {
			t.Errorf("%d lines by %s beside a row each:\n%s", n, sort, text)
		}
	}
}

// Each colour stands for one thing: red for what is wrong, green for what is proved.
func TestColoursOfStates(t *testing.T) {
	p := terminal.Colours
	want := map[report.State]string{
		report.Wrong: p.Wrong, report.Stuck: p.Loud, report.Possible: p.Faint, report.Open: p.Faint, report.Loud: p.Loud, report.Proved: p.OK,
	}
	for _, x := range each {
		if x.cell.trials < 0 {
			continue
		}
		for n := 1; n <= 2; n++ {
			var rows [][]made
			for range n {
				rows = append(rows, []made{x.cell})
			}
			m := figuresOf(t, []string{"naive"}, rows...)
			text := string(written(t, func(b *bytes.Buffer) error {
				return terminal.WriteMatrix(context.Background(), b, m, terminal.Layout{Width: 80}, p)
			}))
			state := m.Cell(0, 0).State()
			if !strings.Contains(text, want[state]) {
				t.Errorf("%s: the colour is not there", x.name)
			}
			for s, colour := range want {
				if (colour == p.Wrong || colour == p.OK) && s != state && strings.Contains(text, colour) {
					t.Errorf("%s has the colour of %v", x.name, s)
				}
			}
		}
	}
}

// That the odds found nothing is never called safe: what is proved is what all orders
// show, and how much trials can say stands beside it.
func TestNothingFoundIsNoProof(t *testing.T) {
	m, err := report.Run(context.Background(), []*scenarios.Scenario{load(t, "small.yaml")}, find(t, "polling"), report.Options{Seed: 1, Trials: 100})
	if err != nil {
		t.Fatal(err)
	}
	text := string(written(t, func(b *bytes.Buffer) error { return inText(b, m, 200) }))
	if !strings.Contains(text, "✓ polling    0 % 0–3.7  0 %      2 ") || !strings.Contains(text, "polling goes wrong in no order (both run), and in none of 100 trials, so in at most 3.7 % of all (95 %)") {
		t.Error(text)
	}
	m.Orders[0][0].Complete = false
	text = string(written(t, func(b *bytes.Buffer) error { return inText(b, m, 200) }))
	if strings.Contains(text, "✓") || !strings.Contains(text, "? open: polling goes wrong in none of 100 trials, so in at most 3.7 % of all (95 %); of its orders the first 2 were run, and there are more") {
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
	text := string(written(t, func(b *bytes.Buffer) error { return inText(b, m, 80) }))
	for _, want := range []string{"Cancelled: 856 of 7,200 trials were run.", "small ", "~✗"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	for _, not := range []string{"action-queue", "·", "everything"} { // of which there is no trial
		if strings.Contains(text, not) {
			t.Errorf("it says %q:\n%s", not, text)
		}
	}
	for _, write := range []func(io.Writer) error{func(w io.Writer) error { return export.WriteMatrixJSON(w, m) }, func(w io.Writer) error { return markdown.Write(ctx, w, m, markdown.Layout{}) }} {
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

// A comment of a pull request has room for what is brief, whatever is asked, and the
// first paragraph of it is the answer.
func TestBriefFits(t *testing.T) {
	var rows [][]made
	for range shipped() {
		rows = append(rows, everyKind())
	}
	all := figuresOf(t, strategies.Names(), rows...)
	all.Named = strategies.Names() // of which all stories would be told
	if text := string(written(t, func(b *bytes.Buffer) error {
		return markdown.Write(context.Background(), b, all, markdown.Layout{})
	})); strings.Contains(text, "mermaid") || !strings.Contains(text, "\n`--stories` tells") {
		t.Error("of many scenarios stories are told without being asked for")
	}
	long := figuresOf(t, []string{"naive", "conflate"}, rows[0][:2], rows[0][:2])
	long.Answer = &report.Answer{Says: []string{"Use *conflate* [x](y) (all 5 run).", strings.Repeat("More of that. ", 10_000)}}
	huge := figuresOf(t, []string{"naive"}, rows[0][:1], rows[0][1:2], rows[0][2:3])
	for i := range 1_500 { // whose names alone are too many
		s := *huge.Scenarios[0]
		s.Name = strings.Repeat("long-", 12) + strconv.Itoa(i)
		huge.Scenarios, huge.Cells = append(huge.Scenarios, &s), append(huge.Cells, huge.Cells[i%3])
		huge.Orders, huge.Replayed = append(huge.Orders, huge.Orders[i%3]), append(huge.Replayed, huge.Replayed[i%3])
	}
	for name, m := range map[string]*report.Matrix{"all": all, "long": long, "huge": huge} {
		if m.Answer == nil {
			m.Answer = &report.Answer{Says: []string{"Use *conflate* [x](y) (all 5 run).", "It is so."}}
		}
		text := string(written(t, func(b *bytes.Buffer) error {
			return markdown.Write(context.Background(), b, m, markdown.Layout{Brief: true})
		}))
		if n := len([]rune(text)); n >= markdown.Room {
			t.Errorf("%s: %d characters", name, n)
		}
		if !strings.HasPrefix(text, `**Use \*conflate\* \[x\]\(y\) \(all 5 run\).**`) {
			t.Errorf("%s begins with %.80q", name, text)
		}
		if strings.Count(text, "<details>") != strings.Count(text, "</details>") || strings.Count(text, "```")%2 != 0 {
			t.Errorf("%s: something is not closed", name)
		}
		m.Answer = nil
	}
}
