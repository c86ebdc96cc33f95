package lanes

import (
	"strconv"

	"photofinish/report/diagram"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/race"
)

// strips draws the lanes one below the other, as many as fit around the lane
// in view.
func (sc drawing) strips() {
	left, right, top, foot := 22, 22, 3, sc.m.FootRows()
	if sc.W >= page.WideWidth {
		left, right = 27, 29
	}
	if foot > 1 {
		top = 4
	}
	rows := sc.H - top - foot
	if len(sc.m.Lanes) > rows/5 {
		rows-- // for those that do not fit
	}
	k := min(max(rows/len(sc.m.Lanes)-3, 2), 7)
	first, shown := frame.Window(len(sc.m.Lanes), rows/(k+3), sc.m.Session.Lane)
	ax := race.Axis{Origin: left, Cells: sc.W - left - right, End: sc.m.End, Per: 2}
	sc.Head()
	sc.DrawHands(ax, top-2)
	sc.Put(ax.Last()+3, top-2, ink.Cut(sc.FieldInView()+"held now", right-4), ink.Style{FG: ink.Dim})
	if sc.m.OddsShown() {
		sc.Put(ax.Last()+1, top-1, "✗ ends wrong in", ink.Style{FG: ink.Dim})
	}
	for i := range shown {
		l, y := sc.m.Lanes[first+i], top+i*(k+3)
		s := race.Strip{Canvas: sc.Canvas, Lane: l, Axis: ax, Look: sc.Look, Wait: y, Top: y + 1, Bottom: y + k + 2}
		sc.m.Hit.Lands(first+i, s.Draw())
		sc.laneMargin(l, s, left, first+i == sc.m.Session.Lane)
		sc.heldMargin(l, s, ax.Last()+1, right-1)
		sc.ownIn(l, s)
		sc.rule(l, s)
	}
	sc.Cursor(ax, top, top+shown*(k+3)-1)
	sc.m.Hit.LanesAt(ax, top, k+3, first, shown)
	sc.others(first, shown, top+shown*(k+3))
	sc.Footer(sc.m.Sentence())
}

// laneMargin writes name, verdict and sentence left of a strip.
func (sc drawing) laneMargin(l *diagram.Lane, s race.Strip, left int, inView bool) {
	st := l.At(sc.Look.Now)
	x := sc.Verdict(1, s.Wait, st)
	sc.Put(x+1, s.Wait, ink.Cut(l.Name, s.Axis.Last()-x-2), sc.inView(inView, 0, s.Wait, s.Bottom))
	of := frame.Colour(st)
	sc.Put(5, s.Top+1, ink.Cut(st.Kind, left-5), ink.Style{FG: of, Bold: !st.Open})
	var says []string
	rows := s.Bottom - s.Top - 2
	if sc.W < page.MidWidth {
		rows = 0 // there is a line for this below
	}
	if rows > 2 && !st.Open && st.Kind != "ok" && l.Failed == "" {
		says = ink.Wrap(st.Says, left-6)
	}
	if turn := sc.m.Turning(l); inView && len(says)+len(turn) <= rows {
		says = append(says, turn...)
	}
	for i, line := range says[:min(len(says), max(rows, 0))] {
		sc.Put(5, s.Top+2+i, ink.Cut(line, left-5), ink.Style{FG: ink.Dim})
	}
	sc.Right(left-1, s.Top, "screen", ink.Style{FG: ink.Faint})
	sc.Right(left-1, s.Bottom, "server", ink.Style{FG: ink.Faint})
}

// ownIn says in a strip why there is nothing in it to go by: faintly, what is of an
// older script; or in a line, that the client could not go on.
func (sc drawing) ownIn(l *diagram.Lane, s race.Strip) {
	if l.Waiting || l.Failed != "" {
		sc.Fade(s.Axis.Origin, s.Wait, sc.W-s.Axis.Origin, s.Bottom-s.Wait+1)
	}
	sc.failed(l, s.Axis, s.Top+1)
}

// failed writes why a client could not go on, across a row of its lane.
func (sc drawing) failed(l *diagram.Lane, ax race.Axis, y int) {
	if l.Failed != "" {
		text := " " + ink.Printable(l.Failed, ax.Cells-3) + " "
		sc.Wipe(ax.Origin, y, ink.Width(text), 1, ink.Plain)
		sc.Put(ax.Origin, y, text, ink.Style{FG: ink.Unknown, Bold: true})
	}
}

// inView returns the style of a lane's name, and draws a bar beside the rows of the
// one that is in view.
func (sc drawing) inView(is bool, x, first, last int) ink.Style {
	if !is {
		return frame.Bold
	}
	for y := first; y <= last; y++ {
		sc.Put(x, y, "▌", ink.Style{FG: ink.Accent})
	}
	return frame.Accent
}

// heldMargin writes right of a strip what both sides hold now, and the odds.
func (sc drawing) heldMargin(l *diagram.Lane, s race.Strip, x, room int) {
	sc.Value(l, l.Screen(), x+2, s.Top, room-2)
	sc.Value(l, l.Server(), x+2, s.Bottom, room-2)
	sc.Agreement(l, x, s.Bottom)
	y := s.Top + 1
	if s.Bottom-s.Top > 4 {
		y++
	}
	sc.OddsLine(l.Name, x, y, min(room-12, 13))
	if y+1 < s.Bottom {
		sc.OrdersLine(l.Name, x, y+1, room)
	}
}

// rule says what a lane does, at the right end of its waiting row: in whole, or
// where what waits takes the room, not at all.
func (sc drawing) rule(l *diagram.Lane, s race.Strip) {
	text := ink.Printable(l.Rule, 60)
	if x := sc.W - 1 - ink.Width(text); x > s.WaitsUntil()+1 && sc.free(x-2, s.Wait, ink.Width(text)+2) {
		sc.Put(x, s.Wait, text, frame.Dim)
	}
}

// free reports whether n cells from x on are empty.
func (sc drawing) free(x, y, n int) bool {
	for i := range n {
		if !sc.Blank(x+i, y) {
			return false
		}
	}
	return true
}

// others names the lanes that do not fit, with their verdicts, in one row.
func (sc drawing) others(first, shown, y int) {
	if shown == len(sc.m.Lanes) {
		return
	}
	x := 1
	for i, l := range sc.m.Lanes {
		if i >= first && i < first+shown {
			continue
		}
		name := strconv.Itoa(i+1) + " " + l.Name
		if x+ink.Width(name)+4 > sc.W {
			sc.Put(x, y, "…", ink.Style{FG: ink.Dim})
			return
		}
		x = sc.Verdict(x, y, l.At(sc.Look.Now))
		x = sc.Put(x, y, name, ink.Style{FG: ink.Dim}) + 2
	}
}
