package focus

import (
	"slices"
	"strings"
	"time"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/strategies"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/race"
)

// Draw draws the lane, and the panels below it.
func (f *Focus) Draw(sc page.Screen) {
	if f.lane != f.Lane() { // whoever brought us here has not said so
		f.lane = nil
		f.Follow()
	}
	r := focusRowsFor(sc.W, sc.H, f.FootRows(), f.compared.rows != nil)
	f.hit = focusHits{from: r.hands, to: r.sentence - 1}
	f.Hit.Above, f.Hit.Below = r.hands, r.sentence
	f.header(sc)
	st := f.lane.Upto(f.at)
	f.diagram(sc, r, st)
	f.sentence(sc, r, st)
	panels := f.panels(sc.W)
	for i, b := range placePanels(panels, sc.W, r.heads, r.end-r.heads) {
		switch panels[i] {
		case logPanel:
			f.log(sc, b)
		case otherPanel:
			f.otherLog(sc, b)
		case statesPanel:
			f.states(sc, b, st)
		case sourcePanel:
			f.source(sc, b)
		}
	}
	sc.Footer(f.foot())
}

// header is the first line, in which the lane's name comes before the
// scenario's title where there is no room for both.
func (f *Focus) header(sc page.Screen) {
	name, luck := f.lane.Name, f.Session.Luck()
	if sc.W < 76 {
		sc.Headed(name, luck)
		return
	}
	sc.Headed(f.Session.Title(), name+" · "+ink.Printable(f.Session.NetworkText(), 70)+" · "+luck, name+" · "+luck, name)
}

// head writes the heading of a panel, and a line up to its end.
func head(sc page.Screen, b box, text string, of ink.Colour) {
	x := sc.Put(b.x, b.y, ink.Cut(text, b.w), ink.Style{FG: of})
	sc.Repeat(x+1, b.y, b.x+b.w-x-1, '─', ink.Style{FG: ink.Rule})
}

// diagram draws the lane, its hands and ticks above it, and beside it what is
// known of its chances.
func (f *Focus) diagram(sc page.Screen, r focusRows, st diagram.Standing) {
	left, right := 10, 22
	if sc.W >= page.WideWidth {
		right = 29
	} else if sc.W < page.MidWidth {
		right = 21
	}
	ax := race.Axis{Origin: left, Cells: sc.W - left - right, End: f.end(sc), Per: 2}
	f.Hit.Axis = ax
	sc.DrawHands(ax, r.hands)
	sc.Wipe(0, r.hands, left-1, 1, ink.Plain)
	sc.Right(left-1, r.hands, "you", ink.Style{FG: ink.Dim})
	x, label := ax.Last()+1, ink.Style{FG: ink.Dim}
	exact := *f.lane // of several events of this instant, only those up to the selected one
	exact.Rails = upto(f.lane.Rails, f.at)
	if name := sc.FieldInView(); name != "" {
		sc.Put(x+2, r.hands, ink.Cut(name+"now", right-4), label)
	}
	if r.braille == 0 {
		look := sc.Look
		if t := &f.lane.Turning; t.Known && !st.Open { // there is no row for words
			look.Event = f.lane.Shows(t.Decided) + 1
		}
		race.ServerLine(sc.Canvas, f.lane, ax, look, r.top)
		sc.Right(left-1, r.top, "server", label)
		sc.Value(&exact, exact.Server(), x+2, r.top, right-4)
		sc.Agreement(&exact, x, r.top)
		f.there(sc, ax, r)
		sc.Cursor(ax, r.top, max(r.top, r.there))
		return
	}
	look := sc.Look
	look.Apart = true
	s := race.Strip{Canvas: sc.Canvas, Lane: f.lane, Axis: ax, Look: look, Wait: r.top, Top: r.top + 1, Bottom: r.top + 2 + r.braille}
	s.Draw()
	if f.lane.Waiting || f.lane.Failed != "" {
		sc.Fade(ax.Origin, s.Wait, ax.Cells, s.Bottom-s.Wait+1)
	}
	sc.Right(left-1, s.Top, "screen", label)
	sc.Right(left-1, s.Bottom, "server", label)
	sc.Value(&exact, exact.Screen(), x+2, s.Top, right-4)
	sc.Value(&exact, exact.Server(), x+2, s.Bottom, right-4)
	sc.Agreement(&exact, x, s.Bottom)
	f.marks(sc, ax, r.marks)
	f.chances(sc, x, s.Top+1, s.Bottom, right-1, st)
	f.there(sc, ax, r)
	sc.Cursor(ax, s.Wait, max(s.Bottom, r.there))
}

// upto returns what the rails have held up to event i.
func upto(rails []diagram.Rail, i int) []diagram.Rail {
	rails = slices.Clone(rails)
	for k := range rails {
		if n := slices.IndexFunc(rails[k].Holds, func(h diagram.Hold) bool { return h.Event > i }); n >= 0 {
			rails[k].Holds = rails[k].Holds[:n]
		}
	}
	return rails
}

// chances writes odds and orders, and below them the first runs, one by one; where
// rows are few, verdict, odds with their interval, and orders, the most telling ones.
func (f *Focus) chances(sc page.Screen, x, y, end, room int, st diagram.Standing) {
	if f.runs(sc, x, y, end, room) {
		return
	}
	if end-y > 5 {
		y++
	}
	of := ink.Style{FG: frame.Colour(st), Bold: !st.Open}
	word := "in flight"
	if !st.Open {
		word = st.Verdict.String()
	}
	sc.Put(sc.Verdict(x-1, y, st)+1, y, word, of)
	if end-y > 5 {
		y++
	}
	y++
	o, known := f.Odds(f.lane.Name)
	switch {
	case y+2 < end: // a row for the interval
		sc.OddsLine(f.lane.Name, x, y, min(room-12, 8))
		if known {
			y++
			sc.Put(x+2, y, ink.Cut(f.interval(o, room-2), room-2), ink.Style{FG: ink.Faint})
		}
	case y < end:
		sc.OddsLine(f.lane.Name, x, y, 0)
		if known {
			in := 3 + max(ink.Width(page.Bad(o)), 4)
			sc.Put(x+in, y, ink.Cut(page.Interval(o), room-in), ink.Style{FG: ink.Faint})
		}
	}
	if y++; y < end {
		sc.OrdersLine(f.lane.Name, x, y, room)
	}
}

// interval writes that of the odds of the lane, and of how many runs, if there is
// room and they are fewer than others have.
func (f *Focus) interval(o report.Odds, room int) string {
	text, of := page.Interval(o), f.Of(o, f.lane.Name)
	if of == "" {
		return text + " of runs"
	}
	for _, more := range []string{text + " " + of + " runs", text + " " + of} {
		if ink.Width(more) <= room {
			return more
		}
	}
	return text
}

// end returns the end of the axis: that of the lane, and of the one that it is
// compared with, not of all.
func (f *Focus) end(sc page.Screen) time.Duration {
	t := max(f.lane.Settled, sc.Look.Now)
	if f.compared.rows != nil {
		t = max(t, f.compared.there.Settled)
	}
	return diagram.EndOfAxis(t)
}

// there draws what the server holds in the lane that this one is compared
// with, and marks from where on they differ: a thin line across both.
func (f *Focus) there(sc page.Screen, ax race.Axis, r focusRows) {
	if r.there == 0 {
		return
	}
	l := f.compared.there
	race.ServerLine(sc.Canvas, l, ax, sc.Look, r.there)
	sc.Right(ax.Origin-1, r.there, "there", ink.Style{FG: ink.Dim})
	sc.Value(l, l.Server(), ax.Last()+3, r.there, sc.W-ax.Last()-5)
	sc.Agreement(l, ax.Last()+1, r.there)
	x := ax.Cell(f.compared.from)
	if !f.compared.differ || x < ax.Origin || x >= ax.Last() {
		return
	}
	for y := r.top; y < r.there; y++ {
		sc.Under(x, y, '┊', ink.Style{FG: ink.Dim})
	}
}

// sentence says what has been proved by the selected event, and in its last row what
// decided it, and how little would have turned it.
func (f *Focus) sentence(sc page.Screen, r focusRows, st diagram.Standing) {
	of, in, x, y := frame.Colour(st), 6, 0, r.sentence
	if st.Open {
		sc.Put(3, y, st.Mark(), ink.Style{FG: of, Bold: true})
		x = sc.Put(in, y, st.Kind, ink.Style{FG: of}) + 2
		x, y = flow(sc, x, y, in, r.text, ink.Printable(f.lane.Rule, 200), ink.Style{FG: ink.Dim})
	} else {
		sc.Chip(2, y, " "+st.Mark()+" ", of, false)
		x, y = flow(sc, in, y, in, r.text, ink.Printable(st.Says, 300), ink.Style{FG: ink.Text, Bold: true})
		if x+2+ink.Width(st.Kind) < sc.W && !strings.HasPrefix(st.Kind, "ok") {
			x = sc.Put(x+1, y, st.Kind, ink.Style{FG: of}) + 1
		}
	}
	if y < r.says {
		x, y = in, y+1
	}
	says := f.decidedBy(st)
	if own := f.Own(f.lane.Name); own != nil && !st.Open {
		says = []string{f.ofOwn(own)}
	}
	for _, text := range says {
		if x+ink.Width(text) < sc.W || len(says) == 1 {
			sc.Put(x, y, ink.Cut(text, sc.W-x-1), ink.Style{FG: ink.Dim})
			break
		}
	}
}

// ofOwn says of the user's own client what went wrong elsewhere, and what it ran on.
func (f *Focus) ofOwn(own *strategies.Own) string {
	text := ""
	if why := f.Trouble(f.lane.Name); why != "" && why != f.lane.Failed {
		text = "It failed " + why + ". "
	}
	if ran := report.Ran(own); ran != "" {
		text += "It ran on " + ran + "."
	}
	return ink.Printable(text, 400)
}

// flow writes words along a row and, as far as the row end, on the ones below, where
// they begin at column in. It returns where the next word goes.
func flow(sc page.Screen, x, y, in, end int, text string, s ink.Style) (int, int) {
	for word := range strings.FieldsSeq(text) {
		if x+ink.Width(word) >= sc.W {
			if y == end {
				sc.Put(min(x, sc.W-2), y, "…", s)
				return sc.W, y
			}
			x, y = in, y+1
		}
		x = sc.Put(x, y, ink.Cut(word, sc.W-x-1), s) + 1
	}
	return x, y
}

func (f *Focus) foot() frame.Foot {
	panels, hint := []frame.Hint(nil), f.HintText()
	if f.Width < page.MidWidth {
		panels, hint = f.HintAs("tab", f.nextPanel()), strings.TrimPrefix(hint, "try ")
	}
	walk := "another run"
	if f.OpenRun() > 0 {
		walk = "next, previous run"
	}
	foot := frame.Foot{Keys: slices.Concat(f.Hints("esc", ","), panels, f.HintAs("a", hint), f.HintAs("r", walk), f.Hints("="))}
	switch {
	case f.Session.Picked.Action != 0 && f.Session.Action() != nil:
		foot = f.Sentence()
	case f.Did != "":
		foot.Says = f.Sentence().Says
	}
	foot.More = f.Hints("up", "left")
	if pin := f.Hints("+"); len(pin) > 0 {
		leg := f.Session.Picked
		if leg.Action == 0 {
			leg = f.leg()
		}
		foot.More = append(foot.More, f.HintAs("+", f.LegText(leg))...)
	}
	foot.More = append(foot.More, f.Hints("tab", "F", "g", "[", "m", "n", "b", "o", "N", "L", "y", "s", "z", ":", "q")...)
	return foot
}
