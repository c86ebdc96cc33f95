package focus

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/clock"
	"photofinish/tui/desk"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/page/pagetest"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// alone makes playgrounds that have nothing but the focus.
var alone = pagetest.Maker[*Focus](func(b page.Base) *Focus { return &Focus{Base: b} })

type model = pagetest.Playground[*Focus]

// focused returns a playground with some lanes and the focus on the first of
// them, with an event selected.
func focused(t testing.TB, scenario string, w, h, event int, names ...string) *model {
	t.Helper()
	m := alone.Open(t, scenario, w, h, 0)
	m.Show(m.Session.WithLanes(names))
	m.ShowLane(0)
	m.Own.Open()
	m.Own.selectEvent(event)
	return m
}

// decided works out where the lane in view was decided, and its first runs.
func decided(m *model) {
	l, e := m.Lane(), m.Entries[m.Session.Lane]
	l.Turning = l.Turned(new(explore.Explorer).Decided(context.Background(), l.Script, e.For(l.Script), m.Session.Seed, desk.LiveClasses))
	runs := new(desk.Runs)
	for i := range runs {
		script := l.Script.Unpinned()
		_, found := m.Judge.Run(&m.World, script, e.For(script), uint64(i+1), sim.Options{})
		runs[i] = found.Verdict
	}
	m.Results.Runs = map[string]*desk.Runs{l.Name: runs}
}

// story is the event that tells the story of create-then-two-updates: the
// older name lands over the newer one.
const story = 12

func TestFocusScreens(t *testing.T) {
	for _, tt := range []struct {
		file     string
		scenario string
		w, h     int
		event    int
		keys     string
	}{
		{"focus-60x16.txt", "create-then-two-updates", 60, 16, story, ""},
		{"focus-source-60x16.txt", "create-then-two-updates", 60, 16, story, "tab"},
		{"focus-80x24.txt", "create-then-two-updates", 80, 24, story, ""},
		{"focus-source-80x24.txt", "create-then-two-updates", 80, 24, story, "tab"},
		{"focus-120x40.txt", "create-then-two-updates", 120, 40, story, ""},
		{"focus-200x50.txt", "create-then-two-updates", 200, 50, story, ""},
		{"focus-compare-60x16.txt", "create-then-two-updates", 60, 16, story, "="},
		{"focus-compare-80x24.txt", "create-then-two-updates", 80, 24, story, "="},
		{"focus-compare-120x40.txt", "create-then-two-updates", 120, 40, story, "="},
		{"focus-compare-states-120x40.txt", "create-then-two-updates", 120, 40, story, "= tab"},
		{"focus-compare-200x50.txt", "create-then-two-updates", 200, 50, story, "="},
		{"focus-start-120x40.txt", "create-then-two-updates", 120, 40, 0, ""},
		{"focus-fields-80x24.txt", "update-across-permissions", 80, 24, 99, ""},
		{"focus-clobber-120x40.txt", "fetch-then-edit", 120, 40, 99, ""},
		{"focus-timeout-120x40.txt", "timeout", 120, 40, 99, ""},
		{"focus-orphan-120x40.txt", "create-then-delete", 120, 40, 99, ""},
	} {
		t.Run(strings.TrimSuffix(tt.file, ".txt"), func(t *testing.T) {
			m := focused(t, tt.scenario, tt.w, tt.h, tt.event, "action-queue", "action-queue+hold", "naive", "polling")
			if tt.scenario != "create-then-two-updates" {
				m.ShowLane(2)
				m.Own.selectEvent(tt.event)
			}
			decided(m)
			m.Results.Odds = map[string]report.Odds{m.Lane().Name: pagetest.Odds(4_855, 0)}
			m.Results.Orders = map[string]explore.Result{m.Lane().Name: {Classes: 14, Complete: true, Verdicts: [5]int64{0: 8, 4: 6}}}
			if tt.scenario == "create-then-two-updates" {
				m.Results.Ways = map[string][]explore.Way{m.Lane().Name: {{By: -90 * time.Millisecond, Action: 2, Leg: sim.Uplink, From: judge.Wrong}}}
			}
			m.Press(strings.Fields(tt.keys)...)
			pagetest.Fits(t, m.Host)
			testkit.Golden(t, tt.file, m.Canvas.String())
		})
	}
}

// Colours, and none at all: what is selected and what is proved is seen
// either way.
func TestFocusColours(t *testing.T) {
	m := focused(t, "create-then-two-updates", 80, 24, story, "action-queue", "naive")
	m.Press("tab")
	m.Draw()
	for name, th := range map[string]*ink.Theme{
		"focus-80x24-dark.ans": ink.NewTheme(ink.TrueColour, false),
		"focus-80x24-none.ans": ink.NewTheme(ink.NoColour, false),
	} {
		testkit.Golden(t, name, m.Canvas.Render(th)+"\n")
	}
	none := strings.Split(m.Canvas.Render(ink.NewTheme(ink.NoColour, false)), "\n")
	for _, words := range []string{"u2 200 OK", "c.Post(a) //"} {
		if !slices.ContainsFunc(none, func(line string) bool { return strings.Contains(line, words) && strings.Contains(line, ";7m") }) {
			t.Errorf("without colours %q does not stand out", words)
		}
	}
}

// Every event of every shipped scenario has a line in plain words, and the line
// of code that caused it is in the file that is shown.
func TestFocusTellsEveryEvent(t *testing.T) {
	names := append(strategies.Default(), "action-queue+hold", "polling+hold")
	kinds := map[sim.EventKind]bool{}
	for n, name := range testkit.Some(scenarios.Names(), 20) {
		m := focused(t, name, 120, 40, 0, names...)
		for i := range names {
			if (n+i)%testkit.Sample(1, 3, 4) != 0 {
				continue // others are of the scenarios beside this one
			}
			m.ShowLane(i)
			for k := range m.Lane().Events {
				m.Own.selectEvent(k)
				e := &m.Lane().Events[k]
				kinds[e.Kind] = true
				where := fmt.Sprintf("%s, %s, event %d (%v)", name, names[i], k, e.Kind)
				told := teller{m.Lane()}.words().Event(k)
				if e.About() == nil {
					told.Label = told.Long // a client that goes offline or is back is no action
				}
				for _, text := range []string{told.Sign, told.Label, told.Long} {
					printable(t, where, text)
				}
				if ansi.StringWidth(told.Sign) > 4 {
					t.Errorf("%s: %q is wider than its column", where, told.Sign)
				}
				printable(t, where, teller{m.Lane()}.field(k))
				caused(t, m, where, e)
			}
		}
	}
	for k := sim.EventAct; k <= sim.EventTell; k++ {
		if !kinds[k] && k != sim.EventRefuse && !testing.Short() { // none of these refuses
			t.Errorf("no scenario has the event %v: nothing says that it is told well", k)
		}
	}
}

// printable checks that a text says something, in cells of one column.
func printable(t *testing.T, where, text string) {
	t.Helper()
	if strings.TrimSpace(text) == "" {
		t.Fatalf("%s: a text is empty", where)
	}
	for _, r := range text {
		if !unicode.IsPrint(r) || ansi.StringWidth(string(r)) != 1 {
			t.Fatalf("%s: %q is not printable in %q", where, r, text)
		}
	}
}

// caused checks the line of code that is shown for the selected event.
func caused(t *testing.T, m *model, where string, e *sim.Event) {
	t.Helper()
	o := m.Own.origin()
	lines := strategies.Lines(o.file)
	if len(lines) == 0 || o.line < 0 || o.line > len(lines) {
		t.Fatalf("%s: line %d of %q, which has %d", where, o.line, o.file, len(lines))
	}
	if e.Source.File == "" {
		return
	}
	shown := append([]sim.Source{{File: o.file, Line: o.line}}, o.calls...)
	frames := slices.DeleteFunc(slices.Clone(e.Frames), func(s sim.Source) bool { return s.File == "several.go" })
	if n := len(frames) - len(shown); n < 0 || !slices.Equal(shown, frames[n:]) || !o.sure {
		t.Fatalf("%s: shows %v, sure %v, want the end of %v", where, shown, o.sure, frames)
	}
	own := m.Entries[m.Session.Lane].Files()
	for _, s := range frames[:len(frames)-len(shown)] {
		if s.File == own[0] || o.file != own[0] && slices.Contains(own, s.File) {
			t.Fatalf("%s: shows %s:%d, and the lane's own %v led there", where, o.file, o.line, s)
		}
	}
	printable(t, where, teller{m.Lane()}.words().Remark(o.event))
	m.Draw()
	for _, s := range shown {
		if text := m.Canvas.String(); !strings.Contains(text, strings.TrimSpace(strategies.Lines(s.File)[s.Line-1].Code)) {
			t.Fatalf("%s: %v is not on the screen:\n%s", where, s, text)
		}
	}
}

// An arrival is the doing of the line that sent it; in a composition that line
// may be in either file.
func TestFocusShowsTheLine(t *testing.T) {
	m := focused(t, "create-then-two-updates", 120, 40, 0, "action-queue+hold")
	seen := map[string]bool{}
	for k := range m.Lane().Events {
		m.Own.selectEvent(k)
		o := m.Own.origin()
		seen[o.file] = true
		line := sim.Source{File: o.file, Line: o.line}
		if n := len(o.calls); n > 0 {
			line = o.calls[n-1]
		}
		if e := &m.Lane().Events[k]; e.Kind == sim.EventArrive && (!o.sure || !strings.Contains(strategies.Lines(line.File)[line.Line-1].Code, "c.Send(r)")) {
			t.Errorf("event %d lands because of %v", k, line)
		}
	}
	m = focused(t, "create-then-two-updates", 120, 40, 1, "action-queue")
	for event, want := range map[int]ink.Colour{1: ink.Accent, 5: ink.Accent, story: ink.Wrong} {
		m.Own.selectEvent(event)
		if got := m.Own.gravity(m.Own.origin()); got != want {
			t.Errorf("the line of event %d has the colour %d, want %d: red means wrong and nothing else", event, got, want)
		}
	}
	for _, file := range []string{"action_queue.go", "hold.go"} {
		if !seen[file] {
			t.Errorf("%s is never shown", file)
		}
	}
}

// Where lanes part, and how that is said.
func TestComparison(t *testing.T) {
	for _, tt := range []struct {
		here, there string
		first       string // this lane's first event that differs, or the other's
		says        string
	}{
		{"action-queue", "action-queue+hold", "200 sent u3 update", "there u3 waits for u2"},
		{"action-queue+hold", "action-queue", "200 sent u3 update", "there u3 leaves"},
		{"action-queue", "naive", "40 … u2 queued: no id yet", "there u2 is dropped"},
		{"action-queue", "callbacks", "40 … u2 queued: no id yet", "there u2 is blocked"},
		{"action-queue", "merged-updates", "70 … u3 queued: no id yet", "there u3 is merged"},
		{"naive", "hold-outgoing", "", "no event differs"},
		{"naive", "polling", "40 ✗ u2 dropped: no id yet", "there u2 waits for c1"},
	} {
		m := focused(t, "create-then-two-updates", 120, 40, 0, tt.here, tt.there)
		m.Press("=")
		c := &m.Own.compared
		first := ""
		for _, l := range []teller{{c.here}, {c.there}} {
			if c.first < len(l.Events) && l.Events[c.first].At == c.from && first == "" {
				told := l.words().Event(c.first)
				first = fmt.Sprintf("%d %s %s %s", c.from.Milliseconds(), told.Sign, told.Label, told.Long)
			}
		}
		if !c.differ {
			first = ""
		}
		if first != tt.first || c.says() != tt.says {
			t.Errorf("%s and %s differ from %q on: %q\nwant %q: %q", tt.here, tt.there, first, c.says(), tt.first, tt.says)
		}
		ordered(t, c)
		pagetest.Fits(t, m.Host)
		if text := m.Canvas.String(); !strings.Contains(text, tt.says) {
			t.Errorf("%q is not on the screen:\n%s", tt.says, text)
		}
	}
}

// What makes two events differ, and what does not.
func TestComparisonOfEvents(t *testing.T) {
	m := focused(t, "fetch-then-edit", 120, 40, 0, "naive")
	for i := range m.Lane().Events {
		e := m.Lane().Events[i]
		for what, change := range map[string]func(*sim.Event){
			"time": func(e *sim.Event) { e.At++ }, "kind": func(e *sim.Event) { e.Kind++ }, "action": func(e *sim.Event) { e.Action++ },
			"status": func(e *sim.Event) { e.Status++ }, "id": func(e *sim.Event) { e.ID++ }, "body": func(e *sim.Event) { e.Body[3]++ },
			"record": func(e *sim.Event) { e.Record.State[3]++ }, "taken": func(e *sim.Event) { e.Ignored = !e.Ignored },
			"late": func(e *sim.Event) { e.Late = !e.Late }, "leg": func(e *sim.Event) { e.Leg++ },
		} {
			other := e
			if change(&other); sameEvent(&e, &other) {
				t.Errorf("event %d: another %s makes no difference", i, what)
			}
		}
		other := e
		other.Reason, other.Source, other.Views = "else", sim.Source{File: "else.go"}, nil
		if !sameEvent(&e, &other) {
			t.Errorf("event %d: what a strategy calls it makes a difference", i)
		}
		if other.Request == nil {
			continue
		}
		for what, change := range map[string]func(*sim.Sent){
			"actions": func(r *sim.Sent) { r.Actions = append(slices.Clone(r.Actions), 2) }, "id": func(r *sim.Sent) { r.ID++ },
			"fields": func(r *sim.Sent) { r.Sets = r.Sets.With(5) }, "body": func(r *sim.Sent) { r.Body[0]++ },
		} {
			other, r := e, *e.Request
			change(&r)
			if other.Request = &r; sameEvent(&e, &other) {
				t.Errorf("event %d: a request with other %s makes no difference", i, what)
			}
		}
	}
}

// ordered checks that the rows of a comparison hold each event once, in order,
// and only events of one instant side by side.
func ordered(t *testing.T, c *comparison) {
	t.Helper()
	i, j := 0, 0
	for _, p := range c.rows {
		if p == border {
			continue
		}
		if p.here >= 0 && p.here != i || p.there >= 0 && p.there != j {
			t.Fatalf("row %v, want %d and %d", p, i, j)
		}
		if p.here >= 0 && p.there >= 0 && c.here.Events[i].At != c.there.Events[j].At {
			t.Fatalf("events of two instants side by side: %v", p)
		}
		if p.here >= 0 {
			i++
		}
		if p.there >= 0 {
			j++
		}
	}
	if i != len(c.here.Events) || j != len(c.there.Events) {
		t.Fatalf("the rows hold %d and %d events, want %d and %d", i, j, len(c.here.Events), len(c.there.Events))
	}
}

func TestCompareGoesRound(t *testing.T) {
	m := alone.Open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	m.ShowLane(4)
	m.Press("=")
	if m.Page != m.Own || m.Own.with != "polling" {
		t.Fatalf("= on the lanes: page %T, with %q", m.Page, m.Own.with)
	}
	var with []string
	for range m.Lanes {
		m.Press("=")
		with = append(with, m.Own.with)
	}
	if want := []string{"naive", "callbacks", "action-queue", "merged-updates", "", "polling"}; !slices.Equal(with, want) {
		t.Errorf("= goes to %q, want %q", with, want)
	}
	m.Press("6")
	if m.Lane().Name != "polling" || m.Own.with != "hold-outgoing" {
		t.Errorf("6 shows %s with %s, want the two to change places", m.Lane().Name, m.Own.with)
	}
	m.Press("esc", "enter")
	if m.Own.compared.rows != nil {
		t.Error("enter opens with the comparison of before")
	}
	m = focused(t, "create-then-update", 120, 40, 0, "naive")
	if m.Press("="); m.Message == "" {
		t.Error("nothing says that there is no other lane")
	}
}

// Several events of one instant are stepped one by one, and what is shown is
// what stands after exactly that one.
func TestFocusStepsOneByOne(t *testing.T) {
	m := focused(t, "create-then-two-updates", 120, 40, 0, "callbacks")
	var got []string
	for range m.Lane().Events {
		screen, _ := m.Own.sides()
		got = append(got, fmt.Sprintf("%d %v %s", m.Session.Now.Milliseconds(), m.Lane().Events[m.Own.at].Kind, m.Lane().Label(screen.State[0].Action())))
		m.Press(".")
	}
	want := []string{"0 act c1", "0 send c1", "40 act c1", "40 block c1", "70 act c1", "70 block c1", "120 arrive c1",
		"200 reply c1", "200 send u2", "200 send u3", "210 arrive u3", "240 reply u3", "300 arrive u3", "330 reply u3"}
	if !slices.Equal(got, want) {
		t.Errorf("stepped\n%q, want\n%q", got, want)
	}
	m.Press("up", "up", "pgup", ",")
	if m.Own.at != 0 || m.Session.Now != 0 {
		t.Errorf("back at event %d, %v", m.Own.at, m.Session.Now)
	}
	if st := m.Own.lane.Upto(0); !st.Open {
		t.Error("the first event proves something")
	}
}

// The cursor moves the selection, also where it stands between two events.
func TestFocusFollowsTheCursor(t *testing.T) {
	m := focused(t, "create-then-two-updates", 120, 40, story, "action-queue")
	m.Press("left")
	if e := m.Lane().Events[m.Own.at]; m.Session.Now != 290*time.Millisecond || e.Kind != sim.EventReply {
		t.Errorf("10 ms before: %v, %v", m.Session.Now, e.Kind)
	}
	m.Press(",")
	if m.Session.Now != 240*time.Millisecond || m.Own.at != story-1 {
		t.Errorf(", goes to %v, event %d", m.Session.Now, m.Own.at)
	}
	m.Press("home")
	if m.Own.at != 0 {
		t.Errorf("home goes to event %d", m.Own.at)
	}
	m.Press("space")
	at := time.Unix(0, 0)
	for m.Clock.Playing {
		at = at.Add(clock.Frame)
		m.Route(clock.Tick{N: m.Clock.N, At: at})
		if want := m.Lane().After(m.Session.Now) - 1; m.Own.at != want {
			t.Fatalf("playing at %v: event %d, want %d", m.Session.Now, m.Own.at, want)
		}
		pagetest.Fits(t, m.Host)
	}
	if m.Own.at != len(m.Lane().Events)-1 {
		t.Errorf("at the end: event %d", m.Own.at)
	}
}

// An edit leaves the focus on the event that it showed, wherever it is now.
func TestFocusStaysWithItsEvent(t *testing.T) {
	m := focused(t, "create-then-two-updates", 120, 40, story, "action-queue")
	lands := func() string {
		e := &m.Lane().Events[m.Own.at]
		return fmt.Sprintf("%v %s %d", e.Kind, m.Lane().Labels(e.Request.Actions), m.Session.Now.Milliseconds())
	}
	for _, step := range []struct{ keys, want string }{
		{"+", "arrive u2 310"}, {"+", "arrive u2 320"}, {"- - -", "arrive u2 290"}, {"z z z z z", "arrive u2 300"}, {"F", "arrive u2 300"},
	} {
		m.Press(strings.Fields(step.keys)...)
		if got := lands(); got != step.want {
			t.Fatalf("after %s: %s, want %s", step.keys, got, step.want)
		}
	}
	m.Press("u") // a new action is what one looks at now
	if e := &m.Lane().Events[m.Own.at]; m.Session.Now != 300*time.Millisecond || e.At != m.Session.Now {
		t.Errorf("after acting at 300 ms: an event of %v, the cursor at %v", e.At, m.Session.Now)
	}
	m.Press("r", "r", "R", "esc")
	if m.Page != m.Home {
		t.Error("esc does not lead back")
	}
}

// Whoever brings the lane into view, the focus shows it.
func TestFocusShowsTheLaneInView(t *testing.T) {
	m := focused(t, "create-then-two-updates", 120, 40, story, "action-queue", "naive")
	m.Session.Lane = 1
	m.RunLanes()
	pagetest.Fits(t, m.Host)
	if m.Own.lane != m.Lane() || !strings.Contains(m.Canvas.String(), "strategies/naive.go") {
		t.Error("the focus shows another lane")
	}
}

// A strategy may give no reason.
func TestFocusWithoutReasons(t *testing.T) {
	m := focused(t, "create-then-two-updates", 120, 40, story, "action-queue")
	for i := range m.Lane().Events {
		m.Lane().Events[i].Reason = ""
		printable(t, "without a reason", teller{m.Lane()}.words().Event(i).Long)
	}
}

func TestFocusMouse(t *testing.T) {
	m := focused(t, "create-then-two-updates", 120, 40, story, "action-queue", "action-queue+hold")
	m.Draw()
	log := m.Own.hit.log
	m.Route(tea.MouseClickMsg{X: log.x + 4, Y: log.y + 8, Button: tea.MouseLeft})
	if m.Own.at != 8 || m.Session.Now != 200*time.Millisecond {
		t.Errorf("a click on the ninth line: event %d at %v", m.Own.at, m.Session.Now)
	}
	m.Route(tea.MouseWheelMsg{X: log.x, Y: log.y, Button: tea.MouseWheelDown})
	if m.Own.at != 9 {
		t.Errorf("the wheel goes to event %d", m.Own.at)
	}
	m.Route(tea.MouseWheelMsg{X: 40, Y: m.Own.hit.from + 4, Button: tea.MouseWheelUp})
	if m.Session.Now != 190*time.Millisecond {
		t.Errorf("the wheel over the diagram goes to %v", m.Session.Now)
	}
	m.Route(tea.MouseClickMsg{X: m.Hit.Axis.Cell(300 * time.Millisecond), Y: m.Own.hit.from + 4, Button: tea.MouseLeft})
	if m.Session.Now < 295*time.Millisecond || m.Session.Now > 305*time.Millisecond {
		t.Errorf("a click on the diagram goes to %v", m.Session.Now)
	}
	was := m.Session.Now
	m.Route(tea.MouseClickMsg{X: 80, Y: 30, Button: tea.MouseLeft})
	if m.Session.Now != was {
		t.Errorf("a click on the source goes to %v", m.Session.Now)
	}
	m = focused(t, "update-across-permissions", 120, 40, 99, "naive")
	m.Draw()
	fields := m.Own.hit.fields[0]
	m.Route(tea.MouseClickMsg{X: m.Own.hit.states.x, Y: fields.y + 1, Button: tea.MouseLeft})
	if m.Session.Field != fields.fields[1] {
		t.Errorf("a click on a field shows field %d, want %d", m.Session.Field, fields.fields[1])
	}
}

// Panels never overlap and never leave the window, whatever its width.
func TestPanelsFit(t *testing.T) {
	m := focused(t, "create-then-two-updates", 120, 40, story, "action-queue", "action-queue+hold")
	for _, compared := range []bool{false, true} {
		for w := page.MinWidth; w < 300; w++ {
			seen := map[panel]bool{}
			for m.Own.turn = 0; m.Own.turn < 4; m.Own.turn++ {
				panels, end := m.Own.panels(w), 0
				for i, b := range placePanels(panels, w, 0, 10) {
					seen[panels[i]] = true
					if b.x <= end || b.x+b.w > w || b.w < panelWidths[panels[i]].least {
						t.Fatalf("%d wide: panel %d of %v at %+v", w, i, panels, b)
					}
					end = b.x + b.w - 1
				}
			}
			if len(seen) != len(m.Own.all()) {
				t.Fatalf("%d wide: tab shows only %v", w, seen)
			}
		}
		if !compared {
			m.Press("=")
		}
	}
}

// Any key in the focus, at any size: no panic, and nothing wider than the
// window.
func TestFocusAnyKeyAnySize(t *testing.T) { testkit.Random(t, focusAnyKeyAnySize) }

func focusAnyKeyAnySize(t *testing.T, rnd *rand.Rand) {
	keys := []string{"c", "u", "d", "p", "f", "space", "left", "right", "up", "down", "shift+left", "shift+right", ",", ".", "home", "end", "v",
		"1", "2", "9", "tab", "shift+tab", "r", "R", "z", "Z", "=", "=", "=", "enter", "enter", "[", "]", "{", "x", "g", "m", "+", "-", "0", "F", "pgup", "pgdown", "esc", "?"}
	for _, name := range []string{"create-then-two-updates", "typing-burst", "timeout", "failure-first", "double-delete", "double-click-create", "lost-answer"} {
		m := focused(t, name, 80, 24, 0, "naive", "callbacks", "polling", "action-queue+hold")
		at := time.Unix(0, 0)
		for range testkit.Sample(800, 160, 35) {
			switch rnd.IntN(12) {
			case 0, 1:
				m.Route(tea.WindowSizeMsg{Width: rnd.IntN(240), Height: rnd.IntN(70)})
			case 2:
				at = at.Add(time.Duration(rnd.IntN(200)) * time.Millisecond)
				m.Route(clock.Tick{N: m.Clock.N, At: at})
			case 3:
				m.Route(tea.MouseClickMsg{X: rnd.IntN(220) - 5, Y: rnd.IntN(70) - 5, Button: tea.MouseLeft})
			case 4:
				m.Route(tea.MouseWheelMsg{X: rnd.IntN(220), Y: rnd.IntN(70), Button: tea.MouseWheelUp})
			default:
				m.Press(keys[rnd.IntN(len(keys))])
			}
			if m.Page != m.Own && m.Over == nil && rnd.IntN(3) == 0 {
				m.Own.Open()
			}
			pagetest.Fits(t, m.Host)
			if f := m.Own; m.Page == m.Own && (f.lane != m.Lane() || f.at >= len(f.lane.Events)) {
				t.Fatal("the focus shows a lane of before")
			}
		}
	}
}

// BenchmarkFocus is a frame of the focus; it must stay below a millisecond.
func BenchmarkFocus(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		b.Run(strconv.Itoa(size[0])+"x"+strconv.Itoa(size[1]), func(b *testing.B) {
			m := focused(b, "create-then-two-updates", size[0], size[1], story, "action-queue", "action-queue+hold")
			m.Press("=")
			b.ReportAllocs()
			for b.Loop() {
				m.View()
			}
		})
	}
}

// The panel says of which time it is as the header does, also between two events; and in
// a row of the log nothing touches its mark.
func TestFocusSaysOneTime(t *testing.T) {
	m := focused(t, "create-then-two-updates", 120, 40, story, "callbacks")
	at := m.Lane().Events[story].At
	m.MoveTo(at + 3*time.Millisecond)
	m.Draw()
	text := m.Canvas.String()
	if want := fmt.Sprintf("who wrote what, at %d ms", (at+3*time.Millisecond)/time.Millisecond); m.Own.at != story || !strings.Contains(text, want) {
		t.Errorf("event %d, and nothing says %q", m.Own.at, want)
	}
}

func TestFocusMarksStandApart(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		for _, name := range []string{"create-then-two-updates", "again-after-412", "two-tabs", "failure-middle"} {
			m := focused(t, name, size[0], size[1], 0, "naive", "if-match", "callbacks")
			for lane := range m.Lanes {
				m.ShowLane(lane)
				decided(m)
				for i := range m.Lane().Events {
					m.Own.selectEvent(i)
					m.Draw()
					b, rows := m.Own.hit.log, strings.Split(m.Canvas.String(), "\n")
					for y := b.y; y < b.y+b.h && b.w > 0; y++ {
						row := []rune(rows[y])
						if x := b.x + b.w - 2; x < len(row) && strings.ContainsRune("✗!…", row[x]) && row[x-1] != ' ' && row[x-1] != '─' {
							t.Fatalf("%s at %v: %q", name, size, string(row))
						}
					}
				}
			}
		}
	}
}

// What is seen on another client's screen is shown there, and going back brings the
// screen back that was in view.
func TestFocusLooksWhereItIsSeen(t *testing.T) {
	m := alone.Open(t, "property-pushed-over", 120, 40, 0) // client 1 loses it, client 2 was first
	m.Show(m.Session.WithLanes([]string{"naive"}))
	was := m.Session.View
	m.MoveTo(m.Settled)
	m.Own.Open()
	if is := m.Session.View; was/sim.MaxPersons != 1 || is != 0 {
		t.Errorf("in view was %d, and is %d", was, is)
	}
	m.Draw()
	if text := m.Canvas.String(); !strings.Contains(text, "The news of u1 put Pump back") {
		t.Errorf("nothing says what the news did:\n%s", text)
	}
	if m.Press("esc"); m.Session.View != was {
		t.Errorf("back in the lanes, %d is in view", m.Session.View)
	}
}
