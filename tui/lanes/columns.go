package lanes

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/race"
)

type columned struct {
	faces
	gut, top, bottom int
	each, wide       int // the cells of a lane, and of the one in view
	left, right      int // its rails, from where it begins
	first, shown     int // the lanes that fit
}

func (sc drawing) place() columned {
	c := columned{faces: sc.m.faces(), gut: 12, top: 6, bottom: 6, each: 18, left: 5, right: 14}
	n := len(sc.m.Lanes)
	if sc.Look.Words {
		c.gut, c.top, c.bottom, c.left, c.right = 26, 9, 10, 13, 24
		c.each = min(max((sc.W-c.gut)/n, 27), 29) // six fit from 188 on
	}
	if c.both == nil || !sc.Look.Words || sc.W < roomyColumns || sc.H < roomyColsHigh {
		c.faces, c.wide = c.one(), c.each
		c.first, c.shown = frame.Window(n, (sc.W-c.gut)/c.each, sc.m.Session.Lane)
		return c
	}
	c.wide, c.left, c.right = 39, 12, 22
	if c.bottom++; !c.clients {
		c.bottom++
	}
	c.each = min(max((sc.W-c.gut-c.wide)/max(n-1, 1), 27), 29)
	c.first, c.shown = frame.Window(n, 1+(sc.W-c.gut-c.wide)/c.each, sc.m.Session.Lane)
	return c
}

func (sc drawing) columns() {
	sc.Look.Words = sc.W >= page.WideWidth
	c := sc.place()
	ay := race.Axis{Origin: c.top, Cells: sc.H - c.top - c.bottom, End: sc.m.End, Per: 4}
	sc.Head()
	sc.gutter(c, ay)
	x := c.gut
	for i := c.first; i < c.first+c.shown; i++ {
		l, w, inView := sc.m.Lanes[i], c.each, i == sc.m.Session.Lane
		if inView {
			w = c.wide
		}
		told := sc.columnHead(c.faces, l, x, w, c.top, inView)
		for _, col := range sc.columnsOf(c, l, ay, x, inView) {
			if !told {
				col.Look.Event = 0
			}
			sc.railsAbove(c, col)
			sc.m.Hit.Lands(i, col.Draw())
		}
		sc.columnFoot(c, l, x, c.top+ay.Cells+1, w, inView)
		sc.ownDown(l, ay, x, w)
		x += w
	}
	sc.nowAcross(ay)
	sc.m.Hit.Down = true
	sc.m.Hit.LanesAt(ay, c.gut, c.each, c.first, c.shown)
	sc.m.Hit.Taller(sc.m.Session.Lane, c.wide-c.each)
	sc.others(c.first, c.shown, sc.H-1-sc.m.FootRows())
	sc.Footer(sc.m.Sentence())
}

// columnsOf returns a lane as a column; or if it is in view and shows two persons, as
// two.
func (sc drawing) columnsOf(c columned, l *diagram.Lane, ay race.Axis, x int, inView bool) []race.Column {
	one := race.Column{
		Canvas: sc.Canvas, Lane: c.only(l, inView), Axis: ay, Look: sc.looks(l, inView),
		Left: x + c.left, Right: x + c.right, Least: x - 1, Most: x + c.each,
	}
	switch {
	case !inView || c.both == nil:
	case c.clients:
		one.Lane, one.Left, one.Right, one.Most = c.face(l, c.both[0], c.both[1]), x+13, x+33, x+c.wide
	default:
		two := one
		one.Lane, one.Left, one.Right, one.Most = c.face(l, c.both[0]), x+11, x+18, x+24
		two.Lane, two.Left, two.Right, two.Least, two.Most = c.face(l, c.both[1]), x+28, x+35, x+22, x+c.wide
		return []race.Column{one, two}
	}
	return []race.Column{one}
}

func (sc drawing) railsAbove(c columned, col race.Column) {
	y, faint := c.top-1, ink.Style{FG: ink.Faint}
	if !sc.Look.Words {
		sc.Put(col.Left-1, y, "scr", faint)
		sc.Put(col.Right, y, "srv", faint)
		return
	}
	name := func(x int, text string) { sc.Right(x+3+len(text)/8, y, text, faint) } // its number lies beyond
	screen, _ := c.names(col.Lane.View())
	if c.persons && !c.clients {
		sc.Right(col.Left+3, y, screen, faint)
	} else {
		name(col.Left, screen)
	}
	if len(col.Lane.Rails) == 2 {
		name(col.Right, "server")
		return
	}
	name((col.Left+col.Right)/2, "server")
	screen, _ = c.names(col.Lane.Rails[2].View)
	name(col.Right, screen)
}

func (sc drawing) gutter(c columned, ay race.Axis) {
	sc.Put(2, 2, "your hands", ink.Style{FG: ink.Dim})
	for y := ay.Origin; y < ay.Last(); y++ {
		sc.Put(6, y, "│", ink.Style{FG: ink.Rule})
	}
	step := ay.Tick(3)
	for i := 0; time.Duration(i)*step < ay.End; i++ {
		y := ay.Cell(time.Duration(i) * step)
		s := ink.Style{FG: ink.Faint}
		if i%2 == 0 {
			s.FG = ink.Dim
		}
		text := tell.Rounded(time.Duration(i) * step)
		if ink.Width(text) > 6 { // there is no room for more
			text = tell.Rounded(time.Duration(i)*step/1000) + " s"
		}
		sc.Right(max(5, ink.Width(text)), y, text, s)
		sc.Put(6, y, "┼", ink.Style{FG: ink.Faint})
	}
	sc.handsDown(c.gut, ay)
	if c.gut <= 20 {
		return
	}
	y := ay.Last() + 1
	for i, text := range c.heldNames(sc.FieldInView()) {
		sc.Put(2, y+i, ink.Cut(text, c.gut-3), ink.Style{FG: ink.Dim})
	}
	if sc.m.OddsShown() {
		y := y + c.bottom - 7
		sc.Put(2, y, "runs that end wrong", ink.Style{FG: ink.Dim})
		sc.Put(2, y+1, "orders that do", ink.Style{FG: ink.Dim})
		mends := func(l *diagram.Lane) bool { return sc.m.MendText(l) != "" || sc.m.Own(l.Name) != nil }
		if slices.ContainsFunc(sc.m.Lanes, mends) {
			sc.Put(2, y+2, "one change would mend it", ink.Style{FG: ink.Dim})
		}
	}
}

// handsDown draws the user's actions beside the axis, and where there is room what
// they set and where they are pressed.
func (sc drawing) handsDown(gut int, ay race.Axis) {
	if leg, was, ok := sc.m.Ghost(); ok && leg.Leg == sim.NoLeg && ay.Cell(was) < ay.Last() {
		defer sc.HandWas(leg.Action, 8, ay.Cell(was))
	}
	actions, ends, free := sc.m.Session.Script.Actions, sc.Ends(), ay.Origin
	for i := range actions {
		a := &actions[i]
		ends, free = sc.endsDown(ay, ends, a.At, free)
		y := max(ay.Cell(a.At), free)
		if y >= ay.Last() {
			break
		}
		free = y + 1
		chip, x := sc.Hand(a, 8, y, a.Number == sc.m.Session.Selected)
		sc.m.Hit.Chips = append(sc.m.Hit.Chips, chip)
		if gut <= 20 {
			continue
		}
		if a.Sets.Has(sc.m.Session.Field) {
			sc.Put(x+1, y, ink.Cut(frame.Wants(sc.m.Session.Script, a, sc.m.Session.Field), gut-x-2), ink.Style{FG: ink.Dim})
		}
		next := ay.Last()
		if i+1 < len(actions) {
			next = ay.Cell(actions[i+1].At)
		}
		if len(ends) > 0 {
			next = min(next, ay.Cell(ends[0].At))
		}
		if where := sc.m.Session.Script.Where(a); where != "" && free < next {
			sc.Put(8, free, ink.Cut(where, gut-9), ink.Style{FG: ink.Faint})
			free++
		}
	}
	sc.endsDown(ay, ends, ay.End, free)
}

// endsDown draws the ends of spans up to a time from row free on, and returns those that
// come later, and the row behind.
func (sc drawing) endsDown(ay race.Axis, ends []frame.End, to time.Duration, free int) ([]frame.End, int) {
	for len(ends) > 0 && ends[0].At <= to {
		y := max(ay.Cell(ends[0].At), free)
		if y >= ay.Last() {
			break
		}
		chip, _ := sc.HandEnd(&ends[0], 8, y, ends[0].Number == sc.m.Session.Selected)
		sc.m.Hit.Chips = append(sc.m.Hit.Chips, chip)
		ends, free = ends[1:], y+1
	}
	return ends, free
}

// heldNames names the rows below the columns in which stands what is held.
func (c columned) heldNames(field string) []string {
	switch {
	case c.both == nil:
		return []string{field + "on the screen", field + "at the server"}
	case c.clients:
		return []string{"on screen 1", "at the server", "on screen 2"}
	}
	of := func(view int) string { return "person " + strconv.Itoa(view%sim.MaxPersons+1) }
	return []string{of(c.both[0]) + " on the screen", "  at the server", of(c.both[1]) + " on the screen", "  at the server"}
}

// columnHead writes above a column its name, what it does and what came of it, and
// reports whether that says when it was decided.
func (sc drawing) columnHead(f faces, l *diagram.Lane, x, lw, top int, inView bool) (told bool) {
	st := f.standing(l, sc.Look.Now)
	name := sc.inView(inView, x, 2, top-2)
	of := frame.Colour(st)
	kind := ink.Style{FG: of, Bold: !st.Open}
	if sc.Look.Words {
		sc.Verdict(x+1, 2, st)
		sc.Put(x+5, 2, ink.Cut(l.Name, lw-6), name)
		lines, _ := sc.margin(f, l, []int{0, 1, 2}, lw-6, inView)
		if brief := f.briefly(l, st); len(lines) == 1 && !st.Open {
			lines = append(lines, dim(ink.Wrap(brief, lw-6))...)
		}
		below := max(5, top-1-max(len(lines), 2)) // a third row of the rule, if it is free
		if len(ink.Wrap(ink.Printable(l.Rule, 60), lw-6)) < 3 {
			below = 5
		}
		sc.Text(x+5, 3, below, lw-6, ink.Printable(l.Rule, 60), frame.Dim)
		for i, line := range lines {
			sc.Put(x+5, below+i, ink.Cut(line.text, lw-6), line.of)
			told = told || strings.HasPrefix(line.text, decidedSign)
		}
		if l.Failed != "" {
			sc.Text(x+5, below+1, top-1, lw-6, st.Says, frame.Dim)
		}
		return told
	}
	sc.Put(x+1, 2, ink.Cut(l.Name, lw-2), name)
	sc.Verdict(x+1, 3, st)
	if st.Open || st.Kind == "ok" {
		sc.Put(x+5, 3, st.Kind, kind)
		return false
	}
	sc.Put(x+5, 3, st.Verdict.String(), ink.Style{FG: of})
	sc.Put(x+1, 4, ink.Cut(st.Kind, lw-2), kind)
	return false
}

func (sc drawing) columnFoot(c columned, l *diagram.Lane, x, y, lw int, inView bool) {
	if sc.Look.Words {
		sc.heldBelow(c, l, x, y, lw-6, inView)
		y += c.bottom - 7
		sc.OddsLine(l.Name, x+2, y, 13)
		sc.OrdersLine(l.Name, x+2, y+1, lw-4)
		if sc.m.OddsShown() && sc.m.Own(l.Name) != nil && l.Failed == "" {
			sc.Put(x+2, y+2, "not looked for", ink.Style{FG: ink.Faint})
		}
		sc.Put(x+2, y+2, ink.Cut(sc.m.MendText(l), lw-3), ink.Style{FG: ink.Dim})
		return
	}
	sc.Value(l, l.Screen(), x+1, y, 3)
	sc.agreement(c.faces, l, x+4, y)
	sc.Value(l, l.Server(), x+6, y, 3)
	sc.OddsLine(l.Name, x+1, y+1, 6)
	sc.OrdersLine(l.Name, x+1, y+2, lw-2)
}

// heldBelow writes below a column what its rails hold now: of a screen that only the
// lane in view shows, only there.
func (sc drawing) heldBelow(c columned, l *diagram.Lane, x, y, room int, inView bool) {
	pair := func(l *diagram.Lane, y int) {
		sc.Value(l, l.Screen(), x+5, y, room)
		sc.server(l, x+5, y+1, room)
		sc.agreement(c.faces, l, x+2, y+1)
	}
	switch {
	case c.both == nil:
		pair(l, y)
	case c.clients:
		for i, view := range c.both {
			if !inView && view != c.view {
				continue
			}
			of := c.face(l, view, c.both[1-i])
			sc.Value(of, of.Screen(), x+5, y+2*i, room)
			sc.AgreementOf(of, of.Screen(), x+2, y+1+i)
		}
		sc.server(l, x+5, y+1, room)
	default:
		for i, view := range c.both {
			if inView || view == c.view {
				pair(c.face(l, view), y+2*i)
			}
		}
	}
}

// ownDown is ownIn of a column: where its head has no room for words, they stand in
// it.
func (sc drawing) ownDown(l *diagram.Lane, ay race.Axis, x, lw int) {
	if l.Waiting || l.Failed != "" {
		sc.Fade(x, ay.Origin, lw, ay.Cells+3)
	}
	if l.Failed == "" || sc.Look.Words {
		return
	}
	for i, line := range ink.Wrap(ink.Printable(l.Failed, 200), lw-2) {
		if y := ay.Origin + 1 + i; y < ay.Last() {
			sc.Wipe(x+1, y, lw-2, 1, ink.Plain)
			sc.Put(x+1, y, line, ink.Style{FG: ink.Unknown, Bold: true})
		}
	}
}

func (sc drawing) nowAcross(ay race.Axis) {
	y := ay.Cell(sc.Look.Now)
	if y < ay.Origin || y >= ay.Last() {
		return
	}
	x := sc.Put(0, y, tell.Rounded(sc.Look.Now)+" ms ▶", ink.Style{FG: ink.Accent, Bold: true})
	for ; x < sc.W; x++ {
		switch sc.Rune(x, y) {
		case '┃', '│', '┆', '┊':
			sc.Put(x, y, "─", ink.Style{FG: ink.Accent})
		}
		sc.Under(x, y, '─', ink.Style{FG: ink.Accent})
	}
}
