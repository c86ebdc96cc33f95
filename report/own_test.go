package report_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/schema"
	"photofinish/report"
	"photofinish/report/export"
	"photofinish/report/html"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// own is naive as a program of the user's, until it breaks.
func own(t testing.TB, name string, breaks error) strategies.Entry {
	t.Helper()
	return ownOf(t, name, "naive", breaks)
}

// ownOf is a strategy of the catalogue as a program of the user's, on something.
func ownOf(t testing.TB, name, strategy string, breaks error) strategies.Entry {
	t.Helper()
	e := find(t, strategy)[0]
	stands := &strategies.Own{
		Runs: "node 20.1", Of: []string{"swr \x1b[31m2.5"}, Bundle: "sha256:0123456789abcdef", Args: []string{"--client", name + "=our save.tsx"},
		Used: func() []string { return []string{"one series of random numbers"} },
	}
	inner := e.New
	e.Name, e.Group = name, strategies.Yours
	e.New = func() strategies.Strategy { return ownNaive{inner(), stands, breaks} }
	return e
}

type ownNaive struct {
	strategies.Strategy
	own    *strategies.Own
	breaks error
}

func (o ownNaive) Own() *strategies.Own { return o.own }

// breaking is one that cannot go on.
type breaking struct{ ownNaive }

var _ sim.Foreign = breaking{}

func (b breaking) Post(*sim.Client, *sim.Request) {}
func (b breaking) Start(h *sim.Host, _ int)       { h.Fail(b.breaks) }
func (b breaking) End(*sim.Host, int)             {}

// brokenLater is one whose orders are fine, and that cannot go on after ten trials.
type brokenLater struct {
	breaking
	begun *atomic.Int64
}

func (b brokenLater) Start(h *sim.Host, view int) {
	if !h.Explored() && b.begun.Add(1) > 10 {
		b.breaking.Start(h, view)
	}
}

func broken(t testing.TB, name, why string) strategies.Entry {
	e := own(t, name, errors.New(why))
	inner := e.New
	e.New = func() strategies.Strategy { return breaking{inner().(ownNaive)} }
	return e
}

func matrixOf(t testing.TB, o report.Options, es ...strategies.Entry) *report.Matrix {
	t.Helper()
	m, err := report.Run(context.Background(), []*scenarios.Scenario{load(t, "fails.yaml"), load(t, "small.yaml")}, es, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A client of the user's own that is a built-in one has its figures, if it has the
// time; and else those of the first seeds.
func TestOwnFiguresAreThoseOfTheFirstSeeds(t *testing.T) {
	naive, ours := find(t, "naive")[0], own(t, "ours", nil)
	o := report.Options{Seed: 3, Trials: 60, Workers: 2, Within: time.Hour}
	m := matrixOf(t, o, naive, ours)
	for i := range m.Scenarios {
		if a, b := m.Cell(i, 0), m.Cell(i, 1); *a.Odds != *b.Odds || *a.Orders != *b.Orders {
			t.Errorf("%s: %v, %v", m.Scenarios[i].Name, a.Says(), b.Says())
		}
	}
	o.Within = 1 // over before the first trial
	short := matrixOf(t, o, ours)
	o.Trials = report.OwnWorkers * 4
	few := matrixOf(t, o, naive)
	for i := range m.Scenarios {
		c, want := short.Cell(i, 0), few.Cell(i, 0)
		if c.Trials != o.Trials || !c.Over || c.Verdicts != want.Verdicts || !strings.HasPrefix(c.Text(), "~") {
			t.Errorf("%s: %s, %+v; want %+v", m.Scenarios[i].Name, c.Text(), c.Odds, want.Odds)
		}
	}
	if done, all := short.Done(); done != all {
		t.Errorf("%d of %d: nobody waits for the others", done, all)
	}
}

// Where one lane cannot go on, the others have their figures, and it has none, in
// each format.
func TestOneLaneThatFails(t *testing.T) {
	const why = "save.tsx: after the click u2 it did not come to rest in 5 s"
	naive := find(t, "naive")[0]
	o := report.Options{Seed: 1, Trials: 50, Workers: 2, Within: time.Hour}
	m := matrixOf(t, o, naive, broken(t, "ours", why))
	alone := matrixOf(t, o, naive)
	for i := range m.Scenarios {
		if *m.Cell(i, 0).Odds != *alone.Cell(i, 0).Odds {
			t.Error("a lane has other figures beside one that fails")
		}
		if c := m.Cell(i, 1); c.Failed == nil || c.Trials > 0 || c.Bad() > 0 || c.Orders.RaceFree() || c.Orders.Bad() > 0 {
			t.Errorf("figures of what failed: %+v, %+v", c.Odds, c.Orders)
		}
	}
	if n := len(m.Failures()); n != len(m.Scenarios) {
		t.Errorf("%d cells failed", n)
	}
	for name, write := range matrixFormats {
		if text := string(written(t, func(b *bytes.Buffer) error { return write(b, m) })); !strings.Contains(text, why) {
			t.Errorf("%s does not say why:\n%.2000s", name, text)
		}
	}
	one, err := report.Run(context.Background(), m.Scenarios[:1], m.Strategies, o)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(written(t, func(b *bytes.Buffer) error { return inText(b, one, 80) })); strings.Contains(text, "()") {
		t.Errorf("parentheses about nothing:\n%s", text)
	}
	s := m.Scenarios[0]
	orders := report.Explore(context.Background(), s, broken(t, "ours", why), explore.Bounds{Classes: 200})
	if orders.RaceFree() || !strings.Contains(orders.Says(), why) || orders.Shortest != nil {
		t.Errorf("orders: %s", orders.Says())
	}
	for _, text := range [][]byte{
		written(t, func(b *bytes.Buffer) error { return terminal.WriteOrders(b, orders, terminal.Palette{}) }),
		written(t, func(b *bytes.Buffer) error { return export.WriteOrdersJSON(b, orders) }),
		written(t, func(b *bytes.Buffer) error {
			trial := report.Replay(s.Name, s.Script, broken(t, "ours", why), 1)
			return errors.Join(terminal.WriteStories(b, s, []*report.Trial{trial}, terminal.Palette{}), export.WriteTrialJSON(b, trial))
		}),
	} {
		if !strings.Contains(strings.Join(strings.Fields(string(text)), " "), why) {
			t.Errorf("does not say why:\n%s", text)
		}
	}
}

var matrixFormats = map[string]func(*bytes.Buffer, *report.Matrix) error{
	"text": func(b *bytes.Buffer, m *report.Matrix) error {
		return inText(b, m, 200)
	},
	"markdown": func(b *bytes.Buffer, m *report.Matrix) error { return inMarkdown(b, m) },
	"html":     func(b *bytes.Buffer, m *report.Matrix) error { return html.Write(context.Background(), b, m, "v1") },
	"json":     func(b *bytes.Buffer, m *report.Matrix) error { return export.WriteMatrixJSON(b, m) },
	"csv":      func(b *bytes.Buffer, m *report.Matrix) error { return export.WriteCSV(b, m) },
}

// What a client of the user's own ran on stands beside its figures in each format,
// as text that does nothing to a terminal; and each command names the client.
func TestWhatItRanOn(t *testing.T) {
	ours := own(t, "ours", nil)
	m := matrixOf(t, report.Options{Seed: 1, Trials: 30, Workers: 2, Within: time.Hour}, ours)
	plain := func(text []byte) string {
		return strings.Join(strings.Fields(strings.NewReplacer(`\`, "", "&#39;", "'").Replace(string(text))), " ")
	}
	command := `--client 'ours=our save.tsx' --strategy ours`
	for name, write := range matrixFormats {
		text := written(t, func(b *bytes.Buffer) error { return write(b, m) })
		testkit.Printable(t, name, bytes.ReplaceAll(text, []byte("\t"), nil))
		for _, want := range []string{"node 20.1", "0123456789ab", command} {
			if !strings.Contains(plain(text), want) {
				t.Errorf("%s has no %s", name, want)
			}
		}
		if name != "csv" && !strings.Contains(plain(text), "one series of random numbers") {
			t.Errorf("%s does not say what was varied", name)
		}
	}
	s, small, proved := m.Scenarios[0], load(t, "small.yaml"), false
	for _, o := range []*report.Orders{
		report.Explore(context.Background(), s, ours, explore.Bounds{Classes: 200}),
		report.Explore(context.Background(), small, ownOf(t, "ours", "mutation-scope", nil), explore.Bounds{}),
	} {
		proved = proved || o.RaceFree()
		for _, text := range [][]byte{
			written(t, func(b *bytes.Buffer) error { return terminal.WriteOrders(b, o, terminal.Palette{}) }),
			written(t, func(b *bytes.Buffer) error { return export.WriteOrdersJSON(b, o) }),
		} {
			if !strings.Contains(plain(text), "node 20.1") || !strings.Contains(plain(text), "timers of 16 ms to 30 s at any time, one series of random numbers") {
				t.Errorf("orders do not say what was varied: %s", text)
			}
		}
		if o.RaceFree() != strings.Contains(o.Says(), "at any time") {
			t.Errorf("a proof says what of: %s", o.Says())
		}
		if o.Shortest != nil && !strings.Contains(o.Command(), command) {
			t.Errorf("%s", o.Command())
		}
	}
	if !proved {
		t.Error("nothing is race-free: this test says nothing of proofs")
	}
	valid := schema.Validator(t, export.Schema)
	trial := report.Replay(s.Name, s.Script, broken(t, "ours", "no"), 1)
	for _, text := range [][]byte{
		written(t, func(b *bytes.Buffer) error { return export.WriteMatrixJSON(b, m) }),
		written(t, func(b *bytes.Buffer) error { return export.WriteTrialJSON(b, trial) }),
		written(t, func(b *bytes.Buffer) error {
			return export.WriteOrdersJSON(b, report.Explore(context.Background(), s, ours, explore.Bounds{Classes: 200}))
		}),
	} {
		if err := valid(text); err != nil {
			t.Errorf("%.200s: %v", text, err)
		}
	}
}

// A share of figures of a client of the user's own is put together only with those
// of the same program.
func TestSharesOfAnotherProgram(t *testing.T) {
	ours := own(t, "ours", nil)
	pinned, err := scenarios.Find("create-then-two-updates") // which goes wrong as it is pinned
	if err != nil {
		t.Fatal(err)
	}
	ss, es, o := []*scenarios.Scenario{load(t, "small.yaml"), pinned}, []strategies.Entry{ours}, report.Options{Seed: 1, Trials: 40, Within: time.Hour}
	share := func(i int) *report.Partial { return report.NewPartial(ss, es, o, i, 2) }
	text := func(p *report.Partial) string {
		if err := p.Run(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		return string(written(t, func(b *bytes.Buffer) error { return p.Write(b, "v1") }))
	}
	first, second := text(share(1)), text(share(2))
	if !strings.Contains(first, `"bundle":"sha256:0123456789abcdef"`) {
		t.Error("the hash of the program is not in it")
	}
	read := func(text string, lineup strategies.Lineup) (*report.Partial, error) {
		return report.ReadPartial(strings.NewReader(text), "v1", lineup)
	}
	lineup := append(strategies.Lineup{ours}, strategies.Catalogue...)
	a, err1 := read(first, lineup)
	b, err2 := read(second, lineup)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	m, err := report.Merge([]report.Named{{Name: "a", Partial: a}, {Name: "b", Partial: b}})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := report.Run(context.Background(), ss, es, o)
	if err != nil {
		t.Fatal(err)
	}
	json := func(m *report.Matrix) string {
		return string(written(t, func(b *bytes.Buffer) error { return export.WriteMatrixJSON(b, m) }))
	}
	if got := json(m); got != json(whole) || !strings.Contains(got, `"replayed":"wrong"`) {
		t.Errorf("merged:\n%s\nwhole:\n%s", got, json(whole))
	}
	b.Within = time.Minute
	if _, err := report.Merge([]report.Named{{Name: "a", Partial: a}, {Name: "b", Partial: b}}); err == nil || !strings.Contains(err.Error(), "they differ in the saves a day, or the time of a cell (--within)") {
		t.Errorf("another time: got %v", err)
	}
	for name, c := range map[string]struct {
		text   string
		lineup strategies.Lineup
		want   string
	}{
		"nobody":          {first, strategies.Catalogue, "it has figures of a client of your own, ours: name that, as when it was made: --client ours=…"},
		"another program": {strings.Replace(first, "0123456789abcdef", "fedcba9876543210", 1), lineup, `ours ran on node 20.1, swr \x1b[31m2.5, sha256:fedcba987654 when this was made, and now it is node 20.1, swr \x1b[31m2.5, sha256:0123456789ab: run this share again`},
		"no program":      {strings.Replace(first, `"programs":{"ours"`, `"programs":{"naive"`, 1), lineup, "it has figures of a client of your own, naive: name that"},
		"in no hurry":     {strings.Replace(first, `"orders":{`, `"over":true,"orders":{`, 1), lineup, "over is said of a cell that nobody was to hurry with, or that is complete"},
		"not said":        {first[:strings.Index(first, `,"programs"`)] + "}", lineup, "programs does not say what ours ran on"},
	} {
		if _, err := read(c.text, c.lineup); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Of what fails on its way nothing is written down: who goes on begins anew.
func TestWhatFailsLater(t *testing.T) {
	e, begun := broken(t, "ours", "it ended"), new(atomic.Int64)
	inner := e.New
	e.New = func() strategies.Strategy { return brokenLater{inner().(breaking), begun} }
	p := report.NewPartial([]*scenarios.Scenario{load(t, "small.yaml")}, []strategies.Entry{e}, report.Options{Seed: 1, Trials: 40, Within: time.Hour}, 1, 1)
	if err := p.Run(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if c := p.Matrix().Cell(0, 0); c.Failed == nil || c.Trials > 0 || c.Orders.Classes > 0 || p.Complete() {
		t.Errorf("%+v, %+v", c.Odds, c.Orders)
	}
	if text := string(written(t, func(b *bytes.Buffer) error { return p.Write(b, "v1") })); !strings.Contains(text, `"trials":0,`) || strings.Contains(text, "Classes") {
		t.Errorf("written down: %s", text)
	}
}

// Points of a curve of a client of the user's own have the same seeds and as many
// trials each; one that fails is left out, aloud.
func TestCurvesOfOnesOwn(t *testing.T) {
	s, naive := load(t, "small.yaml"), find(t, "naive")[0]
	o := report.Options{Seed: 1, Trials: 30, Workers: 2, Within: time.Hour}
	c, err := report.LatencyCurves(context.Background(), s, []strategies.Entry{own(t, "ours", nil), naive, broken(t, "theirs", "it ended")}, o)
	if err != nil || len(c.Curves) != 2 {
		t.Fatal(err, len(c.Curves))
	}
	for k := range c.X {
		if c.Curves[0].Bad[k] != c.Curves[1].Bad[k] {
			t.Errorf("point %d: %v, %v", k, c.Curves[0].Bad[k], c.Curves[1].Bad[k])
		}
	}
	if notes := strings.Join(c.Notes(), "; "); notes != "theirs failed: it ended" {
		t.Errorf("notes: %s", notes)
	}
	o.Within = 1
	c, err = report.LatencyCurves(context.Background(), s, []strategies.Entry{own(t, "ours", nil)}, o)
	if err != nil || c.Curves[0].Trials != 1 || !strings.Contains(strings.Join(c.Notes(), ""), "ours: 1 trials a point, in the time that it had (--within)") {
		t.Errorf("%v %v", err, c.Notes())
	}
}
