package chart

import (
	"context"
	"math"
	"math/bits"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/page/pagetest"
	"photofinish/tui/session"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// alone makes playgrounds that have nothing but the chart.
var alone = pagetest.Maker[*Chart](func(b page.Base) *Chart { return &Chart{Base: b} })

type model = pagetest.Playground[*Chart]

const ms = time.Millisecond

// onChartOf returns a playground that shows the chart of u2 and u3, of which
// nothing is known yet.
func onChartOf(t testing.TB, w, h int) *model {
	t.Helper()
	m := alone.Open(t, "create-then-two-updates", w, h, 268*ms)
	m.Session = m.Session.Select(3)
	m.Own.Open()
	return m
}

// feed lets results come in as from the background: the share of bad runs of
// each lane, by the gap in ms.
func feed(m *model, share func(lane string, gap float64) (wrong, stuck float64)) {
	c := m.Own
	for lane, name := range c.names {
		msg := chartMsg{job: c.job, lane: lane, every: 1}
		for i := range c.curves[lane].points {
			p := point{trials: 10_000}
			wrong, stuck := share(name, float64(time.Duration(i)*c.step)/float64(ms))
			p.wrong, p.stuck = int(math.Round(10_000*wrong)), int(math.Round(10_000*stuck))
			msg.found = append(msg.found, p)
		}
		if name == "polling" {
			msg.timer = 50 * ms
		}
		m.Route(msg)
	}
}

// likely are curves of the kind that the six have.
func likely(lane string, gap float64) (wrong, stuck float64) {
	switch lane {
	case "naive", "hold-outgoing":
		return math.Exp(-gap / 180), 0
	case "merged-updates":
		return 0.2 * (1 - math.Exp(-gap/100)) * math.Exp(-gap/400), 0
	case "polling":
		return math.Mod(gap, 50) / 50 * math.Exp(-gap/200), 0
	}
	return 0.5 * math.Exp(-gap/240), 0
}

// settle gives the lanes the odds that belong to the curves.
func settle(m *model, share func(lane string, gap float64) (wrong, stuck float64)) {
	first, second := m.Own.clicks()
	m.Results.Odds = map[string]report.Odds{}
	for _, name := range m.Own.names {
		wrong, stuck := share(name, float64(second-first)/float64(ms))
		o := pagetest.Odds(int(10_000*wrong), int(10_000*stuck))
		o.FirstBad.Seed, o.Kinds[judge.MonotonicWrites] = 1, o.Bad()
		m.Results.Odds[name] = o
	}
}

// TestChartCounts: while points are missing the chart says so, and draws none of the
// others' neighbours together: no tooth that goes away again.
func TestChartCounts(t *testing.T) {
	m := onChartOf(t, 120, 40)
	c := m.Own
	m.Press("6")
	every := len(c.curves[0].points) / 16
	for lane := range c.names {
		msg := chartMsg{job: c.job, lane: lane, every: every}
		for i := 0; i < len(c.curves[lane].points); i += every {
			wrong, _ := likely(c.names[lane], float64(time.Duration(i)*c.step)/float64(ms))
			msg.found = append(msg.found, point{trials: stages[0].trials, wrong: int(float64(stages[0].trials) * wrong)})
		}
		m.Route(msg)
	}
	pagetest.Fits(t, m.Host)
	testkit.Golden(t, "chart-counting-120x40.txt", m.Canvas.String())
	const says = "counting: 0 of 6 curves"
	if !strings.Contains(m.Canvas.String(), says) {
		t.Errorf("it does not say %q", says)
	}
	dots := 0
	for _, cell := range c.plot.cells {
		dots += bits.OnesCount8(uint8(cell.braille))
	}
	if known := len(c.names) * (len(c.curves[0].points)/every + 1); dots == 0 || dots > 2*known {
		t.Errorf("%d dots of %d points", dots, known)
	}
	feed(m, likely)
	m.Draw()
	if strings.Contains(m.Canvas.String(), "counting") {
		t.Error("it says that it counts, and does not")
	}
}

// What a curve says before it has all its trials is so far, and as long it is counted.
func TestChartSaysSoFar(t *testing.T) {
	for _, tt := range []struct {
		trials int
		all    bool
	}{{stages[1].trials, false}, {stages[2].trials - 1, false}, {stages[2].trials, true}} {
		m := onChartOf(t, 200, 50)
		c := m.Own
		for lane := range c.names {
			msg := chartMsg{job: c.job, lane: lane, every: 1}
			for i := range c.curves[lane].points {
				wrong, _ := likely(c.names[lane], float64(time.Duration(i)*c.step)/float64(ms))
				msg.found = append(msg.found, point{trials: tt.trials, wrong: int(float64(tt.trials) * wrong)})
			}
			m.Route(msg)
		}
		m.Draw()
		says := strings.Join(c.says(c.sheet(), 500, 9), "\n")
		if says == "" || strings.HasPrefix(says, "So far: ") == tt.all || (c.counting() == "") != tt.all {
			t.Errorf("%d trials: %q, %q", tt.trials, says, c.counting())
		}
	}
}

func TestChartScreens(t *testing.T) {
	for _, tt := range []struct {
		file string
		w, h int
		set  func(*model)
	}{
		{"chart-60x16.txt", 60, 16, nil},
		{"chart-80x24.txt", 80, 24, nil},
		{"chart-120x40.txt", 120, 40, nil},
		{"chart-200x50.txt", 200, 50, nil},
		{"chart-log-80x24.txt", 80, 24, func(m *model) { m.Press("l") }},
		{"chart-log-120x40.txt", 120, 40, func(m *model) { m.Press("l") }},
		{"chart-polling-120x40.txt", 120, 40, func(m *model) { m.Press("6") }},
		{"chart-no-gap-120x40.txt", 120, 40, func(m *model) { m.Press("{") }},
	} {
		t.Run(strings.TrimSuffix(tt.file, ".txt"), func(t *testing.T) {
			m := onChartOf(t, tt.w, tt.h)
			feed(m, likely)
			if tt.set != nil {
				tt.set(m)
			}
			settle(m, likely)
			pagetest.Fits(t, m.Host)
			testkit.Golden(t, tt.file, m.Canvas.String())
		})
	}
}

func TestChartHasNoNeedOfColour(t *testing.T) {
	m := onChartOf(t, 120, 40)
	feed(m, likely)
	settle(m, likely)
	m.Draw()
	none := m.Canvas.Render(ink.NewTheme(ink.NoColour, false))
	testkit.Golden(t, "chart-120x40-none.ans", none+"\n")
	if strings.Contains(none, ";3") || strings.Contains(none, ";4") {
		t.Error("colours without colour")
	}
}

// The line of the gap stands under the second click, wherever that goes, and
// the curves stay: they are not worked out again.
func TestChartMarkIsUnderTheClick(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}, {200, 50}} {
		m := onChartOf(t, size[0], size[1])
		feed(m, likely)
		m.Draw()
		job, end, curves := m.Own.job, m.Own.end, slices.Clone(m.Own.plot.cells)
		for _, step := range []struct {
			key string
			gap int
		}{{"]", 40}, {")", 41}, {"}", 141}, {"(", 140}, {"[", 130}, {"{", 30}, {"]", 40}, {"}", 140}, {"}", 240}} {
			m.Press(step.key)
			first, second := m.Own.clicks()
			if got := second - first; got != time.Duration(step.gap)*ms {
				t.Fatalf("after %s a gap of %v, want %d ms", step.key, got, step.gap)
			}
			m.Draw()
			sh := m.Own.sheet()
			i := slices.IndexFunc(m.Hit.Chips, func(c frame.Chip) bool { return c.Y == sh.hands && c.Action == 3 })
			if i < 0 {
				t.Fatalf("no u3 among the hands:\n%s", m.Canvas.String())
			}
			x := sh.ax.Cell(second)
			if r := m.Canvas.Rune(x, sh.hands+2); r != '│' && r != '●' {
				t.Errorf("%v: no line at the gap after %s:\n%s", size, step.key, m.Canvas.String())
			}
			room := 0 // where it stands beside u2, it makes way
			if x <= sh.ax.Cell(first)+2 {
				room = 1
			}
			if off := m.Hit.Chips[i].X - x; off < 0 || off > room {
				t.Errorf("%v: u3 stands %d columns beside its line after %s:\n%s", size, off, step.key, m.Canvas.String())
			}
			if m.Own.end != end || m.Own.job != job || !slices.Equal(m.Own.plot.cells, curves) {
				t.Errorf("%v: the curves have changed after %s", size, step.key)
			}
		}
	}
}

// What follows the second click goes with it, what stands before does not, and
// it never comes before the first.
func TestChartMovesWhatFollows(t *testing.T) {
	m := alone.Open(t, "create-then-two-updates", 120, 40, 0)
	m.Session = m.Session.Select(2)
	m.Own.Open()
	m.Press("}")
	if got, want := pagetest.Actions(m.Host), "c1@0 u2@140 u3@170"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	m.Press("{", "{", "{")
	if got, want := pagetest.Actions(m.Host), "c1@0 u2@0 u3@30"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !strings.Contains(m.Message, "u2 cannot come before c1") {
		t.Errorf("the user is told %q", m.Message)
	}
	m.Press("z", "z", "z")
	if got, want := pagetest.Actions(m.Host), "c1@0 u2@40 u3@70"; got != want {
		t.Errorf("undone: %s, want %s", got, want)
	}
}

// workOut does all that is to be done in the background.
func workOut(m *model, cmd tea.Cmd) {
	for cmd != nil {
		cmd = m.Own.take(cmd().(chartMsg))
	}
}

// The curves are right: at the gap that there is they say what the lanes say.
func TestChartAgreesWithTheLanes(t *testing.T) {
	testkit.Alone(t)
	testkit.Long(t, "it works all curves out")
	sc, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	names := testkit.Sample(strategies.Default(), []string{"naive", "action-queue", "polling"}, nil)
	m := alone.On(t, session.New(sc, names, 1), 60, 16)
	m.MoveTo(0)
	m.Session = m.Session.Select(3)
	workOut(m, m.Own.Open())
	if _, _, _, more := m.Own.due(0); more {
		t.Fatal("not all was worked out")
	}
	c := m.Own
	for _, steps := range []int{0, 6, 15, 40} {
		s := apart(c.base, c.second, time.Duration(steps)*c.step)
		if steps == 6 && !sameScript(s, m.Session.Script.Unpinned()) {
			t.Fatalf("30 ms apart is not the script of the lanes: a step is %v", c.step)
		}
		for lane, e := range m.Entries {
			o := report.Estimate(context.Background(), s, e, report.Options{Seed: 1, Trials: 10_000, Workers: runtime.GOMAXPROCS(0)})
			want, p := o.Share(o.Bad()), c.curves[lane].points[steps]
			same := report.Estimate(context.Background(), s, e, report.Options{Seed: 1, Trials: p.trials})
			if p != (point{stages[len(stages)-1].trials, same.Verdicts[judge.Wrong], same.Verdicts[judge.Stuck]}) {
				t.Errorf("%s at %v: %+v, but the first trials come to %v", e.Name, time.Duration(steps)*c.step, p, same.Verdicts)
			}
			se := math.Sqrt(want * (1 - want) * (1/float64(p.trials) + 1/float64(o.Trials)))
			if got := p.share(); math.Abs(got-want) > 4*se {
				t.Errorf("%s at %v: %.4f on the curve, %.4f in the lanes, which is %.1f standard errors", e.Name, time.Duration(steps)*c.step, got, want, math.Abs(got-want)/se)
			}
			if got, ok := c.curves[lane].at(time.Duration(steps)*c.step, c.step); !ok || got != p.share() {
				t.Errorf("%s: read off as %v, not %v", e.Name, got, p.share())
			}
		}
	}
	polling := slices.Index(c.names, "polling")
	if got := c.teethText(polling); got != "polling: teeth of 50 ms, the length of its own timer" {
		t.Errorf("of polling it says %q, its teeth are %v and its timer is %v", got, c.curves[polling].teeth, c.curves[polling].timer)
	}
	for lane := range c.names {
		if lane != polling && c.curves[lane].teeth != 0 {
			t.Errorf("%s has teeth of %v", c.names[lane], c.curves[lane].teeth)
		}
	}
}

func TestChartDropsWhatIsStale(t *testing.T) {
	m := onChartOf(t, 120, 40)
	old := chartMsg{job: m.Own.job, lane: 0, every: 1, found: []point{{trials: 100, wrong: 100}}}
	m.Press("tab")
	m.Route(old)
	if _, known := m.Own.curves[0].at(0, m.Own.step); known {
		t.Error("points of another pair are taken")
	}
	now := old
	now.job = m.Own.job
	m.Route(now)
	if share, known := m.Own.curves[0].at(0, m.Own.step); !known || share != 1 {
		t.Error("points of this pair are not taken")
	}
	ctx := m.Own.ctx
	m.Press("esc")
	if m.Page != m.Home || ctx.Err() == nil {
		t.Error("leaving does not end the work")
	}
	if cmd := m.Own.take(now); cmd != nil {
		t.Error("work goes on though nobody looks")
	}
}

// The curves are worked out again when they would come out differently, and
// only then.
func TestChartFollowsTheSession(t *testing.T) {
	m := onChartOf(t, 120, 40)
	for _, step := range []struct {
		what  string
		do    func()
		again bool
	}{
		{"moving the click", func() { m.Press("]") }, false},
		{"another seed, or no pins", func() { m.Press("r") }, false},
		{"scrubbing", func() { m.Press("left", "home", ".") }, false},
		{"another lane", func() { m.Press("down") }, false},
		{"another scale", func() { m.Press("l") }, false},
		{"a window that shows as much", func() { m.Route(tea.WindowSizeMsg{Width: 110, Height: 35}) }, false},
		{"a window that shows more", func() { m.Route(tea.WindowSizeMsg{Width: 240, Height: 60}) }, true},
		{"another pair", func() { m.Press("tab") }, true},
		{"another network", func() { n := scenarios.Networks(); m.Edit(m.Session.OnNetwork(n[0])) }, true},
		{"other lanes", func() { m.Edit(m.Session.WithLanes([]string{"naive", "polling"})) }, true},
		{"another action", func() { m.Press("u") }, true},
		{"undo", func() { m.Press("z") }, true},
	} {
		feed(m, likely)
		job := m.Own.job
		step.do()
		if again := m.Own.job != job; again != step.again {
			t.Errorf("%s: worked out again is %v, want %v", step.what, again, step.again)
		}
		if n := len(m.Own.curves); n != len(m.Lanes) {
			t.Errorf("%s: %d curves for %d lanes", step.what, n, len(m.Lanes))
		}
		pagetest.Fits(t, m.Host)
	}
}

// The axis grows when the click leaves it, not before, and does not shrink
// while the click comes back.
func TestChartAxis(t *testing.T) {
	m := onChartOf(t, 120, 40)
	end := m.Own.end
	if least := m.Session.Script.Action(2).At + leastGap; end < least || end < m.End {
		t.Errorf("the axis ends at %v, which is before %v or %v", end, least, m.End)
	}
	feed(m, likely)
	m.Press("}", "}", "}")
	if m.Own.end != end {
		t.Errorf("the axis goes from %v to %v while the click is on it", end, m.Own.end)
	}
	m.Press("}", "}")
	grown := m.Own.end
	if _, second := m.Own.clicks(); grown <= second {
		t.Errorf("the axis ends at %v, and the click is at %v", grown, second)
	}
	if share, ok := m.Own.curves[0].at(30*ms, m.Own.step); !ok || share == 0 {
		t.Error("what was known is lost as the axis grows")
	}
	m.Press("{", "{", "{", "{")
	if m.Own.end != grown {
		t.Errorf("the axis shrinks from %v to %v", grown, m.Own.end)
	}
}

func TestChartPairs(t *testing.T) {
	m := alone.Open(t, "create-then-two-updates", 120, 40, 0)
	m.Press("o")
	if m.Page != m.Own || m.Own.second != 2 {
		t.Fatalf("at the start the pair ends with %d, want 2", m.Own.second)
	}
	for _, want := range []int{3, 2, 3} {
		m.Press("tab")
		if m.Own.second != want || m.Session.Selected != want {
			t.Errorf("tab leads to %d, selected %d, want %d", m.Own.second, m.Session.Selected, want)
		}
	}
	m.Press("o")
	if m.Page != m.Home {
		t.Error("o does not lead back")
	}

	m = alone.Open(t, "create-then-two-updates", 120, 40, 0)
	m.Press("g", "x", "x")
	if m.Press("o"); m.Page != m.Home || m.Message == "" {
		t.Errorf("a chart of one click; said is %q", m.Message)
	}
	m.Press("z")
	m.Press("o")
	m.Press("Z") // and now there is one again
	pagetest.Fits(t, m.Host)
	if !strings.Contains(m.Canvas.String(), "two clicks") {
		t.Errorf("a chart without a pair shows\n%s", m.Canvas.String())
	}
	m.Press("u")
	pagetest.Fits(t, m.Host)
	if m.Own.second == 0 {
		t.Error("a second click makes no pair")
	}
}

// The plot is a handle of the second click.
func TestChartMouse(t *testing.T) {
	m := onChartOf(t, 120, 40)
	feed(m, likely)
	m.Draw()
	before := pagetest.Actions(m.Host)
	m.Route(tea.MouseClickMsg{X: 60, Y: 20, Button: tea.MouseLeft})
	if got := pagetest.Actions(m.Host); got != before {
		t.Fatalf("a click alone moves something: %s", got)
	}
	for x := 61; x < 140; x++ {
		m.Route(tea.MouseMotionMsg{X: x, Y: 20, Button: tea.MouseLeft})
		pagetest.Fits(t, m.Host)
	}
	m.Route(tea.MouseMotionMsg{X: 70, Y: 20, Button: tea.MouseLeft})
	if _, second := m.Own.clicks(); second < 110*ms || second > 150*ms {
		t.Errorf("dragged ten columns to the right: %s", pagetest.Actions(m.Host))
	}
	m.Route(tea.MouseReleaseMsg{X: 70, Y: 20})
	m.Press("z")
	if got := pagetest.Actions(m.Host); got != before {
		t.Errorf("one drag is not one edit: %s, want %s", got, before)
	}
}

func TestFindTeeth(t *testing.T) {
	saw := func(period float64) func(float64) float64 {
		return func(gap float64) float64 { return 0.8 * math.Mod(gap, period) / period }
	}
	for _, tt := range []struct {
		name  string
		share func(gap float64) float64
		want  time.Duration
	}{
		{"teeth of 50 ms", saw(50), 50 * ms},
		{"teeth of 80 ms", saw(80), 80 * ms},
		{"fading teeth", func(g float64) float64 { return saw(50)(g) * math.Exp(-g/200) }, 50 * ms},
		{"flat", func(float64) float64 { return 0.4 }, 0},
		{"a steep slope", func(g float64) float64 { return math.Exp(-g / 20) }, 0},
		{"a straight fall", func(g float64) float64 { return max(0, 1-g/100) }, 0},
		{"a single step", func(g float64) float64 { return float64(int(300-g) / 200) }, 0},
		{"waves, which do not fall suddenly", func(g float64) float64 { return 0.5 + 0.2*math.Sin(g/16) }, 0},
	} {
		for _, step := range []time.Duration{2 * ms, 3 * ms, 5 * ms} {
			var l curve
			for g := time.Duration(0); g < 400*ms; g += step {
				l.points = append(l.points, point{trials: 10_000, wrong: int(10_000 * tt.share(float64(g)/float64(ms)))})
			}
			got := l.findTeeth(step)
			if off := got - tt.want; max(off, -off) > 2*ms {
				t.Errorf("%s, a point every %v: teeth of %v, want %v", tt.name, step, got, tt.want)
			}
			l.points[7].trials = 0
			if l.findTeeth(step) != 0 {
				t.Errorf("%s: teeth though a point is not known", tt.name)
			}
		}
	}
}

func TestChartSays(t *testing.T) {
	flat := func(wrong, stuck float64) func(string, float64) (float64, float64) {
		return func(string, float64) (float64, float64) { return wrong, stuck }
	}
	for _, tt := range []struct {
		name  string
		share func(string, float64) (float64, float64)
		set   func(*model)
		want  []string
	}{
		{"falls slowly", likely, nil, []string{"Even 400 ms apart, action-queue is wrong in 9 of 100 runs.", "Another 170 ms, and only half as many runs are wrong as now."}},
		{"falls", func(_ string, g float64) (float64, float64) { return math.Exp(-g / 40), 0 }, nil, []string{"From 190 ms apart on, action-queue is wrong in fewer than 1 of 100 runs."}},
		{"rises", func(_ string, g float64) (float64, float64) { return 1 - math.Exp(-g/100), 0 }, nil, []string{"At once, action-queue is wrong in none of 100 runs; 400 ms apart, in 98 of 100 runs."}},
		{"a hill", func(_ string, g float64) (float64, float64) { return g / 50 * math.Exp(1-g/50), 0 }, nil, []string{"It is worst 48 ms apart: nearly every run."}},
		{"never", flat(0, 0), nil, []string{"No run of action-queue is wrong at any gap up to 400 ms, of 10,000 each."}},
		{"never, and proved", flat(0, 0), func(m *model) {
			m.Results.Orders = map[string]explore.Result{"action-queue": {Classes: 5, Complete: true, Verdicts: [5]int64{0: 5}}}
		}, []string{"Proved: race-free, all 5 orders."}},
		{"always", flat(1, 0), nil, []string{"Even 400 ms apart, action-queue is wrong in every run."}},
		{"hardly ever", flat(0.001, 0), nil, []string{"At every gap action-queue is wrong in fewer than 1 of 100 runs."}},
		{"the same everywhere", flat(0.05, 0), nil, []string{"This gap changes little: whatever it is, action-queue is wrong in about 5 of 100 runs."}},
		{"stuck", flat(0, 0.3), nil, []string{"action-queue is stuck in about 30 of 100 runs."}},
		{"both", flat(0.1, 0.2), nil, []string{"action-queue is wrong or stuck in about 30 of 100 runs."}},
		{"teeth", likely, func(m *model) { m.Press("6") }, []string{"Even around 400 ms apart, polling is wrong in up to 13 of 100 runs."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := onChartOf(t, 120, 40)
			feed(m, tt.share)
			if tt.set != nil {
				tt.set(m)
			}
			m.Draw()
			got := strings.Join(m.Own.says(m.Own.sheet(), 500, 9), "\n")
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("it says\n%s\nwithout %q", got, want)
				}
			}
		})
	}
	m := onChartOf(t, 120, 40)
	if m.Draw(); len(m.Own.says(m.Own.sheet(), 500, 9)) > 0 {
		t.Error("it says something of what is not known")
	}
}

// What goes wrong is told by a run that can be replayed.
func TestChartTellsARun(t *testing.T) {
	m := onChartOf(t, 120, 40)
	feed(m, likely)
	e := m.Entries[m.Session.Lane]
	m.Results.Odds = map[string]report.Odds{e.Name: report.Estimate(context.Background(), m.Session.Script, e, report.Options{Seed: 1, Trials: 300})}
	m.Draw()
	if want := "Mostly it is monotonic-writes; with seed 1, newer edit u3 was overwritten by older u2."; !strings.Contains(m.Canvas.String(), want) {
		t.Errorf("no %q on\n%s", want, m.Canvas.String())
	}
}

// Any key, any order, any size, with what comes in from the background: no
// panic, and nothing wider than the window.
func TestChartAnyKeyAnySize(t *testing.T) { testkit.Random(t, chartAnyKeyAnySize) }

func chartAnyKeyAnySize(t *testing.T, rnd *rand.Rand) {
	keys := []string{"o", "esc", "tab", "l", "[", "]", "{", "}", "(", ")", "up", "down", "left", "right", "c", "u", "d", "f", "x", "g", "G", "r", "R", "z", "Z", "space", "1", "6", "v", "?", "enter", "w", "N", "L"}
	steps := testkit.Sample(400, 130, 30)
	for _, name := range []string{"create-then-two-updates", "typing-burst", "timeout", "double-delete", "create-then-update"} {
		m := alone.Open(t, name, 120, 40, 0)
		var cmd tea.Cmd
		for range steps {
			switch rnd.IntN(10) {
			case 0:
				cmd = m.Route(tea.WindowSizeMsg{Width: rnd.IntN(220), Height: rnd.IntN(70)})
			case 1:
				m.Route(tea.MouseClickMsg{X: rnd.IntN(220) - 5, Y: rnd.IntN(70) - 5, Button: tea.MouseLeft})
			case 2:
				m.Route(tea.MouseMotionMsg{X: rnd.IntN(220) - 5, Y: rnd.IntN(70) - 5, Button: tea.MouseLeft})
			case 3:
				m.Route(tea.MouseReleaseMsg{})
			case 4:
				m.Page, m.Over = m.Home, nil
				cmd = m.Own.Open()
			case 5:
				feed(m, func(string, float64) (float64, float64) { return rnd.Float64() / 2, rnd.Float64() / 2 })
			case 6:
				if cmd != nil && m.Page == m.Own {
					if msg, ok := cmd().(chartMsg); ok {
						msg.job = m.Own.job - rnd.IntN(2)
						m.Route(msg)
					}
				}
				cmd = nil
			default:
				m.Press(keys[rnd.IntN(len(keys))])
			}
			pagetest.Fits(t, m.Host)
		}
	}
}

// Two dozen lanes, and a scenario of as many actions as there can be.
func TestChartOfMany(t *testing.T) {
	sc, err := scenarios.Find("create-then-update")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, n := range strategies.Names() {
		names = append(names, n)
		if e, err := strategies.Find(n + "+hold"); err == nil && len(names) < session.MaxLanes {
			names = append(names, e.Name)
		}
	}
	m := alone.On(t, session.New(sc, names[:min(len(names), session.MaxLanes)], 1), 80, 24)
	m.MoveTo(300 * ms)
	s := m.Session
	for range 70 {
		s, _ = s.Act(sim.Update)
	}
	m.Show(s)
	m.Press("o")
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}, {200, 50}} {
		m.Route(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		feed(m, likely)
		pagetest.Fits(t, m.Host)
		if !strings.Contains(m.Canvas.String(), m.Lane().Name) {
			t.Errorf("%v: the lane in view is not named:\n%s", size, m.Canvas.String())
		}
	}
}

func BenchmarkChart(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		m := onChartOf(b, size[0], size[1])
		feed(m, likely)
		settle(m, likely)
		name := strconv.Itoa(size[0]) + "x" + strconv.Itoa(size[1])
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.View()
			}
		})
		b.Run(name+"-plot", func(b *testing.B) { // what new points or another lane cost
			for b.Loop() {
				m.Own.news++
				m.View()
			}
		})
	}
}

// BenchmarkFirstCurve is how long the chart of ten clicks takes until the curve in
// view can be believed, and until all six can.
func BenchmarkFirstCurve(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		m := onChartOf(b, 200, 50)
		script := m.Session.Script.Copy()
		for a := script.Actions[len(script.Actions)-1]; len(script.Actions) < 10; {
			a.Number++
			a.At += 60 * ms
			script.Actions = append(script.Actions, a)
		}
		m.Session.Script = script
		b.StartTimer()
		began := time.Now()
		cmd := m.Own.Open()
		for !m.Own.curves[m.Session.Lane].all() {
			cmd = m.Own.take(cmd().(chartMsg))
		}
		b.ReportMetric(float64(time.Since(began))/float64(ms), "ms-to-first")
		for m.Own.counting() != "" {
			cmd = m.Own.take(cmd().(chartMsg))
		}
		b.ReportMetric(float64(time.Since(began))/float64(ms), "ms-to-all")
		b.ReportMetric(float64(len(m.Own.curves[0].points)), "points")
	}
}

// So is what a client has read by itself.
func TestChartTellsOfErrands(t *testing.T) {
	m := alone.Open(t, "members-flash", 120, 40, 0)
	m.Session = m.Session.Select(2)
	m.Own.Open()
	feed(m, likely)
	e := m.Entries[m.Session.Lane]
	m.Results.Odds = map[string]report.Odds{e.Name: report.Estimate(context.Background(), m.Session.Script, e, report.Options{Seed: 1, Trials: 50})}
	m.Draw()
	if text := m.Canvas.String(); !strings.Contains(text, "f·u1 does not show u1") {
		t.Errorf("no errand on\n%s", text)
	}
}
