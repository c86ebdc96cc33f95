package tui

import (
	"context"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/tui/desk"
	"photofinish/tui/ink"
)

// drawn returns the rows of the screen.
func drawn(m *Model) []string {
	m.View()
	return strings.Split(m.Canvas.String(), "\n")
}

// decide works out where the lane in view was decided.
func decide(m *Model) {
	l, e := m.Lane(), m.Entries[m.Session.Lane]
	l.Turning = l.Turned(new(explore.Explorer).Decided(context.Background(), l.Script, e.For(l.Script), m.Session.Seed, desk.LiveClasses))
}

// What decided a lane is marked in its picture only if the margin says so in words,
// also after a hint; and before the picture of one lane stands a blank.
func TestMarginOfTheLaneInView(t *testing.T) {
	testkit.Alone(t)
	marked := 0
	for _, s := range testkit.Part(scenarios.All(), testkit.Size(40, 6)) {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}, {200, 50}} {
			m := open(t, s.Name, size[0], size[1], time.Hour)
			m.Session.Lane = 1
			for _, key := range []string{"end", "a"} {
				give(m, key)
				decide(m)
				rows := drawn(m)
				text := strings.Join(rows, "\n")
				marks := 0
				for y := range m.Canvas.H {
					for x := range m.Canvas.W {
						if r, of := m.Canvas.At(x, y); r == '△' && of.FG == ink.Accent && m.Session.Picked.Leg != sim.Downlink {
							marks++
						}
					}
				}
				if said := strings.Contains(text, "△ decided"); said {
					marked++
				} else if marks > 0 {
					t.Errorf("%s at %v after %s: a mark without a word\n%s", s.Name, size, key, text)
				}
				for y := 5; size[0] <= 80 && y < len(rows); y++ {
					if row := []rune(rows[y]); len(row) > 22 && row[0] == '▌' && row[4] != ' ' && row[2] == ' ' && row[20] != ' ' {
						t.Errorf("%s at %v after %s: the picture touches %q", s.Name, size, key, rows[y])
					}
				}
			}
		}
	}
	if marked < testkit.Size(8, 2) {
		t.Errorf("only %d margins say where it was decided", marked)
	}
}

// A lane that ends well in spite of something says so in the smallest windows too.
func TestOkInTheEnd(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}, {200, 50}} {
		m := open(t, "create-then-two-updates", size[0], size[1], time.Hour)
		m.Session.Lane = 1
		press(m, "end", "u")
		rest(m)
		press(m, "end")
		if text := strings.Join(drawn(m), "\n"); !strings.Contains(text, "ok in the end") {
			t.Errorf("%v: callbacks is not ok in the end:\n%s", size, text)
		}
	}
}
