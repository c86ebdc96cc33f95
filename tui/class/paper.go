package class

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// The least window of a class; below, a plain notice.
const minWidth, minHeight = 60, 16

// paper is what the screens of a class are drawn on.
type paper struct {
	ink.Canvas
	w, h  int
	depth ink.Depth
	light bool
	y     int // the next line
}

// note takes from a message what it says of the terminal.
func (p *paper) note(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.w, p.h = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		p.light = !msg.IsDark()
	case tea.ColorProfileMsg:
		p.depth = ink.DepthOf(msg.Profile)
	}
}

// view draws a screen, or the notice that there is no room for one.
func (p *paper) view(draw func()) tea.View {
	p.Resize(p.w, p.h)
	p.y = 0
	if p.w < minWidth || p.h < minHeight {
		p.notice()
	} else {
		draw()
	}
	v := tea.NewView(p.Render(ink.NewTheme(p.depth, p.light)))
	v.AltScreen = true
	v.WindowTitle = "photofinish"
	return v
}

func (p *paper) notice() {
	text := strconv.Itoa(p.w) + "×" + strconv.Itoa(p.h)
	for i, line := range []string{"This window is " + text + ".", "A class needs 60×16:", "make it larger.", "", "ctrl+c leave"} {
		p.Put(0, i, ink.Cut(line, p.w), plain)
	}
}

// The styles of a class.
var (
	plain  = ink.Style{FG: ink.Text}
	strong = ink.Style{FG: ink.Text, Bold: true}
	dim    = ink.Style{FG: ink.Dim}
	accent = ink.Style{FG: ink.Accent, Bold: true}
	good   = ink.Style{FG: ink.Good, Bold: true}
	loud   = ink.Style{FG: ink.Loud}
)

// margin is the column where text begins.
const margin = 3

// header writes the first line.
func (p *paper) header(left, right string) {
	x := p.Chip(0, 0, " photofinish ", ink.Accent, false) + 2
	right = ink.Printable(right, 40)
	p.Put(x, 0, ink.Cut(ink.Printable(left, p.w), p.w-x-ink.Width(right)-3), strong)
	p.Right(p.w-1, 0, right, dim)
	p.y = 2
}

// text writes wrapped text, at most so many lines of it.
func (p *paper) text(text string, most int, s ink.Style) {
	lines := ink.Wrap(ink.Printable(text, 1000), min(p.w-2*margin, 90))
	for i, line := range lines {
		if i == most {
			return
		}
		p.Put(margin, p.y, line, s)
		p.y++
	}
}

// gap leaves a line free, where that many are left besides.
func (p *paper) gap(needed int) {
	if p.h-p.y-1 > needed {
		p.y++
	}
}

// keys writes the foot: pairs of a key and what it does, as many as fit.
func (p *paper) keys(pairs ...string) {
	x := 1
	for i := 0; i+1 < len(pairs); i += 2 {
		if x+ink.Width(pairs[i])+1+ink.Width(pairs[i+1]) > p.w {
			return
		}
		x = p.Put(x, p.h-1, pairs[i], strong)
		x = p.Put(x+1, p.h-1, pairs[i+1], dim) + 3
	}
}

// say writes a line above the foot.
func (p *paper) say(text string) {
	p.Put(1, p.h-2, ink.Cut(ink.Printable(text, 300), p.w-2), loud)
}

// bars draws how a class has voted: of two rounds also what was before. Those
// of mine are marked.
func (p *paper) bars(tallies []Tally, mine func(i int) bool) {
	now := tallies[len(tallies)-1]
	before := len(tallies) - 2
	most, wide, says, was := 1, 0, 0, 0
	for i, b := range now.Bars {
		most = max(most, b.Votes)
		says = max(says, ink.Width(share(b.Votes, now.Votes))+4)
		if before >= 0 {
			was = max(was, ink.Width(wasShare(&tallies[before], i))+2)
		}
		wide = max(wide, ink.Width(ink.Printable(b.Label, maxChoice)))
	}
	const shortest = 12 // the longest bar has at least so many cells
	wide = min(wide, max(p.w/3, p.w-margin-5-says-was-shortest))
	x := margin + 3 + wide + 2
	room := min(p.w-x-says-was, 60)
	for i, b := range now.Bars {
		label, colour, mark := plain, ink.Dim, " "
		if b.Right {
			label, colour, mark = good, ink.Good, "✓"
		}
		p.Put(margin, p.y, mark, good)
		if mine(i) {
			p.Put(margin+1, p.y, "▸", accent)
		}
		p.Put(margin+3, p.y, ink.Cut(ink.Printable(b.Label, maxChoice), wide), label)
		n := b.Votes * room / most
		if b.Votes > 0 {
			n = max(n, 1)
		}
		p.Repeat(x, p.y, n, '█', ink.Style{FG: colour})
		p.Put(x+n+min(n, 1), p.y, share(b.Votes, now.Votes), strong)
		if before >= 0 {
			p.Put(x+room+says, p.y, wasShare(&tallies[before], i), dim)
		}
		p.y++
	}
}

// wasShare says how many had voted so before.
func wasShare(t *Tally, i int) string { return "before " + share(t.Bars[i].Votes, t.Votes) }

// share writes how many, and for many voters also the percentage.
func share(n, of int) string {
	text := strconv.Itoa(n)
	if of >= 20 {
		text += " (" + strconv.Itoa((n*100+of/2)/of) + " %)"
	}
	return text
}

// mine returns which bar a vote is in.
func (q *Question) mine(voted bool, v Vote) func(int) bool {
	return func(i int) bool {
		switch {
		case !voted:
			return false
		case len(q.Choices) == 0:
			return q.part(v.Number) == i
		}
		return v.Picks>>i&1 != 0
	}
}

// sureWords are what the four confidences mean.
var sureWords = lesson.Confidences[1:]
