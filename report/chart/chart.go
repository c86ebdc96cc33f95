// Package chart draws curves and costs in a terminal.
package chart

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/NimbleMarkets/ntcharts/v2/canvas"
	"github.com/NimbleMarkets/ntcharts/v2/linechart"
	"github.com/charmbracelet/x/ansi"

	"photofinish/report"
	"photofinish/report/tell"
)

// Options say how a chart looks.
type Options struct {
	Width   int  // in columns
	Colours bool // a terminal shows them
}

const (
	high = 18 // rows
	wide = 100
)

// hues are the terminal's own colours, by [report.Look]; red and green are left to
// what is wrong and what is right.
var hues = [report.Hues + 1]lipgloss.Style{
	lipgloss.NewStyle(), lipgloss.NewStyle().Foreground(lipgloss.BrightBlue), lipgloss.NewStyle().Foreground(lipgloss.Yellow),
	lipgloss.NewStyle().Foreground(lipgloss.BrightMagenta), lipgloss.NewStyle().Foreground(lipgloss.Blue),
	lipgloss.NewStyle().Foreground(lipgloss.Cyan), lipgloss.NewStyle().Foreground(lipgloss.Magenta),
}

// hue returns the colour of a look; what has no label is faint.
func hue(l report.Look, labelled bool) lipgloss.Style {
	if !labelled {
		return lipgloss.NewStyle().Foreground(lipgloss.BrightBlack)
	}
	return hues[l.Hue]
}

// WriteCurves draws odds along something that is varied, with a letter for each
// strategy that is named, so that colours do not say it alone. Where curves run on top
// of each other, the letters take turns. The others are faint.
func WriteCurves(w io.Writer, c *report.Curves, o Options) error {
	top := 0.04
	for _, curve := range c.Curves {
		top = max(top, slices.Max(curve.Bad))
	}
	top = math.Min(1, math.Ceil(top*20)/20)
	m := begin(o, c.X[0], c.X[len(c.X)-1], top, c.Ticks, percents(top))
	var named, others []report.Curve
	for _, curve := range c.Curves {
		if curve.Labelled {
			named = append(named, curve)
		} else {
			others = append(others, curve)
		}
	}
	for _, curve := range append(slices.Clone(others), named...) {
		style := hue(curve.Look, curve.Labelled)
		for k := 1; k < len(c.X); k++ {
			m.DrawBrailleLineWithStyle(at(c.X[k-1], curve.Bad[k-1]), at(c.X[k], curve.Bad[k]), style)
		}
	}
	for i, curve := range named {
		for k := 3 * i % 12; k < len(c.X); k += 12 {
			m.DrawRuneWithStyle(at(c.X[k], curve.Bad[k]), letter(i), hues[curve.Look.Hue].Bold(true))
		}
	}
	var b strings.Builder
	heading(&b, o, &c.Made, c.Title)
	fmt.Fprintf(&b, "%s\n%s%s\n\n", view(m, o), strings.Repeat(" ", 7), c.XLabel)
	legend(&b, c, named, o)
	now := c.AsItIs()
	var rest []string
	for _, curve := range others {
		rest = append(rest, curve.Strategy+" "+report.Percent(curve.Bad[now]))
	}
	below(&b, o, "unlabelled, as it is: ", rest)
	made(&b, o, &c.Made, "wrong or stuck", c.Notes())
	_, err := io.WriteString(w, b.String())
	return err
}

// letter names a curve on the chart.
func letter(i int) rune { return rune('a' + i) }

// legend says which letter is which strategy, and where it stands as it is.
func legend(b *strings.Builder, c *report.Curves, named []report.Curve, o Options) {
	now, longest := c.AsItIs(), 19
	for _, curve := range named {
		longest = max(longest, tell.Columns(curve.Strategy))
	}
	for i, curve := range named {
		fmt.Fprintf(b, "%s %-*s %8s as it is (95 %%: %s)\n", paint(string(letter(i)), hues[curve.Look.Hue].Bold(true), o), longest, curve.Strategy,
			report.Percent(curve.Bad[now]), report.Interval(curve.Low[now], curve.High[now]))
	}
}

func heading(b *strings.Builder, o Options, m *report.Made, title string) {
	below(b, o, "", strings.Fields(tell.Clean(m.Scenario)+": "+title))
}

// made says how a chart was made.
func made(b *strings.Builder, o Options, m *report.Made, what string, notes []string) {
	says := m.Says()
	if what != "" {
		says[0] += "; " + what
	}
	for _, line := range append(says, notes...) {
		below(b, o, "", strings.Fields(tell.Clean(line)))
	}
	fmt.Fprintf(b, "%s\n", m.Command)
}

// below writes a list after a word, as wide as the chart; nothing of an empty one.
func below(b *strings.Builder, o Options, word string, list []string) {
	if len(list) == 0 {
		return
	}
	sep := ", "
	if word == "" {
		sep = " "
	}
	line := word
	for i, item := range list {
		if i < len(list)-1 {
			item += strings.TrimSuffix(sep, " ")
		}
		if i > 0 {
			if tell.Columns(line)+1+tell.Columns(item) > columns(o) {
				fmt.Fprintln(b, line)
				line = "  "
			} else {
				line += " "
			}
		}
		line += item
	}
	fmt.Fprintln(b, line)
}

// columns returns how wide a chart is.
func columns(o Options) int { return min(max(o.Width, 40), wide) }

// WriteFrontiers draws what strategies cost, each cost by itself: of those that are
// compared a bar each, the cheapest first. A star marks the frontier: those that no
// other is as safe as for less.
func WriteFrontiers(w io.Writer, all []*report.Frontier, o Options) error {
	var b strings.Builder
	said := ""
	for i, f := range all {
		if i > 0 {
			b.WriteString("\n")
		}
		heading(&b, o, &f.Made, f.Kind.Long)
		frontier(&b, f, o)
		var rest strings.Builder
		_, others := f.Compared()
		var list []string
		for _, p := range others {
			list = append(list, p.Outside())
		}
		if below(&rest, o, "not compared: ", list); rest.String() != said {
			said = rest.String()
			b.WriteString(said)
		}
	}
	b.WriteString("* the frontier: no other loses as little for less\n")
	both := report.Both(all)
	made(&b, o, &both, "", all[0].Notes())
	_, err := io.WriteString(w, b.String())
	return err
}

func frontier(b *strings.Builder, f *report.Frontier, o Options) {
	compared, _ := f.Compared()
	longest, top := 8, 0.
	for _, p := range compared {
		longest, top = max(longest, tell.Columns(p.Strategy)), max(top, p.Cost)
	}
	if len(compared) == 0 {
		fmt.Fprintln(b, "  none is safe: no cost is compared")
	}
	for _, p := range compared {
		star := map[bool]string{true: "*", false: " "}[p.Best]
		row := fmt.Sprintf("%s %-*s %9s %8s%s ", p.State.Mark(), longest, p.Strategy, report.Percent(p.Bad), f.Kind.Figure(p.Cost), star)
		bar := strings.Repeat("█", max(1, int(math.Round(p.Cost/max(top, 1e-9)*float64(max(8, columns(o)-tell.Columns(row)))))))
		fmt.Fprintf(b, "%s%s\n", row, paint(bar, hue(p.Look, p.Labelled), o))
	}
}

// percents marks an axis of shares at round figures, up to top, at most 1.
func percents(top float64) []report.Tick {
	out := report.Ticks(100 * top)
	for i := range out {
		out[i].X /= 100
		out[i].Text += " %"
	}
	return out
}

func at(x, y float64) canvas.Float64Point { return canvas.Float64Point{X: x, Y: y} }

// begin returns an empty chart with its axes.
func begin(o Options, x0, x1, top float64, x, y []report.Tick) *linechart.Model {
	m := linechart.New(columns(o), high, x0, x1, 0, top, linechart.WithXYSteps(1, 1),
		linechart.WithXLabelFormatter(labels(x, (x1-x0)/float64(columns(o)-6))), linechart.WithYLabelFormatter(labels(y, top/(high-2))))
	m.DrawXYAxisAndLabel()
	return &m
}

// labels writes a tick at the cell that it is in, if a cell is so wide, and
// nothing at the others.
func labels(ticks []report.Tick, cell float64) linechart.LabelFormatter {
	return func(_ int, v float64) string {
		for _, t := range ticks {
			if math.Abs(v-t.X) <= cell*0.501 {
				return t.Text
			}
		}
		return ""
	}
}

// view returns the chart as text, without blanks at the ends of its lines.
func view(m *linechart.Model, o Options) string {
	text := m.View()
	if !o.Colours {
		text = ansi.Strip(text)
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func paint(text string, style lipgloss.Style, o Options) string {
	if !o.Colours {
		return text
	}
	return style.Render(text)
}
