package learn

import (
	"math/bits"
	"strings"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// stage draws lanes along an axis of time.
type stage struct {
	drawing
	p     *playback
	ax    race.Axis
	right int // the columns behind the axis
}

func (st stage) hands(y int) {
	l := st.p.lanes[st.p.at]
	says := func(a *sim.Action) string {
		does := strings.ReplaceAll(a.Do.String(), "-", " ")
		if a.Sets.Has(l.Field) {
			does = frame.Wants(l.Script, a, l.Field)
		}
		return strings.TrimSpace(clean(l.Script.Where(a)) + " " + does)
	}
	st.Hands(st.ax, y, frame.Hands{Name: "you press", Script: l.Script, Hidden: true, Says: says, Last: st.W - 1})
	if !st.p.ordered {
		st.Ticks(st.ax, y+1)
		return
	}
	st.Repeat(st.ax.Origin, y+1, st.ax.Cells, '─', ink.Style{FG: ink.Rule})
	if text := " in order, not in time "; ink.Width(text)+4 < st.ax.Cells {
		st.Right(st.ax.Last()-2, y+1, text, faint)
	}
}

// strip has k rows between its rails, and one below for what is pointed at. With
// room, the screen of another client stands below the server.
func (st stage) strip(l *diagram.Lane, y, k int, inView bool) {
	if views := l.Script.Views() &^ (1 << l.View()); l.Script.Clients() > 1 && k >= 3 && views != 0 {
		l = l.Facing(l.View(), bits.TrailingZeros32(uint32(views)))
	}
	s := race.Strip{Canvas: st.Canvas, Lane: l, Axis: st.ax, Look: st.Look, Wait: y, Top: y + 1, Bottom: y + 2 + k}
	s.Draw()
	st.Right(st.ax.Origin-1, s.Server(), "server", faint)
	st.held(l, s.Server())
	for i, y := range [...]int{s.Top, s.Server(), s.Bottom} {
		if i != 1 && i < len(l.Rails) {
			st.Right(st.ax.Origin-1, y, screenOf(l, i), faint)
			st.Value(l, l.Rails[i].Holds, st.ax.Last()+2, y, st.right-3)
		}
	}
	if st.p.turning != nil && inView && st.p.over() {
		st.marks(l, s.Bottom+1)
	} else if st.p.pointed && inView && st.p.point <= st.Look.Now {
		st.pointer(y, s.Bottom)
	} else if !st.p.over() {
		st.Cursor(st.ax, y, s.Bottom)
	}
}

func screenOf(l *diagram.Lane, rail int) string {
	v := l.Rails[rail].View
	where := l.Script.Where(&sim.Action{Client: uint8(v / sim.MaxPersons), Person: uint8(v % sim.MaxPersons)})
	return strings.TrimSpace(where + " screen")
}

func (st stage) held(l *diagram.Lane, y int) {
	st.Value(l, l.Server(), st.ax.Last()+2, y, st.right-3)
	st.Agreement(l, st.ax.Last(), y)
}

func (st stage) name(l *diagram.Lane, y int, inView bool) {
	if inView && len(st.p.lanes) > 1 {
		st.Put(0, y, "▌", ink.Style{FG: ink.Accent})
	}
	x := st.Verdict(1, y, l.At(st.Look.Now))
	st.Put(x+1, y, ink.Cut(l.Name, st.ax.Origin-x-2), bold)
}

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

// nearest is how near, in cells, the second of two marks may be for both to have words.
const nearest = 16

func (st stage) marks(l *diagram.Lane, y int) {
	t := st.p.turning
	cell := func(i int) int {
		if i < 0 || i >= len(l.Events) {
			return -1
		}
		return min(max(st.ax.Cell(l.Events[i].At), st.ax.Origin), st.ax.Last()-1)
	}
	put := func(x int, text string, s ink.Style) {
		switch {
		case x < 0:
		case x+ink.Width(text) <= st.W:
			st.Put(x, y, text, s)
		default:
			st.Put(x-ink.Width(text)+1, y, strings.TrimPrefix(text, "△ ")+" △", s)
		}
	}
	red := ink.Style{FG: ink.Wrong, Bold: true}
	decided, seen := cell(t.Decided), cell(t.Seen)
	switch {
	case decided >= 0 && decided == seen:
		put(seen, "△ decided, seen", red)
	case decided >= 0 && seen >= 0 && seen-decided < nearest:
		if end := seen + ink.Width("△ seen here"); end > st.W { // no room but before it
			st.Put(seen, y, "△", red)
			put(decided-ink.Width("decided here "), "decided here △", accent)
			return
		}
		st.Put(decided, y, "△", accent)
		if x := decided - ink.Width("decided here "); x > st.ax.Origin {
			st.Put(x, y, "decided here △", accent)
		}
		put(seen, "△ seen here", red)
	default:
		put(decided, "△ decided here", accent)
		put(seen, "△ seen here", red)
	}
}
