package frame

import (
	"slices"
	"strings"
	"testing"

	"photofinish/tui/ink"
)

// Of some things those around the one that is chosen are shown, as many as fit.
func TestWindow(t *testing.T) {
	for n := range 12 {
		for room := -1; room < 15; room++ {
			for at := range n {
				first, shown := Window(n, room, at)
				if shown != min(n, max(room, 1)) || first < 0 || first+shown > n || at < first || at >= first+shown {
					t.Errorf("of %d, %d of them in view, with room for %d: %d from %d on", n, at, room, shown, first)
				}
			}
		}
	}
}

// Nothing is written beyond the window, however small it is, and the keys that
// are shown are whole.
func TestWithin(t *testing.T) {
	keys := Keys("enter", "go on", "space", "stop", "", "a message", "?", "help", "q", "leave")
	for w := 1; w < 130; w++ {
		var c ink.Canvas
		c.Resize(w, 12)
		f := Frame{Canvas: &c}
		f.Hints(11, 3, keys...)
		if row := strings.Split(c.String(), "\n")[11]; w > 12 && strings.TrimSpace(row) != "" && !wholeHints(row, keys) {
			t.Fatalf("%d wide: %q", w, row)
		}
		f.Header("A title", Part{Text: "300 ms", Of: Accent}, Part{Text: "paused", Of: Dim, Chip: true})
		f.Notice("The lanes need", 60, 16, "q quit")
		f.Panel(72, 9)
		rounds := []Tally{
			{Votes: 30, Bars: []Bar{{Label: "the first", Votes: 12}, {Label: "the last", Votes: 18}}},
			{Votes: 3, Bars: []Bar{{Label: "the first", Votes: 3}, {Label: "the last"}}},
		}
		f.Bars(3, 2, 1, rounds, func(int, int) int { return 6 })
		f.Slider(3, 8, w-6, 0.5, "50 %", "0 %", "100 %", Accent)
		for i, line := range strings.Split(strings.TrimSuffix(c.String(), "\n"), "\n") {
			if n := ink.Width(line); n > w || i >= 12 {
				t.Fatalf("%d wide, row %d takes %d: %q", w, i, n, line)
			}
		}
	}
}

// wholeHints reports whether a row holds the first of some keys, that of help, and of
// the others nothing or all.
func wholeHints(row string, keys []Hint) bool {
	var whole []string
	for _, h := range keys {
		whole = append(whole, strings.TrimSpace(h.Keys+" "+h.What))
	}
	at := 0
	for i, part := range strings.Split(strings.TrimSpace(row), "   ") {
		n := slices.Index(whole[at:], part)
		if n < 0 || i == 0 && n > 0 {
			return false
		}
		at += n + 1
	}
	return strings.Contains(row, "? help") || ink.Width(row) < len(whole[0]+"   ? help")
}

// Where some things are not in view there is a sign, on the side where they are.
func TestMore(t *testing.T) {
	for n := range 6 {
		for first := range n + 1 {
			for shown := range n - first + 1 {
				var c ink.Canvas
				c.Resize(20, 8)
				f := Frame{Canvas: &c}
				f.More(4, 2, 5, first, shown, n)
				above, below := strings.Contains(c.String(), "↑"), strings.Contains(c.String(), "↓")
				if above != (first > 0) || below != (first+shown < n) {
					t.Errorf("%d from %d on of %d: above %v, below %v", shown, first, n, above, below)
				}
			}
		}
	}
}

// Of a text that has no room for all there is a sign, and none where it has.
func TestFittingSaysThatMoreIsThere(t *testing.T) {
	all := []Paragraph{{Lines: []string{"one"}, Worth: 2}, {Lines: []string{"two", "three"}, Gap: 1, Worth: 1}, {Lines: []string{"four"}, Worth: 3}}
	for rows := 1; rows < 7; rows++ {
		got, text := Fitting(all, rows), ""
		for _, p := range got {
			text += strings.Join(p.Lines, "|") + "|"
		}
		if Rows(got) > rows || strings.Contains(text, "…") != (rows < 4) {
			t.Errorf("%d rows: %q", rows, text)
		}
	}
	if all[2].Lines[0] != "four" {
		t.Error("what was given is changed")
	}
}
