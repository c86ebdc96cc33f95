package learn

import (
	"fmt"
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// stage draws lanes along an axis of time.
type stage struct {
	screen
	p     *player
	ax    race.Axis
	v     race.View
	right int // the columns behind the axis
}

// hands draws what the user did along the axis, and the ticks below.
func (st stage) hands(y int) {
	st.Right(st.ax.Origin-2, y, "you press", dim)
	l := st.p.lanes[st.p.at]
	free := st.ax.Origin
	for i := range l.Script.Actions {
		a := &l.Script.Actions[i]
		x := max(st.ax.Cell(a.At), free)
		if a.At > st.v.Now || x-st.ax.Cell(a.At) > 6 || x+ink.Width(a.Label()) > st.ax.Last() {
			continue
		}
		x = st.Chip(x, y, a.Label(), ink.Hue(a.Number), false)
		next := st.W - 1 // behind the axis nothing else stands in this row
		if i+1 < len(l.Script.Actions) {
			next = st.ax.Cell(l.Script.Actions[i+1].At)
		}
		if text := " " + strings.TrimSpace(clean(l.Script.Where(a))+" "+does(l.Script, a, l.Field)); x+ink.Width(text) < next {
			x = st.Put(x, y, text, dim)
		}
		free = x
	}
	st.ticks(y + 1)
}

// where says whose screen is on the rails, "" if there is one only.
func where(l *diagram.Lane) string {
	for i := range l.Script.Actions {
		if a := &l.Script.Actions[i]; a.View() == l.Rails[0].View {
			return clean(l.Script.Where(a))
		}
	}
	return ""
}

// does says in a word or two what an action asks for.
func does(s *sim.Script, a *sim.Action, field int) string {
	if a.Sets.Has(field) {
		return valueOf(s, sim.By(a.Number), field)
	}
	return strings.ReplaceAll(a.Do.String(), "-", " ")
}

func (st stage) ticks(y int) {
	st.Repeat(st.ax.Origin, y, st.ax.Cells, '─', ink.Style{FG: ink.Rule})
	if st.p.ordered {
		if text := " in order, not in time "; ink.Width(text)+4 < st.ax.Cells {
			st.Right(st.ax.Last()-2, y, text, faint)
		}
		return
	}
	step := st.ax.Tick(8)
	for i := 0; time.Duration(i)*step < st.ax.End; i++ {
		x, text := st.ax.Cell(time.Duration(i)*step), race.MS(time.Duration(i)*step)
		if i == 0 {
			text = "0 ms"
		}
		if x+ink.Width(text) <= st.ax.Last() {
			st.Put(x, y, text, faint)
		}
	}
	if x := st.ax.Cell(st.v.Now); x < st.ax.Last() && !st.p.over() {
		st.Put(x, y, "▼", accent)
	}
}

// strip draws a lane with k rows between its rails, and a row below for what
// is pointed at.
func (st stage) strip(l *diagram.Lane, y, k int, inView bool) {
	s := race.Strip{Canvas: st.Canvas, Lane: l, Axis: st.ax, View: st.v, Wait: y, Top: y + 1, Bottom: y + 2 + k}
	s.Draw()
	st.name(l, y, inView)
	st.Right(st.ax.Origin-1, s.Top, strings.TrimSpace(where(l)+" screen"), faint)
	st.Right(st.ax.Origin-1, s.Bottom, "server", faint)
	st.value(l, l.Screen(), s.Top)
	st.value(l, l.Server(), s.Bottom)
	st.agreement(l, s.Bottom)
	if st.p.pointed && inView && st.p.point <= st.v.Now {
		st.pointer(y, s.Bottom)
		return
	}
	if !st.p.over() {
		st.cursor(y, s.Bottom)
	}
}

// line draws what the server holds in a lane.
func (st stage) line(l *diagram.Lane, y int, inView bool) {
	st.name(l, y, inView)
	race.ServerLine(st.Canvas, l, st.ax, st.v, y)
	st.value(l, l.Server(), y)
	st.agreement(l, y)
}

// name writes the verdict and the name of a lane.
func (st stage) name(l *diagram.Lane, y int, inView bool) {
	is := l.At(st.v.Now)
	of, x := ink.Dim, 1
	if inView && len(st.p.lanes) > 1 {
		st.Put(0, y, "▌", ink.Style{FG: ink.Accent})
	}
	if is.Open {
		x = st.Put(x, y, " · ", ink.Style{FG: of, Bold: true})
	} else {
		x = st.Chip(x, y, " "+is.Mark()+" ", race.ColourOf(is.Verdict), false)
	}
	st.Put(x+1, y, ink.Cut(l.Name, st.ax.Origin-x-2), bold)
}

// cursor draws the present through the rows y0 to y1.
func (st stage) cursor(y0, y1 int) {
	x := st.ax.Cell(st.v.Now)
	if x < st.ax.Origin || x >= st.ax.Last() {
		return
	}
	for y := y0; y <= y1; y++ {
		st.Under(x, y, '│', ink.Style{FG: ink.Accent})
	}
}

// pointer points at the deciding event.
func (st stage) pointer(y0, y1 int) {
	x := min(max(st.ax.Cell(st.p.point), st.ax.Origin), st.ax.Last()-1)
	for y := y0; y <= y1; y++ {
		st.Under(x, y, '┊', ink.Style{FG: ink.Accent})
	}
	if text := "▲ here"; x+ink.Width(text) <= st.W {
		st.Put(x, y1+1, text, accent)
	} else {
		st.Right(x+1, y1+1, "here ▲", accent)
	}
}

// value writes what one side holds of the field in view, and who wrote it.
func (st stage) value(l *diagram.Lane, holds []diagram.Hold, y int) {
	x, room := st.ax.Last()+2, st.right-3
	h := diagram.At(holds, st.v.Now)
	if !h.Exists {
		st.Put(x, y, ink.Cut("nothing", room), faint)
		return
	}
	of := ink.Style{FG: ink.Hue(h.Writer.Action()), Bold: true}
	label := l.Label(h.Writer.Action())
	end := st.Put(x, y, ink.Cut(valueOf(l.Script, h.Writer, l.Field), room), of)
	if end+1+ink.Width(label) < st.W {
		of.Bold = false
		st.Put(end+1, y, label, of)
	}
}

// agreement says whether screen and server hold the same, in all fields.
func (st stage) agreement(l *diagram.Lane, y int) {
	a, b := diagram.At(l.Screen(), st.v.Now), diagram.At(l.Server(), st.v.Now)
	is := l.At(st.v.Now)
	s := ink.Style{FG: ink.Dim, Bold: true}
	if !is.Open {
		s.FG = race.ColourOf(is.Verdict)
	}
	switch {
	case !b.Exists && is.Open:
	case l.Differ(a, b) == 0:
		st.Put(st.ax.Last(), y, "=", s)
	default:
		st.Put(st.ax.Last(), y, "≠", s)
	}
}

// valueOf returns what a writer gave a field, fit for the screen.
func valueOf(s *sim.Script, w sim.Writer, field int) string {
	if w == sim.Nobody {
		return "–"
	}
	text := fmt.Sprint(s.Values[s.Value(w, field)])
	if text == "" {
		return "(empty)"
	}
	return ink.Printable(text, 40)
}
