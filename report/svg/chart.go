package svg

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"photofinish/report"
)

// The measures of a chart.
const (
	chartWide  = 560
	chartHigh  = 268
	chartLeft  = 46
	chartRight = 130 // for the names at the end of the curves
	chartTop   = 30
	chartLow   = 38
)

// plot is where a chart's points are.
type plot struct {
	strings.Builder
	x0, x1, y0, y1 float64 // what the axes go from and to
}

func (p *plot) x(x float64) float64 {
	return chartLeft + (x-p.x0)/(p.x1-p.x0)*(chartWide-chartLeft-chartRight)
}

func (p *plot) y(y float64) float64 {
	return chartHigh - chartLow - (y-p.y0)/(p.y1-p.y0)*(chartHigh-chartLow-chartTop)
}

func (p *plot) text(x, y float64, class, words string) {
	fmt.Fprintf(p, `<text class="%s" x="%s" y="%s">%s</text>`, class, num(x), num(y), text(words))
}

// open begins a chart, with its frame and what stands at the axes.
func (p *plot) open(label string, ticks, shares []report.Tick, below string) {
	fmt.Fprintf(p, `<svg class="pf" viewBox="0 0 %d %d" width="%d" height="%d" role="group" aria-label="%s">`, chartWide, chartHigh, chartWide, chartHigh, text(label))
	for _, t := range shares {
		fmt.Fprintf(p, `<line class="tick rule" x1="%d" y1="%s" x2="%s" y2="%s"/>`, chartLeft, num(p.y(t.X)), num(p.x(p.x1)), num(p.y(t.X)))
		p.text(chartLeft-6, p.y(t.X)+4, "faint e", t.Text)
	}
	for _, t := range ticks {
		fmt.Fprintf(p, `<line class="tick rule" x1="%s" y1="%s" x2="%s" y2="%s"/>`, num(p.x(t.X)), num(p.y(p.y0)), num(p.x(t.X)), num(p.y(p.y0)+4))
		p.text(p.x(t.X), p.y(p.y0)+17, "faint c", t.Text)
	}
	p.text((p.x(p.x0)+p.x(p.x1))/2, chartHigh-5, "dim c", below)
}

// percents marks quarters of an axis of shares, which ends at top, at most 1.
func percents(top float64) (out []report.Tick) {
	for i := range 5 {
		share := top * float64(i) / 4
		out = append(out, report.Tick{X: share, Text: fmt.Sprintf("%g %%", math.Round(share*1000)/10)})
	}
	return out
}

// Curves draws odds along something that is varied. Curves that run on top of
// each other share a name.
func Curves(c *report.Curves) string {
	top := 0.04
	for _, curve := range c.Curves {
		top = max(top, slices.Max(curve.Bad))
	}
	top = math.Min(1, math.Ceil(top*12.5)/12.5)
	p := &plot{x0: c.X[0], x1: c.X[len(c.X)-1], y1: top}
	p.open(c.Title, c.Ticks, percents(top), c.XLabel)
	if c.Now >= p.x0 && c.Now <= p.x1 {
		fmt.Fprintf(p, `<line class="wait dim" x1="%s" y1="%d" x2="%s" y2="%s"/>`, num(p.x(c.Now)), chartTop, num(p.x(c.Now)), num(p.y(0)))
		p.text(p.x(c.Now)+4, chartTop+6, "dim halo", "as it is")
	}
	for i, group := range groups(c) {
		p.curve(c, group, i)
	}
	p.text(chartLeft, chartTop-12, "dim", strings.Join(append([]string{c.Title}, c.Notes()...), "; "))
	p.names(c)
	p.WriteString("</svg>")
	return p.String()
}

// groups puts curves together that are the same.
func groups(c *report.Curves) (out [][]int) {
	for i := range c.Curves {
		at := slices.IndexFunc(out, func(g []int) bool { return same(c.Curves[g[0]].Bad, c.Curves[i].Bad) })
		if at < 0 {
			at, out = len(out), append(out, nil)
		}
		out[at] = append(out[at], i)
	}
	return out
}

func same(a, b []float64) bool {
	for i := range a {
		if math.Abs(a[i]-b[i]) > 0.002 {
			return false
		}
	}
	return true
}

// dashes tell curves apart without colour.
var dashes = []string{"", "7 3", "2 3", "9 3 2 3", "4 2", "1 4"}

// curve draws a curve with its interval.
func (p *plot) curve(c *report.Curves, group []int, i int) {
	curve := c.Curves[group[0]]
	var band, line strings.Builder
	for k, x := range c.X {
		fmt.Fprintf(&line, "%s%s %s", map[bool]string{true: "M", false: "L"}[k == 0], num(p.x(x)), num(p.y(curve.Bad[k])))
		fmt.Fprintf(&band, "%s%s %s", map[bool]string{true: "M", false: "L"}[k == 0], num(p.x(x)), num(p.y(math.Min(curve.High[k], p.y1))))
	}
	for k := len(c.X) - 1; k >= 0; k-- {
		fmt.Fprintf(&band, "L%s %s", num(p.x(c.X[k])), num(p.y(curve.Low[k])))
	}
	fmt.Fprintf(p, `<g class="%s"><title>%s</title><path class="band" d="%sZ"/><path class="up" stroke-dasharray="%s" d="%s"/></g>`,
		hue(i+1), text(names(c, group)), band.String(), dashes[i%len(dashes)], line.String())
}

func names(c *report.Curves, group []int) string {
	var list []string
	for _, k := range group {
		list = append(list, c.Curves[k].Strategy)
	}
	return strings.Join(list, ", ")
}

// names writes the names at the ends of the curves, one below the other where
// the ends meet.
func (p *plot) names(c *report.Curves) {
	var at []label
	for i, group := range groups(c) {
		end := c.Curves[group[0]].Bad[len(c.X)-1]
		for k, member := range group {
			at = append(at, label{p.y(end) + float64(k)*0.01, c.Curves[member].Strategy, hue(i + 1)})
		}
	}
	for _, l := range apart(at) {
		p.text(p.x(p.x1)+7, l.y+4, "b "+l.class, l.name)
	}
}

// label is a name beside a point.
type label struct {
	y           float64
	name, class string
}

// apart moves labels down, and the last ones up again, until none stands on
// another. Their order in the list stays.
func apart(all []label) []label {
	const high = 14
	order := make([]*label, len(all))
	for i := range all {
		order[i] = &all[i]
	}
	slices.SortStableFunc(order, func(a, b *label) int { return cmp.Compare(a.y, b.y) })
	for i := 1; i < len(order); i++ {
		order[i].y = math.Max(order[i].y, order[i-1].y+high)
	}
	floor := float64(chartHigh - chartLow)
	for i := len(order) - 1; i >= 0; i-- {
		order[i].y = math.Min(order[i].y, floor)
		floor = order[i].y - high
	}
	return all
}

// Costs draws what strategies cost over how safe they are, with the frontier:
// those that nobody beats in both.
func Costs(costs []report.Cost, kind report.CostKind) string {
	what, of := kind.Name, kind.Of
	right, top := 0.04, 1.
	for _, c := range costs {
		right, top = math.Max(right, c.Bad), math.Max(top, of(c))
	}
	right = math.Min(1, math.Ceil(right*12.5)/12.5)
	up := report.Ticks(top * 1.1)
	p := &plot{x1: right, y1: math.Max(top*1.1, up[len(up)-1].X)}
	p.open(what+" over odds", percents(right), up, "wrong or stuck; down and left is better")
	p.text(chartLeft, chartTop-12, "dim", what+" over odds")
	var at []label
	path := ""
	for i, c := range costs {
		x, y := p.x(c.Bad), p.y(of(c))
		best := kind.Frontier(costs, c)
		if best {
			path += map[bool]string{true: "M", false: "L"}[path == ""] + num(x) + " " + num(y)
		}
		class := map[bool]string{true: "tip", false: "tip hollow"}[best]
		fmt.Fprintf(p, `<g class="%s"><title>%s</title><path class="%s" d="M%s %sa4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z"/></g>`, hue(i+1),
			text(fmt.Sprintf("%s: %s wrong or stuck, %s %.3g", c.Strategy, report.Percent(c.Bad), what, of(c))), class, num(x-4.5), num(y))
		at = append(at, label{y, c.Strategy, hue(i + 1)})
	}
	fmt.Fprintf(p, `<path class="wait dim" d="%s"/>`, path)
	for i, l := range apart(at) {
		x := p.x(costs[i].Bad) + 8
		p.text(math.Min(x, p.x(p.x1)+7), l.y+4, "b "+l.class+" halo", l.name)
	}
	p.WriteString("</svg>")
	return p.String()
}

// WriteChart writes charts as an SVG file, one below the other.
func WriteChart(w io.Writer, charts ...string) error {
	var b strings.Builder
	for i, c := range charts {
		fmt.Fprintf(&b, `<g transform="translate(0 %d)">%s</g>`+"\n", i*chartHigh, c)
	}
	return writeFile(w, "", chartWide, float64(chartHigh*len(charts)), b.String())
}
