package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/tui/ink"
)

// tag is a text beside a curve, or beside several that run as one.
type tag struct {
	x, y  int // on the screen
	lines []string
	teeth int // the lane of which it says that it has teeth; -1: none
}

// nameCurves finds a place for the name of each curve, where there is room:
// in the margin at its end, or beside it in the plot, where no other is near.
func (c *Chart) nameCurves(sh sheet) []tag {
	if !sh.names {
		return nil
	}
	for i := range c.curves { // a name that soon moves would be worse than none
		if !c.own(i) && !c.curves[i].whole(c.end, c.step) {
			return nil
		}
	}
	n := namer{c: c, sh: sh, cells: make([]uint32, c.plot.of.cells*c.plot.of.rows), margin: make([]bool, c.plot.of.rows)}
	for _, cell := range c.plot.cells {
		n.cells[cell.y*c.plot.of.cells+cell.x] |= 1 << cell.lane
	}
	groups := c.groups()
	ends := make([]int, len(groups))
	for i, g := range groups {
		ends[i] = n.rowAt(g, c.plot.of.cells-1)
	}
	for i, g := range groups {
		alone := true
		for j := range groups {
			alone = alone && (i == j || ends[i] != ends[j] || i < j && slices.Contains(g, c.plot.of.inView))
		}
		if ends[i] < 0 {
			continue
		}
		if told := c.teethText(g[0]); told != "" && n.beside(g, ink.Wrap(told, 36)) {
			n.tags[len(n.tags)-1].teeth = g[0]
			continue
		}
		for _, words := range c.listsOf(g) {
			if alone && n.atEnd(words, ends[i], 0) || n.beside(g, []string{strings.Join(words, " ")}) ||
				n.atEnd(words, ends[i], 1) || n.atEnd(words, ends[i], 2) {
				break
			}
		}
	}
	return n.tags
}

// groups returns the lanes by curves that cannot be told apart on the plot,
// those with the lane in view first, then from the highest end down.
func (c *Chart) groups() (out [][]int) {
	for i := range c.curves {
		at := slices.IndexFunc(out, func(g []int) bool { return c.alike(&c.curves[g[0]], &c.curves[i]) })
		if at < 0 {
			at, out = len(out), append(out, nil)
		}
		out[at] = append(out[at], i)
	}
	end := func(g []int) float64 {
		share, _ := c.curves[g[0]].at(c.end, c.step)
		if slices.Contains(g, c.plot.of.inView) {
			share = 2
		}
		return share
	}
	slices.SortStableFunc(out, func(a, b []int) int { return int(1e6 * (end(b) - end(a))) })
	return out
}

// alike reports whether two curves lie as good as on each other everywhere.
func (c *Chart) alike(a, b *curve) bool {
	apart, most, n := 0.0, 0.0, 0
	for i := range min(len(a.points), len(b.points)) {
		p, q := a.points[i], b.points[i]
		if (p.trials == 0) != (q.trials == 0) {
			continue
		}
		d := math.Abs(p.share() - q.share())
		apart, most, n = apart+d, max(most, d), n+1
	}
	return n > 0 && apart/float64(n) < 0.012 && most < 0.06
}

// listsOf returns the names of some lanes as a list, one a line, and a shorter
// list where there is one.
func (c *Chart) listsOf(lanes []int) [][]string {
	all, one := make([]string, len(lanes)), c.names[lanes[0]]
	for i, lane := range lanes {
		all[i] = c.names[lane]
		if lane == c.plot.of.inView {
			one = all[i]
		}
		if i+1 < len(lanes) {
			all[i] += ","
		}
	}
	if len(lanes) == 1 {
		return [][]string{all}
	}
	return [][]string{all, {one, "and " + strconv.Itoa(len(lanes)-1) + " more"}}
}

// teethText says of a lane's curve that it has teeth, if it has, and whose
// they are.
func (c *Chart) teethText(lane int) string {
	l := &c.curves[lane]
	if l.teeth == 0 {
		return ""
	}
	if off := l.teeth - l.timer; l.timer > 0 && max(off, -off) <= l.timer/10 {
		return c.names[lane] + ": teeth of " + tell.Rounded(l.timer) + " ms, the length of its own timer"
	}
	return c.names[lane] + ": teeth of " + tell.Rounded(l.teeth.Round(time.Millisecond)) + " ms"
}

// namer finds places for names.
type namer struct {
	c      *Chart
	sh     sheet
	cells  []uint32 // which curves are in a cell of the plot, one bit each
	margin []bool   // rows of the margin that are taken
	tags   []tag
}

// rowAt returns the row in which the first of some lanes, which run as one,
// is in a column of the plot; -1 if in none.
func (n *namer) rowAt(lanes []int, x int) int {
	w := n.c.plot.of.cells
	for ; x >= 0; x-- { // a curve may end before the axis does
		for y := range n.c.plot.of.rows {
			if n.cells[y*w+x]&(1<<lanes[0]) != 0 {
				return y
			}
		}
	}
	return -1
}

// atEnd puts names into the margin, the last of them at a row or as much as
// slack away from it.
func (n *namer) atEnd(lines []string, row, slack int) bool {
	if ink.Widest(lines) > n.sh.margin-3 {
		return false
	}
	for _, shift := range []int{slack, -slack} {
		top := row + shift - len(lines) + 1
		if top < 0 || top+len(lines) > len(n.margin) || slices.Contains(n.margin[top:top+len(lines)], true) {
			continue
		}
		for y := top; y < top+len(lines); y++ {
			n.margin[y] = true
		}
		n.tags = append(n.tags, tag{n.sh.ax.Last() + 2, n.sh.top + top, lines, -1})
		return true
	}
	return false
}

// beside puts lines right of the curve where it is alone and the plot is
// empty, near to where the eye begins; not on its edges, which are lines.
func (n *namer) beside(lanes []int, lines []string) bool {
	wide := ink.Widest(lines)
	w, rows := n.c.plot.of.cells, n.c.plot.of.rows
	var own uint32
	for _, lane := range lanes {
		own |= 1 << lane
	}
	bestX, bestY, least := -1, 0, 1<<30
	for y := 1; y+len(lines) < rows; y++ {
		for x := 0; x+2+wide <= w; x++ {
			if at := n.cells[y*w+x]; at == 0 || at&^own != 0 || !n.free(x+1, y, wide+2, len(lines)) {
				continue
			}
			far := 2*max(w/3-x, x-w/3) + 3*n.near(own, x+2, y, wide, len(lines))
			if far < least {
				bestX, bestY, least = x, y, far
			}
		}
	}
	if bestX < 0 {
		return false
	}
	n.tags = append(n.tags, tag{n.sh.x0 + bestX + 2, n.sh.top + bestY, lines, -1})
	for y := bestY; y < bestY+len(lines); y++ {
		for x := bestX + 1; x < min(bestX+3+wide, w); x++ {
			n.cells[y*w+x] |= 1 << 31
		}
	}
	return true
}

// free reports whether nothing is drawn in a rectangle of the plot. What
// reaches beyond its right edge is not looked at.
func (n *namer) free(x, y, wide, high int) bool {
	w, rows := n.c.plot.of.cells, n.c.plot.of.rows
	if y+high > rows {
		return false
	}
	for j := y; j < y+high; j++ {
		for i := x; i < min(x+wide, w); i++ {
			if n.cells[j*w+i] != 0 {
				return false
			}
		}
	}
	return true
}

// near counts cells of other curves in the rows above and below a rectangle.
func (n *namer) near(own uint32, x, y, wide, high int) int {
	w, count := n.c.plot.of.cells, 0
	for _, j := range []int{y - 1, y + high} {
		for i := x; j >= 0 && j < n.c.plot.of.rows && i < min(x+wide, w); i++ {
			if n.cells[j*w+i]&^own != 0 {
				count++
			}
		}
	}
	return count
}
