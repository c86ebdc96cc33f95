package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// worded is a lane's curve with what sentences are made of.
type worded struct {
	*page.Host
	*curve
	name string
	step time.Duration
	far  time.Duration // the last gap that is spoken of: a round one
	bad  string        // what a run is that counts: wrong, stuck, or either
	now  time.Duration // the gap
}

// says puts into sentences what the curve in view shows, those that matter
// most first, as many as fit into some lines.
func (c *Chart) says(sh sheet, room, rows int) (lines []string) {
	inView := c.Session.Lane
	if inView >= len(c.curves) {
		return nil
	}
	if c.own(inView) {
		lines = ink.Wrap(c.ownSays(c.names[inView]), room)
		return lines[:min(len(lines), rows)]
	}
	w := worded{Host: c.Host, curve: &c.curves[inView], name: c.names[inView], step: c.step, bad: c.badly(inView)}
	first, second := c.clicks()
	w.now = second - first
	w.far = sh.lastLabel(first)
	if !w.whole(w.far, w.step) {
		return nil
	}
	teeth := c.teethText(inView)
	if teeth != "" {
		teeth += "."
	}
	if c.tagged(inView) {
		teeth = ""
	}
	reach, trend := w.reach(), w.trend()
	if !w.done() { // more trials may tell otherwise
		reach, teeth, trend = soFar(reach), soFar(teeth), soFar(trend)
	}
	for _, s := range []string{reach, teeth, w.mostly(), trend} {
		if more := ink.Wrap(s, room); len(lines)+len(more) <= rows {
			lines = append(lines, more...)
		}
	}
	return lines
}

func soFar(s string) string {
	if s == "" {
		return ""
	}
	return "So far: " + s
}

// ownSays says why there is no curve, and of how many runs the share is.
func (c *Chart) ownSays(name string) string {
	text := name + " has no curve here: it is a program, and too slow for so many runs. photofinish chart draws one of fewer."
	if o, ok := c.Odds(name); ok {
		text += " Its share at this gap, of " + tell.Grouped(o.Trials) + " runs: " + page.Interval(o) + "."
	}
	return text
}

// tagged reports whether it is said beside a lane's curve that it has teeth.
func (c *Chart) tagged(lane int) bool {
	return slices.ContainsFunc(c.plot.tags, func(t tag) bool { return t.teeth == lane })
}

// badly says what a run is that counts as bad: that of one lane, or of all if
// lane is below 0.
func (c *Chart) badly(lane int) string {
	var all point
	for i := range c.curves {
		for _, p := range c.curves[i].points {
			if lane < 0 || lane == i {
				all.wrong, all.stuck = all.wrong+p.wrong, all.stuck+p.stuck
			}
		}
	}
	switch {
	case all.stuck == 0:
		return "wrong"
	case all.wrong == 0:
		return "stuck"
	}
	return "wrong or stuck"
}

func ofHundred(share float64) string {
	switch n := int(math.Round(100 * share)); {
	case share == 0:
		return "none of 100 runs"
	case n == 0:
		return "fewer than 1 of 100 runs"
	case share == 1:
		return "every run"
	case n == 100:
		return "nearly every run"
	default:
		return strconv.Itoa(n) + " of 100 runs"
	}
}

// top returns the greatest share between two gaps, and where it is.
func (w *worded) top(from, to time.Duration) (share float64, at time.Duration) {
	for i, p := range w.points {
		if g := time.Duration(i) * w.step; g >= from && g <= to && p.share() > share {
			share, at = p.share(), g
		}
	}
	return share, at
}

func (w *worded) least(to time.Duration) float64 {
	least := 1.0
	for i, p := range w.points {
		if time.Duration(i)*w.step <= to {
			least = min(least, p.share())
		}
	}
	return least
}

// reach says how far apart the clicks must be.
func (w *worded) reach() string {
	far := tell.Rounded(w.far) + " ms"
	most, _ := w.top(0, w.far)
	if most == 0 {
		text := "No run of " + w.name + " is " + w.bad + " at any gap up to " + far + ", of " + tell.Grouped(w.points[0].trials) + " each."
		if o, ok := w.Results.Orders[w.name]; ok && o.RaceFree() {
			text += " Proved: " + strings.Replace(tell.OfOrders(0, o.Classes, true), ":", ",", 1) + "."
		}
		return text
	}
	safe := time.Duration(0) // from here on hardly a run is bad
	for i, p := range w.points {
		if p.share() >= 0.01 {
			safe = time.Duration(i+1) * w.step
		}
	}
	at, _ := w.at(w.far, w.step)
	if w.teeth > 0 {
		at, _ = w.top(max(w.far-w.teeth, 0), w.far)
	}
	begin := w.points[0].share()
	switch {
	case w.teeth == 0 && most < 0.97 && most-w.least(w.far) < 0.02 && most >= 0.02:
		return "This gap changes little: whatever it is, " + w.name + " is " + w.bad + " in about " + ofHundred(begin) + "."
	case safe == 0:
		return "At every gap " + w.name + " is " + w.bad + " in fewer than 1 of 100 runs."
	case safe <= w.far:
		const ten = 10 * time.Millisecond
		return "From " + tell.Rounded((safe+ten-1)/ten*ten) + " ms apart on, " + w.name + " is " + w.bad + " in fewer than 1 of 100 runs."
	case w.teeth == 0 && at > begin+0.02:
		return "At once, " + w.name + " is " + w.bad + " in " + ofHundred(begin) + "; " + far + " apart, in " + ofHundred(at) + "."
	case w.teeth > 0:
		return "Even around " + far + " apart, " + w.name + " is " + w.bad + " in up to " + ofHundred(at) + "."
	}
	return "Even " + far + " apart, " + w.name + " is " + w.bad + " in " + ofHundred(at) + "."
}

// trend says what becomes of the share as the gap grows.
func (w *worded) trend() string {
	most, worst := w.top(0, w.far)
	if most > w.points[0].share()+0.03 && worst > 2*w.step && w.teeth == 0 {
		return "It is worst " + tell.Rounded(worst) + " ms apart: " + ofHundred(most) + "."
	}
	share, ok := w.at(w.now, w.step)
	if !ok || share < 0.02 || w.teeth > 0 {
		return ""
	}
	for i, p := range w.points {
		if g := time.Duration(i) * w.step; g > w.now && p.share() <= share/2 {
			return "Another " + tell.Rounded(g-w.now) + " ms, and only half as many runs are " + w.bad + " as now."
		}
	}
	return ""
}

// mostly names what goes wrong at the gap in most of the bad runs, with one of
// them that can be replayed.
func (w *worded) mostly() string {
	o, ok := w.Odds(w.name)
	if !ok {
		return ""
	}
	k, ok := o.Mostly()
	if !ok {
		return ""
	}
	text := "Mostly it is " + k.String()
	s, seed := w.Session.Script.Unpinned(), o.FirstBad.Seed
	ledger := w.World.Run(s, w.Entries[w.Session.Lane].For(s), seed, sim.Options{})
	for _, a := range w.Judge.Judge(s, ledger).Anomalies {
		if a.Kind == k {
			return text + "; with seed " + tell.Grouped(int(seed)) + ", " + ink.Printable(a.Says(ledger.Script(s)), 200) + "."
		}
	}
	return text + "."
}
