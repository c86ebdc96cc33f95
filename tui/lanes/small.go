package lanes

import (
	"photofinish/report/diagram"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/race"
)

// small draws the lane in view as a strip, and one server line a lane.
func (sc drawing) small() {
	left, right := 21, 10
	foot := sc.m.FootRows()
	ax := race.Axis{Origin: left, Cells: sc.W - left - right, End: sc.m.End, Per: 2}
	sc.Head()
	sc.DrawHands(ax, 1)
	rows := sc.H - 3 - foot
	k := min(max(rows-len(sc.m.Lanes)-8, 2), 6)
	f := sc.m.faces().one()
	s := race.Strip{Canvas: sc.Canvas, Axis: ax, Look: sc.looks(sc.m.Lane(), true), Wait: 3, Top: 4, Bottom: 5 + k}
	y := s.Bottom + 1
	if rows-(k+3) > len(sc.m.Lanes)+1 {
		y++
	}
	s.Lane = sc.m.Lane()
	if !sc.laneMargin(f, s.Lane, s, []race.Strip{s}, true) {
		s.Look.Event = 0
	}
	sc.m.Hit.Lands(sc.m.Session.Lane, s.Draw())
	sc.laneName(s.Lane, s, true)
	sc.held(f, s, ax.Last(), right-2)
	sc.ownIn(s.Lane, s)
	above := "what the server knows"
	if field := sc.FieldInView(); field != "" && (f.persons || !f.clients) {
		above = field + "at the server"
	}
	sc.Put(1, y, above, ink.Style{FG: ink.Dim})
	if sc.m.OddsShown() {
		sc.Right(sc.W, y, "✗ odds", ink.Style{FG: ink.Dim})
	}
	first, shown := frame.Window(len(sc.m.Lanes), sc.H-foot-y-1, sc.m.Session.Lane)
	for i := range shown {
		sc.serverLine(f, first+i, ax, y+1+i)
	}
	sc.Cursor(ax, 3, y+shown)
	sc.m.Hit.LanesAt(ax, y+1, 1, first, shown)
	below := y + shown + 2
	if below < sc.H-foot {
		sc.sentence(s.Lane, below, sc.H-foot-below)
	}
	sc.Footer(sc.m.SentenceBeside(below < sc.H-foot))
}

func (sc drawing) serverLine(f faces, lane int, ax race.Axis, y int) {
	l, inView := sc.m.Lanes[lane], lane == sc.m.Session.Lane
	st := l.At(sc.Look.Now)
	name := sc.inView(inView, 0, y, y)
	name.Bold = inView
	x := sc.Verdict(1, y, st)
	sc.Put(x+1, y, ink.Cut(l.Name, ax.Origin-x-2), name)
	sc.m.Hit.Lands(lane, race.ServerLine(sc.Canvas, f.face(l, f.view), ax, sc.Look, y))
	room := 8
	if o, ok := sc.m.Odds(l.Name); ok {
		text := page.Bad(o)
		if sc.m.Of(o, l.Name) != "" && ink.Width(text) <= 4 { // of fewer runs
			text = "~" + text
		}
		sc.Right(sc.W, y, text, ink.Style{FG: ink.Text, Bold: true})
		room -= ink.Width(text) + 1
	}
	sc.agreement(f, l, ax.Last(), y)
	sc.Value(l, l.Server(), ax.Last()+2, y, room)
	if l.Waiting {
		sc.Fade(ax.Origin, y, sc.W-ax.Origin, 1)
	}
	sc.failed(l, ax, y)
}

// sentence says of one lane what it does, and what has been proved of it.
func (sc drawing) sentence(l *diagram.Lane, y, rows int) {
	st := l.At(sc.Look.Now)
	x := sc.Put(1, y, l.Name, ink.Style{FG: ink.Text, Bold: true}) + 1
	below := y + rows
	if rows > 1 || st.Open {
		y = sc.Text(x, y, below, sc.W-x-1, ink.Printable(l.Rule, 60), frame.Dim)
	}
	says, end := "", sc.W-1
	if !st.Open && st.Kind != "ok" {
		says = ink.Printable(st.Says, 200)
	}
	if at := sc.OrdersFrom(l.Name, end, 24); y < below && len(ink.Wrap(says, at-2-x)) <= below-y {
		sc.OrdersLine(l.Name, at, y, end-at)
		end = at - 2
	}
	sc.Text(x, y, below, end-x, says, frame.Dim)
}
