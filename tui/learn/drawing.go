package learn

import (
	"slices"
	"strconv"
	"strings"

	"photofinish/sim"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
)

// The least window in which a lesson can be read.
const minWidth, minHeight = 60, 16

// column is the widest that text to read gets, in cells: an eye finds the next line.
const column = 72

type drawing struct {
	frame.Frame
	m *Model
}

// The styles of text, by their short names.
var plain, bold, dim, faint, accent, good = frame.Plain, frame.Bold, frame.Dim, frame.Faint, frame.Accent, frame.Good

func (m *Model) small() bool { return m.term.Width < minWidth || m.term.Height < minHeight }

func (m *Model) draw() {
	sc := drawing{m.term.Frame(), m}
	if p := m.slip(); p != nil {
		p.slip(sc)
		return
	}
	if m.slips() {
		m.brief(sc)
		return
	}
	if m.small() {
		sc.Notice("A lesson needs", minWidth, minHeight, "q leave")
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

// header is the first line: the lesson, and at the right how far one is.
func (sc drawing) header() {
	m, title := sc.m, "lessons"
	var parts []frame.Part
	if m.run != nil {
		title = clean(m.run.Book().Lesson.Title)
	}
	if m.run != nil && !m.run.Over() {
		parts = append(parts, frame.Part{Text: itoa(m.run.At()+1) + " of " + itoa(m.run.Len()), Of: dim})
	}
	if m.run != nil && m.class != nil && m.class.Head != "" {
		parts = append(parts, frame.Part{Text: ink.Cut(clean(m.class.Head), sc.W/2), Of: accent})
	}
	sc.Header(title, parts...)
}

func (sc drawing) foot() {
	if sc.m.message != "" {
		sc.Put(1, sc.H-1, ink.Cut(ink.Printable(sc.m.message, 300), sc.W-2), bold)
		return
	}
	var hints []frame.Hint
	for _, b := range sc.m.bindings() {
		if h := b.Help(); !b.quiet {
			hints = append(hints, frame.Key(h.Key, h.Desc))
		}
	}
	sc.Hints(sc.H-1, 3, hints...)
}

// low reports whether the window has so few rows that what is told has to go before
// what can be looked up.
func (sc drawing) low() bool { return sc.H < 20 }

// row marks a row that is in view, and returns the style of its words.
func (sc drawing) row(x, y int, inView bool) ink.Style {
	if !inView {
		return plain
	}
	sc.Put(x-2, y, "▶", accent)
	return accent
}

// click draws a click, with handles if it is held, and returns the column behind.
func (sc drawing) click(a *sim.Action, x, y int, held bool) int {
	if held {
		x++ // a handle stands before it
	}
	sc.Look.Future = true // it is drawn as it will be
	_, end := sc.Hand(a, x, y, held)
	return end
}

// left is where text to read begins: in the middle.
func (sc drawing) left() int { return max((sc.W-column)/2, 3) }

// room bounds the width of text to read.
func (sc drawing) room() int { return min(sc.W-2*3, column) }

// text writes text in lines from row y on, no lower than the row below, and
// returns the row behind it.
func (sc drawing) text(x, y, below int, text string, s ink.Style) int {
	return sc.wrapped(x, y, below, sc.room(), text, s)
}

func (sc drawing) wrapped(x, y, below, room int, text string, s ink.Style) int {
	return sc.Text(x, y, below, room, clean(text), s)
}

func (sc drawing) lines(text string) int { return len(ink.Wrap(clean(text), sc.room())) }

func clean(text string) string { return ink.Line(text) }

func itoa(n int) string { return strconv.Itoa(n) }

func count[N int | int64](n N, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(int(n)) + " " + one + "s"
}

// big writes a text as large as there is room for between two rows: in letters
// of three rows, or, where those would be too many to read at a glance, in
// ordinary ones. It returns the row behind the text.
func (sc drawing) big(text string, y, below int, s ink.Style) int {
	x := max(sc.W/20, 2)
	room := sc.W - 2*x
	var large, lines []string
	ok := true
	for part := range strings.Lines(text) {
		l, fits := ink.BigWrap(clean(part), room)
		large, ok = append(large, l...), ok && fits
		lines = append(append(lines, ink.Wrap(clean(part), room)...), "")
	}
	if ok && len(large) <= max(sc.H/6, 4) && y+len(large)*ink.BigRows-1 <= below {
		for _, line := range large {
			sc.PutBig(x, y, line, s)
			y += ink.BigRows
		}
		return y
	}
	gap := 1 // between long texts there are no blank lines
	if y+2*len(lines) <= below {
		gap = 2
	} else {
		lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
	}
	for i, line := range lines {
		if y >= below {
			break
		}
		if y+gap >= below && i+1 < len(lines) {
			line = ink.Cut(line+" …", sc.W-x)
		}
		sc.Put(x, y, line, s)
		y += gap
	}
	return y
}
