package tui

import (
	"photofinish/sim"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// hands draws the user's actions along the axis, and the ticks below.
func (sc screen) hands(ax race.Axis, y int) {
	h := frame.Hands{Name: "your hands", Script: sc.s.Script, Selected: sc.s.Selected, Says: sc.sets, Last: ax.Last()}
	sc.m.hit.chips = append(sc.m.hit.chips, sc.Hands(ax, y, h)...)
	sc.Ticks(ax, y+1)
}

// sets says what an action sets the field in view to, "" if it does not.
func (sc screen) sets(a *sim.Action) string {
	if !a.Sets.Has(sc.s.Field) {
		return ""
	}
	text := frame.ValueOf(sc.s.Script, sim.By(a.Number), sc.s.Field)
	if where := sc.s.Script.Where(a); where != "" {
		return where + " " + text
	}
	return text
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
