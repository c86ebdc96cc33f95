package learn

import (
	"math"
	"slices"

	"photofinish/report"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// curve shows how odds change with the gap before the last click, and lets one
// slide along it.
type curve struct {
	c    *report.Curves
	of   *reveal
	at   int // the place in c.X
	mine float64
}

func newCurve(c *report.Curves, of *reveal) *curve {
	p := &curve{c: c, of: of, at: c.AsItIs(), mine: -1}
	if of.q.Form == lesson.Number && !of.answer.Passed {
		p.mine = of.answer.Number / 100
	}
	return p
}

// leastShape is how far apart the ends of a curve must be to be worth a look.
const leastShape = 0.05

func hasShape(c *report.Curves) bool {
	if len(c.Curves) == 0 || len(c.X) < 2 || len(c.Curves[0].Bad) != len(c.X) {
		return false
	}
	bad := c.Curves[0].Bad
	return slices.Max(bad)-slices.Min(bad) >= leastShape
}

func (p *curve) keys(m *Model) []binding {
	slide := then1(func(k string) { p.at = min(max(p.at+strides[k], 0), len(p.c.X)-1) })
	return []binding{
		bind("← →", "move the click", slide, "left", "right", "shift+left", "shift+right"),
		m.goOn(),
		spreadKey(m),
	}
}

func (p *curve) draw(sc drawing) {
	x, bad := sc.left(), p.c.Curves[0].Bad
	sc.Put(x, 2, "If the last click came sooner, or later", bold)
	sc.Put(x, 3, ink.Cut(clean("up: how many of 100 end badly · right: "+p.c.XLabel), sc.W-x-1), dim)
	left, right, top, bottom := x+7, min(x+sc.room(), sc.W-2), 5, sc.H-6
	high := max(0.1, math.Ceil(slices.Max(bad)*10)/10)
	share := func(x float64) float64 { return (x - p.c.X[0]) / (p.c.X[len(p.c.X)-1] - p.c.X[0]) }
	px := func(i int) int { return 2*left + int(share(p.c.X[i])*float64(2*(right-left)-1)+0.5) }
	py := func(v float64) int { return 4*bottom + 3 - int(v/high*float64(4*(bottom-top)+3)+0.5) }
	for _, v := range []float64{0, high / 2, high} {
		sc.Right(left-1, py(v)/4, percent(v), faint)
		sc.Repeat(left, py(v)/4, right-left, '┈', ink.Style{FG: ink.Rule})
	}
	clip := ink.Box{X0: 2 * left, Y0: 4 * top, X1: 2*right - 1, Y1: 4*bottom + 3}
	for i := 1; i < len(bad); i++ {
		sc.Line(px(i-1), py(bad[i-1]), px(i), py(bad[i]), true, 1, 2, ink.Style{FG: ink.Wrong}, clip)
	}
	at := px(p.at) / 2
	for y := top; y <= bottom; y++ {
		sc.Under(at, y, '│', ink.Style{FG: ink.Accent})
	}
	sc.Put(at, py(bad[p.at])/4, "●", accent)
	for i, t := range p.c.Ticks {
		tx := left + int(share(t.X)*float64(right-left-1)+0.5)
		if text := clean(t.Text); i == 0 || tx+ink.Width(text) < right {
			sc.Put(tx, bottom+1, text, faint)
		}
	}
	text := " end badly when the gap is " + itoa(int(math.Round(p.c.X[p.at]))) + " ms."
	if math.Abs(p.c.X[p.at]-p.c.Now) >= 1 { // of fewer trials than the answer
		text = "About " + percent(bad[p.at]) + text
	} else if text = p.of.isSo() + text; p.mine >= 0 {
		text += " You said " + percent(p.mine) + "."
	}
	sc.Put(x, bottom+3, ink.Cut(text, sc.W-x-1), bold)
}

func percent(v float64) string { return itoa(int(math.Round(v*100))) + " %" }
