// Package pagetest serves the tests of pages: a playground of one page, and a
// person who presses keys. No program imports it.
package pagetest

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/desk"
	"photofinish/tui/dialogs"
	"photofinish/tui/page"
	"photofinish/tui/session"
)

// Playground is one that has nothing but a page and, in the place of the lanes, a
// blank one.
type Playground[P page.Page] struct {
	*page.Host
	Own P
}

// Maker makes a page.
type Maker[P page.Page] func(page.Base) P

// Open returns a playground on a scenario of the catalogue, with the third lane
// in view, paused at now.
func (own Maker[P]) Open(t testing.TB, scenario string, w, h int, now time.Duration) *Playground[P] {
	t.Helper()
	s, err := scenarios.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	m := own.On(t, session.New(s, strategies.Default(), 1), w, h)
	m.MoveTo(now)
	return m
}

// On returns a playground on a session, with the third lane in view.
func (own Maker[P]) On(t testing.TB, s session.Session, w, h int) *Playground[P] {
	t.Helper()
	return own.on(t, s, strategies.Catalogue, w, h)
}

// OnOwn returns one of two lanes, of which the second is the user's own, and of no other
// strategies. It is in view, and nothing has been done for it yet.
func (own Maker[P]) OnOwn(t testing.TB, scenario string, ours *Own, w, h int) *Playground[P] {
	t.Helper()
	s, err := scenarios.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	m := own.on(t, session.New(s, []string{"naive", ours.Name}, 1), strategies.Lineup{strategies.Catalogue[0], ours.Entry()}, w, h)
	All(m.Desk)
	m.MoveTo(0)
	t.Cleanup(m.Leave)
	return m
}

func (own Maker[P]) on(t testing.TB, s session.Session, lineup strategies.Lineup, w, h int) *Playground[P] {
	t.Helper()
	d, err := desk.New(s, lineup, false)
	if err != nil {
		t.Fatal(err)
	}
	Few(d)
	host := page.New(d)
	host.Width, host.Height = w, h
	host.Session.Lane = min(2, len(host.Lanes)-1)
	b := page.Base{Host: &host}
	m := &Playground[P]{&host, own(b)}
	m.Begin(elsewhere(b.Host), Blank{Base: b}, m.Own)
	return m
}

// elsewhere returns what opens dialogs and other pages, of which only the keys are
// there, for the foot.
func elsewhere(h *page.Host) []page.Command {
	all := append(dialogs.Dialogs{Host: h}.Commands(),
		page.Command{Group: page.OfLanes, After: "1 2 3 4 5 6 7 8 9", In: page.Overview, Keys: "enter", Does: "focus"},
		page.Command{Group: page.OfChance, After: "r R", In: page.Editing, Keys: "o", Does: "odds"},
		page.Command{Group: page.OfChance, After: "o", In: page.Timed, Keys: "n", Does: "be the network"},
		page.Command{Group: page.OfChance, After: "n", In: page.Timed, Keys: "b", Does: "break it"})
	for i := range all {
		all[i].Do = func(int) tea.Cmd { return nil }
	}
	return all
}

// Trials is how many odds are of in tests where it is looked at what is said, and not how
// much, and Bound how many classes of orders are run: that there are more is said of fewer
// in the same words.
const (
	Trials = 500
	Bound  = 2_000
)

var few, all desk.Counts

// Few lets odds be of few trials, and takes over what tests have counted before.
func Few(d *desk.Desk) { d.Trials, d.Bound, d.Counts = Trials, Bound, &few }

// All lets odds be of as many trials as in the program, for golden files, and takes over
// what tests have counted before.
func All(d *desk.Desk) { d.Trials, d.Bound, d.Counts = 10_000, Bound, &all }

// Press sends keys to it, as [Press] does.
func (m *Playground[P]) Press(keys ...string) tea.Cmd { return Press(m.Host, keys...) }

// Blank is a page on which nothing stands, in the place of the first one.
type Blank struct{ page.Base }

// Profile returns all traits.
func (Blank) Profile() (heading string, traits page.Trait) {
	return "", page.Any | page.Timed | page.Overview | page.Editing | page.First
}

// Draw draws nothing.
func (Blank) Draw(page.Screen) {}

// Press sends keys, as a terminal names them, and returns the command of the
// last one.
func Press(h *page.Host, keys ...string) (cmd tea.Cmd) {
	for _, k := range keys {
		cmd = h.Route(Key(k))
	}
	return cmd
}

// Key returns the message of a key.
func Key(name string) tea.KeyPressMsg {
	special := map[string]rune{"space": tea.KeySpace, "left": tea.KeyLeft, "right": tea.KeyRight, "up": tea.KeyUp, "down": tea.KeyDown, "home": tea.KeyHome,
		"end": tea.KeyEnd, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace}
	if r, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: r}
	}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		return tea.KeyPressMsg{Code: special[rest], Mod: tea.ModShift}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// Fits draws the screen, checks that it is no larger than the window, and returns it.
func Fits(t testing.TB, h *page.Host) string {
	t.Helper()
	content := h.View().Content
	lines := strings.Split(content, "\n")
	if len(lines) > max(h.Height, 1) {
		t.Fatalf("%d lines in a window of %d", len(lines), h.Height)
	}
	for i, line := range lines {
		if n := ansi.StringWidth(line); n > h.Width {
			t.Fatalf("line %d is %d wide in a window of %d: %q", i, n, h.Width, line)
		}
	}
	return content
}

// Odds returns odds over 10,000 trials; those that are neither wrong nor stuck are ok.
func Odds(wrong, stuck int) report.Odds {
	o := report.Odds{Trials: 10_000}
	o.Verdicts[judge.Wrong], o.Verdicts[judge.Stuck], o.Verdicts[judge.OK] = wrong, stuck, 10_000-wrong-stuck
	return o
}

// Work does what waits in the background, and what comes of it, until nothing does.
// It is for tests in a bubble of synctest, where timers take no time.
func Work(take func(tea.Msg) tea.Cmd, cmd tea.Cmd) {
	for pending := []tea.Cmd{cmd}; len(pending) > 0; pending = pending[1:] {
		if pending[0] == nil {
			continue
		}
		switch msg := pending[0]().(type) {
		case nil:
		case tea.BatchMsg:
			pending = append(pending, msg...)
		default:
			pending = append(pending, take(msg))
		}
	}
}

// Actions writes the actions of the script, with their times.
func Actions(h *page.Host) string {
	var labels []string
	for i := range h.Session.Script.Actions {
		a := &h.Session.Script.Actions[i]
		labels = append(labels, a.Label()+"@"+tell.Rounded(a.At))
	}
	return strings.Join(labels, " ")
}
