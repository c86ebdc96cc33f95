package learn

import (
	"strconv"
	"strings"

	"photofinish/report/tell"
	"photofinish/tui/ink"
)

// The least window in which a lesson can be read.
const minWidth, minHeight = 60, 16

// column is the widest that text to read gets.
const column = 72

// screen draws one frame.
type screen struct {
	*ink.Canvas
	m *Model
}

// Styles of text to read.
var (
	plain  = ink.Style{FG: ink.Text}
	bold   = ink.Style{FG: ink.Text, Bold: true}
	dim    = ink.Style{FG: ink.Dim}
	faint  = ink.Style{FG: ink.Faint}
	accent = ink.Style{FG: ink.Accent, Bold: true}
	good   = ink.Style{FG: ink.Good, Bold: true}
)

func (m *Model) small() bool { return m.w < minWidth || m.h < minHeight }

// draw fills the canvas for the model as it is.
func (m *Model) draw() {
	m.canvas.Resize(m.w, m.h)
	sc := screen{&m.canvas, m}
	if m.small() {
		sc.notice()
		return
	}
	if m.over != nil {
		m.over.draw(sc)
		return
	}
	sc.header()
	m.page.draw(sc)
	sc.foot()
}

// notice says that the window is too small, and what to do.
func (sc screen) notice() {
	sc.Chip(0, 0, ink.Cut(" photofinish ", sc.W), ink.Accent, false)
	x, y := 4, 2
	if sc.W < 40 {
		x = 0
	}
	for i, line := range []string{
		"This window is " + itoa(sc.W) + "×" + itoa(sc.H) + ".",
		"A lesson needs " + itoa(minWidth) + "×" + itoa(minHeight) + " to be read.",
		"Make it larger: nothing is lost.",
		"q  leave",
	} {
		sc.Put(x, y+i, line, dim)
	}
}

// header is the first line: the lesson, and at the right how far one is.
func (sc screen) header() {
	x := sc.Chip(0, 0, " photofinish ", ink.Accent, false) + 2
	m := sc.m
	if m.run == nil {
		sc.Put(x, 0, "lessons", bold)
		return
	}
	end := sc.W - 1
	if !m.run.Over() {
		text := itoa(m.run.At()+1) + " of " + itoa(m.run.Len())
		sc.Right(end, 0, text, dim)
		end -= ink.Width(text) + 2
	}
	if m.class != nil && m.class.Head != "" {
		text := ink.Cut(clean(m.class.Head), sc.W/2)
		sc.Right(end, 0, text, accent)
		end -= ink.Width(text) + 2
	}
	sc.Put(x, 0, ink.Cut(clean(m.run.Book().Lesson.Title), end-x), bold)
}

// foot is the last line: what there is to say, or else the keys.
func (sc screen) foot() {
	y, x := sc.H-1, 1
	if sc.m.message != "" {
		sc.Put(x, y, ink.Cut(ink.Printable(sc.m.message, 300), sc.W-2), bold)
		return
	}
	for _, b := range sc.m.bindings() {
		h := b.Help()
		n := ink.Width(h.Key) + 1 + ink.Width(h.Desc)
		if b.quiet || x+n >= sc.W {
			continue
		}
		x = sc.Put(x, y, h.Key, bold) + 1
		x = sc.Put(x, y, h.Desc, dim) + 3
	}
}

// left is where text to read begins: in the middle.
func (sc screen) left() int { return max((sc.W-column)/2, 3) }

// room is how wide text to read may be.
func (sc screen) room() int { return min(sc.W-2*3, column) }

// text writes text in lines from row y on, no lower than the row below, and
// returns the row behind it.
func (sc screen) text(x, y, below int, text string, s ink.Style) int {
	return sc.wrapped(x, y, below, sc.room(), text, s)
}

func (sc screen) wrapped(x, y, below, room int, text string, s ink.Style) int {
	for _, line := range ink.Wrap(clean(text), room) {
		if y >= below {
			return y
		}
		sc.Put(x, y, line, s)
		y++
	}
	return y
}

// lines counts the lines that text takes.
func (sc screen) lines(text string) int { return len(ink.Wrap(clean(text), sc.room())) }

// clean makes text from a file fit for a screen.
func clean(text string) string {
	return ink.Printable(tell.Clean(strings.Join(strings.Fields(text), " ")), 4000)
}

func itoa(n int) string { return strconv.Itoa(n) }

// count says how many of something there are.
func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + more
}
