package chart_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/chart"
	"photofinish/scenarios"
	"photofinish/strategies"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// drawn are the curves that several tests look at, by scenario and kind.
var drawn = map[[2]string]*report.Curves{}

func curves(t testing.TB, name string, kind string) *report.Curves {
	t.Helper()
	if c := drawn[[2]string{name, kind}]; c != nil {
		return c
	}
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
	drawn[[2]string{name, kind}] = c
	return c
}

func frontiers(t testing.TB, name string) []*report.Frontier {
	t.Helper()
	s, err := scenarios.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	var es []strategies.Entry
	for _, name := range append(strategies.Default(), "conflate", "save-queue", "refuse") {
		es = append(es, testkit.Strategy(t, name))
	}
	m, err := report.Run(context.Background(), []*scenarios.Scenario{s}, es, report.Options{Seed: 1, Trials: 300, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	var all []*report.Frontier
	for _, kind := range report.CostKinds {
		all = append(all, m.Frontier(0, kind))
	}
	return all
}

func TestGoldens(t *testing.T) {
	gap, latency, cost := curves(t, "create-then-two-updates", "gap"), curves(t, "overlapping-updates", "latency"), frontiers(t, "create-then-two-updates")
	for _, width := range []int{60, 80, 100} {
		for name, write := range map[string]func(io.Writer, chart.Options) error{
			"gap":     func(w io.Writer, o chart.Options) error { return chart.WriteCurves(w, gap, o) },
			"latency": func(w io.Writer, o chart.Options) error { return chart.WriteCurves(w, latency, o) },
			"cost":    func(w io.Writer, o chart.Options) error { return chart.WriteFrontiers(w, cost, o) },
		} {
			var plain, coloured bytes.Buffer
			if err := write(&plain, chart.Options{Width: width}); err != nil {
				t.Fatal(err)
			}
			if err := write(&coloured, chart.Options{Width: width, Colours: true}); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(plain.String()) {
				command := strings.HasPrefix(line, "photofinish ") // which is to be copied
				if !command && ansi.StringWidth(strings.TrimSuffix(line, "\n")) > width {
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
	all := frontiers(t, "create-then-update")
	all[0].Scenario, all[0].Network = "\x1b[31m\a\u202e", "a \x1b network"
	if err := chart.WriteFrontiers(&b, all, chart.Options{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\a\u202e") {
		t.Errorf("%q", b.String()[:60])
	}
}

// Of what is proved of the charts' subjects: waiting between two updates makes
// an inversion less likely, and longer latencies make it more likely.
func TestCurvesTellTheTruth(t *testing.T) {
	testkit.Long(t, "these are many trials")
	gap, latency := curves(t, "overlapping-updates", "gap"), curves(t, "overlapping-updates", "latency")
	naive := gap.Curves[0].Bad
	if first, last := naive[0], naive[len(naive)-1]; first < 0.4 || first > 0.6 || last > 0.1 {
		t.Errorf("two updates at once are inverted in %v, far apart in %v", first, last)
	}
	naive = latency.Curves[0].Bad
	if first, last := naive[0], naive[len(naive)-1]; first > 0.35 || last < 0.4 {
		t.Errorf("over a quick network they are inverted in %v, over a slow one in %v", first, last)
	}
}
