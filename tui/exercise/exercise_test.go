package exercise

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"photofinish/exercises"
	"photofinish/internal/testkit"
	"photofinish/report/grade"
	"photofinish/sim"
	"photofinish/strategies"
	"photofinish/tui/ink"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// news are those of an exercise with a file, of which a strategy is what it does: that
// needs no program.
func news(t *testing.T, name, strategy string, file func(*exercises.Exercise) string) News {
	t.Helper()
	e, err := exercises.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	client, err := strategies.Find(strategy)
	if err != nil {
		t.Fatal(err)
	}
	g := grade.Of(e, name+".mjs", file(e))
	g.Run(t.Context(), client, grade.Options{})
	return News{Grade: g, Saved: "14:03:22", Path: "/home/ada/" + name + ".mjs"}
}

func begun(e *exercises.Exercise) string  { return e.Start }
func right(e *exercises.Exercise) string  { return e.Right }
func wrong1(e *exercises.Exercise) string { return e.Wrong[0].Text }

// noted are notes of a file that prints, and breaks off.
type noted []string

func (noted) Cries() string { return "" }
func (n noted) Heard() ([]string, []strategies.Uncaught) {
	return n, []strategies.Uncaught{{What: "threw", Says: "lst is not defined\x1b[31m", At: sim.Source{File: "in-turn.mjs", Line: 8}}}
}

// looks are the states in which an exercise is looked at: the same ones each time, which
// nobody changes.
func looks(t *testing.T) map[string]News {
	if looked == nil {
		looked = newLooks(t)
	}
	return looked
}

var looked map[string]News

func newLooks(t *testing.T) map[string]News {
	broken := news(t, "in-turn", "naive", begun)
	broken.Grade.Hole, broken.Err = 0, errors.New("in-turn.mjs:8:3: Expected \"}\" but found end of file\x1b[31m")
	thrown := news(t, "in-turn", "naive", wrong1)
	naive, _ := strategies.Find("naive")
	thrown.Grade.Run(t.Context(), naive, grade.Options{Notes: noted{"one\x07", "two", "three", "four", "five"}})
	almost := news(t, "in-turn", "hold-outgoing", right)
	hold, _ := strategies.Find("hold-outgoing")
	almost.Grade.Run(t.Context(), hold, grade.Options{Notes: noted{"sent"}})
	running := news(t, "both-rules", "naive", begun)
	running.Running, running.Grade.Hole = true, 0
	return map[string]News{
		"begun":   news(t, "in-turn", "naive", begun),
		"running": running,
		"broken":  broken,
		"thrown":  thrown,
		"almost":  almost,
		"met":     news(t, "in-turn", "naive", wrong1),
		"two":     news(t, "own-edits", "naive", wrong1),
		"four":    news(t, "both-rules", "action-queue", wrong1),
		"unsent":  news(t, "keep-the-edit", "naive", wrong1),
		"lines":   news(t, "delete-too", "naive", wrong1),
		"told":    news(t, "after-a-no", "promise-chain", wrong1),
		"refused": news(t, "in-turn", "refuse", wrong1),
		"solved":  news(t, "in-turn", "hold-outgoing", right),
		"last":    news(t, "own-edits", "overlay+hold", right),
	}
}

// Each state, as it looks in a window and as text.
func TestScreens(t *testing.T) {
	for name, n := range looks(t) {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
			m := New(nil, n)
			m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			if name == "met" {
				m.Update(press("h"))
			}
			testkit.Golden(t, fmt.Sprintf("%s-%dx%d.txt", name, size[0], size[1]), look(t, m))
		}
		var text bytes.Buffer
		if err := Write(&text, n, 80, ink.NoColour); err != nil {
			t.Fatal(err)
		}
		testkit.Golden(t, name+".txt", text.String())
		var coloured bytes.Buffer
		if err := Write(&coloured, n, 80, ink.AnyGround); err != nil {
			t.Fatal(err)
		}
		if name == "met" {
			testkit.Golden(t, "met.ans", coloured.String())
		}
		if got := ansi.Strip(coloured.String()); got == coloured.String() || got != text.String() {
			t.Errorf("%s says something else in colours:\n%s", name, got)
		}
		testkit.Printable(t, name, text.Bytes())
	}
}

func press(key string) tea.KeyPressMsg { return tea.KeyPressMsg{Code: rune(key[0]), Text: key} }

// look returns what is on the screen, no line of which is wider than it.
func look(t *testing.T, m *Model) string {
	t.Helper()
	m.View()
	text := m.term.Canvas.String()
	for line := range strings.Lines(text) {
		if n := ink.Width(strings.TrimRight(line, "\n")); n > m.term.Width {
			t.Errorf("%d wide: %q", n, line)
		}
	}
	return text
}

// TestSeeIt: an idea that is met names the command that shows it, where there is room.
func TestSeeIt(t *testing.T) {
	n := looks(t)["met"]
	const see = "See it: photofinish explore overlapping-updates --strategy naive"
	for _, of := range []struct {
		w, h int
		sees bool
	}{{80, 24, true}, {120, 40, true}, {60, 16, false}} {
		m := New(nil, n)
		m.Update(tea.WindowSizeMsg{Width: of.w, Height: of.h})
		if text := look(t, m); strings.Contains(text, see) != of.sees {
			t.Errorf("%d×%d:\n%s", of.w, of.h, text)
		}
	}
}

// TestWindows: what is said last is to be seen in every window in which an exercise can be
// read, and in smaller ones how to go on.
func TestWindows(t *testing.T) {
	all := looks(t)
	for w := 20; w < 210; w += testkit.Size(9, 40) {
		for h := 5; h < 52; h += testkit.Size(5, 15) {
			for name, n := range all {
				m := New(nil, n)
				m.Update(tea.WindowSizeMsg{Width: w, Height: h})
				text := look(t, m)
				want := map[string]string{"met": "was overwritten by", "four": "was overwritten by", "solved": "Solved", "unsent": "never left", "begun": "the hole is still empty"}[name]
				if m.small() {
					want = "This window is"
				}
				if w >= 24 && !strings.Contains(text, want) {
					t.Errorf("%s at %d×%d lacks %q:\n%s", name, w, h, want, text)
				}
			}
		}
	}
}

// TestKeys: each key that is shown does what it says.
func TestKeys(t *testing.T) {
	all := looks(t)
	more := make(chan News, 1)
	m := New(more, all["begun"])
	foot := func() string {
		lines := strings.Split(strings.TrimSpace(look(t, m)), "\n")
		return lines[len(lines)-1]
	}
	if got := foot(); got != " h hint (1 of 3)   n next   q leave" {
		t.Errorf("at first: %q", got)
	}
	more <- all["met"]
	m.Update(m.wait())
	if got := foot(); !strings.Contains(got, "o open it in the playground") {
		t.Errorf("with an order to show: %q", got)
	}
	for i := range 3 {
		m.Update(press("h"))
		if text := look(t, m); !strings.Contains(text, fmt.Sprintf("Hint %d of 3", i+1)) {
			t.Errorf("hint %d is not shown:\n%s", i+1, text)
		}
	}
	if got := foot(); strings.Contains(got, "hint") {
		t.Errorf("there is no fourth hint: %q", got)
	}
	for key, want := range map[string]Leave{"o": Play, "n": Next, "q": Quit, "x": Stay} {
		m := New(nil, all["met"])
		if _, cmd := m.Update(press(key)); m.Left() != want || (cmd == nil) != (want == Stay) {
			t.Errorf("%s leads to %d", key, m.Left())
		}
	}
	m.Update(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl})
	if m.Left() != Abort {
		t.Errorf("ctrl+c leads to %d", m.Left())
	}
	close(more)
	if m.wait() != nil {
		t.Error("news from nowhere")
	}
}
