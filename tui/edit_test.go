package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/tui/dialogs"
	"photofinish/tui/frame"
	"photofinish/tui/page"
)

// text returns the screen as it is drawn.
func text(m *Model) string {
	m.Draw()
	return m.Canvas.String()
}

func TestSelectGoesRound(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	var got []int
	for range 4 {
		press(m, "g")
		got = append(got, m.Session.Selected)
	}
	for range 2 {
		press(m, "G")
		got = append(got, m.Session.Selected)
	}
	if want := []int{3, 1, 2, 3, 2, 1}; !slices.Equal(got, want) {
		t.Errorf("selected %v, want %v", got, want)
	}
	if !strings.Contains(text(m), "◂c1▸") {
		t.Error("the selected action has no handles")
	}
}

// An action that is moved past another takes its number, and stays selected.
func TestMovePastAnother(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	before := actions(m)
	press(m, "g")
	last := m.Session.Script.Values[m.Session.Action().Values[0]]
	press(m, "[", "[", "[", "[")
	if got, want := actions(m), "c1@0 u2@30 u3@40"; got != want {
		t.Fatalf("after moving u3 40 ms back: %s, want %s", got, want)
	}
	if v := m.Session.Script.Values[m.Session.Action().Values[0]]; m.Session.Selected != 2 || v != last {
		t.Errorf("u%d, which sets %v, is selected; want u2 that sets %v", m.Session.Selected, v, last)
	}
	press(m, ")", ")", "}", "z", "z", "z", "z", "z", "z", "z")
	if got := actions(m); got != before {
		t.Errorf("all undone: %s, want %s", got, before)
	}
}

// Two messages that did not cross do, when one of the clicks is moved.
func TestMoveMakesThemCross(t *testing.T) {
	m := open(t, "overlapping-updates", 120, 40, time.Second)
	press(m, "1", "end")
	if crossed := len(m.Lane().Crossings()); crossed != 1 {
		t.Fatalf("%d crossings in the scenario, want 1", crossed)
	}
	press(m, "g", "}", "}")
	if crossed := len(m.Lane().Crossings()); crossed != 0 {
		t.Errorf("%d crossings with the second click 200 ms later, want none", crossed)
	}
	if m.Lane().Verdict.Bad() {
		t.Error("still wrong")
	}
}

func TestDelete(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	press(m, "g", "G", "x")
	if got, want := actions(m), "c1@0 u2@70"; got != want {
		t.Fatalf("after x: %s, want %s", got, want)
	}
	press(m, "x", "x", "x")
	if len(m.Session.Script.Actions) != 0 {
		t.Errorf("left: %s", actions(m))
	}
	fits(t, m)
	press(m, "[", "m", "e", "+", "0", "g", "space", ".", "o", "n", "b") // on nothing at all
	fits(t, m)
}

// Nobody loses an action that they did not see to be meant.
func TestDeleteSelectsFirst(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	press(m, "x")
	if len(m.Session.Script.Actions) != 3 || m.Session.Selected != 3 || !strings.Contains(m.Message, "u3") {
		t.Errorf("x with nothing selected: %s, selected %d, said %q", actions(m), m.Session.Selected, m.Message)
	}
	press(m, "esc")
	if m.Session.Selected != 0 {
		t.Error("esc does not let go of it")
	}
}

func TestEditValue(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	press(m, "g", "e")
	for range 20 {
		press(m, "backspace")
	}
	press(m, "G", "r", "a", "c", "e", "enter")
	a := m.Session.Action()
	if v := m.Session.Script.Values[a.Values[0]]; v != "Grace" {
		t.Errorf("u3 sets %v, want Grace", v)
	}
	if !strings.Contains(text(m), "u3▸ Grace") {
		t.Error("the new value is not on the screen")
	}
	press(m, "e", "X", "esc")
	if v := m.Session.Script.Values[m.Session.Action().Values[0]]; v != "Grace" {
		t.Errorf("after leaving: %v, want Grace", v)
	}
}

// A number stays a number, and what no longer is one becomes text.
func TestEditKeepsTheKind(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 0)
	s := m.Session.Select(2).Set(0, "12")
	if v := s.Script.Values[s.Action().Values[0]]; v != "12" {
		t.Errorf("text became %#v", v)
	}
	script := *s.Script
	script.Values = append(slices.Clone(script.Values), 3.5)
	script.Actions = slices.Clone(script.Actions)
	script.Actions[1].Values[0] = sim.ValueID(len(script.Values) - 1)
	s.Script = &script
	if s = s.Set(0, "4"); s.Script.Values[s.Action().Values[0]] != 4.0 {
		t.Errorf("a number became %#v", s.Script.Values[s.Action().Values[0]])
	}
	if s = s.Set(0, "four"); s.Script.Values[s.Action().Values[0]] != "four" {
		t.Errorf("text became %#v", s.Script.Values[s.Action().Values[0]])
	}
}

func TestPickAndPin(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	press(m, "3", "g", "G", "m")
	if want := (diagram.Leg{Action: 2, Leg: sim.Uplink}); m.Session.Picked != want {
		t.Fatalf("m picks %v, want %v", m.Session.Picked, want)
	}
	was, _ := m.Takes(m.Session.Picked)
	press(m, "+", "+", "-")
	for _, l := range m.Lanes {
		for i := range l.Messages {
			if msg := &l.Messages[i]; msg.Leg() == m.Session.Picked && msg.To-msg.From != was+10*time.Millisecond {
				t.Errorf("%s: u2's way up takes %v, want %v", l.Name, msg.To-msg.From, was+10*time.Millisecond)
			}
		}
	}
	if !strings.Contains(text(m), "u2's way up: 110 ms in every lane") {
		t.Errorf("the foot does not say what is picked:\n%s", text(m))
	}
	press(m, "0")
	if m.Session.Script.Action(2).Up != sim.Unpinned {
		t.Error("0 does not let luck draw it again")
	}
	press(m, "m")
	if m.Session.Picked.Leg != sim.Downlink {
		t.Errorf("m again picks %v", m.Session.Picked)
	}
	press(m, "m")
	if m.Session.Picked.Action != 0 {
		t.Errorf("m past the last picks %v", m.Session.Picked)
	}
	press(m, "1", "m")
	if !strings.Contains(m.Message, "naive sends nothing for u2") {
		t.Errorf("the user is told %q", m.Message)
	}
}

// What the server takes, or the line before it, is not part of a message's way:
// 10 ms slower is 10 ms slower.
func TestPinWhereTheServerTakesTime(t *testing.T) {
	m := open(t, "random-delay", 120, 40, 0)
	press(m, "g", "m")
	leg := m.Session.Picked
	was := m.Session.Script.Action(leg.Action).Up // the scenario pins it
	press(m, "+")
	if is := m.Session.Script.Action(leg.Action).Up; leg.Leg != sim.Uplink || was < 0 || is != was+10*time.Millisecond {
		t.Errorf("%v takes %v, want 10 ms more than %v", leg, is, was)
	}
}

// What the user pins stays when the seed goes on; what the scenario pinned is
// let go of by the first r, and comes back by R.
func TestPinsAndSeeds(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	press(m, "r", "3", "g", "m", "+")
	pinned := m.Session.Script.Action(3).Up
	if pinned == sim.Unpinned {
		t.Fatal("nothing is pinned")
	}
	press(m, "r", "r", "R")
	if got := m.Session.Script.Action(3).Up; got != pinned || m.Session.Seed != 2 {
		t.Errorf("after three seeds: pinned to %v with seed %d, want %v and 2", got, m.Session.Seed, pinned)
	}
}

func TestNetworks(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	press(m, "N")
	press(m, "l", "a", "n", "enter")
	if m.Session.Network != "lan" || m.Session.Scripted() {
		t.Fatalf("on %q, scripted %v", m.Session.Network, m.Session.Scripted())
	}
	press(m, "N", "y", "o", "u", "r", "s", "enter")
	press(m, "8", "0", "m", "s", ",", "9", "m", "s", "enter")
	if m.Over == nil || !strings.Contains(text(m), "less than") {
		t.Fatalf("a 99th percentile below the median is taken:\n%s", text(m))
	}
	press(m, "backspace", "backspace", "0", "0", "m", "s", "enter")
	if n := m.Session.Script.Network; m.Over != nil || n.Up.A != 80*time.Millisecond || n.Down.B != 900*time.Millisecond {
		t.Errorf("own network: up %v, down %v", n.Up, n.Down)
	}
	press(m, "z", "z")
	if m.Session.Network != "" || !m.Session.Scripted() {
		t.Error("undo does not bring the network back")
	}
}

func TestChooseLanes(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	press(m, "L", "home", "space", "down", "[", "enter") // as in the catalogue: nothing is counted
	if got, want := strings.Join(m.Session.Strategies, " "), "callbacks action-queue merged-updates hold-outgoing polling"; got != want {
		t.Fatalf("lanes %s, want %s", got, want)
	}
	for i, l := range m.Lanes {
		if l.Name != m.Session.Strategies[i] {
			t.Errorf("lane %d is %s, want %s", i, l.Name, m.Session.Strategies[i])
		}
	}
	press(m, "z")
	if len(m.Lanes) != 6 || m.Lanes[0].Name != "naive" {
		t.Error("undo does not bring the lanes back")
	}
	press(m, "L", "home", "+", "enter")
	if len(m.Lanes) != 7 || m.Lane().Name != "naive+hold" {
		t.Errorf("a layer over naive: lanes %v", m.Session.Strategies)
	}
	press(m, "z", "L", "home")
	for range 6 {
		press(m, "space", "down")
	}
	press(m, "up", "enter")
	if m.Page == m.Home || m.Message == "" {
		t.Error("no lanes at all are taken")
	}
}

// More lanes than fit: the one in view is among those that are shown, the
// others are named.
func TestManyLanes(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 300*time.Millisecond)
	var all []string
	for _, name := range m.Session.Strategies {
		all = append(all, name)
		if name != "hold-outgoing" {
			all = append(all, name+"+hold")
		}
	}
	m.Edit(m.Session.WithLanes(all))
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}, {120, 34}, {188, 44}, {200, 50}} {
		m.Width, m.Height = size[0], size[1]
		for i := range m.Lanes {
			m.ShowLane(i)
			fits(t, m)
			lines := strings.Split(text(m), "\n")
			if !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, "▌") && strings.Contains(l, m.Lane().Name) }) {
				t.Errorf("%v: %s is in view and not shown:\n%s", size, m.Lane().Name, text(m))
			}
		}
	}
}

func TestPalette(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	press(m, "u", ":", "u", "n", "d", "o", "enter")
	if got, want := actions(m), "c1@0 u2@40 u3@70"; got != want || m.Over != nil {
		t.Errorf("undo by name: %s, want %s", got, want)
	}
}

// Help says how to read a lane however many keys there are: in the picture of one, and
// from where there is no room for that any more among the keys.
func TestHelpKeepsItsLegend(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 268*time.Millisecond)
	m.dialogs.OpenHelp()
	if m.Draw(); !strings.Contains(m.Canvas.String(), "u3 queued") {
		t.Error("there is no room for the picture of a lane at 120x40 any more")
	}
	fits := true
	for more := range 24 {
		m := open(t, "create-then-two-updates", 120, 50, 268*time.Millisecond)
		i := slices.IndexFunc(m.Table, func(c page.Command) bool { return c.Group == page.OfTime })
		for range more {
			m.Table = append(m.Table, m.Table[i])
		}
		m.dialogs.OpenHelp()
		m.Draw()
		text := m.Canvas.String()
		picture := strings.Contains(text, "u3 queued")
		if picture && !fits || !picture && more == 0 || !strings.Contains(text, "how to read a lane") {
			t.Errorf("with %d more keys there is a picture of a lane: %v, and with one less: %v; the signs must be there in any case:\n%s", more, picture, fits, text)
		}
		fits = picture
	}
	if fits {
		t.Error("there is room for any number of keys")
	}
}

// Every key of the table is in the help, and no two commands of one page
// want the same key at the same time.
func TestCommandTable(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, 100*time.Millisecond)
	for _, p := range m.Pages {
		m.Page = p
		owner := map[string]string{}
		for i := range m.Table {
			c := &m.Table[i]
			if !m.Here(c) {
				continue
			}
			if c.Does == "" || c.Group == "" || c.Do == nil || c.Names != "" && strings.Count(c.Names, "; ")+1 != len(c.Bindings) {
				t.Errorf("command %v is not complete", c.Keys)
			}
			shown := slices.ContainsFunc(m.dialogs.Groups(), func(g dialogs.Group) bool {
				return slices.ContainsFunc(g.Lines, func(l frame.Hint) bool { return l.What == c.Does })
			})
			if !shown {
				t.Errorf("%v: %s is not in the help of %T", c.Keys, c.Does, p)
			}
			for _, b := range c.Bindings {
				for _, k := range b.Keys() {
					if other, taken := owner[k]; taken && c.When == nil && other != c.Does && p == m.Home {
						t.Errorf("%q is both %s and %s", k, other, c.Does)
					}
					owner[k] = c.Does
				}
			}
		}
	}
}

func TestDrag(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {200, 50}, {80, 24}} {
		m := open(t, "create-then-two-updates", size[0], size[1], 0)
		m.Draw()
		var c frame.Chip
		for _, c = range m.Hit.Chips {
			if c.Action == 3 {
				break
			}
		}
		before := m.Session.Script.Action(3).At
		x, y := c.X, c.Y
		m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
		if m.Session.Selected != 3 {
			t.Fatalf("%v: a click on u3 selects %d", size, m.Session.Selected)
		}
		for range 5 {
			if m.Hit.Down {
				y++
			} else {
				x++
			}
			m.Update(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft})
			m.Draw()
		}
		m.Update(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
		per := m.Hit.Axis.Time(1) - m.Hit.Axis.Time(0)
		if got := m.Session.Script.Action(3).At; got < before+4*per || got > before+6*per {
			t.Errorf("%v: u3 dragged by 5 cells of %v from %v to %v", size, per, before, got)
		}
		press(m, "z")
		if got := m.Session.Script.Action(3).At; got != before {
			t.Errorf("%v: one undo after a drag leads to %v, want %v", size, got, before)
		}
	}
}

// The label of a message where it lands can be dragged, to no time before it leaves:
// the first step picks it, and one undo takes all of it back. A click alone does not
// touch it.
func TestDragMessage(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {200, 50}, {80, 24}} {
		m := open(t, "create-then-two-updates", size[0], size[1], time.Second)
		m.Session.Lane = 1 // callbacks
		fits(t, m)
		x, y := -1, -1
		for row, line := range strings.Split(m.Canvas.String(), "\n") {
			cells := []rune(line)
			for col := range len(cells) - 2 {
				if text := string(cells[col : col+3]); y < 0 && (text == "▼u2" || text == "▶u2") {
					x, y = col, row
				}
			}
		}
		was, history := *m.Session.Script.Action(2), m.Session.Script
		m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
		m.Update(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
		if m.Session.Picked.Action != 0 || m.Session.Script != history || m.Session.Now > 310*time.Millisecond {
			t.Fatalf("%v: a click on u2 at (%d, %d) picks %v, and goes to %v", size, x, y, m.Session.Picked, m.Session.Now)
		}
		m.MoveTo(time.Second)
		m.Draw()
		end := m.End
		m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
		pull := func(cells int) {
			dx, dy := cells, 0
			if m.Hit.Down {
				dx, dy = 0, cells
			}
			m.Update(tea.MouseMotionMsg{X: x + dx, Y: y + dy, Button: tea.MouseLeft})
			fits(t, m)
		}
		pull(1)
		if want := (diagram.Leg{Action: 2, Leg: sim.Uplink}); m.Session.Picked != want || m.Session.Selected != 2 {
			t.Errorf("%v: the first step of a drag picks %v, not %v", size, m.Session.Picked, want)
		}
		per := m.Hit.Axis.Time(1) - m.Hit.Axis.Time(0)
		pull(4)
		if got := m.Session.Script.Action(2).Up - was.Up; got < 4*per-time.Millisecond || got > 4*per+time.Millisecond {
			t.Errorf("%v: u2 dragged by 4 cells of %v is %v slower", size, per, got)
		}
		pull(-30)
		if got := m.Session.Script.Action(2).Up; got != 0 {
			t.Errorf("%v: u2 dragged to before it leaves takes %v", size, got)
		}
		if m.End != end {
			t.Errorf("%v: the axis ends at %v, and at %v under the hand", size, end, m.End)
		}
		m.Update(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
		press(m, "z")
		if got := *m.Session.Script.Action(2); got != was {
			t.Errorf("%v: one undo after a drag leads to %v, want %v", size, got, was)
		}
	}
}

// A click finds a lane where it is drawn, also beside one that is larger because it
// has two screens.
func TestClickBesideTwoScreens(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {200, 50}} {
		m := open(t, "two-tabs", size[0], size[1], time.Second)
		for lane, l := range m.Lanes {
			m.Session.Lane = (lane + 3) % len(m.Lanes)
			fits(t, m)
			for y, line := range strings.Split(m.Canvas.String(), "\n") {
				if at := strings.Index(line, l.Name); at >= 0 {
					m.Update(tea.MouseClickMsg{X: len([]rune(line[:at])), Y: y, Button: tea.MouseLeft})
					m.Update(tea.MouseReleaseMsg{Button: tea.MouseLeft})
					break
				}
			}
			if m.Session.Lane != lane {
				t.Errorf("%v: a click on %s brings lane %d into view", size, l.Name, m.Session.Lane)
			}
		}
	}
}

// A menu is drawn for the window that there is, and says where it goes on.
func TestMenuInAnotherWindow(t *testing.T) {
	draw := func(from [2]int, keys ...string) string {
		m := open(t, "create-then-two-updates", from[0], from[1], time.Hour)
		press(m, keys...)
		m.Update(tea.WindowSizeMsg{Width: 60, Height: 16})
		m.Draw()
		return m.Canvas.String()
	}
	small, wide := [2]int{60, 16}, [2]int{120, 40}
	got := draw(small, "N")
	if draw(wide, "N") != got {
		t.Errorf("opened wide it is another one than\n%s", got)
	}
	if !strings.Contains(got, "1–7 of 9") {
		t.Errorf("it does not say that it goes on:\n%s", got)
	}
	if text := draw(small, "N", "end"); !strings.Contains(text, "3–9 of 9") || !strings.Contains(text, "habits") {
		t.Errorf("at its end:\n%s", text)
	}
	if text := draw(small, "N", "end", "up", "enter"); !strings.Contains(text, "such as: 80ms 900ms") {
		t.Errorf("the example is cut:\n%s", text)
	}
}
