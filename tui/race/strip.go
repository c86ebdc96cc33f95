package race

import (
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/tui/ink"
)

// A Strip is a lane in which time goes right:
//
//	waiting row      …u2┄┄…u3 queued┄┄┄╮
//	screen rail   c1━━━━u2━━━u3━━━━━━━━▲id━━━
//	braille         ⠛⠶⣤⣀        ⣀⠤⠒⠉⠳⢦⣀
//	server rail   ╌╌╌╌╌╌╌▼c1━━━━━━━━━━━━━▼u3━
//
// Where a lane has more rails, they stand evenly between Top and Bottom.
type Strip struct {
	Canvas *ink.Canvas
	Lane   *diagram.Lane
	Axis   Axis
	Look   Look
	Wait   int // the waiting row
	Top    int // the first rail: a screen's
	Bottom int // the last rail: the server's, if there are two
}

// Server returns the row of the server's rail.
func (s Strip) Server() int {
	return s.Top + (s.Bottom-s.Top)/(len(s.Lane.Rails)-1)
}

// across is how text lies along an axis of columns.
var across = diagram.Type{Size: ink.Width, Sign: 1, Pad: " ", Late: [2]int{6, 6}}

// Draw draws the lane, and returns where messages land.
func (s Strip) Draw() []Land {
	p := newPainter(s.Canvas, s.Lane, s.Axis, s.Look, across, s.Top, s.Bottom)
	for i := range p.rails {
		p.rail(i)
	}
	p.most = s.Axis.Last()
	heads := p.messages()
	p.crossings()
	for i, y := range p.rails {
		p.labelsAcross(i, y)
	}
	p.ticks()
	p.waiting(s.Wait)
	p.putHeads(heads)
	p.labelHeads(heads, s.Axis.Origin, s.Axis.Last())
	p.putHandles()
	p.putGhosts()
	p.captions(ink.Box{X0: s.Axis.Origin, X1: s.Axis.Last() - 1, Y0: s.Top + 1, Y1: s.Bottom - 1})
	return p.lands
}

// crossings marks where two requests cross, if there is room between the rails.
func (p *painter) crossings() {
	for _, x := range p.Lane.Crossings() {
		cell := p.Axis.Cell(x.At)
		if x.By > p.Now || cell >= p.Axis.Last() || x.Apart && p.look.Apart {
			continue
		}
		screen, server := p.rails[x.Rail], p.rails[1]
		top, bot := 4*(min(screen, server)+1), 4*max(screen, server)-1
		if bot < top { // the rails stand right above each other, and no message is drawn
			continue
		}
		if screen > server {
			x.Depth = 1 - x.Depth
		}
		y := min(max(top+int(x.Depth*float64(bot-top)), top), bot) / 4
		p.Put(cell, y, "╳", ink.Style{FG: ink.Of(tell.Harm(x.Gravity)), Bold: true})
	}
}

// labelsAcross labels a rail: what the user did, and where messages land.
func (p *painter) labelsAcross(rail, y int) {
	for d := range p.Labels(rail) {
		if m := d.Message; m != nil && p.Type.Sign > 0 {
			back := m.Up != (p.rails[p.Lane.RailOf(m)] < p.rails[1])
			p.Put(d.From, y, tip("▼▽▲△", back, m.Spent()), p.arrow(&d))
		}
		x := d.TextAt
		if d.Text != "" {
			x = p.label(x, y, &d, d.Text)
		}
		if d.ID {
			p.Put(x, y, "id", ink.Style{FG: ink.Text, Bold: !d.Ghost, Ghost: d.Ghost})
		}
		if d.Message != nil {
			p.land(&d, d.From, y, max(x-d.From, 1), d.From-1, d.Behind)
		}
		if d.MarkAt > 0 {
			p.Put(d.MarkAt, y, "△", accent)
		}
		switch {
		case d.Note != "" && p.Brief:
			p.Put(d.NoteAt, y, d.Note, ink.Style{FG: ink.Of(tell.Harm(d.Of)), Bold: true, Ghost: d.Ghost})
		case d.Note != "":
			p.note(d.NoteAt, y, &d, d.Note)
		}
	}
}

// beside is how marks stand in the waiting row.
var beside = diagram.Type{Size: ink.Width, Gap: 1, Late: [2]int{4}}

// WaitsUntil returns the column behind all that ever stands in the waiting row.
func (s Strip) WaitsUntil() (end int) {
	p := diagram.Layout{Lane: s.Lane, Axis: s.Axis, Now: diagram.Forever, Words: s.Look.Words}
	for _, w := range s.Lane.Waits {
		end = max(end, min(p.Until(w.To)+1, s.Axis.Last()))
	}
	for w := range p.Marks(beside, nil) {
		end = max(end, w.At+ink.Width(w.Text))
	}
	return end
}

// waiting draws the row above the screen's rail: what waits in the client, and
// what was thrown away.
func (p *painter) waiting(y int) {
	for _, w := range p.Lane.Waits {
		to := p.Until(w.To)
		for x := max(p.Axis.Cell(w.From), p.Axis.Origin); x < to; x++ {
			if t := p.Axis.Time(x); p.Shows(t) {
				p.Under(x, y, '┄', ink.Style{FG: ink.Hue(w.Action), Ghost: t > p.Now})
			}
		}
		if w.Leaves && p.Shows(w.To) && to < p.Axis.Last() {
			p.Put(to, y, "╮", ink.Style{FG: ink.Hue(w.Action), Ghost: w.To > p.Now})
		}
	}
	for w := range p.Marks(beside, nil) {
		end := p.Put(w.At, y, w.Text, ink.Style{FG: ofMark(w.Mark), Bold: !w.Ghost && !w.Wake, Ghost: w.Ghost})
		if w.Event == p.look.Event-1 {
			if p.unwritten(end, y, 2) {
				end++ // it stands alone
			}
			p.decided(end, y)
		}
	}
}

// ServerLine draws a lane in one row, what the server holds, and returns where
// messages land.
func ServerLine(c *ink.Canvas, l *diagram.Lane, ax Axis, v Look, y int) []Land {
	t := across
	t.Sign = 0
	p := newPainter(c, l, ax, v, t, y, y)
	p.Brief, p.most = true, ax.Last()
	p.rail(1)
	p.labelsAcross(1, y)
	p.putHandles()
	return p.lands
}
