package focus

import (
	"fmt"
	"strings"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/tui/desk"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/race"
)

// The marks below the strip, and how near they may stand with words.
const (
	decidedHere = "△ decided here"
	seenHere    = "△ seen here"
	bothHere    = "△ decided, seen"
	nearest     = 16
)

// marks writes below the strip where the end of the lane was decided, and where it is
// seen.
func (f *Focus) marks(sc page.Screen, ax race.Axis, y int) {
	t := &f.lane.Turning
	if y == 0 || !t.Known {
		return
	}
	cell := func(i int) int {
		if i < 0 || i > f.at && !sc.Look.Future {
			return -1
		}
		return ax.Cell(f.lane.Events[i].At)
	}
	put := func(x, i int, text string, of ink.Colour) {
		if x < ax.Origin || x >= ax.Last() {
			return
		}
		s := ink.Style{FG: of, Bold: true, Ghost: i > f.at}
		if x+ink.Width(text) < sc.W {
			sc.Put(x, y, text, s)
		} else {
			sc.Put(x, y, "△", s)
		}
	}
	of := ink.Of(tell.Verdict(f.lane.Verdict).Role)
	d, s, left := cell(t.Decided), cell(t.Seen), decidedHere
	switch {
	case d >= 0 && d == s:
		put(s, t.Seen, bothHere, of)
		return
	case d >= 0 && s >= 0 && s-d < nearest:
		left = "△"
	}
	put(d, t.Decided, left, ink.Accent)
	put(s, t.Seen, seenHere, of)
}

// decidedBy says what decided the end of the lane, and how little would turn it, in
// more and in fewer words; nil while that would say what nobody has seen yet.
func (f *Focus) decidedBy(st diagram.Standing) (says []string) {
	t, l := &f.lane.Turning, f.lane
	by, until := "", ""
	switch {
	case !t.Known || st.Open && (t.Decided < 0 || f.at < t.Decided):
		return nil
	case t.TooMany:
		by = "too many orders to say where it was decided."
	case t.Always && l.Verdict == judge.OK:
		by = "no order ends otherwise."
		if r, known := f.Results.Orders[l.Name]; known && r.RaceFree() {
			by = "race-free: no order ends otherwise."
		}
	case t.Always:
		by = t.Every(l.Verdict) + "."
	case t.Decided >= 0:
		at, what := tell.Rounded(l.Events[t.Decided].At), tell.Decided(l.Script, l.Events, t.Decided)
		if by = "decided at " + at + " ms: " + what + "."; l.Verdict == judge.OK {
			by = "decided when " + what + ", at " + at + " ms."
		}
		until = untilThen(t, l.Verdict)
	}
	turns := f.turns(st)
	for _, parts := range [][]string{{by, until, turns}, {by, turns}, {by, until}, {by}, {turns}} {
		says = append(says, strings.Join(strings.Fields(strings.Join(parts, " ")), " "))
	}
	return says
}

// untilThen says how many of the orders that were possible until it was decided ended
// otherwise; "" if they were too many to count.
func untilThen(t *diagram.Turning, is judge.Verdict) string {
	r := &t.Before
	if !r.Complete || r.Classes == 0 {
		return ""
	}
	others, how := r.Classes-r.Verdicts[is], "otherwise"
	for v := range r.Verdicts {
		if v := judge.Verdict(v); v != is && r.Verdicts[v] == others {
			how = v.String()
		}
	}
	orders := "orders"
	if r.Classes == 1 {
		orders = "order"
	}
	return fmt.Sprintf("Until then %s of %s %s ended %s.", tell.Grouped(others), tell.Grouped(r.Classes), orders, how)
}

// turns says which change of one latency or click would turn the trial, once it is
// proved how that ends.
func (f *Focus) turns(st diagram.Standing) string {
	ways := f.Results.Ways[f.lane.Name]
	if len(ways) == 0 || st.Open || ways[0].Action > len(f.lane.Script.Actions) {
		return ""
	}
	w := ways[0]
	on, by := f.Change(w)
	what := on + " " + by
	if w.From != judge.OK && w.Leg != sim.NoLeg {
		what = by + " on " + on
	}
	if w.To == judge.OK {
		return what + " would mend it."
	}
	return fmt.Sprintf("%s would end %v.", what, w.To)
}

// runs draws the first runs of the lane, a mark each, with their own count, below odds
// and orders, and reports whether there is room.
func (f *Focus) runs(sc page.Screen, x, y, end, room int) bool {
	const across = 20
	runs := f.Runs(f.lane.Name)
	rows := len(desk.Runs{}) / across
	spare := end - y - rows - 2
	if runs == nil || spare < 0 || room < across {
		return false
	}
	name := f.lane.Name
	switch o, known := f.Odds(name); {
	case spare > 1:
		y += spare - 1 - min(spare-1, 1)
		sc.OddsLine(name, x, y, min(room-12, 8))
		if y++; spare > 2 && known {
			sc.Put(x+2, y, ink.Cut(f.interval(o, room-2), room-2), ink.Style{FG: ink.Faint})
			y++
		}
		sc.OrdersLine(name, x, y, room)
	default:
		y += spare
		sc.OddsLine(name, x, y, 0)
		end := x + 7
		if known {
			end = x + 3 + max(ink.Width(page.Bad(o)), 4)
		}
		sc.OrdersBeside(name, end, y, x+room-end)
	}
	y = end - rows
	sc.Put(x, y-1, fmt.Sprintf("%d of runs 1–%d", runs.Bad(), len(runs)), ink.Style{FG: ink.Dim})
	open := f.OpenRun()
	f.hit.runs = box{x, y, across, rows}
	for i, v := range runs {
		of := ink.Of(tell.Verdict(v).Role)
		style := ink.Style{FG: of, Ghost: true}
		if i+1 == open {
			style = ink.Style{FG: ink.Ground, BG: of, Bold: true}
		}
		sc.Put(x+i%across, y+i/across, tell.Mark(v), style)
	}
	return true
}

// runAt returns the number of the run that is drawn at a cell, 0 if none is.
func (h *focusHits) runAt(x, y int) int {
	if !h.runs.in(x, y) {
		return 0
	}
	return (y-h.runs.y)*h.runs.w + x - h.runs.x + 1
}

// telling returns the event that tells how the lane ends: where that is seen, else
// where it was decided; -1 if neither is known.
func (f *Focus) telling() int {
	switch t := &f.lane.Turning; {
	case !t.Known:
		return f.lane.Seen(-1)
	case t.Seen >= 0:
		return t.Seen
	default:
		return t.Decided
	}
}
