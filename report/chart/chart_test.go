package chart_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/chart"
	"photofinish/report/svg"
	"photofinish/scenarios"
	"photofinish/strategies"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func curves(t testing.TB, name string, kind string) *report.Curves {
	t.Helper()
	s, err := scenarios.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	var es []strategies.Entry
	for _, name := range strategies.Default() {
		es = append(es, testkit.Strategy(t, name))
	}
	o := report.Options{Seed: 1, Trials: 300, Workers: 2}
	var c *report.Curves
	if kind == "gap" {
		c, err = report.GapCurves(context.Background(), s, es, len(s.Script.Actions), o)
	} else {
		c, err = report.LatencyCurves(context.Background(), s, es, o)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func costs(t testing.TB, name string) []report.Cost {
	t.Helper()
	s, err := scenarios.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	var es []strategies.Entry
	for _, name := range append(strategies.Default(), "action-queue+hold") {
		es = append(es, testkit.Strategy(t, name))
	}
	m, err := report.Run(context.Background(), []*scenarios.Scenario{s}, es, report.Options{Seed: 1, Trials: 300, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return m.Costs(0)
}

func TestGoldens(t *testing.T) {
	for _, width := range []int{80, 100} {
		for name, write := range map[string]func(io.Writer, chart.Options) error{
			"gap": func(w io.Writer, o chart.Options) error {
				return chart.WriteCurves(w, curves(t, "create-then-two-updates", "gap"), o)
			},
			"latency": func(w io.Writer, o chart.Options) error {
				return chart.WriteCurves(w, curves(t, "overlapping-updates", "latency"), o)
			},
			"cost": func(w io.Writer, o chart.Options) error {
				return chart.WriteCosts(w, "create-then-two-updates", costs(t, "create-then-two-updates"), o)
			},
		} {
			var plain, coloured bytes.Buffer
			if err := write(&plain, chart.Options{Width: width}); err != nil {
				t.Fatal(err)
			}
			if err := write(&coloured, chart.Options{Width: width, Colours: true}); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(plain.String()) {
				if ansi.StringWidth(strings.TrimSuffix(line, "\n")) > max(80, width) {
					t.Errorf("%s: too wide for %d: %q", name, width, line)
				}
			}
			if strings.Contains(plain.String(), "\x1b") || !strings.Contains(coloured.String(), "\x1b") {
				t.Errorf("%s: colours where none are wanted, or none where they are", name)
			}
			if width != 80 {
				continue
			}
			testkit.Golden(t, name+".txt", plain.Bytes())
		}
	}
}

// The name of a scenario is the one text of a file that a chart shows.
func TestHostileName(t *testing.T) {
	var b bytes.Buffer
	if err := chart.WriteCosts(&b, "\x1b[31m\a\u202e", costs(t, "create-then-update"), chart.Options{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\a\u202e") {
		t.Errorf("%q", b.String()[:60])
	}
}

// Of what is proved of the charts' subjects: waiting between two updates makes
// an inversion less likely, longer latencies make it more likely, and nobody on
// the frontier is beaten by anybody.
func TestCurvesTellTheTruth(t *testing.T) {
	gap, latency := curves(t, "overlapping-updates", "gap"), curves(t, "overlapping-updates", "latency")
	naive := gap.Curves[0].Bad
	if first, last := naive[0], naive[len(naive)-1]; first < 0.4 || first > 0.6 || last > 0.1 {
		t.Errorf("two updates at once are inverted in %v, far apart in %v", first, last)
	}
	naive = latency.Curves[0].Bad
	if first, last := naive[0], naive[len(naive)-1]; first > 0.35 || last < 0.4 {
		t.Errorf("over a quick network they are inverted in %v, over a slow one in %v", first, last)
	}
	all := costs(t, "create-then-two-updates")
	for _, c := range all {
		for _, o := range all {
			for _, k := range report.CostKinds {
				if k.Frontier(all, c) && o.Bad < c.Bad && k.Of(o) < k.Of(c) {
					t.Errorf("%+v is beaten by %+v in %s", c, o, k.Name)
				}
			}
		}
	}
}

func TestChartsAreXML(t *testing.T) {
	var b bytes.Buffer
	all := costs(t, "create-then-two-updates")
	err := svg.WriteChart(&b, svg.Curves(curves(t, "create-then-two-updates", "gap")), svg.Curves(curves(t, "lost-answer", "latency")),
		svg.Costs(all, report.CostKinds[0]), svg.Costs(all, report.CostKinds[1]))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "NaN") || strings.Contains(b.String(), "Inf") {
		t.Error("a number that is none")
	}
	d := xml.NewDecoder(&b)
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
