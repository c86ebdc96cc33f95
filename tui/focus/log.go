package focus

import (
	"slices"
	"strconv"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim/judge"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// log writes the events of the lane, as many as fit around the selected one.
func (f *Focus) log(sc page.Screen, b box) {
	title := "events"
	if n := len(f.lane.Events); n > b.h-1 {
		title = "event " + strconv.Itoa(f.at+1) + " of " + strconv.Itoa(n)
	}
	head(sc, b, title, ink.Dim)
	if len(f.lane.Events) == 0 {
		sc.Put(b.x+2, b.y+1, ink.Cut("nothing yet: u acts", b.w-2), ink.Style{FG: ink.Faint})
	}
	first, shown := f.visible(b)
	f.hit.log, f.hit.first = box{b.x, b.y + 1, b.w, shown}, first
	for k := range shown {
		y := b.y + 1 + k
		switch p := f.pairAt(first, shown, k); {
		case p == border:
			f.borderLine(sc, b, y)
		case p.here >= 0 && (p.here <= f.at || sc.Look.Future):
			f.line(sc, f.lane, p.here, box{b.x, y, b.w, 1}, p.here == f.at, p.here > f.at)
		}
	}
	if f.compared.rows != nil && b.h-shown > 4 && !slices.Contains(f.panels(sc.W), otherPanel) {
		for i, line := range ink.Wrap(f.verdictOnOther(), b.w-1) {
			sc.Put(b.x, b.y+shown+2+i, ink.Cut(line, b.w), ink.Style{FG: ink.Dim})
		}
	}
}

// visible returns which rows of the log fit, the selected one among them.
func (f *Focus) visible(b box) (first, shown int) {
	return frame.Window(f.rows(), b.h-1, max(f.row, 0))
}

// pairAt returns what stands in the k-th row that is shown. Where what two
// lanes share has moved out of sight above, the border stays in sight.
func (f *Focus) pairAt(first, shown, k int) pair {
	if k == 0 && shown > 3 && f.compared.rows != nil && f.compared.first < first {
		return border
	}
	return f.pair(first + k)
}

// verdictOnOther says where two lanes part, as
// "other than action-queue+hold from 200 ms on: there u3 waits for u2".
func (f *Focus) verdictOnOther() string {
	c := &f.compared
	if !c.differ {
		return "the same as " + c.there.Name + " in every event"
	}
	return "other than " + c.there.Name + " from " + tell.Rounded(c.from) + " ms on: " + c.says()
}

// borderLine stands between what two lanes share and what they do not.
func (f *Focus) borderLine(sc page.Screen, b box, y int) {
	text := "other than " + f.compared.there.Name
	if !f.compared.differ {
		text = "the same as " + f.compared.there.Name
	} else if ink.Width(text) > b.w-3 {
		text = "other from here on"
	}
	f.ruled(sc, b, y, text)
}

func (f *Focus) ruled(sc page.Screen, b box, y int, text string) {
	sc.Repeat(b.x, y, b.w, '─', ink.Style{FG: ink.Rule})
	sc.Put(b.x+1, y, " "+ink.Cut(text, b.w-3)+" ", ink.Style{FG: ink.Text, Bold: true})
}

// line writes an event: when, who, of which actions, what, and a mark if it
// proves something.
func (f *Focus) line(sc page.Screen, l *diagram.Lane, i int, b box, selected, ghost bool) {
	at, who := b.x+5, b.x+11
	if b.w < 32 {
		who = b.x + 10
	} else if more := ink.Width(tell.Rounded(l.Events[len(l.Events)-1].At)) - 5; more > 0 {
		at, who = at+min(more, 3), who+min(more, 3)
	}
	t := teller{l}.words().Event(i)
	dim, label, words := ink.Style{FG: ink.Of(t.Role)}, ink.Style{FG: ink.Hue(t.First), Bold: true, Ghost: ghost}, ink.Style{FG: ink.Dim}
	proof := l.Proves(i)
	switch {
	case selected:
		dim = ink.Style{FG: ink.Ground, BG: ink.Accent, Bold: true}
		label, words = dim, dim
		sc.Repeat(b.x, b.y, b.w, ' ', dim)
	case ghost:
		dim.FG, words.FG = ink.Faint, ink.Faint
	case proof != judge.OK:
		words.FG = ink.Text
	}
	when := dim
	if !selected && !ghost {
		when.FG = ink.Dim
	}
	sc.Right(at, b.y, ink.Cut(tell.Rounded(l.Events[i].At), at-b.x), when)
	sc.Right(who, b.y, t.Sign, dim)
	end := b.x + b.w
	if proof != judge.OK {
		end -= 3
	}
	x := sc.Put(who+1, b.y, ink.Cut(t.Label, min(9, end-who-1)), label) + 1
	if l.Turning.Known && i == l.Turning.Decided && (!ghost || sc.Look.Future) {
		if proof == judge.OK {
			end--
		}
		word := " decided"
		if end-ink.Width(word) < x+6 {
			word = " △"
		}
		end -= ink.Width(word)
		of := ink.Style{FG: ink.Text, Bold: true, Ghost: ghost}
		if selected {
			of = dim
		}
		sc.Put(end, b.y, word, of)
	}
	if ink.Width(t.Long) > end-x && t.Short != "" {
		t.Long = t.Short
	}
	sc.Put(x, b.y, ink.Cut(t.Long, end-x), words)
	if proof != judge.OK && (!ghost || sc.Look.Future) {
		mark := ink.Style{FG: ink.Of(tell.Verdict(proof).Role), Bold: true, Ghost: ghost}
		if selected {
			mark = dim
		}
		sc.Put(b.x+b.w-2, b.y, tell.Mark(proof), mark)
	}
}

// otherLog writes the events of the lane that this one is compared with beside
// those of this one.
func (f *Focus) otherLog(sc page.Screen, b box) {
	c := &f.compared
	st := c.there.At(sc.Look.Now)
	mark, of := st.Mark(), frame.Colour(st)
	title := mark + " " + c.there.Name
	if text := title + ", other from " + tell.Rounded(c.from) + " ms"; c.differ && ink.Width(text) <= b.w {
		title = text
	}
	head(sc, b, title, of)
	first, shown := f.visible(b)
	for k := range shown {
		y := b.y + 1 + k
		p := f.pairAt(first, shown, k)
		if p == border {
			f.ruled(sc, b, y, c.says())
			continue
		}
		if p.there < 0 {
			continue
		}
		if past := c.there.Events[p.there].At <= sc.Look.Now; past || sc.Look.Future {
			f.line(sc, c.there, p.there, box{b.x, y, b.w, 1}, false, !past)
		}
	}
}
