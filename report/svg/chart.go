package svg

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
)

// The measures of a chart, in the units of its view box. It is as wide as a phone, so
// that its type is not made smaller there.
const (
	chartWide = 380
	chartHigh = 176 // from the axis to the top, if labels need no more
	chartTop  = 58
	chartLeft = 46
	row       = 16 // from a line of type to the next
	columns   = 52 // of type
)

// Chart is a drawing of figures, for a page or for a file.
type Chart struct {
	body string
	high float64
	made report.Made
	says string // what a reader hears who does not see it
	name string
}

// String returns the chart as an element of a page, which says itself how it was made.
func (c Chart) String() string {
	return c.element(strings.Join(append(c.made.Says(), c.says, "drawn by "+c.made.Command), "; "))
}

func (c Chart) element(desc string) string {
	title := "<title>" + text(c.made.Scenario+": "+c.name) + "</title><desc>" + text(desc) + "</desc>"
	return element(chartWide, c.high, "", title+c.body)
}

// plot is where a chart's points are: what the axes go from and to, and where they lie.
type plot struct {
	pen
	x0, x1, y1  float64
	right, foot float64
}

// An explicit float64 around a product forbids to fuse it with the sum, which some
// machines would do and round differently.
func (p *plot) x(x float64) float64 {
	return chartLeft + float64((x-p.x0)/(p.x1-p.x0)*(p.right-chartLeft))
}
func (p *plot) y(y float64) float64 { return p.foot - float64(y/p.y1*(p.foot-chartTop)) }

// head writes what stands above a chart.
func (p *plot) head(title, below string) {
	p.text(0, 12, "text b", tell.Fit(title, columns))
	p.text(0, 28, "dim", tell.Fit(below, columns))
}

// axes draws the frame. What stands below the axis begins so far below it.
func (p *plot) axes(x, y []report.Tick, below float64, label string) {
	const room = chartLeft - 8 // left of the axis
	long := slices.ContainsFunc(y, func(t report.Tick) bool { return t.X >= 1000 && wide(t.Text) > room })
	for _, t := range y {
		if long {
			t.Text = tell.Short(int64(t.X))
		}
		p.line("tick rule", chartLeft, p.y(t.X), p.right, p.y(t.X))
		p.text(room, p.y(t.X)+4, "dim e", t.Text)
	}
	end := 0.
	for _, t := range x {
		at, half := p.x(t.X), wide(t.Text)/2
		p.line("tick rule", at, p.foot, at, p.foot+4+below)
		if at-half > end && at+half <= chartWide {
			p.text(at, p.foot+17+below, "dim c", t.Text)
			end = at + half + letter/2
		}
	}
	p.text(chartLeft, p.foot+34+below, "dim", tell.Fit(label, columns-6))
}

// percents marks quarters of an axis of shares, which ends at top, at most 1.
func percents(top float64) (out []report.Tick) {
	for i := range 5 {
		share := top * float64(i) / 4
		out = append(out, report.Tick{X: share, Text: fmt.Sprintf("%g %%", math.Round(share*1000)/10)})
	}
	return out
}

// upTo returns where an axis of shares ends that has this one on it.
func upTo(share float64) float64 { return math.Min(1, math.Ceil(max(0.04, share)*12.5)/12.5) }

// Curves draws odds along something that is varied, with a key below: how often each
// loses as it is, the worst first.
func Curves(c *report.Curves) Chart {
	top := 0.
	for _, curve := range c.Curves {
		top = max(top, slices.Max(curve.Bad))
	}
	p := &plot{x0: c.X[0], x1: c.X[len(c.X)-1], y1: upTo(top), right: chartWide - 10, foot: chartTop + chartHigh}
	p.head(c.Title, c.Made.Says()[0])
	p.axes(c.Ticks, percents(p.y1), 0, c.XLabel)
	at := p.x(c.Now)
	p.line("wait dim", at, chartTop-6, at, p.foot)
	p.text(min(max(at, 4*letter), chartWide-4*letter), chartTop-10, "dim c", "as it is")
	var named []*report.Curve
	for i := range c.Curves {
		if curve := &c.Curves[i]; curve.Labelled {
			named = append(named, curve)
		} else {
			fmt.Fprintf(p, `<path class="rest faint" d="%s"><title>%s</title></path>`, p.path(c.X, curve.Bad), text(curve.Strategy))
		}
	}
	for i, curve := range named {
		p.curve(c, curve, 3*i)
	}
	now := c.AsItIs()
	slices.SortStableFunc(named, func(a, b *report.Curve) int { return cmp.Compare(b.Bad[now], a.Bad[now]) })
	var says []string
	p.text(chartWide-4, p.foot+52, "dim e", "wrong or stuck as it is (95 %)")
	y := p.foot + 52 + row
	for _, curve := range named {
		odds := fmt.Sprintf("%s (%s)", report.Percent(curve.Bad[now]), report.Interval(curve.Low[now], curve.High[now]))
		says = append(says, curve.Strategy+" "+odds)
		p.key(y, curve.Look, curve.Strategy, odds)
		y += row
	}
	if n := len(c.Curves) - len(named); n > 0 {
		p.text(keyLeft, y, "dim", fmt.Sprintf("%d more in grey", n))
		y += row
	}
	return Chart{p.String(), y - 8, c.Made, "wrong or stuck as it is: " + strings.Join(says, ", "), c.Title}
}

// keyLeft is where the names of a key begin, behind a piece of line.
const keyLeft = chartLeft

// key writes a row that says how a strategy is drawn, and its figures.
func (p *plot) key(y float64, l report.Look, name, figures string) {
	fmt.Fprintf(p, `<g class="%s"><path class="curve" stroke-dasharray="%s" d="M0 %sH%d"/>%s</g>`, ink(l), dashes[l.Shape], num(y-4), keyLeft-8, marker(l.Shape, (keyLeft-8)/2, y-4, "tip"))
	room := columns - keyLeft/letter - float64(tell.Columns(figures)) - 1
	p.text(keyLeft, y, "b "+ink(l), tell.Fit(name, int(room)))
	p.text(chartWide-4, y, "dim e", figures)
}

// line returns a path through points, without those that lie on a level between two.
func (p *plot) path(xs, ys []float64) string {
	var b strings.Builder
	last := len(xs) - 1
	for k := range xs {
		y := num(p.y(ys[k]))
		if k > 0 && k < last && y == num(p.y(ys[k-1])) && y == num(p.y(ys[k+1])) {
			continue
		}
		fmt.Fprintf(&b, "%s%s %s", map[bool]string{true: "M", false: "L"}[k == 0], num(p.x(xs[k])), y)
	}
	return b.String()
}

// every is how many points of a curve there are for one that is marked.
const every = 12

// curve draws a curve with its interval, and marks it where the scenario stands, and
// now and then, beginning with a point of its own so that marks do not meet.
func (p *plot) curve(c *report.Curves, curve *report.Curve, from int) {
	high, low, xs := make([]float64, len(c.X)), slices.Clone(curve.Low), slices.Clone(c.X)
	for k := range high {
		high[k] = min(curve.High[k], p.y1)
	}
	slices.Reverse(low)
	slices.Reverse(xs)
	now, marks := c.AsItIs(), ""
	for k := from % every; k < len(c.X); k += every {
		if k > now+1 || k < now-1 {
			marks += marker(curve.Look.Shape, p.x(c.X[k]), p.y(curve.Bad[k]), "tip")
		}
	}
	says := fmt.Sprintf("%s: %s wrong or stuck as it is (%s), of %s trials", curve.Strategy, report.Percent(curve.Bad[now]),
		report.Interval(curve.Low[now], curve.High[now]), tell.Grouped(c.TrialsAt(curve, now)))
	fmt.Fprintf(p, `<g class="%s"><title>%s</title><path class="band" d="%sL%sZ"/><path class="curve" stroke-dasharray="%s" d="%s"/>%s%s</g>`,
		ink(curve.Look), text(says), p.path(c.X, high), p.path(xs, low)[1:], dashes[curve.Look.Shape], p.path(c.X, curve.Bad),
		marker(curve.Look.Shape, p.x(c.X[now]), p.y(curve.Bad[now]), "tip"), marks)
}

// wrapped puts words, which may have blanks in them, into lines of so many columns at
// most. A command is broken where it can still be read, and never inside of a name.
func wrapped(words []string, wide int) (lines []string) {
	line := ""
	for _, word := range words {
		word = tell.Clean(word)
		if line != "" && tell.Columns(line)+1+tell.Columns(word) <= wide {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		parts := broken(word, wide)
		last := len(parts) - 1
		lines, line = append(lines, parts[:last]...), parts[last]
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// broken breaks a word that is too wide for a line behind its commas, as a command can
// be; what has none is cut.
func broken(word string, wide int) (parts []string) {
	for {
		part := tell.Fit(word, wide)
		comma := strings.LastIndexByte(part, ',')
		if part == word || comma < 0 {
			return append(parts, part)
		}
		parts, word = append(parts, word[:comma+1]), word[comma+1:]
	}
}

// WriteChart writes charts of one scenario as an SVG file, one below the other, with
// how they were made, and what there is to say besides.
func WriteChart(w io.Writer, made report.Made, notes []string, charts ...Chart) error {
	const margin = 4
	var b pen
	y := 16.
	write := func(class, words string) {
		for _, line := range wrapped(strings.Fields(words), columns) {
			b.text(margin, y, class, line)
			b.WriteByte('\n')
			y += row
		}
	}
	write("text b", made.Scenario)
	write("dim", made.Says()[1])
	y += 6
	var says []string
	for _, c := range charts {
		fmt.Fprintf(&b, `<g transform="translate(%d %s)">%s</g>`+"\n", margin, num(y), c.element(c.says))
		y += c.high + 20
		says = append(says, c.name)
	}
	for _, note := range notes {
		write("dim", note)
	}
	write("dim", made.Command)
	head := fmt.Sprintf("<title>%s</title>\n<desc>%s</desc>\n", text(made.Scenario+": "+strings.Join(says, "; ")),
		text(strings.Join(append(append(made.Says(), notes...), "drawn by "+made.Command), "; ")))
	return writeFile(w, head, chartWide+2*margin, y, 1.5, b.String())
}
