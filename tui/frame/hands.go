package frame

import (
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// Hands holds the actions of a user, and how they are drawn.
type Hands struct {
	Name     string // what stands before the axis
	Script   *sim.Script
	Selected int                      // the number of the action with handles; 0: none
	Hidden   bool                     // what is yet to come is not drawn, where others draw a ghost
	Says     func(*sim.Action) string // what stands behind an action; "": nothing
	Where    func(*sim.Action) string // what stands before that, unless the action before has said the same; nil: nothing
	Last     int                      // the column that this ends before
	Ends     []End                    // of spans without network, by time
}

// End is where a client goes offline, or is back.
type End struct {
	Number int // by which it is selected
	At     time.Duration
	Label  string
}

// Chip is where an action was drawn.
type Chip struct{ X, Y, W, Action int }

// Hands draws the user's actions along the axis.
func (f Frame) Hands(ax race.Axis, y int, h Hands) (chips []Chip) {
	f.Right(ax.Origin-2, y, h.Name, Dim)
	free, where := ax.Origin, ""
	actions, ends := h.Script.Actions, h.Ends
	endsUntil := func(t time.Duration) {
		for ; len(ends) > 0 && ends[0].At <= t; ends = ends[1:] {
			e := &ends[0]
			if x, ok := f.stands(ax, h, e.Number, e.At, free, e.Label); ok {
				chip, end := f.HandEnd(e, x, y, e.Number == h.Selected)
				chips, free = append(chips, chip), end
			}
		}
	}
	for i := range actions {
		a := &actions[i]
		endsUntil(a.At)
		x, ok := f.stands(ax, h, a.Number, a.At, free, a.Label())
		if !ok {
			continue
		}
		chip, end := f.Hand(a, x, y, a.Number == h.Selected)
		chips = append(chips, chip)
		next := h.Last
		if i+1 < len(actions) {
			next = ax.Cell(actions[i+1].At)
		}
		if len(ends) > 0 {
			next = min(next, ax.Cell(ends[0].At))
		}
		if h.Where != nil && h.Where(a) != where {
			where = ""
		}
		text := " " + h.Says(a)
		if h.Where != nil && text != " " && where == "" && h.Where(a) != "" {
			text = " " + h.Where(a) + text
		}
		if text != " " && end+ink.Width(text) < next {
			end = f.Put(end, y, text, Dim)
			if h.Where != nil {
				where = h.Where(a)
			}
		}
		free = end
	}
	endsUntil(diagram.Forever)
	return chips
}

// stands returns the column of an action or an end that cannot stand before another;
// not ok if there is no room for it, or it is not drawn yet.
func (f Frame) stands(ax race.Axis, h Hands, number int, at time.Duration, free int, label string) (x int, ok bool) {
	x = max(ax.Cell(at), free)
	selected := number == h.Selected
	if selected && free > ax.Origin {
		x = max(x, free+1) // its handle must not hide what stands before
	}
	late := x-ax.Cell(at) > 6 && !selected // it would tell another time
	return x, !late && !(h.Hidden && f.ghost(at)) && x+ink.Width(label) <= ax.Last()
}

// ghost reports whether an instant is yet to come, and not to be told of.
func (f Frame) ghost(at time.Duration) bool { return at > f.Look.Now && !f.Look.Future }

// HandEnd draws the end of a span, with handles if it is selected, and returns where,
// and the column behind it.
func (f Frame) HandEnd(e *End, x, y int, selected bool) (c Chip, end int) {
	return f.handles(x, f.Put(x, y, e.Label, Dim), y, e.Number, selected)
}

// Hand draws an action of the user's, with handles if it is selected, and
// returns where, and the column behind it.
func (f Frame) Hand(a *sim.Action, x, y int, selected bool) (c Chip, end int) {
	return f.handles(x, f.Chip(x, y, a.Label(), ink.Hue(a.Number), f.ghost(a.At)), y, a.Number, selected)
}

func (f Frame) handles(x, end, y, number int, selected bool) (c Chip, behind int) {
	c = Chip{x, y, end - x, number}
	if selected {
		f.Put(x-1, y, "◂", Accent)
		end = f.Put(end, y, "▸", Accent)
	}
	return c, end
}

// Ticks draws the axis, with the time of the cursor on it.
func (f Frame) Ticks(ax race.Axis, y int) {
	f.Repeat(ax.Origin, y, ax.Cells, '─', ink.Style{FG: ink.Rule})
	now := f.nowLabel(ax, y)
	step := ax.Tick(7)
	for i := 0; time.Duration(i)*step < ax.End; i++ {
		x, text, s := ax.Cell(time.Duration(i)*step), "┬", Faint
		if i%2 == 0 {
			text, s = tell.Rounded(time.Duration(i)*step), Dim
		}
		if n := ink.Width(text); x+n <= ax.Last() && (x+n < now.X0 || x > now.X1) {
			f.Put(x, y, text, s)
		}
	}
}

// nowLabel writes the cursor's time and returns the columns that it takes.
func (f Frame) nowLabel(ax race.Axis, y int) ink.Box {
	x, text := ax.Cell(f.Look.Now), tell.Rounded(f.Look.Now)+" ms"
	switch {
	case x >= ax.Last():
		return ink.Box{X0: x, X1: x}
	case x+3+ink.Width(text) > ax.Last():
		f.Right(x+1, y, " "+text+" ▼", Accent)
		return ink.Box{X0: x - ink.Width(text) - 2, X1: x}
	}
	return ink.Box{X0: x, X1: f.Put(x, y, "▼ "+text+" ", Accent) - 1}
}

// Cursor draws the present through the rows y0 to y1: over blank cells and
// rails, never over words.
func (f Frame) Cursor(ax race.Axis, y0, y1 int) {
	x := ax.Cell(f.Look.Now)
	if x < ax.Origin || x >= ax.Last() {
		return
	}
	for y := y0; y <= y1; y++ {
		if strings.ContainsRune("━─╌", f.Rune(x, y)) && f.Rune(x, y) != 0 {
			f.Put(x, y, "│", ink.Style{FG: ink.Accent})
		}
		f.Under(x, y, '│', ink.Style{FG: ink.Accent})
	}
}
