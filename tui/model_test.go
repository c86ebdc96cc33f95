package tui

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/internal/testkit"
	"photofinish/sim"
	"photofinish/tui/clock"
	"photofinish/tui/page/pagetest"
)

// press sends keys to the model, as a terminal names them.
func press(m *Model, keys ...string) tea.Cmd { return pagetest.Press(&m.Host, keys...) }

func keyPress(name string) tea.KeyPressMsg { return pagetest.Key(name) }

func actions(m *Model) string { return pagetest.Actions(&m.Host) }

func TestActAtTheCursor(t *testing.T) {
	m := open(t, "create-then-update", 120, 40, 60*time.Millisecond)
	before := actions(m)
	press(m, "u")
	if got, want := actions(m), before+" u3@60"; got != want {
		t.Fatalf("after u: %s, want %s", got, want)
	}
	press(m, "left", "left", "left", "d")
	if got, want := actions(m), "c1@0 d2@30 u3@40 u4@60"; got != want {
		t.Fatalf("after d in the past: %s, want %s", got, want)
	}
	for _, l := range m.Lanes {
		acts := 0
		for _, e := range l.Events {
			if e.Kind == sim.EventAct {
				acts++
			}
		}
		if acts != 4 {
			t.Errorf("%s got %d actions, want 4", l.Name, acts)
		}
	}
	press(m, "z", "z")
	if got := actions(m); got != before {
		t.Errorf("undone: %s, want %s", got, before)
	}
	press(m, "Z")
	if got, want := actions(m), before+" u3@60"; got != want {
		t.Errorf("redone: %s, want %s", got, want)
	}
}

func TestNewValues(t *testing.T) {
	m := open(t, "create-then-update", 120, 40, 300*time.Millisecond)
	press(m, "u", "p", "p")
	s := m.Session.Script
	n := len(s.Actions)
	if by := s.Value(sim.By(n), sim.Permissions); s.Values[by] != "admin" {
		t.Errorf("the second p sets %v, want admin", s.Values[by])
	}
	if by := s.Value(sim.By(n-1), sim.Permissions); by != int(s.ReadOnly) {
		t.Errorf("the first p sets %v, want read-only", s.Values[by])
	}
	if v := s.Values[s.Value(sim.By(n-2), 0)]; v == "Ada" || v == "Ada Lovelace" {
		t.Errorf("u sets %v, which the scenario has already", v)
	}
}

func TestNoMoreThanFit(t *testing.T) {
	m := open(t, "create-then-update", 120, 40, 300*time.Millisecond)
	m.Show(m.Session.WithLanes([]string{"naive"})) // every click is run in each
	for range 70 {
		press(m, "u")
	}
	if n := len(m.Session.Script.Actions); n != sim.MaxActions {
		t.Errorf("%d actions, want %d", n, sim.MaxActions)
	}
	if !strings.Contains(m.Message, "64") {
		t.Errorf("the user is told %q", m.Message)
	}
	fits(t, m)
}

func TestTime(t *testing.T) {
	m := open(t, "create-then-update", 120, 40, 100*time.Millisecond)
	for _, step := range []struct {
		key  string
		want time.Duration
	}{
		{"right", 110}, {"shift+right", 210}, {"left", 200}, {"shift+left", 100},
		{"home", 0}, {".", 40}, {".", 120}, {",", 40}, {"end", 300}, {"left", 290}, {"shift+left", 190},
	} {
		press(m, step.key)
		if got := m.Session.Now; got != step.want*time.Millisecond {
			t.Errorf("after %s at %v, want %v ms", step.key, got, int(step.want))
		}
	}
	press(m, "home", "left")
	if m.Session.Now != 0 {
		t.Errorf("time before the start: %v", m.Session.Now)
	}
}

// While paused nothing is awaited: the program sleeps.
func TestPausedMeansAsleep(t *testing.T) {
	m := open(t, "create-then-update", 120, 40, 100*time.Millisecond)
	if cmd := press(m, "space"); cmd == nil {
		t.Fatal("playing awaits no tick")
	}
	if cmd := press(m, "space"); cmd != nil {
		t.Error("pausing awaits something")
	}
	if _, cmd := m.Update(clock.Tick{N: m.Clock.N - 1, At: time.Now()}); cmd != nil {
		t.Error("a tick from before the pause goes on")
	}
	for _, key := range []string{"left", ".", "j", "v", "w", "<"} {
		if cmd := press(m, key); cmd != nil {
			t.Errorf("%s awaits something", key)
		}
	}
}

func TestPlaysToTheEnd(t *testing.T) {
	m := open(t, "create-then-update", 120, 40, 0)
	press(m, "space")
	at := time.Unix(0, 0)
	for range 100_000 {
		if !m.Clock.Playing {
			break
		}
		at = at.Add(clock.Frame)
		m.Update(clock.Tick{N: m.Clock.N, At: at})
	}
	if m.Clock.Playing || m.Session.Now != m.Settled {
		t.Fatalf("playing %v at %v, want settled at %v", m.Clock.Playing, m.Session.Now, m.Settled)
	}
	press(m, "space")
	if !m.Clock.Playing || m.Session.Now != 0 {
		t.Error("space at the end does not start again")
	}
}

func TestReseed(t *testing.T) {
	m := open(t, "create-then-update", 120, 40, 100*time.Millisecond)
	pinned := m.Lanes[0].Settled
	press(m, "r")
	if m.Session.Luck() != "seed 1" || m.Lanes[0].Settled == pinned {
		t.Errorf("r: %s, settled at %v as before", m.Session.Luck(), m.Lanes[0].Settled)
	}
	press(m, "r")
	if m.Session.Luck() != "seed 2" {
		t.Errorf("r r: %s", m.Session.Luck())
	}
	press(m, "R", "R")
	if m.Session.Luck() != "as scripted" || m.Lanes[0].Settled != pinned {
		t.Errorf("back: %s, settled at %v, want %v", m.Session.Luck(), m.Lanes[0].Settled, pinned)
	}
}

// Who opens another scenario while the mouse holds an action lets go of it: the
// new one has an axis of its own.
func TestOpenAnotherWhileDragging(t *testing.T) {
	m := open(t, "create-then-update", 120, 40, 100*time.Millisecond)
	m.Draw()
	c := m.Hit.Chips[1]
	m.Update(tea.MouseClickMsg{X: c.X, Y: c.Y, Button: tea.MouseLeft})
	if !m.Held {
		t.Fatal("nothing is held")
	}
	press(m, "O", "down", "enter")
	if m.Held || m.End < m.Settled {
		t.Errorf("held %v, the axis ends at %v, the lanes at %v", m.Held, m.End, m.Settled)
	}
}

func TestOpenAnother(t *testing.T) {
	m := open(t, "create-then-update", 120, 40, 100*time.Millisecond)
	press(m, "O", "down", "enter")
	if m.Over != nil || m.Session.Scenario.Name == "create-then-update" {
		t.Fatalf("still on %s", m.Session.Scenario.Name)
	}
	press(m, "z")
	if m.Session.Scenario.Name != "create-then-update" {
		t.Errorf("undo leads to %s", m.Session.Scenario.Name)
	}
}

func TestMouse(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 0)
	m.Draw()
	m.Update(tea.MouseClickMsg{X: 60, Y: 18, Button: tea.MouseLeft})
	if m.Session.Lane != 2 || m.Session.Now < 200*time.Millisecond || m.Session.Now > 300*time.Millisecond {
		t.Errorf("a click in the third lane's middle: lane %d at %v", m.Session.Lane, m.Session.Now)
	}
	was := m.Session.Now
	m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if m.Session.Now != was+10*time.Millisecond {
		t.Errorf("the wheel moves time by %v", m.Session.Now-was)
	}
}

// A double click on a lane is the focus on it; two clicks far apart, or slow ones, are
// not.
func TestDoubleClick(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 0)
	now := time.Unix(0, 0)
	m.Wall = func() time.Time { return now }
	click := func(x, y int, after time.Duration) bool {
		now = now.Add(after)
		m.Draw()
		m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
		m.Update(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
		return m.Page == m.focus
	}
	for _, x := range []int{60, 60} {
		if click(x, 18, time.Second) || click(x+1, 18, 0) {
			t.Error("slow clicks, or such at two cells, are a double click")
		}
	}
	if !click(61, 18, 100*time.Millisecond) || m.Session.Lane != 2 {
		t.Errorf("a double click on the third lane: page %T, lane %d", m.Page, m.Session.Lane)
	}
	press(m, "esc")
	if click(61, 18, 0) {
		t.Error("a third click is a double click")
	}
	for range 2 {
		if click(2, 0, 0) {
			t.Error("a double click where no lane is")
		}
	}
}

// A key that does nothing now says why; one that never does anything is silent.
func TestSaysWhy(t *testing.T) {
	for _, c := range []struct{ keys, says string }{
		{"tab", "one field only"}, {"+", "no message is picked"}, {"0", "no message is picked"}, {"9", "there are 6 lanes"},
		{"home left", "this is the start"}, {"home ,", "this is the start"}, {"end .", "this is the end"}, {"end end", "this is the end"},
		{"< < < <", "0.01× is as slow"}, {"> > > > > >", "2× is as fast"}, {"1 up", "naive is the first lane"}, {"6 down", "there are 6 lanes"},
		{"space v", "while time plays"}, {"z", "nothing more to take back"}, {"Z", "nothing to do again"}, {"R", "is the first there is"},
		{"x x x x x x x [", "no action yet"}, {"x x x x x x x e", "no action yet"}, {"x x x x x x x m", "no action yet"},
		{"x x x x x x x n", "nothing is on its way"}, {"x x x x x x x o", "two clicks"}, {"home u P", "in view"}, {"C", "in view: client 2"},
		{"é", ""}, {"esc", ""}, {"K", ""}, {"left", ""}, {"down", ""},
	} {
		m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
		press(m, strings.Fields(c.keys)...)
		if c.says == "" && m.Message != "" || !strings.Contains(m.Message, c.says) {
			t.Errorf("%s: it says %q, want %q", c.keys, m.Message, c.says)
		}
	}
}

// Any key, any order, any size: no panic, and nothing wider than the window.
func TestAnyKeyAnySize(t *testing.T) { testkit.Random(t, anyKeyAnySize) }

func anyKeyAnySize(t *testing.T, rnd *rand.Rand) {
	t.Chdir(t.TempDir()) // for what is saved on the way
	keys := []string{"space", "left", "right", "up", "down", "shift+left", "shift+right", "home", "end", "tab", "enter", "esc", "backspace", "/", "a", "é", "漢", "\x00", "y", "3"}
	for _, c := range open(t, "create-then-update", 80, 24, 0).Table {
		for _, b := range c.Bindings {
			if name := b.Keys()[0]; name != "" && name != "q" && len([]rune(name)) == 1 {
				keys = append(keys, name)
			}
		}
	}
	sizes := [][2]int{{0, 0}, {1, 1}, {500, 200}, {60, 16}, {59, 16}, {80, 24}, {100, 34}, {120, 40}, {188, 44}, {200, 50}, {60, 200}, {500, 16}}
	for _, name := range []string{"create-then-two-updates", "typing-burst", "timeout", "failure-first", "double-delete"} {
		m := open(t, name, 80, 24, 0)
		at := time.Unix(0, 0)
		x, y := 0, 0
		for range testkit.Sample(1500, 300, 60) {
			switch rnd.IntN(16) {
			case 0:
				size := sizes[rnd.IntN(len(sizes))]
				m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			case 1:
				m.Update(tea.WindowSizeMsg{Width: rnd.IntN(220), Height: rnd.IntN(70)})
			case 2, 3:
				at = at.Add(time.Duration(rnd.IntN(200)) * time.Millisecond)
				m.Update(clock.Tick{N: m.Clock.N, At: at})
			case 4:
				x, y = rnd.IntN(220)-5, rnd.IntN(70)-5
				if n := len(m.Hit.Chips); n > 0 && rnd.IntN(2) == 0 {
					x, y = m.Hit.Chips[rnd.IntN(n)].X, m.Hit.Chips[rnd.IntN(n)].Y
				}
				m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			case 5:
				m.Update(tea.MouseWheelMsg{X: rnd.IntN(220), Y: rnd.IntN(70), Button: tea.MouseWheelUp})
			case 6:
				x, y = x+rnd.IntN(21)-10, y+rnd.IntN(9)-4
				m.Update(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft})
			case 7:
				m.Update(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
			case 8:
				m.Update(tea.PasteMsg{Content: "pasted \x1b[31m漢 text\n"})
			default:
				press(m, keys[rnd.IntN(len(keys))])
			}
			fits(t, m)
		}
	}
}
