// Package frame draws what all screens have in common around their lanes: the
// first line, the user's hands and the ticks, the cursor, what both sides hold,
// the keys at the foot, what lies over all, and the notice of a window that is
// too small. It takes values, and knows no state of a screen's.
package frame

import (
	"strconv"
	"strings"

	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// Frame is one picture of a window.
type Frame struct {
	*ink.Canvas
	Look race.Look // where in time it is
}

// The styles of text.
var (
	Plain  = ink.Style{FG: ink.Text}
	Bold   = ink.Style{FG: ink.Text, Bold: true}
	Dim    = ink.Style{FG: ink.Dim}
	Faint  = ink.Style{FG: ink.Faint}
	Accent = ink.Style{FG: ink.Accent, Bold: true}
	Good   = ink.Style{FG: ink.Good, Bold: true}
)

// Part is a text at the right end of the first line.
type Part struct {
	Text string
	Of   ink.Style
	Chip bool // on a ground in its colour
}

// Header writes the first line: a title, and at the right end some parts, the
// outermost first. It returns the column behind the title, and that of the
// innermost part.
func (f Frame) Header(title string, parts ...Part) (x, end int) {
	x = f.Chip(0, 0, " photofinish ", ink.Accent, false) + 2
	end = f.W + 1
	for _, p := range parts {
		end -= ink.Width(p.Text) + 2
		if p.Chip {
			end -= 2
			f.Chip(end, 0, " "+p.Text+" ", p.Of.FG, false)
		} else {
			f.Put(end, 0, p.Text, p.Of)
		}
	}
	return f.Put(x, 0, ink.Cut(title, end-x-2), Bold), end
}

// Notice says that the window is smaller than what is to be read in it, and
// what can be done besides making it larger.
func (f Frame) Notice(what string, w, h int, besides ...string) {
	f.Chip(0, 0, ink.Cut(" photofinish ", f.W), ink.Accent, false)
	x, y, below := 4, 3, f.H
	if f.H < 12 {
		y = 1
	}
	if f.W < 40 {
		x, below = 0, f.H-len(besides)
	}
	f.Put(x, y, "This window is "+size(f.W, f.H)+".", Bold)
	y = f.Text(x, y+1, below, f.W-x, what+" "+size(w, h)+" to be read.", Dim)
	y = f.Text(x, y+1, below, f.W-x, "Make it larger: nothing is lost.", Dim)
	for i, line := range besides {
		f.Put(x, y+i, line, Dim)
	}
}

func size(w, h int) string { return strconv.Itoa(w) + "×" + strconv.Itoa(h) }

// Text writes a text in lines of at most room cells from row y on, none of them
// as low as the row below, and returns the row behind it. What has no room is cut
// behind a word, with an ellipsis.
func (f Frame) Text(x, y, below, room int, text string, s ink.Style) int {
	lines := ink.Wrap(text, room)
	if n := max(below-y, 0); n > 0 && n < len(lines) {
		last := lines[n-1]
		for ink.Width(last) >= room && strings.Contains(last, " ") {
			last = last[:strings.LastIndexByte(last, ' ')]
		}
		lines[n-1] = ink.Cut(last+"…", room)
	}
	for _, line := range lines[:min(len(lines), max(below-y, 0))] {
		f.Put(x, y, line, s)
		y++
	}
	return y
}

// More says at column x that of n things, of which some are shown from the row top to
// the row bottom, others lie above or below.
func (f Frame) More(x, top, bottom, first, shown, n int) {
	above, below := first > 0, first+shown < n
	switch {
	case above && below && top >= bottom:
		f.Put(x, top, "↕", Accent)
		return
	case above:
		f.Put(x, top, "↑", Accent)
	}
	if below {
		f.Put(x, bottom, "↓", Accent)
	}
}

// List is Window for a list from row y on, each of whose things takes so many rows; it
// says at column x where more lie.
func (f Frame) List(x, y, each, n, room, at int) (first, shown int) {
	first, shown = Window(n, room, at)
	f.More(x, y, y+shown*each-1, first, shown, n)
	return first, shown
}

// Window returns which of n things to show if there is room for some, so that
// one of them is among those.
func Window(n, room, at int) (first, shown int) {
	shown = min(n, max(room, 1))
	return min(max(at-shown/2, 0), n-shown), shown
}
