package race

import (
	"strings"

	"photofinish/report/diagram"
	"photofinish/tui/ink"
)

// A Column is a lane in which time goes down. Where a lane has more rails, they
// stand evenly between Left and Right.
type Column struct {
	Canvas *ink.Canvas
	Lane   *diagram.Lane
	Axis   Axis
	Look   Look
	Left   int // the first rail: a screen's
	Right  int // the last rail: the server's, if there are two
	Least  int // the first cell that is the column's own
	Most   int // the cell behind its last one; 0: it has all that are there
}

// down is how text lies along an axis of rows: each label takes one.
var down = diagram.Type{
	Size: func(string) int { return 1 }, Down: true, Late: [2]int{1 << 30, 1 << 30},
}

// Draw draws the lane, and returns where messages land.
func (s Column) Draw() []Land {
	p := newPainter(s.Canvas, s.Lane, s.Axis, s.Look, down, s.Left, s.Right)
	p.most = s.Most
	for i := range p.rails {
		p.rail(i)
	}
	heads := p.messages()
	p.putHeads(heads) // words make way for them
	p.pressed = map[int][2]int{}
	p.bars(s.Left)
	p.pressesDown(0)
	p.arrivalsDown()
	for i := 2; i < len(p.rails); i++ {
		p.pressesDown(i)
	}
	p.ticks()
	p.marksDown(s.Left, s.Least)
	p.labelHeads(heads, s.Left+1, s.Right)
	p.putHandles()
	p.putGhosts()
	p.captions(ink.Box{X0: s.Left + 1, X1: s.Right - 1, Y0: s.Axis.Origin, Y1: s.Axis.Last() - 1})
	return p.lands
}

// arrivalsDown labels the server's rail, and says below a label what was wrong.
func (p *painter) arrivalsDown() {
	x := p.rails[1]
	for d := range p.Labels(1) {
		m := d.Message
		back := p.rails[p.Lane.RailOf(m)] > x
		p.Put(x, d.From, tip("▶▷◀◁", back, false), p.arrow(&d))
		text := d.Text
		if ink.Width(text) > 6 { // too much for the margin: the one that stands
			text = "+" + p.Lane.Label(m.Actions[len(m.Actions)-1])
		}
		was, from, end := len(p.handles), x, x+1+ink.Width(text)
		if back {
			from, end = x-ink.Width(text), x+1
			p.label(from, d.From, &d, text)
		} else {
			p.label(x+1, d.From, &d, text)
		}
		p.land(&d, from, d.From, end-from, from-1, end)
		if d.Event == p.look.Event-1 {
			p.decided(end+len(p.handles)-was, d.From)
		}
		if d.Note != "" {
			p.noteDown(&d)
		}
	}
}

// noteDown writes what was wrong beside the rail where it was, as far as there is
// room: between screen and server, or with the mark of a request on the screen's
// rail where nothing else is.
func (p *painter) noteDown(d *diagram.Label) {
	_, short, _ := p.Lane.Note(d.Message)
	screen, server, y := p.rails[p.Lane.RailOf(d.Message)], p.rails[1], d.NoteAt
	left, right := min(screen, server), max(screen, server)
	if d.Message.Up && screen > server { // beside its label
		left, right, screen = p.rails[0], server, p.rails[0]
	}
	for _, text := range []string{" " + short + " ", short, short[:len("✗")]} {
		least, n := left+1, ink.Width(text)
		if d.Ghost {
			text = strings.TrimSpace(text)
			n = ink.Width(text)
		}
		x := left + 1
		if d.Message.Up == (screen < server) {
			x = right - n
			if !strings.HasPrefix(text, " ") && strings.ContainsRune("┃│┆", p.Rune(left, y)) {
				least = left
			}
		}
		from := max(x, left+1)
		if x >= least && x+n <= right && p.unwritten(from, y, x+n-from) {
			p.note(x, y, d, text)
			return
		}
	}
}

// bars draws a thin bar beside the rail for each action that waits.
func (p *painter) bars(rail int) {
	for i, w := range p.Lane.Waits {
		for y := p.Axis.Cell(w.From); y < p.Until(w.To); y++ {
			if t := p.Axis.Time(y); p.Shows(t) {
				p.Put(rail-1-i%2, y, "┊", ink.Style{FG: ink.Hue(w.Action), Ghost: t > p.Now})
			}
		}
	}
}

// pressesDown labels a screen's rail: what the user did, and the answers.
func (p *painter) pressesDown(rail int) {
	x := p.rails[rail]
	beside := func(text string) int { // away from the server
		if x > p.rails[1] {
			return x + 2
		}
		return x - 2 - ink.Width(text)
	}
	for d := range p.Labels(rail) {
		if m := d.Message; m != nil {
			if d.Note != "" {
				p.noteDown(&d)
			}
			p.Put(x, d.From, tip("▶▷◀◁", x < p.rails[1], m.Spent()), p.arrow(&d))
			p.land(&d, x, d.From, 1, x-1, x+1)
			if d.Event == p.look.Event-1 {
				p.decided(x+1, d.From)
			}
			if d.ID {
				p.Put(beside("id"), d.From, "id", ink.Style{FG: ink.Text, Bold: !d.Ghost, Ghost: d.Ghost})
			}
			continue
		}
		p.pressed[d.Press] = [2]int{p.Axis.Cell(d.At), d.From}
		p.Put(x, d.From, "●", ink.Style{FG: ink.Hue(d.Press), Ghost: d.Ghost})
		p.label(beside(d.Text), d.From, &d, d.Text)
	}
}

// marksDown writes what happens to actions that do not go out at once, left of
// the labels, as far as there is room.
func (p *painter) marksDown(rail, least int) {
	for i := range p.Lane.Marks {
		m := &p.Lane.Marks[i]
		y, ghost := p.Axis.Cell(m.At), m.At > p.Now
		if !p.Shows(m.At) || y >= p.Axis.Last() {
			continue
		}
		st := ink.Style{FG: ofMark(m), Bold: !ghost, Ghost: ghost}
		if !m.Wake {
			p.markDown(m, rail-2, y, least, st)
			continue
		}
		for i, w := range p.Lane.Waits {
			if w.Action == m.Action {
				p.Put(rail-1-i%2, y, "?", st)
			}
		}
	}
}

// markDown writes a mark before column end, as far as there is room: symbol,
// word and, where the rail does not show it, the label. What became of a press at
// once stands in the row of that press, and never in that of another's if the row
// below is free.
func (p *painter) markDown(m *diagram.Mark, end, y, least int, st ink.Style) {
	label, own := m.Label, false
	if at, is := p.pressed[m.Action]; is && at[0] == y {
		y, own = at[1], true
	}
	if free := func(y int) bool { return p.unwritten(least, y, end-least) }; !free(y) && !own && y+1 < p.Axis.Last() && free(y+1) {
		y++
	}
	for x := least; x < end; x++ {
		if !p.unwritten(x, y, 1) {
			end = x - 1
		}
	}
	if own {
		label = ""
	}
	symbol := string([]rune(m.Symbol)[:1])
	if m.Symbol == m.Label {
		symbol = ""
	}
	for _, words := range [][]string{{symbol, m.Word, label}, {symbol + label}} {
		text := strings.TrimSpace(strings.Join(words, " "))
		if m.Symbol == m.Label {
			text = strings.TrimSpace(label + " " + m.Word)
		}
		if x := end - ink.Width(text); x >= least && p.unwritten(x, y, ink.Width(text)) && (p.look.Words || ink.Width(text) <= 3) {
			p.Put(x, y, text, st)
			if m.Event == p.look.Event-1 && x-2 >= least && p.unwritten(x-2, y, 2) {
				p.Put(x-2, y, "△", accent)
			}
			return
		}
	}
}
