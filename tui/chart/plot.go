package chart

import (
	"math"
	"time"

	"github.com/NimbleMarkets/ntcharts/v2/canvas"
	"github.com/NimbleMarkets/ntcharts/v2/canvas/graph"

	"photofinish/tui/ink"
)

// plot is the curves as cells of braille. It is made anew when what it shows
// has changed; a frame only copies it.
type plot struct {
	of    plotted
	grid  *graph.BrailleGrid
	cells []plotCell
	tags  []tag
}

// plotted is all that a plot depends on.
type plotted struct {
	job, news   int
	inView      int // the lane in view
	cells, rows int
	first, end  time.Duration // of the axis that is plotted on
	log         bool
}

// plotCell is a cell that a curve runs through, counted from the plot's top left.
type plotCell struct {
	x, y, lane int
	braille    rune
}

// floor is the least share on a logarithmic scale.
const floor = 0.001

// onScale returns where a share is on the y axis, and false if that is below
// it.
func (c *Chart) onScale(share float64) (y float64, ok bool) {
	if !c.log {
		return share, true
	}
	return math.Log10(max(share, floor)), share >= floor
}

func (c *Chart) gridAt() []float64 {
	if c.log {
		return []float64{1, 0.1, 0.01, floor}
	}
	return []float64{1, 0.75, 0.5, 0.25, 0}
}

func (c *Chart) row(share float64) int {
	y, _ := c.onScale(share)
	return c.plot.grid.GridPoint(canvas.Float64Point{Y: y}).Y / 4
}

// plotOn makes the plot for a sheet, if it is not the one that there is.
func (c *Chart) plotOn(sh sheet) {
	first, _ := c.clicks()
	of := plotted{c.job, c.news, c.Session.Lane, sh.ax.Last() - sh.x0, sh.rows, first, c.end, c.log}
	if c.plot.grid != nil && of == c.plot.of {
		return
	}
	// The first and the last dot of the axis, as gaps in ms.
	dot := float64(c.end) / float64(2*sh.ax.Cells) / float64(time.Millisecond)
	least := dot*float64(2*(sh.x0-sh.ax.Origin)) - float64(first)/float64(time.Millisecond)
	low, _ := c.onScale(0)
	high, _ := c.onScale(1)
	c.plot = plot{of: of, cells: c.plot.cells[:0]}
	c.plot.grid = graph.NewBrailleGrid(of.cells, of.rows, least, least+dot*float64(2*of.cells-1), low, high)
	for lane := range c.curves {
		c.plot.grid.Clear()
		c.trace(&c.curves[lane], lane == of.inView)
		for y, line := range c.plot.grid.BraillePatterns() {
			for x, r := range line {
				if r&0xff != 0 {
					c.plot.cells = append(c.plot.cells, plotCell{x, y, lane, r})
				}
			}
		}
	}
	c.plot.tags = c.nameCurves(sh)
}

// trace draws a curve into the grid, as far as it is on the scale: a line between
// points that are next to each other, and dots for those that are known alone. A line
// from one of these to another would have teeth that the curve has not, or none where
// it has some.
func (c *Chart) trace(l *curve, heavy bool) {
	var last canvas.Point
	before, lastOn := -2, false
	for i, p := range l.points {
		if p.trials == 0 {
			continue
		}
		y, on := c.onScale(p.share())
		at := c.plot.grid.GridPoint(canvas.Float64Point{X: float64(i) * c.step.Seconds() * 1000, Y: y})
		switch {
		case before == i-1 && (on || lastOn):
			c.stroke(last, at, heavy)
		case on:
			c.stroke(at, at, heavy)
		}
		last, before, lastOn = at, i, on
	}
}

// stroke draws a line between two dots, heavy ones two dots thick.
func (c *Chart) stroke(a, b canvas.Point, heavy bool) {
	bottom := 4*c.plot.of.rows - 1
	if a.X > 2*c.plot.of.cells && b.X > 2*c.plot.of.cells {
		return
	}
	for _, p := range graph.GetLinePoints(a, b) {
		c.plot.grid.Set(p)
		switch steep := max(a.Y-b.Y, b.Y-a.Y) > b.X-a.X; {
		case !heavy:
		case steep:
			c.plot.grid.Set(p.Add(canvas.Point{X: 1}))
		case p.Y == bottom:
			c.plot.grid.Set(p.Sub(canvas.Point{Y: 1}))
		default:
			c.plot.grid.Set(p.Add(canvas.Point{Y: 1}))
		}
	}
}

// pen returns how the curve of a lane is drawn: that in view over all others,
// and one with teeth below them, for it crosses them all.
func (c *Chart) pen(lane, inView int) (prio uint8, s ink.Style) {
	switch {
	case lane == inView:
		return 3, ink.Style{FG: ink.Accent}
	case c.curves[lane].teeth > 0:
		return 1, ink.Style{FG: ink.Faint}
	}
	return 2, ink.Style{FG: ink.Dim}
}
