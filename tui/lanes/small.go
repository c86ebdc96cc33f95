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
	s := race.Strip{Canvas: sc.Canvas, Axis: ax, Look: sc.Look, Wait: 3, Top: 4, Bottom: 5 + k}
	y := s.Bottom + 1
	if rows-(k+3) > len(sc.m.Lanes)+1 {
		y++
	}
	s.Lane = sc.m.Lane()
	s.Draw()
	sc.laneMargin(s.Lane, s, left, true)
	sc.Value(s.Lane, s.Lane.Screen(), ax.Last()+2, s.Top, right-2)
	sc.Value(s.Lane, s.Lane.Server(), ax.Last()+2, s.Bottom, right-2)
	sc.Agreement(s.Lane, ax.Last(), s.Bottom)
	sc.ownIn(s.Lane, s)
	above := "what the server knows"
	if f := sc.FieldInView(); f != "" {
		above = f + "at the server"
	}
	sc.Put(1, y, above, ink.Style{FG: ink.Dim})
	if sc.m.OddsShown() {
		sc.Right(sc.W, y, "✗ odds", ink.Style{FG: ink.Dim})
	}
	first, shown := frame.Window(len(sc.m.Lanes), sc.H-foot-y-1, sc.m.Session.Lane)
	for i := range shown {
		sc.serverLine(sc.m.Lanes[first+i], ax, y+1+i, first+i == sc.m.Session.Lane)
	}
	sc.Cursor(ax, 3, y+shown)
	sc.m.Hit.LanesAt(ax, y+1, 1, first, shown)
	if below := y + shown + 2; below < sc.H-foot {
		sc.sentence(s.Lane, below, sc.H-foot-below)
	}
	sc.Footer(sc.m.foot())
}

func (sc drawing) serverLine(l *diagram.Lane, ax race.Axis, y int, inView bool) {
	st := l.At(sc.Look.Now)
	name := sc.inView(inView, 0, y, y)
	name.Bold = inView
	x := sc.Verdict(1, y, st)
	sc.Put(x+1, y, ink.Cut(l.Name, ax.Origin-x-2), name)
	race.ServerLine(sc.Canvas, l, ax, sc.Look, y)
	room := 8
	if o, ok := sc.m.Odds(l.Name); ok {
		text := page.Bad(o)
		if sc.m.Of(o, l.Name) != "" && ink.Width(text) <= 4 { // of fewer runs
			text = "~" + text
		}
		sc.Right(sc.W, y, text, ink.Style{FG: ink.Text, Bold: true})
		room -= ink.Width(text) + 1
	}
	sc.Agreement(l, ax.Last(), y)
	sc.Value(l, l.Server(), ax.Last()+2, y, room)
	if l.Waiting {
		sc.Fade(ax.Origin, y, sc.W-ax.Origin, 1)
	}
	sc.failed(l, ax, y)
}

// sentence says of one lane what has been proved.
func (sc drawing) sentence(l *diagram.Lane, y, rows int) {
	st := l.At(sc.Look.Now)
	x := sc.Put(1, y, l.Name, ink.Style{FG: ink.Text, Bold: true}) + 1
	text := st.Says
	if st.Open {
		text = l.Rule
	}
	lines := ink.Wrap(ink.Printable(text, 200), sc.W-x-1)
	for i, line := range lines {
		if i == 0 || i < rows {
			sc.Put(x, y+i, line, ink.Style{FG: ink.Dim})
		}
	}
	if len(lines) < rows {
		sc.OrdersLine(l.Name, x, y+len(lines), 24)
		sc.marginLine(l, x+26, y+len(lines), sc.W-x-27)
	}
}

// marginLine says how little would have turned the verdict, once it is proved.
func (sc drawing) marginLine(l *diagram.Lane, x, y, room int) {
	text := sc.m.Results.Margin[l.Name]
	if sc.W < page.MidWidth && text != "" && !l.At(sc.Look.Now).Open && ink.Width(text) <= room {
		sc.Put(x, y, text, ink.Style{FG: ink.Dim})
	}
}
