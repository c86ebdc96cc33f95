package page

import (
	"cmp"
	"slices"
	"strings"

	"photofinish/sim"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/race"
	"photofinish/tui/session"
)

// DrawHands draws the user's actions along the axis, and the ticks below.
func (sc Screen) DrawHands(ax race.Axis, y int) {
	h := frame.Hands{Name: "your hands", Ends: sc.Ends(), Script: sc.h.Session.Script, Selected: sc.h.Session.Selected, Says: sc.sets, Where: sc.h.Session.Script.Where, Last: ax.Last()}
	sc.h.Hit.Chips = append(sc.h.Hit.Chips, sc.Hands(ax, y, h)...)
	if leg, was, ok := sc.h.Ghost(); ok && leg.Leg == sim.NoLeg && ax.Cell(was) < ax.Last() {
		sc.HandWas(leg.Action, ax.Cell(was), y)
	}
	sc.Ticks(ax, y+1)
}

// Ends returns the ends of spans without network, by time, as they are drawn among the
// actions.
func (sc Screen) Ends() (ends []frame.End) {
	for i := range sc.h.Session.Script.Offline {
		o := &sc.h.Session.Script.Offline[i]
		for _, back := range []bool{false, true} {
			e := frame.End{Number: session.EndNumber(i, back), At: o.From, Label: session.EndLabel(o, back)}
			if e.Label, _, _ = strings.Cut(e.Label, "@"); sc.h.Session.Script.Clients() > 1 {
				e.Label = session.EndLabel(o, back)
			}
			if back {
				e.At = o.To
			}
			if !back || o.To != 0 {
				ends = append(ends, e)
			}
		}
	}
	slices.SortStableFunc(ends, func(a, b frame.End) int { return cmp.Compare(a.At, b.At) })
	return ends
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
	var letters []string
	for _, word := range []string{"create", "update", "delete", "set-permissions", "fetch", "list", "close", "open"} {
		actions := sc.h.Session.Script.Actions
		if i := slices.IndexFunc(actions, func(a sim.Action) bool { return a.Word() == word }); i >= 0 {
			letters = append(letters, actions[i].Label()[:1]+" "+strings.TrimPrefix(word, "set-"))
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
	return frame.Wants(sc.h.Session.Script, a, sc.h.Session.Field)
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
