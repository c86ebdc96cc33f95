package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

func TestMatrixGoldens(t *testing.T) {
	ss := []*scenarios.Scenario{load(t, "everything.yaml"), load(t, "small.yaml")}
	m, err := report.Run(context.Background(), ss, find(t), report.Options{Seed: 1, Trials: 1000, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	testkit.Golden(t, "matrix.txt", written(t, func(b *bytes.Buffer) error { return m.WriteText(b, 80, report.Palette{}) }))
	testkit.Golden(t, "matrix.md", written(t, func(b *bytes.Buffer) error { return m.WriteMarkdown(context.Background(), b) }))
	testkit.Golden(t, "matrix.json", written(t, func(b *bytes.Buffer) error { return m.WriteJSON(b) }))
	one, err := report.Run(context.Background(), ss[1:], find(t), report.Options{Seed: 1, Trials: 1000})
	if err != nil {
		t.Fatal(err)
	}
	testkit.Golden(t, "figures.txt", written(t, func(b *bytes.Buffer) error { return one.WriteText(b, 80, report.Palette{}) }))
}

// Every command that a report prints shows what the report says of it.
func TestPrintedCommandsReplay(t *testing.T) {
	ss := append(scenarios.All(), load(t, "everything.yaml"))
	m, err := report.Run(context.Background(), ss, find(t), report.Options{Seed: 1, Trials: 500, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	text := written(t, func(b *bytes.Buffer) error { return m.WriteText(b, 80, report.Palette{}) })
	command := regexp.MustCompile(`photofinish replay (\S+) --strategy (\S+) --seed (\d+)( --unpinned)?`)
	found := command.FindAllSubmatch(text, -1)
	bad := 0
	for i, s := range ss {
		for j := range m.Strategies {
			o := &m.Cells[i][j]
			if o.Bad() == 0 {
				continue
			}
			c := found[bad]
			bad++
			e, err := strategies.Find(string(c[2]))
			if err != nil {
				t.Fatal(err)
			}
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
	ss := scenarios.All()
	m, err := report.Run(context.Background(), ss, find(t), report.Options{Seed: 3, Trials: 300, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
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
	if err := json.Unmarshal(written(t, func(b *bytes.Buffer) error { return m.WriteJSON(b) }), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != 1 || got.Seed != 3 || got.Trials != 300 || len(got.Cells) != 6*len(ss) {
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
	all := scenarios.All()
	for _, ss := range append([][]*scenarios.Scenario{all}, slices.Collect(slices.Chunk(all, 1))...) {
		m, err := report.Run(context.Background(), ss, find(t), report.Options{Seed: 1, Trials: 100})
		if err != nil {
			t.Fatal(err)
		}
		text := string(written(t, func(b *bytes.Buffer) error { return m.WriteText(b, 80, report.Palette{}) }))
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
	text := string(written(t, func(b *bytes.Buffer) error { return m.WriteText(b, 80, report.Palette{}) }))
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
	text := string(written(t, func(b *bytes.Buffer) error { return m.WriteText(b, 80, report.Palette{}) }))
	for _, want := range []string{"Cancelled: 856 of 7,200 trials were run.", " ·\n", "~"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	for _, write := range []func(io.Writer) error{m.WriteJSON, func(w io.Writer) error { return m.WriteMarkdown(ctx, w) }} {
		if err := write(io.Discard); err != nil {
			t.Error(err)
		}
	}
}

func TestCheck(t *testing.T) {
	s := load(t, "fails.yaml")
	c, err := report.Check(context.Background(), s, 2)
	if err != nil {
		t.Fatal(err)
	}
	if c.Held != 4 {
		t.Errorf("%d hold", c.Held)
	}
	var got strings.Builder
	for _, f := range c.Failures {
		got.WriteString(f.String() + "\n")
	}
	testkit.Golden(t, "fails.txt", []byte(got.String()))
}

func TestExplainKnowsEveryName(t *testing.T) {
	names := slices.Concat(strategies.Names(), scenarios.Names(), judge.KindNames(), []string{"4g", "action-queue+hold"})
	if testing.Short() {
		names = []string{"naive", "outbox", "create-then-update", "stale-read", "4g"}
	}
	for _, name := range names {
		text := string(written(t, func(b *bytes.Buffer) error { return report.Explain(b, name, report.Palette{}) }))
		if !strings.HasPrefix(text, name+"  ") {
			t.Errorf("%s: %q", name, text)
		}
		for line := range strings.Lines(text) {
			if ansi.StringWidth(line) > 81 {
				t.Errorf("%s: too wide: %q", name, line)
			}
		}
	}
	if err := report.Explain(io.Discard, "stale-reed", report.Palette{}); err == nil || !strings.Contains(err.Error(), `did you mean "stale-read"`) {
		t.Error(err)
	}
}

func TestExplainTells(t *testing.T) {
	own, err := scenarios.Parse("", []byte("name: own\nseed: 7\nclients: [{}, {skew: 1500ms}]\n"+
		"steps: [{at: 0, do: create, set: {a: 1}, saved: {a: 2}, client: 2, person: 3, processing: 1.5ms, twice: true}]\n"+
		"expect: {naive: {anomalies: []}, switch: {verdict: wrong, odds: {below: 2%}, orders: racy}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(written(t, func(b *bytes.Buffer) error { return report.ExplainScenario(b, own, report.Palette{}) }))
	const want = `own

       0 ms  c1 create a 1, saved as a 2, on client 2, about person 3, server
             1.5 ms, delivered twice

  client 2     clock ahead by 1.5s
  network      4g
  uplink       median 38ms, p99 350ms
  downlink     median 32ms, p99 280ms
  seed         7
  expects      naive: no anomalies
               switch: wrong, odds below 2.0 %, orders racy
`
	if text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}
