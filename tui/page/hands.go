package page

import (
	"strings"

	"photofinish/sim"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// DrawHands draws the user's actions along the axis, and the ticks below.
func (sc Screen) DrawHands(ax race.Axis, y int) {
	h := frame.Hands{Name: "your hands", Script: sc.h.Session.Script, Selected: sc.h.Session.Selected, Says: sc.sets, Where: sc.h.Session.Script.Where, Last: ax.Last()}
	sc.h.Hit.Chips = append(sc.h.Hit.Chips, sc.Hands(ax, y, h)...)
	if leg, was, ok := sc.h.Ghost(); ok && leg.Leg == sim.NoLeg && ax.Cell(was) < ax.Last() {
		sc.HandWas(leg.Action, ax.Cell(was), y)
	}
	sc.Ticks(ax, y+1)
}

// HandWas draws where an action was before it was moved, if nothing else is there.
func (sc Screen) HandWas(n, x, y int) {
	text := sc.h.Lane().Label(n)
	for i := range ink.Width(text) {
		if !sc.Blank(x+i, y) {
			return
		}
	}
	sc.Put(x, y, text, ink.Style{FG: ink.Hue(n), Ghost: true})
}

// LettersOfHands says what the letters of the user's actions stand for, at the end of
// their row, where there is room and more than one to tell.
func (sc Screen) LettersOfHands(ax race.Axis, y int) {
	used := make([]bool, len(sim.Dos()))
	for i := range sc.h.Session.Script.Actions {
		used[sc.h.Session.Script.Actions[i].Do] = true
	}
	var letters []string
	for do, name := range sim.Dos() {
		if used[do] {
			letters = append(letters, sim.Do(do).Key()+" "+strings.TrimPrefix(name, "set-"))
		}
	}
	text := strings.Join(letters, " · ")
	for x := ax.Last() - ink.Width(text) - 3; x < ax.Last(); x++ {
		if !sc.Blank(x, y) || x < ax.Origin {
			return
		}
	}
	if len(letters) > 1 {
		sc.Right(ax.Last()-1, y, text, frame.Faint)
	}
}

// sets says what an action sets the field in view to, "" if it does not.
func (sc Screen) sets(a *sim.Action) string {
	if !a.Sets.Has(sc.h.Session.Field) {
		return ""
	}
	return frame.ValueOf(sc.h.Session.Script, sim.By(a.Number), sc.h.Session.Field)
}

// FieldInView names whom and which field the rails and values are of, if there
// are several.
func (sc Screen) FieldInView() string {
	if where := sc.h.Session.Where(); where != "" {
		return where + " "
	}
	var written sim.FieldSet
	for i := range sc.h.Session.Script.Actions {
		written |= sc.h.Session.Script.Actions[i].Sets
	}
	if written.Count() < 2 {
		return ""
	}
	return ink.Printable(sc.h.Session.Script.FieldName(sc.h.Session.Field), 11) + " "
}
