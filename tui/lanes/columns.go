package lanes

import (
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

func (sc drawing) columns() {
	gut, lw, xl, xr, top, bottom := 26, 29, 13, 24, 9, 10
	sc.Look.Words = true
	if sc.W < page.WideWidth {
		gut, lw, xl, xr, top, bottom = 12, 18, 5, 14, 6, 6
		sc.Look.Words = false
	}
	if sc.Look.Words {
		lw = min(max((sc.W-gut)/len(sc.m.Lanes), 27), lw) // six fit from 188 on
	}
	first, shown := frame.Window(len(sc.m.Lanes), (sc.W-gut)/lw, sc.m.Session.Lane)
	ay := race.Axis{Origin: top, Cells: sc.H - top - bottom, End: sc.m.End, Per: 4}
	sc.Head()
	sc.gutter(ay, gut)
	for i := range shown {
		l, x, inView := sc.m.Lanes[first+i], gut+i*lw, first+i == sc.m.Session.Lane
		sc.columnHead(l, x, lw, top, inView)
		c := race.Column{Canvas: sc.Canvas, Lane: l, Axis: ay, Look: sc.Look, Left: x + xl, Right: x + xr, Least: x - 1}
		if sc.Look.Words {
			sc.Right(c.Left+3, top-1, "screen", ink.Style{FG: ink.Faint})
			sc.Right(c.Right+3, top-1, "server", ink.Style{FG: ink.Faint})
		} else {
			sc.Put(c.Left-1, top-1, "scr", ink.Style{FG: ink.Faint})
			sc.Put(c.Right, top-1, "srv", ink.Style{FG: ink.Faint})
		}
		sc.m.Hit.Lands(first+i, c.Draw())
		sc.columnFoot(l, x, top+ay.Cells+1, lw)
		sc.ownDown(l, ay, x, lw)
	}
	sc.nowAcross(ay)
	sc.m.Hit.Down = true
	sc.m.Hit.LanesAt(ay, gut, lw, first, shown)
	sc.others(first, shown, sc.H-1-sc.m.FootRows())
	sc.Footer(sc.m.Sentence())
}

// gutter draws the user's actions and the ticks beside the columns.
func (sc drawing) gutter(ay race.Axis, gut int) {
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
		sc.Right(5, y, tell.Rounded(time.Duration(i)*step), s)
		sc.Put(6, y, "┼", ink.Style{FG: ink.Faint})
	}
	free := ay.Origin
	actions := sc.m.Session.Script.Actions
	for i := range actions {
		a := &actions[i]
		y := max(ay.Cell(a.At), free)
		if y >= ay.Last() {
			break
		}
		free = y + 1
		chip, x := sc.Hand(a, 8, y, a.Number == sc.m.Session.Selected)
		sc.m.Hit.Chips = append(sc.m.Hit.Chips, chip)
		if gut > 20 && a.Sets.Has(sc.m.Session.Field) {
			sc.Put(x+1, y, ink.Cut(frame.ValueOf(sc.m.Session.Script, sim.By(a.Number), sc.m.Session.Field), gut-x-2), ink.Style{FG: ink.Dim})
		}
	}
	if gut > 20 {
		y := ay.Last() + 1
		sc.Put(2, y, ink.Cut(sc.FieldInView()+"on the screen", gut-3), ink.Style{FG: ink.Dim})
		sc.Put(2, y+1, ink.Cut(sc.FieldInView()+"at the server", gut-3), ink.Style{FG: ink.Dim})
		if sc.m.OddsShown() {
			sc.Put(2, y+3, "runs that end wrong", ink.Style{FG: ink.Dim})
			sc.Put(2, y+4, "orders that do", ink.Style{FG: ink.Dim})
			sc.Put(2, y+5, "what would turn it", ink.Style{FG: ink.Dim})
		}
	}
}

func (sc drawing) columnHead(l *diagram.Lane, x, lw, top int, inView bool) {
	st := l.At(sc.Look.Now)
	name := sc.inView(inView, x, 2, top-2)
	of := frame.Colour(st)
	kind := ink.Style{FG: of, Bold: !st.Open}
	if sc.Look.Words {
		sc.Verdict(x+1, 2, st)
		sc.Put(x+5, 2, ink.Cut(l.Name, lw-6), name)
		sc.Text(x+5, 3, 5, lw-6, ink.Printable(l.Rule, 60), frame.Dim)
		sc.Put(x+5, 5, ink.Cut(st.Kind, lw-6), kind)
		if !st.Open && st.Kind != "ok" {
			sc.Text(x+5, 6, top-1, lw-6, st.Says, frame.Dim)
		}
		return
	}
	sc.Put(x+1, 2, ink.Cut(l.Name, lw-2), name)
	sc.Verdict(x+1, 3, st)
	if st.Open || st.Kind == "ok" {
		sc.Put(x+5, 3, st.Kind, kind)
		return
	}
	sc.Put(x+5, 3, st.Verdict.String(), ink.Style{FG: of})
	sc.Put(x+1, 4, ink.Cut(st.Kind, lw-2), kind)
}

func (sc drawing) columnFoot(l *diagram.Lane, x, y, lw int) {
	if sc.Look.Words {
		sc.Value(l, l.Screen(), x+5, y, lw-6)
		sc.Value(l, l.Server(), x+5, y+1, lw-6)
		sc.Agreement(l, x+2, y+1)
		sc.OddsLine(l.Name, x+2, y+3, 13)
		sc.OrdersLine(l.Name, x+2, y+4, lw-4)
		if sc.m.OddsShown() && sc.m.Own(l.Name) != nil && l.Failed == "" {
			sc.Put(x+2, y+5, "not looked for", ink.Style{FG: ink.Faint})
		}
		if turn := sc.m.Turning(l); turn != nil {
			text := strings.TrimSuffix(turn[0]+" "+turn[1], ": ok")
			sc.Put(x+2, y+5, ink.Cut(text, lw-3), ink.Style{FG: ink.Dim})
		}
		return
	}
	sc.Value(l, l.Screen(), x+1, y, 3)
	sc.Agreement(l, x+4, y)
	sc.Value(l, l.Server(), x+6, y, 3)
	sc.OddsLine(l.Name, x+1, y+1, 6)
	sc.OrdersLine(l.Name, x+1, y+2, lw-2)
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

// nowAcross draws the cursor through all columns.
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
