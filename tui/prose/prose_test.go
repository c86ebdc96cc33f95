package prose

import (
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
)

// told returns what Markdown looks like in a column.
func told(text string, room int) string {
	var c ink.Canvas
	c.Resize(room+6, 40)
	Draw(frame.Frame{Canvas: &c}, Parse(text), 0, 0, 40, room)
	return strings.TrimRight(c.String(), "\n")
}

func TestMarkdown(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"One line.", "One line."},
		{"Two lines\nflow.", "Two lines flow."},
		{"**Strong**, *stressed* and `u2`.", "Strong, stressed and\nu2."},
		{"a\n\nb", "a\n\nb"},
		{"* one\n* two", "· one\n· two"},
		{"1. one\n2. two two two two two two two", "1. one\n2. two two two\n   two two two two"},
		{"# Head\nText", "Head\n\nText"},
		{"2 * 3 and 4 * 5", "2 * 3 and 4 * 5"},
		{"a_name_here", "a_name_here"},
		{"*never closed", "*never closed"},
		{"``", "``"},
		{"*over\ntwo lines*", "over two lines"},
		{"a**b**c", "abc"},
		{"\x1b[31mred\a &#27;", "\\x1b[31mred\\a &#27;"},
	} {
		if got := told(tt.in, 20); got != tt.want {
			t.Errorf("%q becomes\n%q, want\n%q", tt.in, got, tt.want)
		}
	}
}

// Whatever a lesson says, no line is too wide, and nothing reaches the
// terminal raw.
func FuzzMarkdown(f *testing.F) {
	for _, l := range lessons.All() {
		for i := range l.Steps {
			f.Add(l.Steps[i].Say, 60)
		}
	}
	f.Add("* **a** `b\n- _c_ 漢字\n#\n##\n1. ", 3)
	testkit.Fuzz(f, func(t *testing.T, text string, room int) {
		room = max(room%100, 1)
		paragraphs := Parse(text)
		for i := range paragraphs {
			for _, line := range paragraphs[i].flow(room) {
				n := 0
				for j, w := range line {
					if strings.ContainsAny(w.text, "\x1b\n\a") || w.text == "" {
						t.Fatalf("%q in %q", w.text, text)
					}
					if n += ink.Width(w.text); j > 0 && !w.glued {
						n++
					}
				}
				if n > room && len(line) > 1 && !line[1].glued {
					t.Fatalf("a line is %d wide in %d: %v", n, room, line)
				}
			}
		}
	})
}
