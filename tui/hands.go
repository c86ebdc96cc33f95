package tui

import (
	"strings"
	"time"

	"photofinish/sim"
	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// hands draws the user's actions along the axis, and the ticks below.
func (sc screen) hands(ax race.Axis, y int) {
	sc.Right(ax.Origin-2, y, "your hands", ink.Style{FG: ink.Dim})
	free := ax.Origin
	actions := sc.s.Script.Actions
	for i := range actions {
		a := &actions[i]
		x := max(ax.Cell(a.At), free)
		if a.Number == sc.s.Selected && free > ax.Origin {
			x = max(x, free+1) // its handle must not hide what stands before
		}
		if x >= ax.Last() {
			break
		}
		if x-ax.Cell(a.At) > 6 && a.Number != sc.s.Selected {
			continue // it would tell another time
		}
		ghost := a.At > sc.v.Now && !sc.v.Future
		if x+ink.Width(a.Label()) > ax.Last() {
			break
		}
		x = sc.handChip(a, x, y, ghost)
		next := ax.Last()
		if i+1 < len(actions) {
			next = ax.Cell(actions[i+1].At)
		}
		if a.Sets.Has(sc.s.Field) {
			text := " " + valueOf(sc.s.Script, sim.By(a.Number), sc.s.Field)
			if where := sc.s.Script.Where(a); where != "" {
				text = " " + where + text
			}
			if x+ink.Width(text) < next {
				x = sc.Put(x, y, text, ink.Style{FG: ink.Dim})
			}
		}
		free = x
	}
	sc.ticks(ax, y+1)
}

// handChip draws an action of the user's, with handles if it is selected, and
// returns the column behind it.
func (sc screen) handChip(a *sim.Action, x, y int, ghost bool) int {
	end := sc.Chip(x, y, a.Label(), ink.Hue(a.Number), ghost)
	sc.m.hit.chips = append(sc.m.hit.chips, chip{x, y, end - x, a.Number})
	if a.Number == sc.s.Selected {
		sc.Put(x-1, y, "◂", ink.Style{FG: ink.Accent, Bold: true})
		end = sc.Put(end, y, "▸", ink.Style{FG: ink.Accent, Bold: true})
	}
	return end
}

func (sc screen) ticks(ax race.Axis, y int) {
	sc.Repeat(ax.Origin, y, ax.Cells, '─', ink.Style{FG: ink.Rule})
	now := sc.nowLabel(ax, y)
	step := ax.Tick(7)
	for i := 0; time.Duration(i)*step < ax.End; i++ {
		x, text := ax.Cell(time.Duration(i)*step), "┬"
		s := ink.Style{FG: ink.Faint}
		if i%2 == 0 {
			text, s.FG = race.MS(time.Duration(i)*step), ink.Dim
		}
		if n := ink.Width(text); x+n <= ax.Last() && (x+n < now.X0 || x > now.X1) {
			sc.Put(x, y, text, s)
		}
	}
}

// nowLabel writes the cursor's time and returns the columns that it takes.
func (sc screen) nowLabel(ax race.Axis, y int) ink.Box {
	x, text := ax.Cell(sc.v.Now), race.MS(sc.v.Now)+" ms"
	s := ink.Style{FG: ink.Accent, Bold: true}
	switch {
	case x >= ax.Last():
		return ink.Box{X0: x, X1: x}
	case x+3+ink.Width(text) > ax.Last():
		sc.Right(x+1, y, " "+text+" ▼", s)
		return ink.Box{X0: x - ink.Width(text) - 2, X1: x}
	}
	return ink.Box{X0: x, X1: sc.Put(x, y, "▼ "+text+" ", s) - 1}
}

// fieldInView names whom and which field the rails and values are of, if there
// are several.
func (sc screen) fieldInView() string {
	if where := sc.s.Where(); where != "" {
		return where + " "
	}
	var written sim.FieldSet
	for i := range sc.s.Script.Actions {
		written |= sc.s.Script.Actions[i].Sets
	}
	if written.Count() < 2 {
		return ""
	}
	return ink.Printable(sc.s.Script.FieldName(sc.s.Field), 11) + " "
}

// nowLine draws the cursor through the rows y0 to y1: over blank cells and
// rails, never over words.
func (sc screen) nowLine(ax race.Axis, y0, y1 int) {
	x := ax.Cell(sc.v.Now)
	if x < ax.Origin || x >= ax.Last() {
		return
	}
	for y := y0; y <= y1; y++ {
		if strings.ContainsRune("━─╌", sc.Rune(x, y)) && sc.Rune(x, y) != 0 {
			sc.Put(x, y, "│", ink.Style{FG: ink.Accent})
		}
		sc.Under(x, y, '│', ink.Style{FG: ink.Accent})
	}
}
