package tui

import (
	"slices"
	"time"

	"photofinish/sim"
)

// view is what a drawing depends on besides its lane and its place.
type view struct {
	now    time.Duration
	future bool // draw what has not happened yet, sparsely
	words  bool // write words beside the marks
}

// A strip is a lane in which time goes right:
//
//	waiting row      …u2┄┄…u3 queued┄┄┄╮
//	screen rail   c1━━━━u2━━━u3━━━━━━━━▲id━━━
//	braille         ⠛⠶⣤⣀        ⣀⠤⠒⠉⠳⢦⣀
//	server rail   ╌╌╌╌╌╌╌▼c1━━━━━━━━━━━━━▼u3━
type strip struct {
	c    *canvas
	l    *lane
	ax   axis
	v    view
	wait int // the waiting row
	top  int // the screen's rail
	bot  int // the server's rail
}

func (s strip) draw() {
	s.rail(s.top, s.l.screen)
	s.rail(s.bot, s.l.server)
	heads := s.lines()
	s.crossings()
	s.arrivals()
	s.presses()
	s.waiting()
	for _, h := range heads {
		x := s.c.put(h.x, h.y, "●", style{fg: h.of, bold: true})
		s.c.put(x, h.y, h.label, style{fg: h.of, bold: true})
	}
}

// rail draws what one side holds, in the colour of who wrote it.
func (s strip) rail(y int, holds []hold) {
	drawRail(s.c, s.ax, s.v, holds, func(cell int, h hold, past bool) (int, int, rune) {
		switch {
		case past && h.exists:
			return cell, y, '━'
		case past, !h.exists:
			return cell, y, '╌'
		}
		return cell, y, '─'
	})
}

// drawRail walks along the axis and lets at say where and what to draw.
func drawRail(c *canvas, ax axis, v view, holds []hold, at func(cell int, h hold, past bool) (x, y int, r rune)) {
	for cell := ax.origin; cell < ax.last(); cell++ {
		t := ax.time(cell)
		past := t <= v.now
		if !past && !v.future {
			return
		}
		h := held(holds, t)
		s := style{fg: hue(h.writer.Action()), ghost: !past}
		if !h.exists {
			s = style{fg: faint}
			if !past {
				s.fg = rule
			}
		}
		x, y, r := at(cell, h, past)
		c.put(x, y, string(r), s)
	}
}

// head is a message on its way, now.
type head struct {
	x, y  int
	label string
	of    colour
}

// lines draws the messages: requests heavy, answers thin, what has not
// happened sparse.
func (s strip) lines() (heads []head) {
	top, bot := 4*(s.top+1), 4*s.bot-1
	clip := box{2 * s.ax.origin, top, 2*s.ax.last() - 1, bot}
	for _, m := range s.l.messages {
		y1, y2 := top, bot-1
		if !m.up {
			y1, y2 = bot, top
		}
		if m.lost {
			y2 = (y1 + y2) / 2
		}
		x1, x2 := s.ax.dot(m.from), s.ax.dot(m.to)
		heads = append(heads, s.message(m, x1, y1, x2, y2, clip)...)
	}
	return heads
}

func (s strip) message(m message, x1, y1, x2, y2 int, clip box) []head {
	x, y, flying := drawMessage(s.c, s.l, m, s.v, x1, y1, x2, y2, clip)
	if !flying || x/2 >= s.ax.last() {
		return nil
	}
	return []head{{x / 2, min(max(y, clip.y0), clip.y1) / 4, s.l.labels(m.actions), hue(m.actions[0])}}
}

// drawMessage draws a message from one dot to another: whole if it has
// arrived, as far as it has come if it is on its way, and what has not
// happened sparsely. It returns where its head is, if it is on its way.
func drawMessage(c *canvas, l *lane, m message, v view, x1, y1, x2, y2 int, clip box) (x, y int, flying bool) {
	of := hue(m.actions[0])
	solid := style{fg: of, ghost: !m.up}
	if m.to > v.now && v.future && !m.lost {
		c.line(x1, y1, x2, y2, false, 4, 1, style{fg: of, ghost: true}, clip)
	}
	switch {
	case m.to <= v.now:
		prio := uint8(2)
		if m.up {
			prio = 3
		}
		c.line(x1, y1, x2, y2, m.up, 1, prio, solid, clip)
		if m.lost {
			const word = "✗ lost"
			c.put(min(x2/2+1, (clip.x1+1)/2-width(word)), y2/4, word, style{fg: l.gravity(m.actions...), bold: true})
		}
	case m.from < v.now:
		part := float64(v.now-m.from) / float64(m.to-m.from)
		x, y = x1+int(float64(x2-x1)*part), y1+int(float64(y2-y1)*part)
		c.line(x1, y1, x, y, m.up, 1, 3, solid, clip)
		return x, y, true
	}
	return 0, 0, false
}

// crossings marks where two requests cross.
func (s strip) crossings() {
	top, bot := 4*(s.top+1), 4*s.bot-1
	for i, a := range s.l.messages {
		for _, b := range s.l.messages[i+1:] {
			if !a.up || !b.up || a.lost || b.lost || a.to > s.v.now || b.to > s.v.now {
				continue
			}
			if a.from > b.from {
				a, b = b, a
			}
			if a.from == b.from || a.to <= b.to {
				continue
			}
			// Both fall at a constant rate; they meet where they are equally low.
			fa, fb := float64(a.to-a.from), float64(b.to-b.from)
			part := float64(b.from-a.from) / (fa - fb)
			t := a.from + time.Duration(part*fa)
			y := min(max(top+int(part*float64(bot-top)), top), bot) / 4
			s.c.put(s.ax.cell(t), y, "╳", style{fg: s.l.gravity(slices.Concat(a.actions, b.actions)...), bold: true})
		}
	}
}

// arrivals labels the server's rail.
func (s strip) arrivals() {
	free := s.ax.origin
	for _, m := range s.l.messages {
		if !m.up || m.lost {
			continue
		}
		ghost := m.to > s.v.now
		x := max(s.ax.cell(m.to), free)
		if ghost && !s.v.future || x >= s.ax.last() {
			continue
		}
		of := hue(m.actions[len(m.actions)-1])
		x = s.c.put(x, s.bot, "▼", style{fg: hue(m.actions[0]), ghost: ghost})
		if m.writes {
			x = s.c.chip(x, s.bot, s.l.labels(m.actions), of, ghost)
		} else {
			x = s.c.put(x, s.bot, s.l.labels(m.actions), style{fg: of, ghost: ghost})
		}
		free = s.note(x, s.bot, m, ghost, func(n message) bool { return n.up && !n.lost })
	}
}

// note writes what was wrong about a message, as far as there is room until
// the next of its like on that rail; for the mark alone there is always room.
func (s strip) note(x, y int, m message, ghost bool, like func(message) bool) int {
	long, short, of := noteOf(s.l, m)
	if short == "" || x >= s.ax.last() {
		return x
	}
	room := s.ax.last() - x
	for _, next := range s.l.messages {
		if like(next) && next.to > m.to && (next.to <= s.v.now || s.v.future) {
			room = min(room, s.ax.cell(next.to)-x)
		}
	}
	text := short[:len("✗")]
	for _, more := range []string{" " + long + " ", " " + short + " "} {
		if s.v.words && width(more) <= room {
			text = more
			break
		}
	}
	if ghost {
		return s.c.put(x, y, text, style{fg: of, ghost: true})
	}
	return s.c.chip(x, y, text, of, false)
}

// noteOf returns what to say of a message's end, in more and in fewer words.
func noteOf(l *lane, m message) (long, short string, of colour) {
	switch {
	case m.up && m.status >= 400:
		text := "✗ " + itoa(m.status)
		return text, text, l.gravity(m.actions...)
	case m.up && m.over != 0:
		return "✗ overwrites " + l.label(m.over), "✗ over " + l.label(m.over), l.gravity(append([]int{m.over}, m.actions...)...)
	case m.over != 0:
		return "✗ replaces " + l.label(m.over), "✗ for " + l.label(m.over), l.gravity(append([]int{m.over}, m.actions...)...)
	}
	return "", "", 0
}

// touch is something that happens at the screen's rail: an action shows, or
// an answer lands.
type touch struct {
	at    time.Duration
	event int
	press int      // the action, or
	m     *message // the answer
}

// touches lists what happens at the screen's rail, in order.
func (l *lane) touches() []touch {
	var out []touch
	for _, h := range l.screen {
		if h.press != 0 {
			out = append(out, touch{at: h.at, event: h.event, press: h.press})
		}
	}
	for i := range l.messages {
		if m := &l.messages[i]; !m.up && !m.lost {
			out = append(out, touch{at: m.to, event: m.event, m: m})
		}
	}
	slices.SortFunc(out, func(a, b touch) int { return a.event - b.event })
	return out
}

// presses labels the screen's rail: what the user did, and the answers.
func (s strip) presses() {
	free := s.ax.origin
	touches := s.l.touches()
	for i, it := range touches {
		ghost := it.at > s.v.now
		x := max(s.ax.cell(it.at), free)
		if ghost && !s.v.future || x >= s.ax.last() {
			continue
		}
		if it.press != 0 {
			free = s.press(x, it.press, ghost)
			continue
		}
		free = s.c.put(x, s.top, string(it.m.tip('▲', '△')), style{fg: hue(it.m.actions[0]), ghost: ghost})
		alone := i+1 == len(touches) || s.ax.cell(touches[i+1].at) > free+1
		if it.m.taken && s.v.words && alone {
			free = s.c.put(free, s.top, "id", style{fg: fg, bold: !ghost, ghost: ghost})
		}
		free = s.note(free, s.top, *it.m, ghost, func(n message) bool { return !n.up && !n.lost })
	}
}

// press labels what the user did. What writes nothing is not filled.
func (s strip) press(x, n int, ghost bool) int {
	if label := s.l.label(n); x+width(label) > s.ax.last() {
		return x
	} else if s.l.script.Action(n).Do == sim.Fetch {
		return s.c.put(x, s.top, s.l.label(n), style{fg: hue(n), bold: !ghost, ghost: ghost})
	}
	return s.c.chip(x, s.top, s.l.label(n), hue(n), ghost)
}

// tip returns the arrowhead of an answer: hollow if the client had no use for
// the id that it brought, or had given up.
func (m *message) tip(full, hollow rune) rune {
	if m.late || m.create && !m.taken {
		return hollow
	}
	return full
}

// waiting draws the row above the screen's rail: what waits in the client,
// and what was thrown away.
func (s strip) waiting() {
	for _, w := range s.l.waits {
		to := s.ax.last()
		if w.to < s.ax.end {
			to = s.ax.cell(w.to)
		}
		for x := max(s.ax.cell(w.from), s.ax.origin); x < to; x++ {
			past := s.ax.time(x) <= s.v.now
			if past || s.v.future {
				s.c.under(x, s.wait, '┄', style{fg: hue(w.action), ghost: !past})
			}
		}
		if past := w.to <= s.v.now; w.leaves && (past || s.v.future) && to < s.ax.last() {
			s.c.put(to, s.wait, "╮", style{fg: hue(w.action), ghost: !past})
		}
	}
	free := s.ax.origin
	for i, m := range s.l.marks {
		ghost := m.at > s.v.now
		x := s.ax.cell(m.at)
		if ghost && !s.v.future || x >= s.ax.last() {
			continue
		}
		if m.wake {
			if x >= free {
				free = s.c.put(x, s.wait, "?", style{fg: m.of, ghost: ghost})
			}
			continue
		}
		room := s.room(i, x)
		text := m.symbol
		if full := m.symbol + " " + m.word; s.v.words && m.word != "" && width(full) < room {
			text = full
		}
		if x < free {
			x = free + 1 // a blank between two marks
		}
		if x > s.ax.cell(m.at)+4 || x+width(text) > s.ax.last() {
			continue
		}
		free = s.c.put(x, s.wait, text, style{fg: m.of, bold: !ghost, ghost: ghost})
	}
}

// room returns the cells between mark i at column x and what follows it.
func (s strip) room(i, x int) int {
	end := s.ax.last()
	for _, w := range s.l.waits {
		if w.leaves && w.action == s.l.marks[i].action && w.from == s.l.marks[i].at {
			end = min(end, s.ax.cell(w.to))
		}
	}
	for _, next := range s.l.marks[i+1:] {
		if next.at <= s.v.now || s.v.future {
			end = min(end, s.ax.cell(next.at))
			break
		}
	}
	return end - x
}

// drawServerLine draws a lane in one row: what the server holds.
func drawServerLine(c *canvas, l *lane, ax axis, v view, y int) {
	s := strip{c: c, l: l, ax: ax, v: v, bot: y}
	s.rail(y, l.server)
	free := ax.origin
	for _, m := range l.messages {
		ghost := m.to > v.now
		if !m.up || m.lost || ghost && !v.future {
			continue
		}
		x := max(ax.cell(m.to), free)
		if x >= ax.last() {
			continue
		}
		of := hue(m.actions[len(m.actions)-1])
		switch {
		case m.writes:
			free = c.chip(x, y, l.labels(m.actions), of, ghost)
		case m.status >= 400:
			free = c.put(x, y, l.labels(m.actions), style{fg: of, ghost: ghost})
		default:
			continue
		}
		if _, short, of := noteOf(l, m); short != "" && free < ax.last() {
			free = c.put(free, y, "✗", style{fg: of, bold: true, ghost: ghost})
		}
	}
}
