package page

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/tui/ink"
)

// Percent writes a share in at most four cells.
func Percent(share float64) string {
	if p := 100 * share; p > 0 && p < 0.5 {
		return "<1 %"
	} else if p > 99.5 && p < 100 {
		return ">99%"
	}
	return strconv.Itoa(int(math.Round(100*share))) + " %"
}

// Share writes a share as in a sentence.
func Share(share float64) string {
	return strings.Replace(Percent(share), "9%", "9 %", 1)
}

// Bad returns the share of runs that end wrong or stuck, in at most four cells.
func Bad(o report.Odds) string { return Percent(o.Share(o.Bad())) }

// Within writes half of the 95 % interval of a share, in points; nothing where
// all runs ended alike.
func Within(o report.Odds) string {
	if o.Bad() == 0 || o.Bad() == o.Trials {
		return ""
	}
	low, high := o.Interval()
	return "±" + strconv.FormatFloat(50*(high-low), 'f', 1, 64)
}

// Of says of how many runs odds are of the user's own client, where they are fewer
// than the others have.
func (h *Host) Of(o report.Odds, name string) string {
	if h.Own(name) == nil || o.Trials >= h.Trials {
		return ""
	}
	return "of " + tell.Grouped(o.Trials)
}

// Interval writes the 95 % interval of a share, as "48–50 %".
func Interval(o report.Odds) string {
	low, high := o.Interval()
	return report.Interval(low, high)
}

// ordersTexts sums up all orders of a lane: a proof, a count, or that the bound was
// reached, in more and in fewer cells. What is proved keeps its digits longest.
func ordersTexts(r explore.Result) (mark string, texts []string, of ink.Style) {
	bad := "✗"
	if r.Verdicts[judge.Wrong] == 0 {
		bad = "…"
	}
	all, some := tell.Grouped(r.Classes), tell.Grouped(r.Bad())
	short, few := tell.Short(r.Classes), tell.Short(r.Bad())
	switch {
	case r.RaceFree() && r.Classes == 1:
		return "✓", []string{"race-free: the only one", "the only order", "only one"}, ink.Style{FG: ink.Good, Bold: true}
	case r.Failed != nil:
		return "?", []string{"failed"}, ink.Style{FG: ink.Unknown, Bold: true}
	case r.RaceFree():
		return "✓", []string{"race-free: all " + all, "all " + all + " orders", "all " + all, "all " + short}, ink.Style{FG: ink.Good, Bold: true}
	case r.Bad() > 0 && r.Complete:
		return bad, []string{some + " of " + all + " orders", some + " of " + all, few + " of " + short + " orders", few + " of " + short}, ink.Style{FG: ink.Dim}
	case r.Bad() > 0:
		return bad, []string{some + " of " + all + "+ orders", some + " of " + all + "+", few + " of " + short + "+"}, ink.Style{FG: ink.Dim}
	}
	return "?", []string{"of " + all + "+", "of " + short + "+"}, ink.Style{FG: ink.Unknown}
}

// fitting returns the first of some texts that has room, else the last.
func fitting(texts []string, room int) string {
	for _, text := range texts {
		if ink.Width(text) <= room {
			return text
		}
	}
	return texts[len(texts)-1]
}

// OrdersLine draws them, as many words of it as there are cells.
func (sc Screen) OrdersLine(name string, x, y, room int) {
	r, ok := sc.h.Results.Orders[name]
	if sc.h.FirstRun {
		return
	}
	if !ok {
		sc.Put(x, y, sc.h.Awaits(name), ink.Style{FG: ink.Faint})
		return
	}
	mark, texts, of := ordersTexts(r)
	sc.Put(x, y, mark, of)
	sc.Put(x+2, y, fitting(texts, room-2), of)
}

// OrdersBeside draws them behind the share of runs, whose mark is enough where it is
// the same.
func (sc Screen) OrdersBeside(name string, x, y, room int) {
	r, ok := sc.h.Results.Orders[name]
	if !ok || sc.h.FirstRun {
		return
	}
	mark, texts, of := ordersTexts(r)
	if o, known := sc.h.Odds(name); mark == "?" || known && o.Bad() > 0 == r.RaceFree() {
		x, room = sc.Put(x, y, mark+" ", of), room-2
	}
	sc.Put(x, y, fitting(texts, room), of)
}

// OrdersFrom returns where they begin if they end before column end.
func (sc Screen) OrdersFrom(name string, end, room int) int {
	r, ok := sc.h.Results.Orders[name]
	if !ok {
		return end - 1
	}
	_, texts, _ := ordersTexts(r)
	return end - 2 - ink.Width(fitting(texts, room-2))
}

// OddsLine draws the share of runs that end badly, with a bar in which what
// is stuck is dashed.
func (sc Screen) OddsLine(name string, x, y, bar int) {
	o, ok := sc.h.Odds(name)
	switch {
	case sc.h.FirstRun && !ok:
		return
	case o.Failed != nil:
		sc.Put(x, y, "? failed", ink.Style{FG: ink.Unknown, Bold: true})
		return
	case !ok:
		sc.Put(x, y, sc.h.Awaits(name), ink.Style{FG: ink.Faint})
		return
	}
	wrong, of := o.Verdicts[judge.Wrong], ink.Style{FG: ink.Dim}
	switch {
	case wrong > 0:
		sc.Put(x, y, "✗", of)
	case o.Bad() > 0:
		sc.Put(x, y, "…", of)
	default:
		sc.Put(x, y, "✓", ink.Style{FG: ink.Good, Bold: true})
	}
	if text := Bad(o); ink.Width(text) > 4 {
		sc.Put(x+2, y, text, ink.Style{FG: ink.Text, Bold: true})
		x, bar = x+1, bar-1
	} else {
		sc.Right(x+6, y, text, ink.Style{FG: ink.Text, Bold: true})
	}
	within := ""
	if bar >= 9 {
		within = cmp.Or(Within(o), sc.h.Of(o, name))
		bar -= max(ink.Width(within)-4, 0) // there is room for ±1.0
	}
	sc.Bar(o, x+7, y, bar, ink.Plain)
	sc.Put(x+8+bar, y, within, ink.Style{FG: ink.Faint})
}

// Bar draws the share of runs that end badly as a bar of some cells, in which what is
// stuck is dashed.
func (sc Screen) Bar(o report.Odds, x, y, cells int, ground ink.Colour) {
	n := int(math.Round(o.Share(o.Bad()) * float64(cells)))
	if o.Bad() > 0 && cells > 0 {
		n = max(n, 1)
	}
	k := min(int(math.Round(o.Share(o.Verdicts[judge.Stuck])*float64(cells))), n)
	sc.Repeat(x, y, n-k, '━', ink.Style{FG: ink.Wrong, BG: ground})
	sc.Repeat(x+n-k, y, k, '╍', ink.Style{FG: ink.Stuck, BG: ground})
	sc.Repeat(x+n, y, cells-n, '─', ink.Style{FG: ink.Rule, BG: ground})
}
