package svg

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
)

// rug is how high the strip is in which those lie whose costs are not compared.
const rug = 14

// Frontier draws what strategies cost over how safe they are.
func Frontier(f *report.Frontier) Chart {
	compared, others := f.Compared()
	right, top, safest := 0., 0., 0.
	for _, c := range f.Points {
		right = max(right, c.Bad)
	}
	var labels []label
	widest := 0.
	for _, c := range compared {
		top, safest = max(top, c.Cost), max(safest, c.Bad)
		if c.Labelled {
			l := label{name: tell.Fit(c.Strategy, 28) + " " + f.Kind.Figure(c.Cost), class: ink(c.Look)}
			if c.Best {
				l.class = "b " + l.class
			}
			widest = max(widest, wide(l.name))
			labels = append(labels, l)
		}
	}
	up := report.Ticks(max(top, 1e-9) * 1.1)
	right = upTo(right)
	p := &plot{x0: -right / 32, x1: right, y1: max(top*1.1, up[len(up)-1].X), right: chartWide - 16, foot: chartTop + chartHigh}
	if top == 0 {
		up, p.y1 = nil, 1
	}
	if p.x(safest)+leader+widest > chartWide {
		p.right = chartWide - leader - widest
	}
	p.head(f.Kind.Title(), f.Made.Says()[0])
	p.axes(percents(p.x1), up, rug, "share of trials that end wrong or stuck")
	if len(compared) == 0 {
		p.text((chartLeft+p.right)/2, (chartTop+p.foot)/2, "dim c", "none is safe: no cost is compared")
	}
	path, k := "", 0
	for _, c := range bySafety(compared) {
		if c.Best {
			path += map[bool]string{true: "M", false: "L"}[path == ""] + num(p.x(c.Bad)) + " " + num(p.y(c.Cost))
		}
	}
	fmt.Fprintf(p, `<path class="wait dim" d="%s"/>`, path)
	for _, labelled := range []bool{false, true} {
		for _, c := range compared {
			if c.Labelled != labelled {
				continue
			}
			if labelled {
				labels[k].x, labels[k].y = p.x(c.Bad), p.y(c.Cost)
				k++
			}
			p.point(f, c)
		}
	}
	p.labels(labels, p.x(safest)+leader)
	high := p.outside(others, len(compared)-len(labels))
	return Chart{p.String(), high, f.Made, summary(f), f.Kind.Title()}
}

// outside marks those whose costs are not compared, says below who they are, and how
// many of the compared have no name. It returns how high the chart is.
func (p *plot) outside(others []report.Point, unnamed int) (high float64) {
	for _, c := range others {
		fmt.Fprintf(p, `<path class="up faint" d="M%s %sv10"><title>%s</title></path>`, num(p.x(c.Bad)), num(p.foot+3), text(c.Outside()+"; its cost is not compared"))
	}
	high = p.foot + rug + 42
	lines := fitted(others, 3)
	if unnamed > 0 {
		lines = append([]string{fmt.Sprintf("%d more compared in grey", unnamed)}, lines...)
	}
	for _, line := range lines {
		p.text(0, high+12, "dim", line)
		high += row
	}
	return high
}

func bySafety(all []report.Point) []report.Point {
	return slices.SortedStableFunc(slices.Values(all), func(a, b report.Point) int { return cmp.Compare(a.Bad, b.Bad) })
}

// point marks a strategy whose costs are compared; hollow where an order can lose.
func (p *plot) point(f *report.Frontier, c report.Point) {
	class, hue := "tip", ink(c.Look)
	if !c.Labelled {
		hue = "faint"
	}
	if !c.State.Safe() {
		class = "tip hollow"
	}
	says := fmt.Sprintf("%s: %s wrong or stuck (%s), %s %s", c.Strategy, report.Percent(c.Bad), report.Interval(c.Low, c.High), f.Kind.Name, f.Kind.Figure(c.Cost))
	if c.CostLow < c.CostHigh {
		says += fmt.Sprintf(" (%s–%s)", strings.TrimSuffix(f.Kind.Figure(c.CostLow), " "+f.Kind.Unit), f.Kind.Figure(c.CostHigh))
	}
	if c.Best {
		says += "; on the frontier"
	}
	fmt.Fprintf(p, `<g class="%s"><title>%s</title>%s</g>`, hue, text(says), marker(c.Look.Shape, p.x(c.Bad), p.y(c.Cost), class))
}

// outside lists those whose costs are not compared, the first n.
func outside(others []report.Point, n int) (words []string) {
	for i, c := range others[:n] {
		says := c.Outside()
		if i < n-1 {
			says += ","
		}
		words = append(words, says)
	}
	if more := len(others) - n; more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	if words != nil {
		words[0] = "not compared: " + words[0]
	}
	return words
}

// fitted lists as many of them as there is room for in so many lines.
func fitted(others []report.Point, most int) (lines []string) {
	for n := len(others); n > 0; n-- {
		if lines = wrapped(outside(others, n), columns); len(lines) <= most {
			break
		}
	}
	return lines
}

// summary says what a frontier shows.
func summary(f *report.Frontier) string {
	compared, others := f.Compared()
	var list []string
	for _, c := range compared {
		says := c.Strategy + " " + f.Kind.Figure(c.Cost)
		if c.Best {
			says += " (the frontier)"
		}
		list = append(list, says)
	}
	if others != nil {
		list = append(list, strings.Join(outside(others, len(others)), " "))
	}
	return strings.Join(list, ", ")
}

// leader is how long the line from a point to its label is.
const leader = 22

// label names a point that lies at x and y.
type label struct {
	x, y        float64
	name, class string
}

// labels writes labels at x, one below the other, each with a line from its point.
func (p *plot) labels(all []label, x float64) {
	for i, y := range apart(all, chartTop, p.foot-row/2) {
		l := &all[i]
		hue := l.class[strings.LastIndex(l.class, " ")+1:]
		fmt.Fprintf(p, `<path class="lead %s" d="M%s %sL%s %s"/>`, hue, num(l.x+6), num(l.y), num(x-3), num(y))
		p.text(x, y+4, l.class+" halo", l.name)
	}
}

// apart returns the height of each label, between top and foot, so that none lies on
// another: those that meet are spread about where they all would be.
func apart(all []label, top, foot float64) []float64 {
	order, at := make([]int, len(all)), make([]float64, len(all))
	for i := range all {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[a].y, all[b].y) })
	type block struct{ first, n, middle float64 } // of neighbours, in order
	var blocks []block
	for k, i := range order {
		b := block{float64(k), 1, all[i].y}
		for len(blocks) > 0 {
			above := blocks[len(blocks)-1]
			if b.middle-above.middle >= row*(b.n+above.n)/2 {
				break
			}
			n := above.n + b.n
			b = block{above.first, n, (float64(above.n*above.middle) + float64(b.n*b.middle)) / n}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	for _, b := range blocks {
		for k := range int(b.n) {
			at[order[int(b.first)+k]] = b.middle + float64(row*(float64(k)-(b.n-1)/2))
		}
	}
	for k, i := range order {
		at[i] = max(at[i], top+row*float64(k))
	}
	for k, i := range slices.Backward(order) {
		at[i] = min(at[i], foot-row*float64(len(order)-1-k))
	}
	return at
}
