package tui

import (
	"strings"
	"time"

	"photofinish/sim"
)

// A column is a lane in which time goes down.
type column struct {
	c     *canvas
	l     *lane
	ay    axis
	v     view
	left  int // the screen's rail
	right int // the server's rail
	least int // the first cell that is the column's own
}

func (s column) draw() {
	s.rail(s.left, s.l.screen)
	s.rail(s.right, s.l.server)
	heads := s.lines()
	s.arrivals()
	s.waiting()
	s.presses()
	s.marks()
	for _, h := range heads {
		x := s.c.put(h.x, h.y, "●", style{fg: h.of, bold: true})
		s.c.put(x, h.y, h.label, style{fg: h.of, bold: true})
	}
}

func (s column) rail(x int, holds []hold) {
	drawRail(s.c, s.ay, s.v, holds, func(cell int, h hold, past bool) (int, int, rune) {
		switch {
		case past && h.exists:
			return x, cell, '┃'
		case past, !h.exists:
			return x, cell, '┆'
		}
		return x, cell, '│'
	})
}

func (s column) lines() (heads []head) {
	l, r := 2*(s.left+1), 2*s.right-1
	clip := box{l, 4 * s.ay.origin, r, 4*s.ay.last() - 1}
	for _, m := range s.l.messages {
		x1, x2 := l, r-1
		if !m.up {
			x1, x2 = r, l
		}
		if m.lost {
			x2 = (x1 + x2) / 2
		}
		h := s.message(m, x1, s.ay.dot(m.from), x2, s.ay.dot(m.to), clip)
		heads = append(heads, h...)
	}
	return heads
}

func (s column) message(m message, x1, y1, x2, y2 int, clip box) []head {
	x, y, flying := drawMessage(s.c, s.l, m, s.v, x1, y1, x2, y2, clip)
	if !flying || y/4 >= s.ay.last() {
		return nil
	}
	return []head{{min(max(x/2, s.left+1), s.right-1), y / 4, s.l.labels(m.actions), hue(m.actions[0])}}
}

// arrivals labels the server's rail, and says below a label what was wrong.
func (s column) arrivals() {
	free := s.ay.origin
	for _, m := range s.l.messages {
		ghost := m.to > s.v.now
		y := max(s.ay.cell(m.to), free)
		if !m.up || m.lost || ghost && !s.v.future || y >= s.ay.last() {
			continue
		}
		s.c.put(s.right, y, "▶", style{fg: hue(m.actions[0]), ghost: ghost})
		of, label := hue(m.actions[len(m.actions)-1]), cut(s.l.labels(m.actions), 6)
		if m.writes {
			s.c.chip(s.right+1, y, label, of, ghost)
		} else {
			s.c.put(s.right+1, y, label, style{fg: of, ghost: ghost})
		}
		free = y + 1
		_, text, of := noteOf(s.l, m)
		if text == "" || free >= s.ay.last() {
			continue
		}
		if ghost {
			s.c.right(s.right, free, text, style{fg: of, ghost: true})
		} else {
			s.c.chip(s.right-width(text)-2, free, " "+text+" ", of, false)
		}
		free++
	}
}

// waiting draws a thin bar beside the rail for each action that waits.
func (s column) waiting() {
	for i, w := range s.l.waits {
		x := s.left - 1 - i%2
		for y := s.ay.cell(w.from); y < min(s.cellOf(w.to), s.ay.last()); y++ {
			if past := s.ay.time(y) <= s.v.now; past || s.v.future {
				s.c.put(x, y, "┊", style{fg: hue(w.action), ghost: !past})
			}
		}
	}
}

func (s column) cellOf(t time.Duration) int {
	if t >= s.ay.end {
		return s.ay.last()
	}
	return s.ay.cell(t)
}

// presses labels the screen's rail: what the user did, and the answers.
func (s column) presses() {
	free := s.ay.origin
	for _, it := range s.l.touches() {
		ghost := it.at > s.v.now
		y := max(s.ay.cell(it.at), free)
		if ghost && !s.v.future || y >= s.ay.last() {
			continue
		}
		free = y + 1
		if it.press != 0 {
			label := s.l.label(it.press)
			s.c.put(s.left, y, "●", style{fg: hue(it.press), ghost: ghost})
			s.c.chip(s.left-2-width(label), y, label, hue(it.press), ghost)
			continue
		}
		s.c.put(s.left, y, string(it.m.tip('◀', '◁')), style{fg: hue(it.m.actions[0]), ghost: ghost})
		if it.m.taken && s.v.words {
			s.c.right(s.left-2, y, "id", style{fg: fg, bold: !ghost, ghost: ghost})
		}
	}
}

// free reports whether n cells from x on hold no text.
func (s column) free(x, y, n int) bool {
	for i := range n {
		if r := s.c.rune(x+i, y); r != 0 && r != ' ' {
			return false
		}
	}
	return true
}

// marks writes what happens to actions that do not go out at once, left of
// the labels, as far as there is room.
func (s column) marks() {
	for _, m := range s.l.marks {
		ghost := m.at > s.v.now
		y := s.ay.cell(m.at)
		if ghost && !s.v.future || y >= s.ay.last() {
			continue
		}
		st := style{fg: m.of, bold: !ghost, ghost: ghost}
		if m.wake {
			for i, w := range s.l.waits {
				if w.action == m.action {
					s.c.put(s.left-1-i%2, y, "?", st)
				}
			}
			continue
		}
		s.word(m, y, st)
	}
}

// word writes a mark as far as there is room: symbol, word and, where the
// rail does not show it, the label.
func (s column) word(m mark, y int, st style) {
	end, label, n := s.left-2, m.label, width(m.label)
	if !s.free(end-n, y, n) {
		end, label = end-n-1, ""
	}
	symbol := string([]rune(m.symbol)[:1])
	if m.symbol == m.label {
		symbol = ""
	}
	for _, words := range [][]string{{symbol, m.word, label}, {symbol + label}} {
		text := strings.TrimSpace(strings.Join(words, " "))
		if m.symbol == m.label {
			text = strings.TrimSpace(label + " " + m.word)
		}
		if x := end - width(text); x >= s.least && s.free(x, y, width(text)) && (s.v.words || width(text) <= 3) {
			s.c.put(x, y, text, st)
			return
		}
	}
}

// columns draws the lanes side by side.
func (sc screen) columns() {
	gut, lw, xl, xr, top, bottom := 26, 29, 13, 24, 7, 10
	sc.v.words = true
	if sc.w < wideWidth {
		gut, lw, xl, xr, top, bottom = 12, 18, 5, 14, 6, 6
		sc.v.words = false
	}
	if n := len(sc.lanes); sc.v.words && n > 0 {
		lw = min(max((sc.w-gut)/n, 27), lw) // six fit from 188 on
	}
	first, shown := window(len(sc.lanes), (sc.w-gut)/lw, sc.s.Lane)
	ay := axis{top, sc.h - top - bottom, sc.m.end, 4}
	sc.header()
	sc.gutter(ay, gut)
	for i := range shown {
		l, x, inView := sc.lanes[first+i], gut+i*lw, first+i == sc.s.Lane
		sc.columnHead(l, x, lw, top, inView)
		c := column{c: sc.canvas, l: l, ay: ay, v: sc.v, left: x + xl, right: x + xr, least: x - 1}
		if sc.v.words {
			sc.right(c.left+3, top-1, "screen", style{fg: faint})
			sc.right(c.right+3, top-1, "server", style{fg: faint})
		} else {
			sc.put(c.left-1, top-1, "scr", style{fg: faint})
			sc.put(c.right, top-1, "srv", style{fg: faint})
		}
		c.draw()
		sc.columnFoot(l, x, top+ay.cells+1, lw)
		sc.ruleBelow(l, ay, x, lw)
	}
	sc.nowAcross(ay)
	sc.m.hit = hitMap{ax: ay, down: true, left: gut, cols: lw, first: first, shown: shown}
	sc.footer()
}

// gutter draws the user's actions and the ticks beside the columns.
func (sc screen) gutter(ay axis, gut int) {
	sc.put(2, 2, "your hands", style{fg: dim})
	for y := ay.origin; y < ay.last(); y++ {
		sc.put(6, y, "│", style{fg: rule})
	}
	step := ay.tick(3)
	for i := 0; time.Duration(i)*step < ay.end; i++ {
		y := ay.cell(time.Duration(i) * step)
		s := style{fg: faint}
		if i%2 == 0 {
			s.fg = dim
		}
		sc.right(5, y, ms(time.Duration(i)*step), s)
		sc.put(6, y, "┼", style{fg: faint})
	}
	free := ay.origin
	actions := sc.s.Script.Actions
	for i := range actions {
		a := &actions[i]
		y := max(ay.cell(a.At), free)
		if y >= ay.last() {
			break
		}
		free = y + 1
		x := sc.chip(8, y, a.Label(), hue(a.Number), a.At > sc.v.now && !sc.v.future)
		if gut > 20 && a.Sets.Has(sc.s.Field) {
			sc.put(x+1, y, cut(valueOf(sc.s.Script, sim.By(a.Number), sc.s.Field), gut-x-2), style{fg: dim})
		}
	}
	if gut > 20 {
		y := ay.last() + 1
		sc.put(2, y, cut(sc.fieldInView()+"on the screen", gut-3), style{fg: dim})
		sc.put(2, y+1, cut(sc.fieldInView()+"at the server", gut-3), style{fg: dim})
		if sc.m.oddsShown() {
			sc.put(2, y+3, "runs that end wrong", style{fg: dim})
			sc.put(2, y+4, "orders that do", style{fg: dim})
		}
	}
}

func (sc screen) columnHead(l *lane, x, lw, top int, inView bool) {
	st := l.standingAt(sc.v.now)
	name := style{fg: fg, bold: true}
	if inView {
		name.fg = accent
		for y := 2; y < top-1; y++ {
			sc.put(x, y, "▌", style{fg: accent})
		}
	}
	_, of := st.symbol()
	kind := style{fg: of, bold: !st.open}
	if sc.v.words {
		sc.verdict(x+1, 2, st)
		sc.put(x+5, 2, cut(l.name, lw-6), name)
		sc.put(x+5, 3, cut(st.kind, lw-6), kind)
		if !st.open && st.kind != "ok" {
			for i, line := range wrap(st.says, lw-6) {
				if i < 2 {
					sc.put(x+5, 4+i, line, style{fg: dim})
				}
			}
		}
		return
	}
	sc.put(x+1, 2, cut(l.name, lw-2), name)
	sc.verdict(x+1, 3, st)
	if st.open || st.kind == "ok" {
		sc.put(x+5, 3, st.kind, kind)
		return
	}
	sc.put(x+5, 3, st.verdict.String(), style{fg: of})
	sc.put(x+1, 4, cut(st.kind, lw-2), kind)
}

func (sc screen) columnFoot(l *lane, x, y, lw int) {
	o, known := sc.m.chance(l.name)
	if sc.v.words {
		sc.value(l, l.screen, x+5, y, lw-6)
		sc.value(l, l.server, x+5, y+1, lw-6)
		sc.agreement(l, x+2, y+1)
		if known {
			sc.oddsLine(o, x+2, y+3, 13)
			sc.ordersLine(l.name, x+2, y+4, lw-4)
		}
		return
	}
	sc.value(l, l.screen, x+1, y, 3)
	sc.agreement(l, x+4, y)
	sc.value(l, l.server, x+6, y, 3)
	if known {
		sc.oddsLine(o, x+1, y+1, 6)
		sc.ordersLine(l.name, x+1, y+2, lw-2)
	}
}

// ruleBelow says what a lane does, in the empty future of a first run.
func (sc screen) ruleBelow(l *lane, ay axis, x, lw int) {
	if !sc.m.firstRun || !sc.v.words {
		return
	}
	lines := wrap(printable(l.rule, 60), lw-7)
	for i, line := range lines {
		if y := ay.last() - 6; y > ay.cell(sc.v.now)+1 {
			sc.put(x+5, y+i, line, style{fg: dim})
		}
	}
}

// nowAcross draws the cursor through all columns.
func (sc screen) nowAcross(ay axis) {
	y := ay.cell(sc.v.now)
	if y < ay.origin || y >= ay.last() {
		return
	}
	x := sc.put(0, y, ms(sc.v.now)+" ms ▶", style{fg: accent, bold: true})
	for ; x < sc.w; x++ {
		switch sc.rune(x, y) {
		case '┃', '│', '┆', '┊':
			sc.put(x, y, "─", style{fg: accent})
		}
		sc.under(x, y, '─', style{fg: accent})
	}
}
