package report_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// made is a cell of a matrix that no run has filled.
type made struct {
	verdicts    map[judge.Verdict]int // of 10,000 trials; the rest is ok
	orders, bad int64                 // classes; bad ones end wrong
	doubtful    int64                 // end unknown
	more        bool                  // not all were run
	pinned      judge.Verdict
	trials      int // 0: 10,000; below: none
	waits       time.Duration
	sent, saves int
}

// shipped are the scenarios of the catalogue, read once.
var shipped = sync.OnceValue(scenarios.All)

// figuresOf makes a matrix of cells, by scenario and strategy.
func figuresOf(t testing.TB, names []string, cells ...[]made) *report.Matrix {
	t.Helper()
	m := &report.Matrix{Options: report.Options{Seed: 1, Trials: 10_000}, Strategies: find(t, names...)}
	for i, row := range cells {
		odds, orders, pinned := make([]report.Odds, len(row)), make([]explore.Result, len(row)), make([]judge.Verdict, len(row))
		for j, c := range row {
			o := &odds[j]
			if o.Trials = c.trials; c.trials == 0 {
				o.Trials = 10_000
			} else if c.trials < 0 {
				o.Trials = 0
			}
			o.Verdicts[judge.OK] = o.Trials
			for v, n := range c.verdicts {
				o.Verdicts[v] = n
				o.Verdicts[judge.OK] -= n
			}
			o.Costs = report.Costs{Good: o.Verdicts[judge.OK], Waits: c.waits, P50: c.waits, P99: 2 * c.waits, Sent: c.sent, Saves: c.saves}
			if c.waits > 0 {
				o.Costs.Clicks = o.Costs.Good
			}
			orders[j] = explore.Result{Classes: c.orders, Complete: !c.more}
			orders[j].Verdicts[judge.Wrong], orders[j].Verdicts[judge.Unknown] = c.bad, c.doubtful
			orders[j].Verdicts[judge.OK] = c.orders - c.bad - c.doubtful
			pinned[j] = c.pinned
		}
		m.Scenarios = append(m.Scenarios, shipped()[i])
		m.Cells, m.Orders, m.Replayed = append(m.Cells, odds), append(m.Orders, orders), append(m.Replayed, pinned)
	}
	return m
}

// of counts trials that end with a verdict.
func of(v judge.Verdict, n int) map[judge.Verdict]int { return map[judge.Verdict]int{v: n} }

// each has a cell of each kind, with what it is called, and what is said of it.
var each = []struct {
	name                       string
	cell                       made
	text, word, orders, legend string
}{
	{"wrong", made{verdicts: of(judge.Wrong, 640), orders: 11, bad: 4}, "✗ 6.4 %", "wrong", "4/11",
		"naive ends silently wrong in 6.4 % of its trials"},
	{"wrong and stuck", made{verdicts: map[judge.Verdict]int{judge.Wrong: 640, judge.Stuck: 10}, orders: 11, bad: 4}, "✗ 6.4 % …", "wrong", "4/11",
		"naive ends silently wrong in 6.4 % of its trials, and gets stuck in 0.10 %"},
	{"stuck", made{verdicts: of(judge.Stuck, 10_000), orders: 2}, "… 100 %", "stuck", "2",
		"naive waits for ever in 100 % of its trials, and ends wrong in none"},
	{"possible", made{orders: 7, bad: 2}, "○ 0 % · 2/7", "possible", "2/7",
		"naive goes wrong in none of 10,000 trials, and in 2 of 7 orders"},
	{"possible, of many", made{orders: 20_000, bad: 3, more: true}, "○ 0 % · 3/20k+", "possible", "3/20k+",
		"naive goes wrong in none of 10,000 trials, and in 3 of the first 20,000 orders"},
	{"pinned", made{orders: 7, pinned: judge.Wrong}, "○ 0 % · as pinned: ✗", "possible", "7",
		"naive goes wrong in none of 10,000 trials, and goes wrong as its file pins it"},
	{"pinned, stuck", made{orders: 7, pinned: judge.Stuck}, "○ 0 % · as pinned: …", "possible", "7",
		"naive goes wrong in none of 10,000 trials, and gets stuck as its file pins it"},
	{"pinned, and orders", made{orders: 7, bad: 2, pinned: judge.Wrong}, "○ 0 % · as pinned: ✗", "possible", "2/7",
		"naive goes wrong in none of 10,000 trials, and goes wrong as its file pins it, and in 2 of 7 orders"},
	{"many orders", made{orders: 20_000, more: true}, "? 0 %", "open", "20k+",
		"naive goes wrong in none of 10,000 trials, so in at most 0.04 % of all (95 %); of its orders the first 20,000 were run, and there are more"},
	{"doubtful orders", made{orders: 7, doubtful: 2}, "? 0 %", "open", "2/7",
		"naive goes wrong in none of 10,000 trials, so in at most 0.04 % of all (95 %); of 2 of 7 orders nobody knows how they end"},
	{"doubtful trials", made{verdicts: of(judge.Unknown, 120), orders: 7}, "? 1.2 %", "open", "7",
		"naive does not end in 1.2 % of its trials, so that nobody knows"},
	{"loud", made{verdicts: of(judge.Loud, 9_980), orders: 4}, "! 99.8 %", "loud", "4",
		"naive loses nothing silently in any order (all 4 run); in 99.8 % of its trials the user is told that something failed"},
	{"proved", made{orders: 5}, "✓", "proved", "5",
		"naive goes wrong in no order (all 5 run), and in none of 10,000 trials, so in at most 0.04 % of all (95 %)"},
	{"proved, one order", made{orders: 1}, "✓", "proved", "1",
		"naive goes wrong in no order (there is one), and in none of 10,000 trials, so in at most 0.04 % of all (95 %)"},
	{"interrupted", made{orders: 5, trials: 300}, "~✓", "proved", "5",
		"naive goes wrong in no order (all 5 run), and in none of 300 trials, so in at most 1.3 % of all (95 %)"},
	{"not run", made{orders: 5, bad: 2, trials: -1}, "·", "none", "2/5", ""},
}

func TestCellText(t *testing.T) {
	for _, x := range each {
		t.Run(x.name, func(t *testing.T) {
			m := figuresOf(t, []string{"naive"}, []made{x.cell})
			c := m.Cell(0, 0)
			if c.Text() != x.text || c.Word() != x.word || c.OrdersFigure() != x.orders {
				t.Errorf("%q %q %q", c.Text(), c.Word(), c.OrdersFigure())
			}
			var says string
			for _, n := range m.Notes() {
				if n.Word != "" {
					says += n.Says
				}
			}
			if says != x.legend {
				t.Errorf("legend: %s", says)
			}
		})
	}
}

// The legend explains each mark that a cell bears, and no other; of what has no trial
// at all there is no row.
func TestNotesOfWhatIsThere(t *testing.T) {
	for k, x := range each {
		y := each[(k+1)%len(each)]
		for _, cells := range [][][]made{{{x.cell, y.cell}}, {{x.cell, y.cell}, {{orders: 5}, {orders: 5}}}} {
			m := figuresOf(t, []string{"naive", "callbacks"}, cells...)
			var marks, text string
			for _, n := range m.Notes() {
				marks += n.Glyph
			}
			for c := range m.Each {
				if c.Known() {
					text += strings.ReplaceAll(c.Text(), "·", "")
				} else if len(cells) > 1 {
					text += c.Text()
				}
			}
			for _, mark := range "✗…○?!✓·~" {
				is := strings.ContainsRune(text, mark) && (mark != '…' || strings.Contains(text, "… 100 %")) // else it stands beside another
				is = is && (mark != '✗' || !strings.Contains(text, "pinned: ✗") || strings.Count(text, "✗") > 1)
				if is != strings.ContainsRune(marks, mark) {
					t.Errorf("%s, %s: %c is in the table: %v; the legend has %s", x.name, y.name, mark, is, marks)
				}
			}
		}
	}
}

func TestEligible(t *testing.T) {
	safe, loud := made{orders: 5}, made{orders: 5, verdicts: of(judge.Loud, 10)}
	possible, seldom, often := made{orders: 5, bad: 1}, made{verdicts: of(judge.Wrong, 3)}, made{verdicts: of(judge.Wrong, 6)}
	few := made{orders: 5, bad: 1, trials: 100}
	for _, x := range []struct {
		name  string
		cells []made
		want  []bool
	}{
		{"the safe", []made{often, safe, loud, possible}, []bool{false, true, true, false}},
		{"else who loses next to never", []made{often, seldom, possible, few}, []bool{false, true, true, false}},
		{"nobody", []made{often, few, {trials: -1}, often}, []bool{false, false, false, false}},
	} {
		m := figuresOf(t, []string{"naive", "callbacks", "conflate", "refuse"}, x.cells)
		for j, want := range x.want {
			if m.Eligible(0, j) != want {
				t.Errorf("%s: %s: %v", x.name, m.Strategies[j].Name, !want)
			}
		}
	}
}

func TestSummaries(t *testing.T) {
	safe := func(ms int) made { return made{orders: 5, waits: time.Duration(ms) * time.Millisecond} }
	lost := func(n int) made { return made{verdicts: of(judge.Wrong, n), orders: 2, bad: 1, waits: 1} }
	loud := made{orders: 5, verdicts: of(judge.Loud, 10_000)}
	possible := made{orders: 7, bad: 2}
	m := figuresOf(t, []string{"refuse", "conflate", "naive", "callbacks", "polling"},
		[]made{loud, safe(300), lost(5), lost(10_000), safe(100)},
		[]made{loud, safe(100), lost(10_000), lost(10_000), safe(100)},
		[]made{safe(50), possible, lost(5), safe(200), {trials: -1}})
	for by, want := range map[report.Sort]string{
		"":              "polling conflate refuse callbacks naive",
		report.BySafety: "polling conflate refuse callbacks naive",
		report.ByWorst:  "polling conflate refuse callbacks naive",
		report.ByWaits:  "refuse polling conflate callbacks naive",
		report.ByName:   "callbacks conflate naive polling refuse",
	} {
		var names []string
		for _, s := range m.Summaries(by) {
			names = append(names, s.Strategy.Name)
			if m.Strategies[s.Column].Name != s.Strategy.Name {
				t.Errorf("%s has the column of %s", s.Strategy.Name, m.Strategies[s.Column].Name)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("by %q: %s", by, got)
		}
	}
	says := func(s report.Summary) string {
		name, figure := s.Worsts()
		return strings.TrimSpace(name + " " + figure)
	}
	first, second, third := m.Scenarios[0].Name, m.Scenarios[1].Name, m.Scenarios[2].Name
	for _, s := range m.Summaries(report.BySafety) {
		want := map[string]string{
			"conflate": third + " ○ 2/7", "naive": second + " 100 %", "callbacks": first + " 100 %", "polling": "", "refuse": "",
		}[s.Strategy.Name]
		if got := says(s); got != want {
			t.Errorf("the worst of %s: %q, want %q", s.Strategy.Name, got, want)
		}
		n := map[string]int{"polling": 2}[s.Strategy.Name]
		if n == 0 {
			n = 3
		}
		if s.Known != n {
			t.Errorf("%s: %d are known", s.Strategy.Name, s.Known)
		}
		if s.Strategy.Name == "conflate" && (s.Waits != 200*time.Millisecond || s.WaitsIn != 2) {
			t.Errorf("conflate waits %v in %d", s.Waits, s.WaitsIn)
		}
	}
	var notes []string
	for _, n := range report.SummaryNotes(m.Summaries(report.BySafety)) {
		notes = append(notes, n.Label()+": "+n.Says)
	}
	want := []string{
		"✓ proved: in 2 of 2 polling goes wrong in no order (all run) or trial",
		"! loud: in 2 of 3 refuse loses nothing silently, but tells of failures",
		"○ possible: in 1 of 3 conflate goes wrong in no trial, but it can",
		"✗ wrong: in 2 of 3 callbacks ends silently wrong in some trials",
		"waits: ms to a click's answer, mean of scenarios where it is safe and no louder",
	}
	if !slices.Equal(notes, want) {
		t.Errorf("%q", notes)
	}
}

func TestFigures(t *testing.T) {
	m := figuresOf(t, []string{"naive", "polling", "conflate"}, []made{
		{verdicts: of(judge.Wrong, 8_726), orders: 7, bad: 3, waits: 128 * time.Millisecond, sent: 316, saves: 100},
		{verdicts: of(judge.Stuck, 10_000), orders: 2},
		{orders: 5, waits: 311 * time.Millisecond, sent: 72, saves: 100},
	})
	want := []report.Figures{
		{"87.3 %", "0 %", "0 %", "86.6–87.9", "3/7", "128", "128", "256", "", "3.16", "0", false},
		{"0 %", "100 %", "0 %", "99.96–100", "2", "–", "–", "–", "never (100 %)", "none", "–", false},
		{"0 %", "0 %", "0 %", "0–0.04", "5", "311", "311", "622", "", "0.72", "0", true},
	}
	for j := range want {
		if got := m.Figures(0, j); got != want[j] {
			t.Errorf("%s: %+v", m.Strategies[j].Name, got)
		}
	}
}

// Where others are as good as the answer, the legend says by what.
func TestNotesOfAsGood(t *testing.T) {
	for _, as := range []report.As{report.AsGood, report.WithServer} {
		m := figuresOf(t, []string{"naive"}, []made{each[0].cell})
		m.Answer = &report.Answer{Also: []report.Also{{As: as}}}
		notes := m.Notes()
		if said := notes[len(notes)-1].Word == "as good"; said != (as == report.AsGood) {
			t.Errorf("beside it stands one for %s: %+v", as, notes)
		}
	}
}

// TestCostsAside puts figures in parentheses, and nothing that is none.
func TestCostsAside(t *testing.T) {
	var f report.Figures
	for figure, want := range map[string]string{"203": "(203)", "3.16": "(3.16)", "0": "0", report.Dash: report.Dash, "none": "none", "": ""} {
		if got := f.Cost(figure); got != want {
			t.Errorf("%q is %q, want %q", figure, got, want)
		}
	}
}
