// Package race paints lanes in cells: space-time diagrams of a trial, along an
// axis of time that goes right (a [Strip]) or down (a [Column]), or in one row
// (a [ServerLine]). Where everything stands is said by a [diagram.Layout].
package race

import (
	"math"
	"strings"
	"time"
	"unicode"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/ink"
)

// Look is what a drawing depends on besides its lane and where it stands.
type Look struct {
	Now    time.Duration
	Future bool          // draw what has not happened yet, sparsely
	Words  bool          // write words beside the marks
	Picked diagram.Leg   // the message that is picked, if any
	Ghost  diagram.Leg   // the message of which is drawn where it was, if any
	Was    time.Duration // what that took
	Apart  bool          // what another screen sends comes in half way, under its name, if that screen is on no rail
	Event  int           // the place of the event that decided all, counted from 1; 0: none is marked

	// Head says what to write beside a message on its way; nil: its label.
	Head func(m *diagram.Message) string
}

// Axis is an axis of cells: 2 dots a cell across, 4 down.
type Axis = diagram.Axis

// painter paints what strips and columns have in common.
type painter struct {
	*ink.Canvas
	diagram.Layout
	look    Look
	rails   []int     // the row or the column of each
	lands   []Land    // where messages land
	beside  []caption // of messages
	runs    int       // of messages of one stranger, one behind the other
	whose   string    // whose the last message was; "": the screen's own
	ghosts  []diagram.Message
	handles [][3]int       // the columns of both, and their row
	pressed map[int][2]int // where the label of each action belongs in a column, and where it stands
	most    int            // the column behind the last one that may be drawn in; 0: any
}

// Land is where a message lands in a drawing: its label, with the arrowhead before
// it.
type Land struct {
	X, Y, W int
	Message *diagram.Message
}

// caption is a text that belongs as near as there is room to where its middle would
// be.
type caption struct {
	x, y int
	text string
	of   ink.Style
	over bool // it may hide lines
	run  int  // of whose messages it names the sender, counted from 1; 0: it is no name
}

// newPainter spreads the rails between the first and the last.
func newPainter(c *ink.Canvas, l *diagram.Lane, ax Axis, v Look, t diagram.Type, first, last int) *painter {
	p := &painter{Canvas: c, look: v}
	p.Layout = diagram.Layout{Lane: l, Axis: ax, Now: v.Now, Future: v.Future, Words: v.Words, Picked: v.Picked, Event: v.Event, Type: t}
	p.rails = make([]int, 0, len(l.Rails))
	for i := range l.Rails {
		p.rails = append(p.rails, first+i*(last-first)/(len(l.Rails)-1))
	}
	return p
}

// turn returns column and row of what is so far along the axis and across it.
func (p *painter) turn(along, across int) (x, y int) {
	if p.Type.Down {
		return across, along
	}
	return along, across
}

// rail draws what a party holds, in the colour of who wrote it: solid, still to
// come, or nobody.
func (p *painter) rail(i int) {
	runes := [...]string{"━", "─", "╌"}
	if p.Type.Down {
		runes = [...]string{"┃", "│", "┆"}
	}
	for piece := range p.Pieces(i) {
		for cell := piece.From; cell < piece.To; cell++ {
			past := p.Axis.Time(cell) <= p.Now
			if !past && !p.Future {
				return
			}
			r, s := runes[0], ink.Style{FG: ink.Hue(p.Lane.Script.Wrote(piece.Writer)), Ghost: !past}
			switch {
			case !piece.Exists && past:
				r, s = runes[2], ink.Style{FG: ink.Faint}
			case !piece.Exists:
				r, s = runes[2], ink.Style{FG: ink.Rule}
			case !past:
				r = runes[1]
			}
			x, y := p.turn(cell, p.rails[i])
			p.Put(x, y, r, s)
		}
	}
	p.away(i)
}

// away shades a screen's rail while its client has no network; where it is closed
// nobody is on the rail anyway.
func (p *painter) away(rail int) {
	for _, a := range p.Lane.Gone(rail) {
		if a.Closed {
			continue
		}
		for cell := max(p.Axis.Cell(a.From), p.Axis.Origin); cell < p.Until(a.To) && p.Shows(p.Axis.Time(cell)); cell++ {
			if diagram.At(p.Lane.Rails[rail].Holds, p.Axis.Time(cell)).Closed {
				continue
			}
			x, y := p.turn(cell, p.rails[rail])
			p.Put(x, y, "░", ink.Style{FG: ink.Dim, Ghost: p.Axis.Time(cell) > p.Now})
		}
	}
}

// ticks marks on the server's rail what the server does by itself, where nothing else
// is: that it begins with a request, and that reads show what one has written.
func (p *painter) ticks() {
	for _, t := range p.Lane.Ticks {
		x, y := p.turn(p.Axis.Cell(t.At), p.rails[1])
		if !p.Shows(t.At) || p.Axis.Cell(t.At) >= p.Axis.Last() || !p.bare(x, y, 1) {
			continue
		}
		text := t.Text
		if text == "" && p.Type.Down {
			text = "╂"
		} else if text == "" {
			text = "┿"
		}
		p.Put(x, y, text, ink.Style{FG: ink.Dim, Bold: true, Ghost: t.At > p.Now})
	}
}

type head struct {
	x, y  int
	label string
	of    ink.Colour
}

// messages draws the messages: requests heavy, answers thin, what has not
// happened sparse. It returns the heads of those on their way.
func (p *painter) messages() (heads []head) {
	per := 8 / p.Axis.Per // dots a cell across the axis
	for i := range p.Lane.Messages {
		m, stranger := landing(p.Lane, i, p.Now), ""
		if p.look.Apart {
			if stranger = p.Lane.Stranger(&m); stranger != "" && !m.Up {
				continue
			}
			if stranger != p.whose && m.Up {
				p.whose, p.runs = stranger, p.runs+1
			}
		}
		screen, server := p.rails[p.Lane.RailOf(&m)], p.rails[1]
		near, far := per*(min(screen, server)+1), per*max(screen, server)-1
		from, to := near, far
		if m.Up {
			to-- // it is two dots thick
		}
		if m.Up != (screen < server) {
			from, to = to, from
		}
		if m.Lost {
			to = (from + to) / 2
		}
		if p.isPicked(&m) && p.Lane.Messages[i].Lands() && p.Shows(m.To) {
			p.measure(&m, from, to)
		}
		if m.Leg() == p.look.Ghost && p.Lane.Messages[i].Lands() {
			p.ghost(&m, from, to, near, far)
		}
		if stranger != "" {
			from, m.From = from+(to-from)*9/16, m.From+(m.To-m.From)*9/16
			p.name(&m, from, stranger)
		}
		part := p.message(&m, from, to, near, far)
		if part < 0 {
			continue
		}
		along := p.Axis.Dot(m.From) + int(float64(p.Axis.Dot(m.To)-p.Axis.Dot(m.From))*part)
		across := from + int(float64(to-from)*part)
		if cell := along / p.Axis.Per; cell < p.Axis.Last() {
			x, y := p.turn(cell, min(max(across, near), far)/per)
			heads = append(heads, p.head(&m, x, y))
		}
	}
	return heads
}

// accent is how what the user has picked is drawn.
var accent = ink.Style{FG: ink.Accent, Bold: true}

func (p *painter) isPicked(m *diagram.Message) bool {
	return p.look.Picked.Action != 0 && m.Leg() == p.look.Picked
}

// message draws a message between two depths, in dots: whole if it has arrived,
// as far as it has come if it is on its way, and what has not happened sparsely.
// It returns how far that is, of 1: below 0 if it is not on its way.
func (p *painter) message(m *diagram.Message, from, to, near, far int) (part float64) {
	of := ink.Hue(m.Actions[0])
	solid, thick := ink.Style{FG: of, Ghost: !m.Up}, m.Up
	over := uint8(0)
	if m.Errand { // nobody pressed for it
		of, thick = ink.Faint, false
		solid = ink.Style{FG: of, Ghost: true}
	}
	if p.isPicked(m) {
		solid, of, over = accent, ink.Accent, 2
	}
	clip := p.between(near, far)
	x1, y1 := p.turn(p.Axis.Dot(m.From), from)
	x2, y2 := p.turn(p.Axis.Dot(m.To), to)
	if m.To > p.Now && p.Future && !m.Lost {
		p.Line(x1, y1, x2, y2, false, 4, 1+over, ink.Style{FG: of, Ghost: true}, clip)
	}
	switch {
	case m.To <= p.Now:
		prio := uint8(2)
		if m.Up {
			prio = 3
		}
		p.Line(x1, y1, x2, y2, thick, 1, prio+over, solid, clip)
		if m.Lost && x2 <= clip.X1 && y2 <= clip.Y1 {
			const word = "✗ lost"
			harm := ink.Of(tell.Harm(p.Lane.Gravity(m.Actions...)))
			if x := min(x2/2+1, (clip.X1+1)/2-ink.Width(word)); p.unwritten(x, y2/4, ink.Width(word)) {
				p.Put(x, y2/4, word, ink.Style{FG: harm, Bold: true})
			}
		}
	case m.From < p.Now:
		part = float64(p.Now-m.From) / float64(m.To-m.From)
		p.Line(x1, y1, x1+int(float64(x2-x1)*part), y1+int(float64(y2-y1)*part), thick, 1, 3+over, solid, clip)
		return part
	}
	return -1
}

// between returns the dots between two depths, along the whole axis.
func (p *painter) between(near, far int) (box ink.Box) {
	box.X0, box.Y0 = p.turn(p.Axis.Per*p.Axis.Origin, near)
	box.X1, box.Y1 = p.turn(p.Axis.Per*p.Axis.Last()-1, far)
	return box
}

// ghost draws where a message was, sparsely.
func (p *painter) ghost(m *diagram.Message, from, to, near, far int) {
	was := *m
	if was.To = m.From + p.look.Was; was.To == m.To || !p.Shows(m.From) {
		return
	}
	of := ink.Style{FG: ink.Hue(m.Actions[0]), Ghost: true}
	x1, y1 := p.turn(p.Axis.Dot(was.From), from)
	x2, y2 := p.turn(p.Axis.Dot(was.To), to)
	p.Line(x1, y1, x2, y2, false, 4, 1, of, p.between(near, far))
	p.ghosts = append(p.ghosts, was)
}

// putGhosts marks where messages landed, if nothing else is there, in the colour of
// what lands: on a rail, beside which stands what it means.
func (p *painter) putGhosts() {
	const word = "was here"
	for i := range p.ghosts {
		m := &p.ghosts[i]
		cell, rail := p.Axis.Cell(m.To), p.rails[p.Lane.RailOf(m)]
		if cell >= p.Axis.Last() {
			continue
		}
		up := rail < p.rails[1]
		if m.Up {
			rail = p.rails[1]
		}
		x, y := p.turn(cell, rail)
		if !p.bare(x, y, 1) {
			continue
		}
		heads := "▼▽▲△"
		if p.Type.Down {
			heads = "▶▷◀◁"
			p.beside = append(p.beside, caption{(p.rails[0] + p.rails[1]) / 2, y, word, ink.Style{FG: ink.Faint}, false, 0})
		} else if n := ink.Width(word); x+2+n <= p.Axis.Last() && p.bare(x+1, y, n+2) {
			p.Put(x+2, y, word, ink.Style{FG: ink.Faint})
		}
		p.Put(x, y, tip(heads, m.Up != up, false), ink.Style{FG: ink.Hue(m.Actions[0]), Ghost: true})
	}
}

// bare reports whether n cells of a rail show nothing but it.
func (p *painter) bare(x, y, n int) bool {
	for i := range n {
		if r := p.Rune(x+i, y); r != 0 && !strings.ContainsRune("━─╌┃│┆", r) {
			return false
		}
	}
	return true
}

// landing returns message i with an end, even if it is not known: those on
// their way when the trial was stopped stand one below the other.
func landing(l *diagram.Lane, i int, now time.Duration) diagram.Message {
	m := l.Messages[i]
	if m.To != diagram.Forever {
		return m
	}
	first := i
	for first > 0 && l.Messages[first-1].To == diagram.Forever {
		first--
	}
	depth := float64(i-first+1) / float64(len(l.Messages)-first+1)
	if !m.Up {
		depth = 1 - depth
	}
	m.To = m.From + time.Duration(float64(max(now-m.From, 1))/depth)
	return m
}

// measure notes what a message takes that goes between two depths.
func (p *painter) measure(m *diagram.Message, from, to int) {
	x, y := p.turn((p.Axis.Dot(m.From)+p.Axis.Dot(m.To))/2, (from+to)/2)
	p.beside = append(p.beside, caption{x / 2, y / 4, tell.Rounded(m.To-m.From) + " ms", accent, true, 0})
}

// name notes whose a message is that comes in at a depth.
func (p *painter) name(m *diagram.Message, depth int, whose string) {
	if !p.Shows(m.From) || m.From >= p.Axis.End {
		return
	}
	x, y := p.turn(p.Axis.Dot(m.From), depth)
	p.beside = append(p.beside, caption{x / 2, y / 4, whose, ink.Style{FG: ink.Faint}, false, p.runs})
}

// names writes whose the messages are that come in half way, between the columns and
// rows of a box: once in a run, at the beginning of one of them, where nothing of
// another's is as near, or not at all.
func (p *painter) names(box ink.Box) {
	named := 0
	for _, s := range p.beside {
		if s.run == 0 || s.run == named {
			continue
		}
		n := ink.Width(s.text)
		left, right := s.x-1-n, s.x+2
		for _, at := range [][2]int{{left, s.y}, {left + 1, s.y - 1}, {s.x - n/2, s.y - 1}, {right - 1, s.y - 1}, {right, s.y}} {
			x, y := at[0], at[1]
			if x < box.X0 || x+n-1 > box.X1 || y < box.Y0 || y > box.Y1 || !p.empty(x, y, n, box, (*ink.Canvas).Blank) {
				continue
			}
			before, behind := 2, 2
			if y == s.y && x < s.x {
				behind = 1
			} else if y == s.y {
				before = 1
			}
			if p.empty(x-before, y, before+n+behind, box, (*ink.Canvas).Blank) {
				p.Put(x, y, s.text, s.of)
				named = s.run
				break
			}
		}
	}
}

// captions writes what stands beside messages: as near as nothing is hidden between
// the columns and rows of a box, which is what lies between the rails.
func (p *painter) captions(box ink.Box) {
	p.names(box)
	for _, s := range p.beside {
		if s.run > 0 {
			continue
		}
		n, best, bx, by := ink.Width(s.text), math.MaxInt, 0, 0
		for y := max(s.y-8, box.Y0); y <= min(s.y+8, box.Y1); y++ {
			for x := max(s.x-24, box.X0); x+n-1 <= min(s.x+24, box.X1); x++ {
				far := abs(2*x+n-2*s.x) + 4*abs(y-s.y)
				switch {
				case p.empty(x-2, y, n+4, box, (*ink.Canvas).Blank):
				case p.empty(x-1, y, n+2, box, (*ink.Canvas).Blank):
					far += 6
				case s.over && p.empty(x-1, y, n+2, box, unwritten):
					far += 40
				default:
					continue
				}
				if far < best {
					best, bx, by = far, x, y
				}
			}
		}
		if best < math.MaxInt {
			p.Put(bx, by, s.text, s.of)
		}
	}
}

// empty reports whether n cells from x on are, as far as they are in a box.
func (p *painter) empty(x, y, n int, box ink.Box, is func(*ink.Canvas, int, int) bool) bool {
	for i := max(x, box.X0); i < min(x+n, box.X1+1); i++ {
		if !is(p.Canvas, i, y) {
			return false
		}
	}
	return true
}

// unwritten reports whether a cell holds no text.
func unwritten(c *ink.Canvas, x, y int) bool {
	r := c.Rune(x, y)
	return r == 0 || r == ' '
}

func abs(n int) int { return max(n, -n) }

func (p *painter) head(m *diagram.Message, x, y int) head {
	h := head{x, y, p.Lane.Labels(m.Actions), ink.Hue(m.Actions[0])}
	if m.Errand {
		h.of = ink.Faint
	}
	if p.look.Head != nil {
		h.label = p.look.Head(m)
	}
	if p.isPicked(m) {
		h.of = ink.Accent
	}
	return h
}

// putHeads puts heads where their lines end.
func (p *painter) putHeads(heads []head) {
	for _, h := range heads {
		if r := p.Rune(h.x, h.y); unicode.IsLetter(r) || unicode.IsDigit(r) {
			continue // where rails are close a word stands there
		}
		p.Put(h.x, h.y, "●", ink.Style{FG: h.of, Bold: true})
	}
}

// labelHeads writes what heads are, behind them or before them, where that
// hides no other word between the columns from and to. Of several labels the
// last must do where there is no room.
func (p *painter) labelHeads(heads []head, from, to int) {
	for _, h := range heads {
		last := h.label[max(strings.LastIndexByte(h.label, '+'), 0):]
	tries:
		for _, label := range []string{h.label, last} {
			n := ink.Width(label)
			for _, x := range []int{h.x + 1, h.x - n} {
				if x >= from && x+n <= to && p.unwritten(x, h.y, n) {
					p.Put(x, h.y, label, ink.Style{FG: h.of, Bold: true})
					break tries
				}
			}
		}
	}
}

// unwritten reports whether n cells from x on hold no text.
func (p *painter) unwritten(x, y, n int) bool {
	for i := range n {
		if !unwritten(p.Canvas, x+i, y) {
			return false
		}
	}
	return true
}

// tip returns the arrowhead of a message that goes right or down, or the other
// way; hollow if the client had no use for the answer.
func tip(heads string, back, hollow bool) string {
	i := 0
	if back {
		i += 2
	}
	if hollow {
		i++
	}
	return string([]rune(heads)[i])
}

// land notes where a message lands, with a label that takes n columns; and if it is
// picked, that handles belong in two columns, of which 0 is none.
func (p *painter) land(d *diagram.Label, x, y, n, before, behind int) {
	p.lands = append(p.lands, Land{x, y, n, d.Message})
	if p.isPicked(d.Message) {
		p.handles = append(p.handles, [3]int{before, behind, y})
	}
}

// putHandles draws handles, over nothing that is a word.
func (p *painter) putHandles() {
	for _, h := range p.handles {
		for i, handle := range []string{"◂", "▸"} {
			if x := h[i]; x > 0 && p.within(x) && (p.unwritten(x, h[2], 1) || strings.ContainsRune(covered, p.Rune(x, h[2]))) {
				p.Put(x, h[2], handle, accent)
			}
		}
	}
}

// within reports whether what stands beside a label may be drawn in a column.
func (p *painter) within(x int) bool {
	return p.most == 0 || x < p.most
}

func (p *painter) decided(x, y int) {
	if p.within(x) && (p.unwritten(x, y, 1) || p.Rune(x, y) == '┄') {
		p.Put(x, y, "△", accent)
	}
}

// covered is what a handle may cover: of a rail, or of what waits beside one.
const covered = "━─╌┃│┆┊░?"

func ofMark(m *diagram.Mark) ink.Colour {
	if m.Plain {
		return ink.Hue(m.Action)
	}
	return ink.Of(tell.Harm(m.Of))
}

// arrow returns how the arrowhead of what lands is drawn.
func (p *painter) arrow(d *diagram.Label) ink.Style {
	if p.isPicked(d.Message) {
		return accent
	}
	if d.Message.Errand {
		return ink.Style{FG: ink.Faint, Ghost: d.Ghost}
	}
	return ink.Style{FG: ink.Hue(d.Message.Actions[0]), Ghost: d.Ghost}
}

// label writes the text of a label, filled if it changes what is held, and
// returns the column behind it. In a column all that is pressed is filled: marks
// stand beside it.
func (p *painter) label(x, y int, d *diagram.Label, text string) int {
	n, filled := d.Press, true
	if m := d.Message; m != nil && m.Errand {
		return p.Put(x, y, text, ink.Style{FG: ink.Faint, Ghost: d.Ghost})
	} else if m != nil {
		n, filled = m.Actions[len(m.Actions)-1], m.Writes
	} else {
		filled = p.Type.Down || p.Lane.Script.Action(n).Do != sim.Fetch
	}
	if filled {
		return p.Chip(x, y, text, ink.Hue(n), d.Ghost)
	}
	return p.Put(x, y, text, ink.Style{FG: ink.Hue(n), Bold: d.Press != 0 && !d.Ghost, Ghost: d.Ghost})
}

// note writes what was wrong, filled once it has happened.
func (p *painter) note(x, y int, d *diagram.Label, text string) {
	if d.Ghost {
		p.Put(x, y, text, ink.Style{FG: ink.Of(tell.Harm(d.Of)), Ghost: true})
	} else {
		p.Chip(x, y, text, ink.Of(tell.Harm(d.Of)), false)
	}
}
