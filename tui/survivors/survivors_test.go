package survivors

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/answer"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/strategies"
	"photofinish/tui/desk"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/page/pagetest"
	"photofinish/tui/session"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// playground is one that has nothing but the table.
type playground struct {
	*pagetest.Playground[*Survivors]
}

var maker = pagetest.Maker[*Survivors](func(b page.Base) *Survivors { return &Survivors{Base: b} })

// open returns the table of a scenario of the catalogue, in which nothing is counted.
func open(t testing.TB, scenario string, w, h int) playground {
	t.Helper()
	m := playground{maker.Open(t, scenario, w, h, 0)}
	m.Counts = new(desk.Counts)
	return m.begin()
}

// begin opens the table as at the start.
func (m playground) begin() playground {
	m.Estimate()
	m.Press("L")
	return m
}

// count does all that is to be worked out.
func (m playground) count() playground {
	pagetest.Work(m.Route, m.Estimate())
	m.Draw()
	return m
}

// ready returns the table when all has been.
func ready(t testing.TB, scenario string, w, h int) playground {
	t.Helper()
	return playground{maker.Open(t, scenario, w, h, 0)}.begin().count()
}

// whole returns it with as many trials as in the program.
func whole(t testing.TB, scenario string, w, h int) playground {
	t.Helper()
	m := playground{maker.Open(t, scenario, w, h, 0)}
	pagetest.All(m.Desk)
	return m.begin().count()
}

// on returns a playground on a session, with the table open.
func on(t testing.TB, s session.Session, w, h int) playground {
	t.Helper()
	m := playground{maker.On(t, s, w, h)}
	m.MoveTo(0)
	return m.begin()
}

func (m playground) text() string {
	m.Draw()
	return m.Canvas.String()
}

// TestScreens: the table at all sizes and in all its states, one after the other.
func TestScreens(t *testing.T) {
	testkit.Long(t, "it counts all strategies, of one scenario in 10,000 trials each")
	synctest.Test(t, screens)
}

func screens(t *testing.T) {
	const opening = "create-then-two-updates"
	all := map[string]playground{}
	for _, tt := range []struct {
		file, scenario string
		w, h           int
		keys           string
	}{
		{"table-50x12.txt", opening, 50, 12, ""},
		{"table-60x16.txt", opening, 60, 16, ""},
		{"table-80x24.txt", opening, 80, 24, ""},
		{"table-120x40.txt", opening, 120, 40, ""},
		{"table-200x50.txt", opening, 200, 50, ""},
		{"end-60x16.txt", opening, 60, 16, "end"},
		{"end-120x40.txt", opening, 120, 40, "end"},
		{"found-80x24.txt", opening, 80, 24, "q u e u e"},
		{"nothing-found-60x16.txt", opening, 60, 16, "x y z"},
		{"shown-120x40.txt", opening, 120, 40, "space down + [ ["},
		{"bound-60x16.txt", "timeout", 60, 16, "end"},
		{"bound-120x40.txt", "timeout", 120, 40, ""},
		{"bound-200x50.txt", "timeout", 200, 50, ""},
		{"nobody-120x40.txt", "lost-create-answer", 120, 40, ""},
		{"told-80x24.txt", "poisoned-chain", 80, 24, ""},
		{"chance-200x50.txt", "delivered-twice", 200, 50, ""},
		{"requests-80x24.txt", opening, 80, 24, "tab"},
	} {
		m, counted := all[tt.scenario]
		if counted {
			m.Route(tea.WindowSizeMsg{Width: tt.w, Height: tt.h})
			m.Press("L")
		} else {
			counts := ready // of the others it is looked at what is said, and not how much
			if tt.scenario == opening {
				counts = whole
			}
			m = counts(t, tt.scenario, tt.w, tt.h)
			all[tt.scenario] = m
		}
		for _, k := range strings.Fields(tt.keys) {
			pagetest.Work(m.Route, m.Press(k))
		}
		pagetest.Fits(t, m.Host)
		testkit.Golden(t, tt.file, m.Canvas.String())
		for m.Page != m.Home {
			m.Press("esc")
		}
	}
}

// TestCounting: rows fill where they stand; and where nothing has happened there is
// nothing to count. Colours change no text.
func TestCounting(t *testing.T) { synctest.Test(t, counting) }

func counting(t *testing.T) {
	const opening = "create-then-two-updates"
	m := open(t, opening, 120, 40)
	m.Trials = pagetest.Trials
	testkit.Golden(t, "uncounted-120x40.txt", m.text())
	cmd := m.Estimate()
	for n := 0; cmd != nil && n < 12; n, _ = m.SurveyedOf() { // as far as the first ones without a lane
		cmd = one(m, cmd)
	}
	testkit.Golden(t, "counting-120x40.txt", m.text())
	if !testing.Short() {
		m = whole(t, opening, 80, 24)
		testkit.Golden(t, "table-80x24-dark.ans", m.Canvas.Render(ink.NewTheme(ink.TrueColour, false))+"\n")
		testkit.Golden(t, "table-80x24-none.ans", m.Canvas.Render(ink.NewTheme(ink.NoColour, false))+"\n")
	}
	m.Session.Script.Actions = nil
	m = on(t, m.Session, 80, 24).count()
	testkit.Golden(t, "empty-80x24.txt", m.text())
}

// one does the first thing that a command does, and returns the rest.
func one(m playground, cmd tea.Cmd) tea.Cmd {
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, cmd := range msg {
			if cmd != nil {
				return one(m, cmd)
			}
		}
		return nil
	default:
		return m.Route(msg)
	}
}

// TestManyLanes: 24 lanes are marked, and there is no room for one more; names that are
// long are whole in the smallest window.
func TestManyLanes(t *testing.T) { synctest.Test(t, manyLanes) }

func manyLanes(t *testing.T) {
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	names := append(slices.Clone(strategies.Names()[:session.MaxLanes-1]), "merging-queue+hold-per-person")
	m := on(t, session.New(s, names, 1), 60, 16).count()
	m.Press("end")
	for range 60 {
		pagetest.Fits(t, m.Host)
		if !strings.Contains(m.Canvas.String(), m.Own.at) {
			t.Fatalf("%s is not whole:\n%s", m.Own.at, m.Canvas.String())
		}
		m.Press("up")
	}
	testkit.Golden(t, "many-60x16.txt", m.text())
	m.Press("o", "u", "t", "b", "o", "x", "space")
	if m.Own.shown(m.Own.at) || !strings.Contains(m.Message, "24 lanes are as many as there can be") {
		t.Errorf("a 25th lane, and %q", m.Message)
	}
	m.Press("enter")
	if m.Page == m.Home || len(m.Session.Strategies) != session.MaxLanes {
		t.Error("a 25th lane is taken")
	}
}

// TestKeys: letters find, and all else does what the foot says.
func TestKeys(t *testing.T) { synctest.Test(t, keysOf) }

func keysOf(t *testing.T) {
	m := ready(t, "create-then-two-updates", 120, 40)
	p := m.Own
	best, _, found := m.Survivor()
	if !found {
		t.Fatal("nobody never loses")
	}
	is := func(what string, got, want any) {
		t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%s: %v, want %v", what, got, want)
		}
	}
	is("it begins with the answer", p.at, best)
	m.Press("s", "x", "j", "k", "q", "+", "[", "]", "L", "A", ":")
	is("letters", p.find, "sxjkq+[]LA:")
	m.Press("esc")
	is("esc", p.find, "")
	is("at", p.at, best)
	m.Press("r", "e", "t", "r", "y", "backspace")
	is("backspace", p.find, "retr")
	visible, have := p.visible(), []string(nil)
	for _, e := range strategies.Catalogue {
		if strings.Contains(e.Name+e.Rule, "retr") {
			have = append(have, e.Name)
		}
	}
	is("whose name or rule has retr", slices.Sorted(slices.Values(visible)), slices.Sorted(slices.Values(have)))
	m.Press("home", "down", "esc")
	is("the row found stays", p.at, visible[1])
	m.Press("home")
	is("home", p.at, p.order[0])
	m.Press("end")
	is("end", p.at, p.order[len(p.order)-1])
	m.Route(tea.KeyPressMsg{Code: tea.KeyPgUp})
	is("pgup", p.at, p.order[len(p.order)-11])
	m.Route(tea.KeyPressMsg{Code: tea.KeyPgDown})
	is("pgdown", p.at, p.order[len(p.order)-1])
	m.Press("home", "space", "down")
	is("ticked", p.shown(p.order[0]), true)
	m.Press("esc")
	is("esc leaves", m.Page == m.Home, true)
	is("and takes none", len(m.Session.Strategies), 6)

	m.Press("L", "enter")
	is("enter takes the row in view", m.Session.Strategies[6], best)
	is("and shows it", m.Lane().Name, best)
	m.Press("L")
	is("it begins with the next one", p.shown(p.at), false)
	m.Press("space", "down", "space", "enter")
	is("two more", len(m.Session.Strategies), 9)
	m.Press("z", "z")
	is("one step each", len(m.Session.Strategies), 6)
	naive := tea.PasteMsg{Content: "naive posts"} // its name and the start of its rule: others may be called naive too
	m.Press("L")
	m.Route(naive)
	m.Press("enter")
	is("one that there is comes into view", m.Lane().Name, "naive")
	is("and is no step", len(m.Session.Strategies), 6)
	m.Press("L")
	m.Route(naive)
	m.Press("space", "enter")
	is("hidden", strings.Join(m.Session.Strategies, " "), "callbacks action-queue merged-updates hold-outgoing polling")
}

// TestOrder: rows stand as in the catalogue until all are counted, then the answer is in
// view, unless the user has gone to another; tab sorts by the other columns.
func TestOrder(t *testing.T) { synctest.Test(t, orderOf) }

func orderOf(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40)
	p := m.Own
	m.Draw()
	before := slices.Clone(p.order)
	if want := append(slices.Clone(strategies.Names()), strategies.Listed); !slices.Equal(before, want) {
		t.Fatalf("%v", before)
	}
	for cmd := m.Estimate(); cmd != nil && !m.Surveyed(); {
		m.Draw()
		if cmd = one(m, cmd); !m.Surveyed() && !slices.Equal(p.order, before) {
			n, of := m.SurveyedOf()
			t.Fatalf("rows move when %d of %d are counted", n, of)
		}
	}
	m.Draw()
	var ranked []string
	for _, row := range answer.Rank(m.Survey()) {
		ranked = append(ranked, row.Entry.Name)
	}
	best, _, _ := m.Survivor()
	if !slices.Equal(p.order, ranked) || p.at != best {
		t.Errorf("%v, %s in view, and the answer is %s", p.order, p.at, best)
	}
	text := m.text()
	for _, by := range []func(a, b answer.Row) bool{
		func(a, b answer.Row) bool { return a.Odds.Requests <= b.Odds.Requests },
		func(a, b answer.Row) bool { return a.Odds.P50 <= b.Odds.P50 },
	} {
		m.Press("tab")
		for i := range p.order[1:] {
			if a, b := *p.row[p.order[i]], *p.row[p.order[i+1]]; !by(a, b) {
				t.Errorf("%s stands before %s", a.Entry.Name, b.Entry.Name)
			}
		}
	}
	m.Press("tab")
	if !slices.Equal(p.order, before) {
		t.Errorf("not as in the catalogue: %v", p.order)
	}
	m.Press("tab")
	if m.text() != text {
		t.Error("tab does not come around")
	}
	m.Route(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	if p.sort != byCatalogue {
		t.Errorf("shift-tab sorts %v", p.sort)
	}
	m = open(t, "create-then-two-updates", 120, 40)
	m.Press("end")
	at := m.Own.at
	if m.count().Draw(); m.Own.at != at {
		t.Errorf("the user was at %s, and is at %s", at, m.Own.at)
	}
}

// TestProved: what is drawn as proved has all its orders run, none of them bad, and no
// bad run; and nothing else is said to be.
func TestProved(t *testing.T) { synctest.Test(t, provedOf) }

func provedOf(t *testing.T) {
	names := scenarios.Names()
	for i := range testkit.Sample(6, 3, 1) {
		m := ready(t, names[i*len(names)/6], 200, 60)
		r := map[string]answer.Row{}
		for _, row := range m.Survey() {
			r[row.Entry.Name] = row
		}
		heading := ""
		seen := 0
		for _, line := range strings.Split(m.text(), "\n") {
			if strings.Contains(line, ": proved") {
				heading = "proved"
			} else if strings.HasPrefix(line, " not ") || strings.HasPrefix(line, " seen ") {
				heading = ""
			}
			row, is := r[strings.TrimSpace(string([]rune(line + strings.Repeat(" ", 40))[left:left+21]))]
			if !is {
				continue
			}
			seen++
			proof := row.Orders.Complete && row.Orders.Classes > 0 && row.Orders.Bad() == 0 && row.Odds.Bad() == 0 && !row.Replayed.Bad() && !row.Seen.Bad()
			mark := string([]rune(line)[4])
			if claims := strings.Contains(line, "  all ") && (mark == "✓" || mark == "!"); claims != proof || (heading == "proved") != proof {
				t.Errorf("%s: under %q, and it is %v:\n%s", m.Session.Scenario.Name, heading, proof, line)
			}
		}
		if seen < len(strategies.Catalogue) {
			t.Errorf("%s: %d rows of %d", m.Session.Scenario.Name, seen, len(strategies.Catalogue))
		}
	}
}

// TestOwn: of a client of the user's own the table says what its lane has come to, and
// nothing runs it but its lane.
func TestOwn(t *testing.T) {
	testkit.Long(t, "it counts all strategies in 10,000 trials each")
	synctest.Test(t, ofOwn)
}

func ofOwn(t *testing.T) {
	ours := &pagetest.Own{Name: "ours"}
	m := playground{maker.OnOwn(t, "create-then-two-updates", ours, 200, 50)}
	m.Lineup = append(slices.Clip(strategies.Catalogue), ours.Entry())
	pagetest.Work(m.Route, m.Edit(m.Session.WithLanes([]string{"naive"})))
	m.Press("L")
	m.count()
	if row := m.Row(ours.Entry()); ours.Trials.Load() > 0 || row.State() != report.Open {
		t.Errorf("it has no lane, and has run: %v", row.State())
	}
	m.Press("/", "s", "a", "v", "e", ".", "t", "s")
	testkit.Golden(t, "own-without-a-lane-200x50.txt", m.text())
	pagetest.Work(m.Route, m.Press("enter"))
	if m.Page != m.Home || m.Lane().Name != "ours" {
		t.Fatalf("%s is in view", m.Lane().Name)
	}
	m.Press("L")
	m.count()
	m.Press("/", "s", "a", "v", "e", ".", "t", "s")
	pagetest.Fits(t, m.Host)
	testkit.Golden(t, "own-200x50.txt", m.Canvas.String())
}

// TestMouse: a click brings a row into view, another one shows it; the wheel goes along.
func TestMouse(t *testing.T) { synctest.Test(t, mouseOf) }

func mouseOf(t *testing.T) {
	m := ready(t, "create-then-two-updates", 120, 40)
	m.Draw()
	p := m.Own
	y := 0
	for at, name := range p.hit {
		if name == "save-queue" {
			y = at
		}
	}
	click := func() { m.Route(tea.MouseClickMsg{X: 20, Y: y, Button: tea.MouseLeft}) }
	if click(); p.at != "save-queue" || p.shown("save-queue") {
		t.Errorf("%s in view, shown %v", p.at, p.shown("save-queue"))
	}
	if click(); !p.shown("save-queue") {
		t.Error("a second click does not show it")
	}
	i := slices.Index(p.order, p.at)
	m.Route(tea.MouseWheelMsg{X: 20, Y: y, Button: tea.MouseWheelDown})
	if p.at != p.order[i+1] {
		t.Errorf("the wheel leads to %s", p.at)
	}
}

// TestAnyKey: no key and no size breaks it, and nothing is wider than the window.
func TestAnyKey(t *testing.T) { testkit.Random(t, anyKey) }

func anyKey(t *testing.T, rnd *rand.Rand) {
	keys := strings.Fields("space enter esc tab + [ ] up down home end a q u e . é 漢 backspace ? L A z r u 2")
	for _, scenario := range []string{"create-then-two-updates", "timeout", "two-tabs"} {
		m := open(t, scenario, 80, 24)
		pending := []tea.Cmd{m.Estimate()}
		for range testkit.Sample(800, 270, 50) {
			var cmd tea.Cmd
			switch n := rnd.IntN(10); {
			case n == 0:
				m.Width, m.Height = rnd.IntN(220), rnd.IntN(70)
			case n == 1:
				cmd = m.Route(tea.MouseClickMsg{X: rnd.IntN(200), Y: rnd.IntN(50), Button: tea.MouseLeft})
			case n == 2:
				cmd = m.Route(tea.PasteMsg{Content: "pasted \x1b[31m漢 text\n"})
			case n < 5 && len(pending) > 0:
				cmd, pending = pending[0], pending[1:]
				if cmd != nil {
					cmd = one(m, cmd)
				}
			default:
				cmd = m.Press(keys[rnd.IntN(len(keys))])
			}
			pending = append(pending, cmd)
			if m.Page == m.Home {
				pending = append(pending, m.Press("L"))
			}
			pagetest.Fits(t, m.Host)
		}
		m.Leave()
	}
}

// TestOrdersText: numbers are rounded where they do not fit, and a proof last.
func TestOrdersText(t *testing.T) {
	proof := answer.Row{Orders: explore.Result{Classes: 2_449, Complete: true, Verdicts: [5]int64{2_449}}}
	bad := answer.Row{Orders: explore.Result{Classes: 4_900, Complete: true, Verdicts: [5]int64{2_451, 0, 0, 0, 2_449}}}
	bound := answer.Row{Orders: explore.Result{Classes: 20_000, Verdicts: [5]int64{19_947, 0, 0, 0, 53}}}
	merged := answer.Row{Orders: explore.Result{Classes: 6_015_885_370, Complete: true, Verdicts: [5]int64{5_412_397_124, 0, 0, 0, 603_488_246}}}
	for _, tt := range []struct {
		row   answer.Row
		texts [3]string
	}{
		{proof, [3]string{"all 2.4k", "all 2,449", "all 2,449"}},
		{bad, [3]string{"2.4k of 4.9k", "2.4k of 4.9k", "2,449 of 4,900"}},
		{bound, [3]string{"53 of 20k+", "53 of 20k+", "53 of 20,000+"}},
		{merged, [3]string{"603M of 6G", "603M of 6G", "603,488,246 of 6,015,885,370"}},
		{answer.Row{}, [3]string{}},
	} {
		for exact, want := range tt.texts {
			if got := ordersText(&tt.row, exact); got != want {
				t.Errorf("%d: %q, want %q", exact, got, want)
			}
		}
	}
}

// BenchmarkFrame is what a frame of the table costs.
func BenchmarkFrame(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			m := ready(b, "create-then-two-updates", size[0], size[1])
			b.ReportAllocs()
			for b.Loop() {
				m.View()
			}
		})
	}
}

// What the foot names can be done: where no row has what is typed, nothing with one, and
// only a lane goes up and down. What was found nowhere leaves the row in view as it was.
func TestFootNamesWhatCanBeDone(t *testing.T) { synctest.Test(t, footNames) }

func footNames(t *testing.T) {
	m := open(t, "create-then-two-updates", 200, 50)
	p := m.Own
	p.at = "conflate"
	foot := func() string {
		m.Draw()
		lines := strings.Split(strings.TrimRight(m.Canvas.String(), "\n"), "\n")
		return lines[len(lines)-1]
	}
	if text := foot(); strings.Contains(text, "up, down") || !strings.Contains(text, "take") {
		t.Errorf("without a lane: %q", text)
	}
	m.Press("space")
	if text := foot(); !strings.Contains(text, "up, down") {
		t.Errorf("with a lane: %q", text)
	}
	m.Press("q", "q")
	if text := foot(); strings.Contains(text, "show") || strings.Contains(text, "take") {
		t.Errorf("no row: %q", text)
	}
	if m.Press("space"); m.Message != unseen {
		t.Errorf("no row: %q", m.Message)
	}
	if m.Press("esc"); p.find != "" || p.at != "conflate" {
		t.Errorf("%q is in view", p.at)
	}
}
