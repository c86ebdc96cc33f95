package race

import (
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/tui/ink"
)

// View is what a drawing depends on besides its lane and its place.
type View struct {
	Now    time.Duration
	Future bool        // draw what has not happened yet, sparsely
	Words  bool        // write words beside the marks
	Picked diagram.Leg // the message that is picked, if any

	// Head says what to write beside a message on its way; nil: its label.
	Head func(m *diagram.Message) string
}

// verdictColours gives each verdict its colour.
var verdictColours = [...]ink.Colour{ink.Good, ink.Loud, ink.Unknown, ink.Stuck, ink.Wrong}

// ColourOf returns the colour of a verdict.
func ColourOf(v judge.Verdict) ink.Colour { return verdictColours[v] }

// Grave returns the colour for something that harm may have come of: that of
// the verdict, or a quiet one if there was no harm.
func Grave(v judge.Verdict) ink.Colour {
	if v == judge.OK {
		return ink.Dim
	}
	return verdictColours[v]
}

// A Strip is a lane in which time goes right:
//
//	waiting row      …u2┄┄…u3 queued┄┄┄╮
//	screen rail   c1━━━━u2━━━u3━━━━━━━━▲id━━━
//	braille         ⠛⠶⣤⣀        ⣀⠤⠒⠉⠳⢦⣀
//	server rail   ╌╌╌╌╌╌╌▼c1━━━━━━━━━━━━━▼u3━
type Strip struct {
	Canvas *ink.Canvas
	Lane   *diagram.Lane
	Axis   Axis
	View   View
	Wait   int // the waiting row
	Top    int // the screen's rail
	Bottom int // the server's rail
}

// Draw draws the lane.
func (s Strip) Draw() {
	s.rail(s.Top, s.Lane.Screen())
	s.rail(s.Bottom, s.Lane.Server())
	heads := s.lines()
	s.crossings()
	s.arrivals()
	s.presses()
	s.waiting()
	putHeads(s.Canvas, heads)
	labelHeads(s.Canvas, heads, s.Axis.Origin, s.Axis.Last())
}

// rail draws what one side holds, in the colour of who wrote it.
func (s Strip) rail(y int, holds []diagram.Hold) {
	drawRail(s.Canvas, s.Axis, s.View, holds, func(cell int, h diagram.Hold, past bool) (int, int, rune) {
		switch {
		case past && h.Exists:
			return cell, y, '━'
		case past, !h.Exists:
			return cell, y, '╌'
		}
		return cell, y, '─'
	})
}

// drawRail walks along the axis and lets at say where and what to draw.
func drawRail(c *ink.Canvas, ax Axis, v View, holds []diagram.Hold, at func(cell int, h diagram.Hold, past bool) (x, y int, r rune)) {
	for cell := ax.Origin; cell < ax.Last(); cell++ {
		t := ax.Time(cell)
		past := t <= v.Now
		if !past && !v.Future {
			return
		}
		h := diagram.At(holds, t)
		s := ink.Style{FG: ink.Hue(h.Writer.Action()), Ghost: !past}
		if !h.Exists {
			s = ink.Style{FG: ink.Faint}
			if !past {
				s.FG = ink.Rule
			}
		}
		x, y, r := at(cell, h, past)
		c.Put(x, y, string(r), s)
	}
}

// head is a message on its way, now.
type head struct {
	x, y  int
	label string
	of    ink.Colour
}

func headOf(l *diagram.Lane, v View, m *diagram.Message, x, y int) head {
	h := head{x, y, l.Labels(m.Actions), ink.Hue(m.Actions[0])}
	if v.Head != nil {
		h.label = v.Head(m)
	}
	if m.Leg() == v.Picked {
		h.of = ink.Accent
	}
	return h
}

// putHeads puts heads where their lines end.
func putHeads(c *ink.Canvas, heads []head) {
	for _, h := range heads {
		c.Put(h.x, h.y, "●", ink.Style{FG: h.of, Bold: true})
	}
}

// labelHeads writes what heads are, behind them or before them, where that
// hides no other word between the columns from and to. Of several labels the
// last must do where there is no room.
func labelHeads(c *ink.Canvas, heads []head, from, to int) {
	for _, h := range heads {
		last := h.label[max(strings.LastIndexByte(h.label, '+'), 0):]
		for _, label := range []string{h.label, last} {
			if n := ink.Width(label); h.write(c, label, h.x+1, from, to) || h.write(c, label, h.x-n, from, to) {
				break
			}
		}
	}
}

// write writes a label of a head at column x, if there is room.
func (h head) write(c *ink.Canvas, label string, x, from, to int) bool {
	n := ink.Width(label)
	if x < from || x+n > to || !unwritten(c, x, h.y, n) {
		return false
	}
	c.Put(x, h.y, label, ink.Style{FG: h.of, Bold: true})
	return true
}

// unwritten reports whether n cells from x on hold no text.
func unwritten(c *ink.Canvas, x, y, n int) bool {
	for i := range n {
		if r := c.Rune(x+i, y); r != 0 && r != ' ' {
			return false
		}
	}
	return true
}

// lines draws the messages: requests heavy, answers thin, what has not
// happened sparse.
func (s Strip) lines() (heads []head) {
	top, bot := 4*(s.Top+1), 4*s.Bottom-1
	clip := ink.Box{X0: 2 * s.Axis.Origin, Y0: top, X1: 2*s.Axis.Last() - 1, Y1: bot}
	for i := range s.Lane.Messages {
		m := landing(s.Lane, i, s.View.Now)
		y1, y2 := top, bot-1
		if !m.Up {
			y1, y2 = bot, top
		}
		if m.Lost {
			y2 = (y1 + y2) / 2
		}
		heads = append(heads, s.message(&m, s.Axis.Dot(m.From), y1, s.Axis.Dot(m.To), y2, clip)...)
	}
	return heads
}

func (s Strip) message(m *diagram.Message, x1, y1, x2, y2 int, clip ink.Box) []head {
	x, y, flying := drawMessage(s.Canvas, s.Lane, m, s.View, x1, y1, x2, y2, clip)
	if !flying || x/2 >= s.Axis.Last() {
		return nil
	}
	return []head{headOf(s.Lane, s.View, m, x/2, min(max(y, clip.Y0), clip.Y1)/4)}
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

// drawMessage draws a message from one dot to another: whole if it has
// arrived, as far as it has come if it is on its way, and what has not
// happened sparsely. It returns where its head is, if it is on its way.
func drawMessage(c *ink.Canvas, l *diagram.Lane, m *diagram.Message, v View, x1, y1, x2, y2 int, clip ink.Box) (x, y int, flying bool) {
	of := ink.Hue(m.Actions[0])
	solid := ink.Style{FG: of, Ghost: !m.Up}
	if m.Leg() == v.Picked {
		solid, of = ink.Style{FG: ink.Accent, Bold: true}, ink.Accent
	}
	if m.To > v.Now && v.Future && !m.Lost {
		c.Line(x1, y1, x2, y2, false, 4, 1, ink.Style{FG: of, Ghost: true}, clip)
	}
	switch {
	case m.To <= v.Now:
		prio := uint8(2)
		if m.Up {
			prio = 3
		}
		c.Line(x1, y1, x2, y2, m.Up, 1, prio, solid, clip)
		if m.Lost && x2 <= clip.X1 && y2 <= clip.Y1 {
			const word = "✗ lost"
			c.Put(min(x2/2+1, (clip.X1+1)/2-ink.Width(word)), y2/4, word, ink.Style{FG: Grave(l.Gravity(m.Actions...)), Bold: true})
		}
	case m.From < v.Now:
		part := float64(v.Now-m.From) / float64(m.To-m.From)
		x, y = x1+int(float64(x2-x1)*part), y1+int(float64(y2-y1)*part)
		c.Line(x1, y1, x, y, m.Up, 1, 3, solid, clip)
		return x, y, true
	}
	return 0, 0, false
}

// crossings marks where two requests cross.
func (s Strip) crossings() {
	top, bot := 4*(s.Top+1), 4*s.Bottom-1
	for _, x := range s.Lane.Crossings() {
		if x.By <= s.View.Now && s.Axis.Cell(x.At) < s.Axis.Last() {
			y := min(max(top+int(x.Depth*float64(bot-top)), top), bot) / 4
			s.Canvas.Put(s.Axis.Cell(x.At), y, "╳", ink.Style{FG: Grave(x.Gravity), Bold: true})
		}
	}
}

// beside returns where to put a label that belongs into a cell, if all before
// free is taken, and whether that is near enough: a label that stood farther
// from its cell would tell another time.
func beside(cell, free int) (x int, near bool) {
	x = max(cell, free)
	return x, x-cell <= 6
}

// arrivals labels the server's rail.
func (s Strip) arrivals() {
	free := s.Axis.Origin
	for i := range s.Lane.Messages {
		m := &s.Lane.Messages[i]
		if !m.Up || m.Lost || m.To == diagram.Forever {
			continue
		}
		ghost := m.To > s.View.Now
		x, near := beside(s.Axis.Cell(m.To), free)
		if ghost && !s.View.Future || x >= s.Axis.Last() || !near {
			continue
		}
		of := ink.Hue(m.Actions[len(m.Actions)-1])
		x = s.Canvas.Put(x, s.Bottom, "▼", ink.Style{FG: ink.Hue(m.Actions[0]), Ghost: ghost})
		switch label := s.Lane.Labels(m.Actions); {
		case x+ink.Width(label) > s.Axis.Last():
		case m.Writes:
			x = s.Canvas.Chip(x, s.Bottom, label, of, ghost)
		default:
			x = s.Canvas.Put(x, s.Bottom, label, ink.Style{FG: of, Ghost: ghost})
		}
		free = s.note(x, s.Bottom, m, ghost, sim.Uplink)
	}
}

// note writes what was wrong about a message, as far as there is room until
// the next of its like on that rail; for the mark alone there is always room.
func (s Strip) note(x, y int, m *diagram.Message, ghost bool, leg sim.Leg) int {
	long, short, grave := s.Lane.Note(m)
	if short == "" || x >= s.Axis.Last() {
		return x
	}
	room := s.Axis.Last() - x
	for i := range s.Lane.Messages {
		next := &s.Lane.Messages[i]
		if next.Leg().Leg == leg && !next.Lost && next.To > m.To && (next.To <= s.View.Now || s.View.Future) {
			room = min(room, s.Axis.Cell(next.To)-x)
		}
	}
	text := short[:len("✗")]
	for _, more := range []string{" " + long + " ", " " + short + " "} {
		if s.View.Words && ink.Width(more) <= room {
			text = more
			break
		}
	}
	if ghost {
		return s.Canvas.Put(x, y, text, ink.Style{FG: Grave(grave), Ghost: true})
	}
	return s.Canvas.Chip(x, y, text, Grave(grave), false)
}

// presses labels the screen's rail: what the user did, and the answers.
func (s Strip) presses() {
	free := s.Axis.Origin
	touches := s.Lane.Touches(0)
	for i, it := range touches {
		ghost := it.At > s.View.Now
		x, near := beside(s.Axis.Cell(it.At), free)
		if ghost && !s.View.Future || x >= s.Axis.Last() || !near {
			continue
		}
		if it.Press != 0 {
			free = s.press(x, it.Press, ghost)
			continue
		}
		free = s.Canvas.Put(x, s.Top, string(tip(it.Message, '▲', '△')), ink.Style{FG: ink.Hue(it.Message.Actions[0]), Ghost: ghost})
		alone := i+1 == len(touches) || s.Axis.Cell(touches[i+1].At) > free+1
		if it.Message.Taken && s.View.Words && alone && free+len("id") <= s.Axis.Last() {
			free = s.Canvas.Put(free, s.Top, "id", ink.Style{FG: ink.Text, Bold: !ghost, Ghost: ghost})
		}
		free = s.note(free, s.Top, it.Message, ghost, sim.Downlink)
	}
}

// press labels what the user did. What writes nothing is not filled.
func (s Strip) press(x, n int, ghost bool) int {
	if label := s.Lane.Label(n); x+ink.Width(label) > s.Axis.Last() {
		return x
	} else if s.Lane.Script.Action(n).Do == sim.Fetch {
		return s.Canvas.Put(x, s.Top, s.Lane.Label(n), ink.Style{FG: ink.Hue(n), Bold: !ghost, Ghost: ghost})
	}
	return s.Canvas.Chip(x, s.Top, s.Lane.Label(n), ink.Hue(n), ghost)
}

// tip returns the arrowhead of an answer: hollow if the client had no use for
// the id that it brought, or had given up.
func tip(m *diagram.Message, full, hollow rune) rune {
	if m.Late || m.Create && !m.Taken {
		return hollow
	}
	return full
}

// waiting draws the row above the screen's rail: what waits in the client,
// and what was thrown away.
func (s Strip) waiting() {
	for _, w := range s.Lane.Waits {
		to := s.Axis.Last()
		if w.To < s.Axis.End {
			to = s.Axis.Cell(w.To)
		}
		for x := max(s.Axis.Cell(w.From), s.Axis.Origin); x < to; x++ {
			past := s.Axis.Time(x) <= s.View.Now
			if past || s.View.Future {
				s.Canvas.Under(x, s.Wait, '┄', ink.Style{FG: ink.Hue(w.Action), Ghost: !past})
			}
		}
		if past := w.To <= s.View.Now; w.Leaves && (past || s.View.Future) && to < s.Axis.Last() {
			s.Canvas.Put(to, s.Wait, "╮", ink.Style{FG: ink.Hue(w.Action), Ghost: !past})
		}
	}
	free := s.Axis.Origin
	for i, m := range s.Lane.Marks {
		ghost := m.At > s.View.Now
		x := s.Axis.Cell(m.At)
		if ghost && !s.View.Future || x >= s.Axis.Last() {
			continue
		}
		if m.Wake {
			if x >= free {
				free = s.Canvas.Put(x, s.Wait, "?", ink.Style{FG: markColour(&m), Ghost: ghost})
			}
			continue
		}
		room := s.room(i, x)
		text := m.Symbol
		if full := m.Symbol + " " + m.Word; s.View.Words && m.Word != "" && ink.Width(full) < room {
			text = full
		}
		if x < free {
			x = free + 1 // a blank between two marks
		}
		if x > s.Axis.Cell(m.At)+4 || x+ink.Width(text) > s.Axis.Last() {
			continue
		}
		free = s.Canvas.Put(x, s.Wait, text, ink.Style{FG: markColour(&m), Bold: !ghost, Ghost: ghost})
	}
}

// markColour returns the colour of a mark.
func markColour(m *diagram.Mark) ink.Colour {
	if m.Plain {
		return ink.Hue(m.Action)
	}
	return Grave(m.Of)
}

// room returns the cells between mark i at column x and what follows it.
func (s Strip) room(i, x int) int {
	end := s.Axis.Last()
	for _, w := range s.Lane.Waits {
		if w.Leaves && w.Action == s.Lane.Marks[i].Action && w.From == s.Lane.Marks[i].At {
			end = min(end, s.Axis.Cell(w.To))
		}
	}
	for _, next := range s.Lane.Marks[i+1:] {
		if next.At <= s.View.Now || s.View.Future {
			end = min(end, s.Axis.Cell(next.At))
			break
		}
	}
	return end - x
}
