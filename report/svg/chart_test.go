package svg_test

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strconv"
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

// box is where a text lies, or a point.
type box struct {
	x0, y0, x1, y1 float64
	of             string
}

func (a box) meets(b box) bool { return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 }

var (
	texts  = regexp.MustCompile(`<text class="([^"]*)" x="([-0-9.]+)" y="([-0-9.]+)">([^<]*)</text>`)
	paths  = regexp.MustCompile(`<path class="(tip|tip hollow|curve|rest faint|up faint)"[^>]* d="([^"]*)"`)
	sizes  = regexp.MustCompile(`viewBox="0 0 380 ([0-9.]+)"`)
	points = regexp.MustCompile(`[ML]([-0-9.]+) ([-0-9.]+)`)
)

func float(t failing, text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// laidOut returns the texts of a chart and the points of its lines and marks.
func laidOut(t failing, chart string) (words, marks []box) {
	for _, m := range texts.FindAllStringSubmatch(chart, -1) {
		x, y, wide := float(t, m[2]), float(t, m[3]), 7.25*float64(len([]rune(strings.ReplaceAll(m[4], "&#34;", `"`))))
		class := strings.Fields(m[1])
		switch {
		case slices.Contains(class, "e"):
			x -= wide
		case slices.Contains(class, "c"):
			x -= wide / 2
		}
		words = append(words, box{x, y - 9, x + wide, y + 3, m[4]})
	}
	for _, p := range paths.FindAllStringSubmatch(chart, -1) {
		for _, m := range points.FindAllStringSubmatch(p[2], -1) {
			x, y := float(t, m[1]), float(t, m[2])
			marks = append(marks, box{x - 2, y - 2, x + 2, y + 2, p[1]})
		}
	}
	return words, marks
}

// No text of a chart lies on another, on a point or an end of a line, or outside of
// the picture: over the catalogue, with six strategies and with all of them, and of costs,
// for which all orders are run.
func TestChartsHaveRoom(t *testing.T) {
	all := strategies.Catalogue.Group("all")
	for i, s := range testkit.Some(testkit.Part(scenarios.All(), 32), 4) {
		for _, es := range [][]strategies.Entry{all[:6], all} {
			if len(es) == 6 || i%4 == 0 || testkit.All() {
				checkRoom(t, s.Name, odds(t, s, es))
			}
			if i%8 == 0 || testkit.All() {
				checkRoom(t, s.Name, costs(t, s, es))
			}
		}
	}
}

func odds(t *testing.T, s *scenarios.Scenario, es []strategies.Entry) (drawn []svg.Chart) {
	o := report.Options{Seed: 1, Trials: 2, Workers: 2}
	if n := len(s.Script.Actions); n > 1 {
		c, err := report.GapCurves(context.Background(), s, es, n, o)
		if err != nil {
			t.Fatal(err)
		}
		drawn = append(drawn, svg.Curves(c))
	}
	c, err := report.LatencyCurves(context.Background(), s, es, o)
	if err != nil {
		t.Fatal(err)
	}
	return append(drawn, svg.Curves(c))
}

func costs(t *testing.T, s *scenarios.Scenario, es []strategies.Entry) (drawn []svg.Chart) {
	m, err := report.Run(context.Background(), []*scenarios.Scenario{s}, es, report.Options{Seed: 1, Trials: 40, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, m.AtMost = range []float64{0, 0.3, 0.99} {
		for _, kind := range report.CostKinds {
			drawn = append(drawn, svg.Frontier(m.Frontier(0, kind)))
		}
	}
	return drawn
}

// Whatever costs are, and whoever has them.
func TestCostsHaveRoom(t *testing.T) {
	all := strategies.Catalogue.Group("all")
	looks := report.Looks(all)
	property.Check(t, func(t *rapid.T) {
		f := &report.Frontier{Made: report.Made{Scenario: "s", Network: "n"}, Kind: report.CostKinds[rapid.IntRange(0, 1).Draw(t, "kind")], AtMost: 0.1}
		n := rapid.IntRange(0, len(all)).Draw(t, "strategies")
		within, most := rapid.IntRange(0, n).Draw(t, "compared"), rapid.Float64Range(0.01, 5000).Draw(t, "most")
		for i := range n {
			p := report.Point{Strategy: all[i].Name, Look: looks[i], Labelled: i < report.Labelled, Known: true, State: report.Possible}
			p.Bad, p.Cost = rapid.Float64Range(0, 1).Draw(t, "share"), rapid.Float64Range(0, most).Draw(t, "cost")
			if i >= within {
				p.Why = report.Loses
			}
			f.Points = append(f.Points, p)
		}
		checkRoom(t, "costs", []svg.Chart{svg.Frontier(f)})
	})
}

// A click that waits for minutes has its time on the axis, in fewer letters.
func TestCostOfMinutes(t *testing.T) {
	f := &report.Frontier{Made: report.Made{Scenario: "s", Network: "n"}, Kind: report.CostKinds[0]}
	f.Points = []report.Point{{Strategy: "naive", Known: true, State: report.Proved, Cost: 150_000}}
	drawn := svg.Frontier(f)
	checkRoom(t, "minutes", []svg.Chart{drawn})
	if !strings.Contains(drawn.String(), ">100k</text>") {
		t.Error("no tick of the axis says 100k")
	}
}

type failing interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

func checkRoom(t failing, name string, charts []svg.Chart) {
	t.Helper()
	for _, c := range charts {
		drawn := c.String()
		if strings.Contains(drawn, "NaN") || strings.Contains(drawn, "Inf") {
			t.Errorf("%s: a number that is none", name)
		}
		size := sizes.FindStringSubmatch(drawn)
		words, marks := laidOut(t, drawn)
		if size == nil || len(words) < 4 || strings.Count(drawn, "<text") != len(words) {
			t.Fatal(name + " is not read")
		}
		for i, w := range words {
			if w.x0 < -1 || w.x1 > 381 || w.y0 < 0 || w.y1 > float(t, size[1]) {
				t.Errorf("%s: %q is outside: %v of %s", name, w.of, w, size[1])
			}
			for _, o := range words[:i] {
				if w.meets(o) {
					t.Errorf("%s: %q lies on %q", name, w.of, o.of)
				}
			}
			for _, p := range marks {
				if w.meets(p) {
					t.Errorf("%s: %q lies on a point (%s)", name, w.of, p.of)
				}
			}
		}
	}
}

// A chart says how it was made: seen, and heard.
func TestChartsSayHowTheyWereMade(t *testing.T) {
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	es := []strategies.Entry{testkit.Strategy(t, "naive"), testkit.Strategy(t, "conflate")}
	o := report.Options{Seed: 7, Trials: 40, Workers: 2}
	c, err := report.LatencyCurves(context.Background(), s, es, o)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := svg.WriteChart(&file, c.Made, []string{"a note"}, svg.Curves(c)); err != nil {
		t.Fatal(err)
	}
	parses(t, "file", file.Bytes())
	for name, drawn := range map[string]string{"file": file.String(), "element": svg.Curves(c).String()} {
		for _, want := range []string{"<title>create-then-two-updates: odds against latency</title>", "40 trials a point, from seed 7", "exp 120ms",
			"photofinish chart create-then-two-updates --against latency --strategy naive,conflate --trials 40 --seed 7", "<desc>"} {
			if !strings.Contains(drawn, want) {
				t.Errorf("the %s does not say %s", name, want)
			}
		}
	}
	if !strings.Contains(file.String(), ">a note</text>") {
		t.Error("the note is not there")
	}
	// Type of 12 units is no smaller than 11 px on a phone of 390 px, with a margin of 16 px.
	wide := regexp.MustCompile(`viewBox="0 0 ([0-9.]+) `).FindStringSubmatch(file.String())
	if px := 12 * (390 - 2*16) / float(t, wide[1]); px < 11 || !strings.Contains(file.String(), "font:12px") {
		t.Errorf("on a phone the type is %.1f px", px)
	}
}
