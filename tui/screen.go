package tui

import (
	"strings"
	"time"

	"photofinish/sim"
)

// layout is how lanes are placed in a window.
type layout uint8

const (
	tooSmall      layout = iota
	oneStrip             // one strip, and a server line a lane
	strips               // time goes right
	columnsLayout        // time goes down
)

// The least windows of the layouts.
const (
	minWidth, minHeight         = 60, 16
	stripsWidth, stripsHeight   = 100, 34
	columnsWidth, columnsHeight = 120, 36
	wideWidth, wideHeight       = 188, 44
)

// choice is what w has chosen: nothing, strips or columns.
type choice uint8

const (
	byWindow choice = iota
	wantStrips
	wantColumns
)

// layoutFor returns the layout for a window: columns where six fit with their
// words, strips where they fit, else one strip. What the user has chosen
// holds while it fits.
func layoutFor(w, h int, want choice) layout {
	switch {
	case w < minWidth || h < minHeight:
		return tooSmall
	case want == wantColumns && w >= columnsWidth && h >= columnsHeight:
		return columnsLayout
	case want != wantStrips && w >= wideWidth && h >= wideHeight:
		return columnsLayout
	case w >= stripsWidth && h >= stripsHeight:
		return strips
	}
	return oneStrip
}

// screen draws one frame.
type screen struct {
	*canvas
	m     *Model
	s     *Session
	lanes []*lane
	v     view
}

// draw fills the canvas for the model as it is.
func (m *Model) draw() {
	m.canvas.resize(m.w, m.h)
	sc := screen{canvas: &m.canvas, m: m, s: &m.session, lanes: m.lanes, v: view{now: m.session.Now, future: m.futureShown(), words: true}}
	switch layoutFor(m.w, m.h, m.choice) {
	case tooSmall:
		sc.notice()
		return
	case columnsLayout:
		sc.columns()
	case strips:
		sc.strips()
	default:
		sc.small()
	}
	switch m.mode {
	case helping:
		sc.help()
	case picking:
		sc.picker()
	}
}

// notice says that the window is too small, and what to do.
func (sc screen) notice() {
	sc.chip(0, 0, cut(" photofinish ", sc.w), accent, false)
	command := "photofinish replay " + sc.s.Name
	if 4+width(command) > sc.w {
		command = "photofinish replay --help"
	}
	lines := []string{
		"This window is " + itoa(sc.w) + "×" + itoa(sc.h) + ".",
		"The lanes need " + itoa(minWidth) + "×" + itoa(minHeight) + " to be read.",
		"",
		"Make it larger: nothing is lost.",
		"Or print it instead:",
		command,
		"",
		"q quit",
	}
	x, y := 4, 3
	if sc.h < 12 {
		y = 1
	}
	if sc.w < 40 {
		x = 0
	}
	for i, line := range lines {
		s := style{fg: dim}
		if i == 0 {
			s = style{fg: fg, bold: true}
		}
		sc.put(x, y+i, line, s)
	}
}

// header is the first line: what runs, and at the right where time is.
func (sc screen) header() {
	x := sc.chip(0, 0, " photofinish ", accent, false) + 2
	clock := ms(sc.v.now) + " ms"
	end := sc.w - 1 - width(clock)
	sc.put(end, 0, clock, style{fg: accent, bold: true})
	state, of := sc.m.state()
	if sc.m.playing {
		end -= width(state) + 2
		sc.put(end, 0, state, style{fg: of, bold: true})
	} else {
		end -= width(state) + 4
		sc.chip(end, 0, " "+state+" ", of, false)
	}
	title := cut(sc.s.Title, end-x-2)
	x = sc.put(x, 0, title, style{fg: fg, bold: true}) + 3
	for _, text := range []string{sc.s.Net + " · " + sc.s.luck(), sc.s.luck()} {
		if x+width(text)+2 <= end {
			sc.put(x, 0, text, style{fg: dim})
			return
		}
	}
}

// footer writes lines of keys at the bottom, most useful first, cut from the
// right.
func (sc screen) footer() {
	lines := [][]hint{sc.m.hints(false)}
	if !sc.m.oneLine() {
		lines = [][]hint{sc.m.hints(true), lines[0]}
	}
	for i, hints := range lines {
		y := sc.h - len(lines) + i
		x := 1
		for _, h := range hints {
			n := width(h.keys) + 1 + width(h.what)
			if x+n > sc.w {
				break
			}
			x = sc.put(x, y, h.keys, style{fg: fg, bold: true})
			x = sc.put(x+1, y, h.what, style{fg: dim}) + 2
		}
	}
}

// hands draws the user's actions along the axis, and the ticks below.
func (sc screen) hands(ax axis, y int) {
	sc.right(ax.origin-2, y, "your hands", style{fg: dim})
	free := ax.origin
	actions := sc.s.Script.Actions
	for i := range actions {
		a := &actions[i]
		x := max(ax.cell(a.At), free)
		if x >= ax.last() {
			break
		}
		ghost := a.At > sc.v.now && !sc.v.future
		if x+width(a.Label()) > ax.last() {
			break
		}
		x = sc.chip(x, y, a.Label(), hue(a.Number), ghost)
		next := ax.last()
		if i+1 < len(actions) {
			next = ax.cell(actions[i+1].At)
		}
		if a.Sets.Has(sc.s.Field) {
			text := " " + valueOf(sc.s.Script, sim.By(a.Number), sc.s.Field)
			if x+width(text) < next {
				x = sc.put(x, y, text, style{fg: dim})
			}
		}
		free = x
	}
	sc.ticks(ax, y+1)
}

func (sc screen) ticks(ax axis, y int) {
	sc.repeat(ax.origin, y, ax.cells, '─', style{fg: rule})
	now := sc.nowLabel(ax, y)
	step := ax.tick(7)
	for i := 0; time.Duration(i)*step < ax.end; i++ {
		x, text := ax.cell(time.Duration(i)*step), "┬"
		s := style{fg: faint}
		if i%2 == 0 {
			text, s.fg = ms(time.Duration(i)*step), dim
		}
		if n := width(text); x+n <= ax.last() && (x+n < now.x0 || x > now.x1) {
			sc.put(x, y, text, s)
		}
	}
}

// nowLabel writes the cursor's time and returns the columns that it takes.
func (sc screen) nowLabel(ax axis, y int) box {
	x, text := ax.cell(sc.v.now), ms(sc.v.now)+" ms"
	s := style{fg: accent, bold: true}
	switch {
	case x >= ax.last():
		return box{x0: x, x1: x}
	case x+3+width(text) > ax.last():
		sc.right(x+1, y, " "+text+" ▼", s)
		return box{x0: x - width(text) - 2, x1: x}
	}
	return box{x0: x, x1: sc.put(x, y, "▼ "+text+" ", s) - 1}
}

// fieldInView names the field that the rails and values are of, if there are
// several.
func (sc screen) fieldInView() string {
	var written sim.FieldSet
	for i := range sc.s.Script.Actions {
		written |= sc.s.Script.Actions[i].Sets
	}
	if written&(written-1) == 0 {
		return ""
	}
	return printable(sc.s.Script.FieldName(sc.s.Field), 11) + " "
}

// nowLine draws the cursor through the rows y0 to y1: over blank cells and
// rails, never over words.
func (sc screen) nowLine(ax axis, y0, y1 int) {
	x := ax.cell(sc.v.now)
	if x < ax.origin || x >= ax.last() {
		return
	}
	for y := y0; y <= y1; y++ {
		if strings.ContainsRune("━─╌", sc.rune(x, y)) && sc.rune(x, y) != 0 {
			sc.put(x, y, "│", style{fg: accent})
		}
		sc.under(x, y, '│', style{fg: accent})
	}
}

// strips draws the lanes one below the other, as many as fit around the lane
// in view.
func (sc screen) strips() {
	left, right, top, foot := 22, 22, 3, sc.m.footRows()
	if sc.w >= wideWidth {
		left, right = 27, 29
	}
	if foot > 1 {
		top = 4
	}
	rows := sc.h - top - foot
	k := min(max(rows/max(len(sc.lanes), 1)-3, 2), 7)
	first, shown := window(len(sc.lanes), rows/(k+3), sc.s.Lane)
	ax := axis{left, sc.w - left - right, sc.m.end, 2}
	sc.header()
	sc.hands(ax, top-2)
	sc.put(ax.last()+3, top-2, cut(sc.fieldInView()+"held now", right-4), style{fg: dim})
	if sc.m.oddsShown() {
		sc.put(ax.last()+1, top-1, "✗ ends wrong in", style{fg: dim})
	}
	for i := range shown {
		l, y := sc.lanes[first+i], top+i*(k+3)
		s := strip{c: sc.canvas, l: l, ax: ax, v: sc.v, wait: y, top: y + 1, bot: y + k + 2}
		s.draw()
		sc.laneMargin(l, s, left, first+i == sc.s.Lane)
		sc.heldMargin(l, s, ax.last()+1, right-1)
		sc.ruleIn(l, ax, y+2)
	}
	sc.nowLine(ax, top, top+shown*(k+3)-1)
	sc.m.hit = hitMap{ax: ax, top: top, rows: k + 3, first: first, shown: shown}
	sc.footer()
}

// window returns which of n lanes to show if room for some is there.
func window(n, room, in int) (first, shown int) {
	shown = min(n, max(room, 1))
	return min(max(in-shown/2, 0), n-shown), shown
}

// laneMargin is what stands left of a strip: name, verdict, sentence.
func (sc screen) laneMargin(l *lane, s strip, left int, inView bool) {
	st := l.standingAt(sc.v.now)
	x := sc.verdict(1, s.wait, st)
	name := style{fg: fg, bold: true}
	if inView {
		name.fg = accent
		for y := s.wait; y <= s.bot; y++ {
			sc.put(0, y, "▌", style{fg: accent})
		}
	}
	sc.put(x+1, s.wait, cut(l.name, s.ax.last()-x-2), name)
	_, of := st.symbol()
	sc.put(5, s.top+1, cut(st.kind, left-5), style{fg: of, bold: !st.open})
	if rows := s.bot - s.top - 2; rows > 2 && !st.open && st.kind != "ok" {
		for i, line := range wrap(st.says, left-6) {
			if i == rows {
				break
			}
			sc.put(5, s.top+2+i, cut(line, left-5), style{fg: dim})
		}
	}
	sc.right(left-1, s.top, "screen", style{fg: faint})
	sc.right(left-1, s.bot, "server", style{fg: faint})
}

// verdict writes the mark of a lane and returns the column behind it.
func (sc screen) verdict(x, y int, st standing) int {
	symbol, of := st.symbol()
	if st.open {
		return sc.put(x, y, " "+symbol+" ", style{fg: of, bold: true})
	}
	return sc.chip(x, y, " "+symbol+" ", of, false)
}

// heldMargin is what stands right of a strip: what both sides hold now.
func (sc screen) heldMargin(l *lane, s strip, x, room int) {
	sc.value(l, l.screen, x+2, s.top, room-2)
	sc.value(l, l.server, x+2, s.bot, room-2)
	sc.agreement(l, x, s.bot)
	if o, ok := sc.m.chance(l.name); ok {
		y := s.top + 1
		if s.bot-s.top > 4 {
			y++
		}
		sc.oddsLine(o, x, y, room-9)
		if y+1 < s.bot {
			sc.ordersLine(l.name, x, y+1, room)
		}
	}
}

// value writes what one side holds of the field in view, and who wrote it.
func (sc screen) value(l *lane, holds []hold, x, y, room int) {
	h := held(holds, sc.v.now)
	if !h.exists {
		text := "nothing yet"
		for _, was := range holds {
			if was.at <= sc.v.now && was.exists {
				text = "deleted"
			}
		}
		sc.put(x, y, cut(text, room), style{fg: faint})
		return
	}
	label := l.label(h.writer.Action())
	text := valueOf(l.script, h.writer, l.field)
	of := style{fg: hue(h.writer.Action()), bold: true}
	if room < 12 {
		if label == "" {
			label = text
		}
		sc.put(x, y, cut(label, room), of)
		return
	}
	text = cut(text, room-width(label)-1)
	end := sc.put(x, y, text, of)
	of.bold = false
	sc.put(end+1, y, label, of)
}

// agreement says whether screen and server hold the same, in all fields.
func (sc screen) agreement(l *lane, x, y int) {
	a, b := held(l.screen, sc.v.now), held(l.server, sc.v.now)
	st := l.standingAt(sc.v.now)
	_, of := st.symbol()
	switch {
	case !b.exists && st.open:
	case l.differ(a, b) == 0:
		sc.put(x, y, "=", style{fg: of, bold: true})
	default:
		sc.put(x, y, "≠", style{fg: of, bold: true})
	}
}

// ruleIn says what a lane does, in the empty future of a first run, until
// time comes there.
func (sc screen) ruleIn(l *lane, ax axis, y int) {
	if !sc.m.firstRun {
		return
	}
	if x := ax.last() - 54; x > ax.cell(sc.v.now)+2 {
		sc.put(x, y, printable(l.rule, 54), style{fg: dim})
	}
}

// small draws the lane in view as a strip, and one server line a lane.
func (sc screen) small() {
	left, right := 20, 10
	foot := sc.m.footRows()
	ax := axis{left, sc.w - left - right, sc.m.end, 2}
	sc.header()
	sc.hands(ax, 1)
	rows := sc.h - 3 - foot
	k := min(max(rows-len(sc.lanes)-8, 2), 6)
	s := strip{c: sc.canvas, ax: ax, v: sc.v, wait: 3, top: 4, bot: 5 + k}
	y := s.bot + 1
	if rows-(k+3) > len(sc.lanes)+1 {
		y++
	}
	if len(sc.lanes) > 0 {
		s.l = sc.lanes[sc.s.Lane]
		s.draw()
		sc.laneMargin(s.l, s, left, true)
		sc.value(s.l, s.l.screen, ax.last()+2, s.top, right-2)
		sc.value(s.l, s.l.server, ax.last()+2, s.bot, right-2)
		sc.agreement(s.l, ax.last(), s.bot)
	}
	above := "what the server knows"
	if f := sc.fieldInView(); f != "" {
		above = f + "at the server"
	}
	sc.put(1, y, above, style{fg: dim})
	if sc.m.oddsShown() {
		sc.right(sc.w, y, "✗ odds", style{fg: dim})
	}
	first, shown := window(len(sc.lanes), sc.h-foot-y-1, sc.s.Lane)
	for i := range shown {
		sc.serverLine(sc.lanes[first+i], ax, y+1+i, first+i == sc.s.Lane)
	}
	sc.nowLine(ax, 3, y+shown)
	sc.m.hit = hitMap{ax: ax, top: y + 1, rows: 1, first: first, shown: shown}
	if below := y + shown + 2; len(sc.lanes) > 0 && below < sc.h-foot {
		sc.sentence(s.l, below, sc.h-foot-below)
	}
	sc.footer()
}

func (sc screen) serverLine(l *lane, ax axis, y int, inView bool) {
	st := l.standingAt(sc.v.now)
	if inView {
		sc.put(0, y, "▌", style{fg: accent})
	}
	x := sc.verdict(1, y, st)
	name := style{fg: fg}
	if inView {
		name = style{fg: accent, bold: true}
	}
	sc.put(x+1, y, cut(l.name, ax.origin-x-2), name)
	drawServerLine(sc.canvas, l, ax, sc.v, y)
	room := 4
	if o, ok := sc.m.chance(l.name); ok {
		sc.right(sc.w, y, o.short(), style{fg: fg, bold: true})
	} else {
		room = 8
	}
	sc.agreement(l, ax.last(), y)
	sc.value(l, l.server, ax.last()+2, y, room)
}

// sentence says of one lane what has been proved.
func (sc screen) sentence(l *lane, y, rows int) {
	st := l.standingAt(sc.v.now)
	x := sc.put(1, y, l.name, style{fg: fg, bold: true}) + 1
	text := st.says
	if st.open {
		text = l.rule
	}
	lines := wrap(printable(text, 200), sc.w-x-1)
	for i, line := range lines {
		if i == 0 || i < rows {
			sc.put(x, y+i, line, style{fg: dim})
		}
	}
	if len(lines) < rows {
		sc.ordersLine(l.name, x, y+len(lines), sc.w-x)
	}
}
