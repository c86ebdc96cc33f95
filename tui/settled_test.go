package tui

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/internal/testkit"
	"photofinish/sim/explore"
	"photofinish/tui/clock"
	"photofinish/tui/session"
)

// editing are the keys that edit, besides those with which the user acts, and those
// that choose what is edited.
var editing = []string{"[", "]", "{", "}", "(", ")", "x", "r", "R", "z", "Z", "+", "-", "0", "a"}

// give presses a key; before a hint it is known what turns the lane in view, and after
// it the hint has arrived.
func give(m *Model, key string) {
	if key == "a" && len(m.Session.Script.Actions) < 9 {
		e := m.Entries[m.Session.Lane]
		if m.Results.Ways == nil {
			m.Results.Ways = map[string][]explore.Way{}
		}
		m.Results.Ways[e.Name] = explore.Ways(context.Background(), m.Session.Script, e.For(m.Session.Script), m.Session.Seed)
	}
	press(m, key)
	if said := m.Message; key == "a" && said == "" {
		press(m, "é")
	}
}

// rest lets time play to the end.
func rest(m *Model) {
	at := time.Unix(0, 0)
	for m.Clock.Playing {
		at = at.Add(100 * time.Millisecond)
		m.Update(clock.Tick{N: m.Clock.N, At: at})
	}
}

// From the end of all lanes every edit leads to the end of all lanes; what the user
// does there lets time go on.
func TestSettledStaysSettled(t *testing.T) { testkit.Random(t, settledStaysSettled) }

func settledStaysSettled(t *testing.T, rnd *rand.Rand) {
	for _, name := range []string{"create-then-two-updates", "two-tabs", "typing-burst", "timeout"} {
		m := open(t, name, 120, 40, time.Hour)
		press(m, "end")
		last := ""
		for range testkit.Sample(300, 100, 25) {
			if !m.SettledNow() || m.Clock.Playing {
				t.Fatalf("%s: %s: at %v, settled at %v, playing %v", name, last, m.Session.Now, m.Settled, m.Clock.Playing)
			}
			switch last = []string{"g", "m", "up", "down", "enter", "esc"}[rnd.IntN(6)]; rnd.IntN(6) {
			case 0:
				press(m, last)
			case 1:
				last = []string{"c", "u", "d", "p", "f"}[rnd.IntN(5)]
				n := len(m.Session.Script.Actions)
				press(m, last)
				if acted := len(m.Session.Script.Actions) > n; acted && !m.Clock.Playing && !m.SettledNow() {
					t.Fatalf("%s: after %s time does not go on", name, last)
				}
				rest(m)
			case 2:
				press(m, "N")
				for range rnd.IntN(4) {
					press(m, "down")
				}
				last = "N"
				press(m, "enter", "esc")
			default:
				last = editing[rnd.IntN(len(editing))]
				give(m, last)
			}
			if m.Page != m.Home && m.Session.Now < m.Settled { // the focus goes with its event
				press(m, "esc", "end")
			}
		}
	}
}

func TestOpenAnotherWhenSettled(t *testing.T) {
	m := open(t, "create-then-update", 120, 40, time.Hour)
	press(m, "O", "down", "enter")
	if m.Session.Scenario.Name == "create-then-update" || !m.SettledNow() || m.Clock.Playing {
		t.Errorf("%s at %v of %v, playing %v", m.Session.Scenario.Name, m.Session.Now, m.Settled, m.Clock.Playing)
	}
	press(m, "home", "right", "O", "down", "enter")
	if !m.Clock.Playing || m.Session.Now != 0 {
		t.Error("opened half way, it does not play from the start")
	}
	press(m, "r")
	if !m.Clock.Playing || m.Session.Now != 0 {
		t.Error("drawn again while time plays, it does not play from the start")
	}
}

// Undo goes back by what has changed: what changes nothing is no step, and says why.
func TestNothingIsNoEdit(t *testing.T) { testkit.Random(t, nothingIsNoEdit) }

func nothingIsNoEdit(t *testing.T, rnd *rand.Rand) {
	for _, name := range []string{"create-then-two-updates", "two-tabs"} {
		m := open(t, name, 120, 40, 200*time.Millisecond)
		var past []session.Session
		for range testkit.Sample(400, 130, 30) {
			was := m.Session
			key := []string{"g", "m", "left", "right", "u"}[rnd.IntN(5)]
			edits := rnd.IntN(2) == 0
			if edits {
				key = editing[rnd.IntN(len(editing))]
			}
			if key == "z" || key == "Z" || key == "x" && m.Session.Selected == 0 {
				continue
			}
			works := false
			for i := range m.Table {
				if c := &m.Table[i]; m.Works(c) {
					for _, b := range c.Bindings {
						works = works || b.Keys()[0] == key
					}
				}
			}
			give(m, key)
			switch same := was.Same(&m.Session); {
			case !same:
				past = append(past, was)
			case edits && works && m.Message == "":
				t.Fatalf("%s: %s changes nothing, and does not say why", name, key)
			}
		}
		for i := len(past) - 1; i >= 0; i-- {
			if press(m, "z"); !m.Session.Same(&past[i]) {
				t.Fatalf("%s: undo %d leads to something else", name, i)
			}
		}
		if press(m, "z"); m.Message == "" {
			t.Fatalf("%s: there are more steps than edits", name)
		}
	}
}

func TestWhyNothingChanges(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, time.Hour)
	press(m, "g", "g") // u3, then c1
	for _, tt := range []struct{ key, want string }{
		{"[", "c1 is at 0 ms already"},
		{"R", "as scripted is the first there is"},
	} {
		if press(m, tt.key); m.Message != tt.want {
			t.Errorf("%s: %q, want %q", tt.key, m.Message, tt.want)
		}
	}
	press(m, "m", "r", "m", "0")
	said(t, m, "c1's way up is drawn by luck already")
	if press(m, "z", "z"); m.Message != "nothing more to take back" {
		t.Errorf("one edit was made, and two are taken back: %q", m.Message)
	}
}

// A drag is one edit, and none if it comes back to where it began.
func TestDragThereAndBack(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, time.Hour)
	before := actions(m)
	m.Draw()
	c := m.Hit.Chips[2]
	m.Update(tea.MouseClickMsg{X: c.X, Y: c.Y, Button: tea.MouseLeft})
	for _, x := range []int{c.X + 4, c.X + 9, c.X} {
		m.Update(tea.MouseMotionMsg{X: x, Y: c.Y, Button: tea.MouseLeft})
		m.Draw()
	}
	m.Update(tea.MouseReleaseMsg{X: c.X, Y: c.Y, Button: tea.MouseLeft})
	if got := actions(m); got != before {
		t.Fatalf("dragged there and back: %s, want %s", got, before)
	}
	if press(m, "z"); m.Message != "nothing more to take back" {
		t.Errorf("it was an edit: %q", m.Message)
	}
}

// To look changes nothing: whoever has been in another page comes back to the time at
// which they left, and time plays on if it did.
func TestToLookChangesNothing(t *testing.T) {
	for _, keys := range [][]string{{"enter", "esc"}, {"enter", "home", "esc"}, {"L", "esc"}, {"enter", "L", "esc", "esc"}, {"L", "q", "q", "esc", "esc"}, {"o", "esc"}, {"enter", "o", "esc"}, {"=", "right", "esc"}} {
		m := open(t, "create-then-two-updates", 120, 40, time.Hour)
		rest(m)
		press(m, keys...)
		if m.Page != m.Home || !m.SettledNow() || m.Clock.Playing {
			t.Errorf("%v: at %v of %v, playing %v", keys, m.Session.Now, m.Settled, m.Clock.Playing)
		}
		press(m, "home", "right", "right", "right", "space")
		at := m.Session.Now
		press(m, keys[0], "esc")
		if m.Page != m.Home || m.Session.Now != at || !m.Clock.Playing {
			t.Errorf("%v: left at %v, back at %v, playing %v", keys, at, m.Session.Now, m.Clock.Playing)
		}
	}
	m := open(t, "create-then-two-updates", 120, 40, time.Hour)
	rest(m)
	press(m, "enter", "home", "[", "r", "esc")
	if m.SettledNow() {
		t.Error("after an edit in the focus all is settled, though its event was not")
	}
}

// A hint in the focus leads to where one sees that it turned the lane.
func TestHintInTheFocusIsSeen(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, time.Hour)
	m.Session.Lane = 0
	m.MoveTo(m.Settled)
	press(m, "enter")
	was := m.Lane().Verdict
	give(m, "a")
	l := m.Lane()
	if st := l.At(m.Session.Now); l.Verdict == was || st.Open || st.Verdict != l.Verdict {
		t.Errorf("%v was %v, and at %v it is %+v", l.Verdict, was, m.Session.Now, st)
	}
}
