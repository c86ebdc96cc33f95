package class

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// The least window of a class; below, a plain notice.
const minWidth, minHeight = 60, 16

// paper is filled by the screens of a class, from above.
type paper struct {
	frame.Frame
	term frame.Terminal
	y    int // the next line
}

// view draws a screen, or the notice that there is no room for one.
func (p *paper) view(draw func()) tea.View {
	p.Frame, p.y = p.term.Frame(), 0
	if p.small() {
		p.Notice("A class needs", minWidth, minHeight, "ctrl+c leave")
	} else {
		draw()
	}
	return p.term.View("photofinish")
}

func (p *paper) small() bool { return p.term.Width < minWidth || p.term.Height < minHeight }

// The styles of a class.
var plain, strong, dim, accent, good, loud = frame.Plain, frame.Bold, frame.Dim, frame.Accent, frame.Good, ink.Style{FG: ink.Loud}

const margin = 3

func (p *paper) header(left, right string) {
	p.Header(ink.Printable(left, p.W), frame.Part{Text: ink.Printable(right, 40), Of: dim})
	p.y = 2
}

func (p *paper) text(text string, most int, s ink.Style) {
	p.y = p.Text(margin, p.y, p.y+most, min(p.W-2*margin, 90), ink.Printable(text, 1000), s)
}

// gap leaves a line free, where that many are left besides.
func (p *paper) gap(needed int) {
	if p.H-p.y-1 > needed {
		p.y++
	}
}

// keys writes the foot: keys, each followed by what it does, as many as fit.
func (p *paper) keys(pairs ...string) { p.Hints(p.H-1, 3, frame.Keys(pairs...)...) }

func (p *paper) say(text string) {
	p.Put(1, p.H-2, ink.Cut(ink.Printable(text, 300), p.W-2), loud)
}

// bars draws how a class has voted. Those of mine are marked.
func (p *paper) bars(tallies []frame.Tally, mine ...int) {
	p.y = p.Bars(margin, p.y, 1, tallies, func(i, y int) int {
		if tallies[len(tallies)-1].Bars[i].Right {
			p.Put(margin, y, "✓", good)
		}
		if slices.Contains(mine, i) {
			p.Put(margin+1, y, "▸", accent)
		}
		return margin + 3
	})
}

// confidences writes the words for how sure one can be, each behind a number.
func (p *paper) confidences(x int, numbers [4]int) {
	for i, n := range numbers {
		x = p.Put(x, p.y, strconv.Itoa(n), strong) + 1
		x = p.Put(x, p.y, lesson.Confidences[i+1], dim) + 3
	}
}
