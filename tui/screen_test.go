package tui

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/strategies"
	"photofinish/tui/ink"
	"photofinish/tui/page/pagetest"
	"photofinish/tui/session"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// open returns a playground on a scenario of the catalogue, paused at now.
func open(t testing.TB, name string, w, h int, now time.Duration) *Model {
	t.Helper()
	sc, err := scenarios.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	m, err := newModel(session.New(sc, strategies.Default(), 1), strategies.Catalogue, false)
	if err != nil {
		t.Fatal(err)
	}
	pagetest.Few(m.Desk)
	m.Width, m.Height = w, h
	m.Session.Lane = min(2, len(m.Lanes)-1)
	m.MoveTo(now)
	return m
}

// odds returns those of 10,000 trials.
func odds(wrong, stuck int) report.Odds { return pagetest.Odds(wrong, stuck) }

func TestScreens(t *testing.T) {
	const ms = time.Millisecond
	for _, tt := range []struct {
		file     string
		scenario string
		w, h     int
		now      time.Duration
		set      func(*Model)
	}{
		{"queue-50x12.txt", "create-then-two-updates", 50, 12, 268 * ms, nil},
		{"queue-60x16.txt", "create-then-two-updates", 60, 16, 268 * ms, nil},
		{"queue-80x24.txt", "create-then-two-updates", 80, 24, 268 * ms, nil},
		{"queue-120x40.txt", "create-then-two-updates", 120, 40, 268 * ms, nil},
		{"queue-188x44.txt", "create-then-two-updates", 188, 44, 268 * ms, nil},
		{"queue-200x50.txt", "create-then-two-updates", 200, 50, 268 * ms, nil},
		{"queue-settled-120x40.txt", "create-then-two-updates", 120, 40, time.Second, nil},
		{"queue-columns-120x40.txt", "create-then-two-updates", 120, 40, 268 * ms, func(m *Model) { m.lanes.Recall(session.State{Layout: "columns"}) }},
		{"queue-strips-200x50.txt", "create-then-two-updates", 200, 50, 268 * ms, func(m *Model) { m.lanes.Recall(session.State{Layout: "strips"}) }},
		{"first-run-120x40.txt", "create-then-two-updates", 120, 40, 96 * ms, func(m *Model) { m.FirstRun, m.Clock.Playing = true, true }},
		{"first-run-200x50.txt", "create-then-two-updates", 200, 50, 96 * ms, func(m *Model) { m.FirstRun, m.Clock.Playing = true, true }},
		{"odds-120x40.txt", "create-then-two-updates", 120, 40, 268 * ms, func(m *Model) {
			m.Results.Odds = map[string]report.Odds{"naive": odds(8_700, 0), "polling": odds(1_000, 2_000), "callbacks": odds(0, 0)}
			m.Results.Orders = map[string]explore.Result{
				"naive":     {Classes: 7, Complete: true, Verdicts: [5]int64{4: 3, 0: 4}},
				"callbacks": {Classes: 14, Complete: true, Verdicts: [5]int64{0: 14}},
				"polling":   {Classes: 20000, Verdicts: [5]int64{0: 20000}},
			}
		}},
		{"clobber-120x40.txt", "fetch-then-edit", 120, 40, time.Second, nil},
		{"failure-80x24.txt", "failure-middle", 80, 24, time.Second, nil},
		{"lost-200x50.txt", "lost-answer", 200, 50, time.Second, nil},
		{"orphan-120x40.txt", "create-then-delete", 120, 40, time.Second, nil},
		{"two-tabs-120x40.txt", "two-tabs", 120, 40, time.Second, nil},
		{"two-tabs-60x16.txt", "two-tabs", 60, 16, time.Second, nil},
		{"two-tabs-80x24.txt", "two-tabs", 80, 24, time.Second, func(m *Model) { press(m, "C") }},
		{"two-tabs-188x44.txt", "two-tabs", 188, 44, time.Second, nil},
		{"two-tabs-200x50.txt", "two-tabs", 200, 50, time.Second, nil},
		{"two-tabs-columns-120x40.txt", "two-tabs", 120, 40, time.Second, func(m *Model) { m.lanes.Recall(session.State{Layout: "columns"}) }},
		{"two-tabs-strips-200x50.txt", "two-tabs", 200, 50, time.Second, func(m *Model) { m.lanes.Recall(session.State{Layout: "strips"}) }},
		{"double-click-120x40.txt", "create-then-two-updates", 120, 40, time.Second, func(m *Model) { press(m, "c", "c", "end") }},
		{"double-click-200x50.txt", "create-then-two-updates", 200, 50, time.Second, func(m *Model) { press(m, "c", "c", "end") }},
		{"persons-60x16.txt", "one-queue-for-all", 60, 16, time.Second, nil},
		{"persons-80x24.txt", "one-queue-for-all", 80, 24, time.Second, nil},
		{"persons-120x40.txt", "one-queue-for-all", 120, 40, time.Second, func(m *Model) { press(m, "P") }},
		{"persons-188x44.txt", "one-queue-for-all", 188, 44, time.Second, func(m *Model) { press(m, "P") }},
		{"persons-200x50.txt", "one-queue-for-all", 200, 50, time.Second, func(m *Model) { press(m, "P") }},
		{"closed-80x24.txt", "flush-overtakes", 80, 24, time.Second, nil},
		{"cut-120x40.txt", "typed-through-the-cut", 120, 40, 660 * time.Second, nil},
		{"cut-200x50.txt", "typed-through-the-cut", 200, 50, 700 * time.Second, func(m *Model) { press(m, "g") }},
		{"help-60x16.txt", "create-then-two-updates", 60, 16, 268 * ms, func(m *Model) { m.dialogs.OpenHelp() }},
		{"help-80x24.txt", "create-then-two-updates", 80, 24, 268 * ms, func(m *Model) { m.dialogs.OpenHelp() }},
		{"help-120x40.txt", "create-then-two-updates", 120, 40, 268 * ms, func(m *Model) { m.dialogs.OpenHelp() }},
		{"help-200x50.txt", "create-then-two-updates", 200, 50, 268 * ms, func(m *Model) { m.dialogs.OpenHelp() }},
		{"palette-80x24.txt", "create-then-two-updates", 80, 24, 268 * ms, func(m *Model) { press(m, ":", "m", "e", "s") }},
		{"palette-120x40.txt", "create-then-two-updates", 120, 40, 268 * ms, func(m *Model) { press(m, ":", "l", "a", "t") }},
		{"palette-200x50.txt", "create-then-two-updates", 200, 50, 268 * ms, func(m *Model) { press(m, ":") }},
		{"networks-60x16.txt", "create-then-two-updates", 60, 16, 268 * ms, func(m *Model) { press(m, "N") }},
		{"networks-120x40.txt", "create-then-two-updates", 120, 40, 268 * ms, func(m *Model) { press(m, "N") }},
		{"networks-80x24.txt", "create-then-two-updates", 80, 24, 268 * ms, func(m *Model) { press(m, "N") }},
		{"networks-200x50.txt", "create-then-two-updates", 200, 50, 268 * ms, func(m *Model) { press(m, "N", "4", "g", "enter", "N") }},
		{"edit-80x24.txt", "create-then-two-updates", 80, 24, 268 * ms, func(m *Model) { press(m, "g", "e") }},
		{"selected-120x40.txt", "create-then-two-updates", 120, 40, 268 * ms, func(m *Model) { press(m, "g", "G", "m") }},
		{"selected-200x50.txt", "create-then-two-updates", 200, 50, 268 * ms, func(m *Model) { press(m, "g", "G") }},
		{"picked-60x16.txt", "create-then-two-updates", 60, 16, time.Second, pickU2},
		{"picked-80x24.txt", "create-then-two-updates", 80, 24, time.Second, pickU2},
		{"picked-120x40.txt", "create-then-two-updates", 120, 40, time.Second, pickU2},
		{"picked-188x44.txt", "create-then-two-updates", 188, 44, time.Second, pickU2},
		{"picked-200x50.txt", "create-then-two-updates", 200, 50, time.Second, pickU2},
		{"open-80x24.txt", "create-then-two-updates", 80, 24, 268 * ms, func(m *Model) { m.dialogs.OpenScenario() }},
		{"open-120x40.txt", "create-then-two-updates", 120, 40, 268 * ms, func(m *Model) { m.dialogs.OpenScenario() }},
	} {
		t.Run(strings.TrimSuffix(tt.file, ".txt"), func(t *testing.T) {
			m := open(t, tt.scenario, tt.w, tt.h, tt.now)
			if tt.set != nil {
				tt.set(m)
			}
			fits(t, m)
			testkit.Golden(t, tt.file, m.Canvas.String())
		})
	}
}

// pickU2 picks u2's way up in the lane in view, when all is over.
func pickU2(m *Model) { press(m, "end", "g", "G", "m") }

// fits draws the screen and checks that it is no larger than the window.
func fits(t testing.TB, m *Model) string {
	t.Helper()
	return pagetest.Fits(t, &m.Host)
}

// The notice of a small window shows a command only where it fits and can be
// typed as it is shown.
func TestNoticeShowsNoOtherCommand(t *testing.T) {
	for file, shown := range map[string]string{
		"own.yaml":                           "photofinish replay own.yaml",
		"漢字.yaml":                            "photofinish replay --help",
		strings.Repeat("long-", 9) + ".yaml": "photofinish replay --help",
	} {
		m := open(t, "create-then-update", 50, 12, 0)
		own := *m.Session.Scenario
		own.File = file
		m.Session.Scenario = &own
		fits(t, m)
		if screen := m.Canvas.String(); !strings.Contains(screen, shown+"\n") {
			t.Errorf("no %q of %s on\n%s", shown, file, screen)
		}
	}
}

// The coloured screen says in text what the plain one says.
func TestColourChangesNoText(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 268*time.Millisecond)
	m.Draw()
	want := strings.TrimRight(m.Canvas.String(), "\n")
	for _, d := range []ink.Depth{ink.NoColour, ink.Colours16, ink.TrueColour} {
		for _, light := range []bool{false, true} {
			lines := strings.Split(ansi.Strip(m.Canvas.Render(ink.NewTheme(d, light))), "\n")
			for i := range lines {
				lines[i] = strings.TrimRight(lines[i], " ")
			}
			if got := strings.TrimRight(strings.Join(lines, "\n"), "\n"); got != want {
				t.Errorf("depth %d, light %v: text differs:\n%s", d, light, got)
			}
		}
	}
}

// Colours in all kinds of terminal, as they are written.
func TestColours(t *testing.T) {
	m := open(t, "create-then-two-updates", 80, 24, 268*time.Millisecond)
	m.Draw()
	for name, th := range map[string]*ink.Theme{
		"queue-80x24-dark.ans":  ink.NewTheme(ink.TrueColour, false),
		"queue-80x24-light.ans": ink.NewTheme(ink.TrueColour, true),
		"queue-80x24-16.ans":    ink.NewTheme(ink.Colours16, false),
		"queue-80x24-none.ans":  ink.NewTheme(ink.NoColour, false),
	} {
		testkit.Golden(t, name, m.Canvas.Render(th)+"\n")
	}
	big := open(t, "create-then-two-updates", 120, 40, 268*time.Millisecond)
	big.Draw()
	testkit.Golden(t, "queue-120x40-none.ans", big.Canvas.Render(ink.NewTheme(ink.NoColour, false))+"\n")
	pickU2(big)
	big.Draw()
	testkit.Golden(t, "picked-120x40-none.ans", big.Canvas.Render(ink.NewTheme(ink.NoColour, false))+"\n")
	two := open(t, "two-tabs", 120, 40, time.Second)
	two.Draw()
	testkit.Golden(t, "two-tabs-120x40-none.ans", two.Canvas.Render(ink.NewTheme(ink.NoColour, false))+"\n")
	if none := m.Canvas.Render(ink.NewTheme(ink.NoColour, false)); strings.Contains(none, ";3") || strings.Contains(none, ";4") {
		t.Error("colours without colour")
	}
}

// Every mark is one cell wide on every terminal.
func TestGlyphsAreNarrow(t *testing.T) {
	for _, r := range "·–…×←↑→↓≠─━│┃┄┆┈┊╌╍┬┼╮╳▌■▲▼▶◀◁▸◂△●✓✗⣿" {
		if n := ansi.StringWidth(string(r)); n != 1 {
			t.Errorf("%q is %d cells wide", r, n)
		}
	}
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"Ada":                 "Ada",
		"\x1b[31mred\x07":     "·[31mred·",
		"two\nlines":          "two·lines",
		"wide 漢":              "wide ·",
		"joined e\u0301":      "joined e·",
		"\u202eright to left": "·right to le…",
		"123456789012345":     "123456789012…",
	} {
		if got := ink.Printable(in, 13); got != want {
			t.Errorf("ink.Printable(%q) = %q, want %q", in, got, want)
		}
	}
}

func BenchmarkFrame(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		b.Run(strconv.Itoa(size[0])+"x"+strconv.Itoa(size[1]), func(b *testing.B) {
			m := open(b, "create-then-two-updates", size[0], size[1], 268*time.Millisecond)
			b.ReportAllocs()
			for b.Loop() {
				m.View()
			}
		})
	}
}

// BenchmarkEdit is what a key that changes the timeline costs before the next
// frame: six traced trials, judged and prepared for drawing.
func BenchmarkEdit(b *testing.B) {
	m := open(b, "create-then-two-updates", 200, 50, 268*time.Millisecond)
	b.ReportAllocs()
	for b.Loop() {
		m.RunLanes()
	}
}
