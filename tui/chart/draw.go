package chart

import (
	"slices"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/race"
)

// sheet is where the parts of the chart stand in a window.
type sheet struct {
	ax        race.Axis
	x0        int // the first column of the plot: that of the pair's first click
	hands     int // the row of the user's actions; the axis is below
	top, rows int // of the plot
	margin    int // columns right of the axis
	names     bool
	summary   int // the row of the shares at the gap
	entries   []string
	lines     int // of the summary
	says      int // the row of the sentences
	room      int // for how many lines of them
}

// sheet divides the window up: what is below the plot takes what it needs,
// the plot the rest.
func (c *Chart) sheet() sheet {
	left, right, foot := 12, 1, c.FootRows()
	sh := sheet{hands: 1}
	switch {
	case c.Width >= page.WideWidth:
		left, right = 27, 29
	case c.Width >= page.MidWidth:
		left, right = 22, 20
	case c.Width >= 72:
		left, right = 18, 2
	}
	sh.ax = race.Axis{Origin: left, Cells: max(c.Width-left-right, 1), End: max(c.end, 1), Per: 2}
	sh.margin, sh.names = right, c.Width >= page.MidWidth && c.Height >= 30
	first, _ := c.clicks()
	sh.x0 = min(sh.ax.Cell(first), sh.ax.Last()-1)
	sh.entries, sh.lines = c.entries(c.Width, max(c.Height/8, 3))
	end := c.Height - foot
	switch {
	case c.Height >= 34:
		sh.hands, sh.room = 2, 3
		sh.says = end - 1 - sh.room
		sh.summary = sh.says - 1 - sh.lines
		sh.top = sh.hands + 3
		sh.rows = sh.summary - 2 - sh.top
	case c.Height >= 20:
		sh.room = 2
		sh.says = end - sh.room
		sh.summary = sh.says - sh.lines
		sh.top = sh.hands + 2
		sh.rows = sh.summary - 1 - sh.top
	default:
		sh.says, sh.summary = end, end-sh.lines
		sh.top = sh.hands + 2
		sh.rows = sh.summary - sh.top
		if c.log {
			sh.rows--
		}
	}
	sh.rows = max(sh.rows, 1)
	return sh
}

// entries returns the names of the lanes as the summary has them, shortened
// where that saves a line of it, and how many lines they take.
func (c *Chart) entries(w, most int) (names []string, lines int) {
	const head, value = len("u3 is 1000 ms after u2:"), len(" 100 %")
	count := func(names []string) int {
		x, n := head+2, 1
		for _, name := range names {
			if more := ink.Width(name) + value; x+2+more > w-1 && x > 2 {
				x, n = 2+more, n+1
			} else {
				x += 2 + more
			}
		}
		return n
	}
	short := c.shortNames()
	for i := range short { // whichever lane comes into view, it has its whole name
		whole := slices.Clone(short)
		whole[i] = c.names[i]
		lines = max(lines, count(whole))
	}
	names = slices.Clone(c.names)
	for count(names) > lines {
		longest := -1
		for i := range names {
			if names[i] != short[i] && (longest < 0 || len(names[i]) > len(names[longest])) {
				longest = i
			}
		}
		if longest < 0 {
			break
		}
		names[longest] = short[longest]
	}
	return names, min(lines, most)
}

// shortNames returns the first word of each strategy's name where no other
// begins with it.
func (c *Chart) shortNames() []string {
	short := make([]string, len(c.names))
	for i, name := range c.names {
		short[i] = name
		word, _, _ := strings.Cut(name, "-")
		alone := !strings.Contains(name, "+") && len(word) > 2
		for j, other := range c.names {
			alone = alone && (i == j || !strings.HasPrefix(other, word))
		}
		if alone {
			short[i] = word
		}
	}
	return short
}

// lastLabel returns the greatest gap that has its number on the axis.
func (sh sheet) lastLabel(first time.Duration) (gap time.Duration) {
	step := sh.ax.Tick(7)
	for i := 0; ; i += 2 {
		g := time.Duration(i) * step
		if x := sh.ax.Cell(first + g); x+ink.Width(tell.Rounded(g)) > sh.ax.Last() {
			return gap
		}
		gap = g
	}
}

// Draw draws the curves, and what they say of the gap that there is.
func (c *Chart) Draw(sc page.Screen) {
	if text := c.counting(); text != "" {
		sc.Headed(c.Session.Title(), text, "counting")
	} else {
		sc.Head()
	}
	if c.second == 0 || c.second > len(c.Session.Script.Actions) {
		sc.Put(4, 3, ink.Cut("A gap needs two clicks: c u d p f add one at the cursor.", sc.W-4), ink.Style{FG: ink.Text, Bold: true})
		sc.Footer(c.foot())
		return
	}
	sh := c.sheet()
	c.plotOn(sh)
	sc.Look.Future = true // the clicks of a chart are not yet to come
	sc.DrawHands(sh.ax, sh.hands)
	c.drawAxis(sc, sh)
	c.drawCurves(sc, sh)
	c.drawGap(sc, sh)
	c.drawGrid(sc, sh)
	c.drawSummary(sc, sh)
	for i, line := range c.says(sh, sc.W-4, sh.room) {
		sc.Put(2, sh.says+i, line, ink.Style{FG: ink.Dim})
	}
	sc.Footer(c.foot())
}

// drawAxis puts the axis of the gaps in the place of the axis of time.
func (c *Chart) drawAxis(sc page.Screen, sh sheet) {
	y, s := sh.hands+1, c.Session.Script
	first, _ := c.clicks()
	a, b := s.Action(c.second-1).Label(), s.Action(c.second).Label()
	sc.Wipe(0, y, sc.W, 1, ink.Plain)
	sc.Repeat(sh.x0, y, sh.ax.Last()-sh.x0, '─', ink.Style{FG: ink.Rule})
	step := sh.ax.Tick(7)
	for i := 0; ; i++ {
		g := time.Duration(i) * step
		x, text, of := sh.ax.Cell(first+g), "┬", ink.Style{FG: ink.Faint}
		if i%2 == 0 {
			text, of.FG = tell.Rounded(g), ink.Dim
		}
		if x+ink.Width(text) > sh.ax.Last() {
			break
		}
		sc.Put(x, y, text, of)
	}
	for _, text := range []string{"gap after " + a + ", ms", "gap, ms"} {
		if ink.Width(text) <= sh.x0-2 {
			sc.Right(sh.x0-2, y, text, ink.Style{FG: ink.Dim})
			break
		}
	}
	if text := "if " + b + " came then"; ink.Width(text)+2 <= sh.margin {
		sc.Put(sh.ax.Last()+2, y, text, ink.Style{FG: ink.Dim})
	}
	c.Hit.Axis = sh.ax
	for j := range sh.rows { // the plot is a handle of the second click
		c.Hit.Chips = append(c.Hit.Chips, frame.Chip{X: sh.x0, Y: sh.top + j, W: sh.ax.Last() - sh.x0, Action: c.second})
	}
}

// drawCurves copies the plot, with the names.
func (c *Chart) drawCurves(sc page.Screen, sh sheet) {
	for _, cell := range c.plot.cells {
		prio, s := c.pen(cell.lane, c.Session.Lane)
		sc.Braille(sh.x0+cell.x, sh.top+cell.y, cell.braille, prio, s)
	}
	for _, t := range c.plot.tags {
		for i, line := range t.lines {
			x := t.x
			for _, word := range strings.SplitAfter(line, " ") {
				s := ink.Style{FG: ink.Dim}
				if strings.Trim(word, ",: ") == c.names[c.Session.Lane] {
					s = ink.Style{FG: ink.Accent, Bold: true}
				}
				x = sc.Put(x, t.y+i, word, s)
			}
		}
	}
}

// drawGap draws the line of the gap under the second click, and where the
// curves meet it.
func (c *Chart) drawGap(sc page.Screen, sh sheet) {
	_, second := c.clicks()
	x := sh.ax.Cell(second)
	if x >= sh.ax.Last() {
		return
	}
	bottom := min(sh.top+sh.rows, sh.summary-1)
	for y := sh.hands + 2; y <= bottom; y++ {
		sc.Under(x, y, '│', ink.Style{FG: ink.Accent})
	}
	mark := ink.Style{FG: ink.Accent, Bold: true}
	for i := range c.curves {
		share, ok := c.shareNow(i)
		if !ok {
			continue
		}
		if _, on := c.onScale(share); !on {
			sc.Put(x, bottom, "▼", mark)
			continue
		}
		sc.Put(x, sh.top+c.row(share), "●", mark)
	}
}

// shareNow returns the share of bad runs of a lane at the gap: that of the
// lanes, if it is known, or else that of the curve.
func (c *Chart) shareNow(lane int) (float64, bool) {
	if o, ok := c.Odds(c.names[lane]); ok {
		return o.Share(o.Bad()), true
	}
	first, second := c.clicks()
	return c.curves[lane].at(second-first, c.step)
}

// drawGrid draws lines across the plot wherever there is nothing, and what
// they stand for.
func (c *Chart) drawGrid(sc page.Screen, sh sheet) {
	at := c.gridAt()
	if sh.rows < 7 {
		at = []float64{at[0], at[len(at)-1]}
	}
	taken := map[int]bool{}
	for i, share := range at {
		y, r := sh.top+c.row(share), '┈'
		if i == 0 || i == len(at)-1 {
			r = '─'
		}
		text := page.Percent(share)
		if share < 0.01 && share > 0 {
			text = "0.1 %"
		}
		sc.Right(sh.x0-2, y, text, ink.Style{FG: ink.Dim})
		taken[y] = true
		for x := sh.x0; x < sh.ax.Last(); x++ {
			sc.Under(x, y, r, ink.Style{FG: ink.Rule})
		}
	}
	if c.log {
		sc.Right(sh.x0-2, sh.top+sh.rows, "0 is below", ink.Style{FG: ink.Dim})
	}
	label := c.Session.Script.Action(c.second).Label()
	aside := func(y int, s ink.Style, lines ...string) {
		for i, line := range lines {
			if taken[y+i] || y+i >= sh.top+sh.rows || 2+ink.Width(line) > sh.x0-1 {
				return
			}
		}
		for i, line := range lines {
			sc.Put(2, y+i, line, s)
		}
	}
	bad := []string{"runs that", "end " + c.badly(-1)}
	if len(bad[1]) > 12 {
		bad = []string{"runs that", "end wrong", "or stuck"}
	}
	aside(sh.top+2, ink.Style{FG: ink.Text, Bold: true}, bad...)
	aside(sh.top+c.row(at[1])+2, ink.Style{FG: ink.Dim}, "move "+label+" and", "the line goes", "with it")
}

func (c *Chart) drawSummary(sc page.Screen, sh sheet) {
	first, second := c.clicks()
	s := c.Session.Script
	head := s.Action(c.second).Label() + " is " + tell.Rounded(second-first) + " ms after " + s.Action(c.second-1).Label() + ":"
	y := sh.summary
	x := sc.Put(2, y, head, ink.Style{FG: ink.Text, Bold: true})
	for i := range c.names {
		lane, name := i, sh.entries[i]
		if lane == c.Session.Lane {
			name = c.names[lane]
		}
		text := "…"
		if share, ok := c.shareNow(lane); ok {
			text = page.Percent(share)
		}
		if n := ink.Width(name) + 1 + ink.Width(text); x+2+n > sc.W-1 && x > 2 {
			if x, y = 0, y+1; y >= sh.summary+sh.lines {
				return
			}
		}
		of := ink.Style{FG: ink.Dim}
		if lane == c.Session.Lane {
			of = ink.Style{FG: ink.Accent, Bold: true}
		}
		x = sc.Put(x+2, y, ink.Cut(name, sc.W-8), of)
		x = sc.Put(x+1, y, text, ink.Style{FG: ink.Text, Bold: true})
	}
}

func (c *Chart) foot() frame.Foot {
	if c.second == 0 || c.second > len(c.Session.Script.Actions) {
		return frame.Foot{Keys: c.Hints("o", "z", "q")}
	}
	scale := frame.Key("l", "log scale")
	if c.log {
		scale.What = "even scale"
	}
	back := c.Hints("o")
	for i := range back {
		back[i].What = "lanes"
	}
	move := frame.Keys("[ ]", "move "+c.Session.Script.Action(c.second).Label()+" 10 ms")
	return frame.Foot{
		Keys: slices.Concat(move, back, c.Hints("{", "tab", "up"), []frame.Hint{scale}),
		More: c.Hints("(", "N", "r", "L", "enter", "n", "b", "z", "s", "q"),
	}
}
