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

// hues are the terminal's own colours; red is left to what is wrong.
var hues = []lipgloss.Style{
	lipgloss.NewStyle().Foreground(lipgloss.BrightBlue), lipgloss.NewStyle().Foreground(lipgloss.Yellow),
	lipgloss.NewStyle().Foreground(lipgloss.Magenta), lipgloss.NewStyle().Foreground(lipgloss.Green),
	lipgloss.NewStyle().Foreground(lipgloss.Cyan), lipgloss.NewStyle().Foreground(lipgloss.Blue),
}

// letter names a curve on the chart, so that colours do not say it alone.
func letter(i int) rune { return rune('a' + i%26) }

// WriteCurves draws odds along something that is varied, with a letter for each
// strategy. Where curves run on top of each other, the letters take turns.
func WriteCurves(w io.Writer, c *report.Curves, o Options) error {
	top := 0.04
	for _, curve := range c.Curves {
		top = max(top, slices.Max(curve.Bad))
	}
	top = math.Min(1, math.Ceil(top*20)/20)
	x0, x1 := c.X[0], c.X[len(c.X)-1]
	m := begin(o, x0, x1, top, c.Ticks, percents(top))
	for i, curve := range c.Curves {
		for k := 1; k < len(c.X); k++ {
			m.DrawBrailleLineWithStyle(at(c.X[k-1], curve.Bad[k-1]), at(c.X[k], curve.Bad[k]), hues[i%len(hues)])
		}
	}
	for i, curve := range c.Curves {
		for k := 3 * i % 12; k < len(c.X); k += 12 {
			m.DrawRuneWithStyle(at(c.X[k], curve.Bad[k]), letter(i), hues[i%len(hues)].Bold(true))
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n%s%s\n\n", c.Title, view(m, o), strings.Repeat(" ", 7), c.XLabel)
	now := c.AsItIs()
	for i, curve := range c.Curves {
		fmt.Fprintf(&b, "%s %-19s %8s as it is (95 %%: %s)\n", paint(string(letter(i)), i, o), curve.Strategy,
			report.Percent(curve.Bad[now]), report.Interval(curve.Low[now], curve.High[now]))
	}
	fmt.Fprintf(&b, "%s trials a point; wrong or stuck\n", tell.Grouped(c.Trials))
	for _, note := range c.Notes() {
		fmt.Fprintf(&b, "%s\n", note)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteCosts draws what strategies cost over how safe they are. A star marks
// the frontier: those that nobody beats in both.
func WriteCosts(w io.Writer, scenario string, costs []report.Cost, o Options) error {
	right := 0.04
	for _, c := range costs {
		right = math.Max(right, c.Bad)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "cost against safety in %s; down and left is better\n", tell.Clean(scenario))
	for _, kind := range report.CostKinds {
		top := 1.
		for _, c := range costs {
			top = math.Max(top, kind.Of(c))
		}
		right := math.Min(1, right*1.1)
		m := begin(o, 0, right, top*1.1, percents(right), report.Ticks(top*1.1))
		for i, c := range costs {
			m.DrawRuneWithStyle(at(c.Bad, kind.Of(c)), letter(i), hues[i%len(hues)].Bold(true))
		}
		fmt.Fprintf(&b, "\n%s over wrong or stuck\n%s\n", kind.Name, view(m, o))
	}
	fmt.Fprintf(&b, "\n  %-19s %14s %10s %12s\n", "strategy", "wrong or stuck", "requests", "ms to wait")
	for i, c := range costs {
		star := func(k int) string {
			return map[bool]string{true: "*", false: " "}[report.CostKinds[k].Frontier(costs, c)]
		}
		fmt.Fprintf(&b, "%s %-19s %14s %9.2f%s %11.0f%s\n", paint(string(letter(i)), i, o), c.Strategy, report.Percent(c.Bad),
			c.Requests, star(0), c.Wait, star(1))
	}
	b.WriteString("* the frontier: no other is as safe for less. Where points meet, the last shows.\n")
	_, err := io.WriteString(w, b.String())
	return err
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
	columns := min(max(o.Width, 40), wide)
	m := linechart.New(columns, high, x0, x1, 0, top, linechart.WithXYSteps(1, 1),
		linechart.WithXLabelFormatter(labels(x, (x1-x0)/float64(columns-6))), linechart.WithYLabelFormatter(labels(y, top/(high-2))))
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

func paint(text string, i int, o Options) string {
	if !o.Colours {
		return text
	}
	return hues[i%len(hues)].Bold(true).Render(text)
}
