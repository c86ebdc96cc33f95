package tui

import (
	"strings"
	"unicode/utf8"
)

// cell is one character of the screen.
type cell struct {
	r rune // 0: blank
	s style
}

// dots is the braille in one cell, shown where there is no text.
type dots struct {
	bits uint8
	prio uint8
	s    style
}

// canvas is a grid of cells with a layer of braille dots, two across and four
// down in each cell, under the text. Whatever lies outside of it is cut off.
// Text put on it must be one cell a rune; see [printable].
type canvas struct {
	w, h  int
	cells []cell
	dots  []dots
	out   []byte
}

// resize empties the canvas and gives it a size.
func (c *canvas) resize(w, h int) {
	c.w, c.h = max(w, 0), max(h, 0)
	if n := c.w * c.h; n > cap(c.cells) {
		c.cells, c.dots = make([]cell, n), make([]dots, n)
	} else {
		c.cells, c.dots = c.cells[:n], c.dots[:n]
		clear(c.cells)
		clear(c.dots)
	}
}

func (c *canvas) inside(x, y int) bool { return x >= 0 && x < c.w && y >= 0 && y < c.h }

// put writes text and returns the column behind it.
func (c *canvas) put(x, y int, text string, s style) int {
	for _, r := range text {
		if c.inside(x, y) {
			c.cells[y*c.w+x] = cell{r, s}
		}
		x++
	}
	return x
}

// right writes text that ends before column x.
func (c *canvas) right(x, y int, text string, s style) {
	c.put(x-width(text), y, text, s)
}

// repeat writes n times the same rune.
func (c *canvas) repeat(x, y, n int, r rune, s style) {
	for i := range max(n, 0) {
		if c.inside(x+i, y) {
			c.cells[y*c.w+x+i] = cell{r, s}
		}
	}
}

// chip writes filled text: a colour with the ink of the background. What has
// not happened yet is not filled.
func (c *canvas) chip(x, y int, text string, of colour, ghost bool) int {
	if ghost {
		return c.put(x, y, text, style{fg: of, bold: true, ghost: true})
	}
	return c.put(x, y, text, style{fg: bg, bg: of, bold: true})
}

// blank reports whether nothing is drawn in a cell.
func (c *canvas) blank(x, y int) bool {
	if !c.inside(x, y) {
		return false
	}
	i := y*c.w + x
	return c.cells[i].r == 0 && c.dots[i].bits == 0
}

// rune returns the text in a cell, 0 if there is none.
func (c *canvas) rune(x, y int) rune {
	if !c.inside(x, y) {
		return 0
	}
	return c.cells[y*c.w+x].r
}

// under writes a rune only where nothing is.
func (c *canvas) under(x, y int, r rune, s style) {
	if c.blank(x, y) {
		c.cells[y*c.w+x] = cell{r, s}
	}
}

// wipe blanks a rectangle and fills it; plain fills it with nothing.
func (c *canvas) wipe(x, y, w, h int, fill colour) {
	for j := y; j < y+h; j++ {
		for i := x; i < x+w; i++ {
			if !c.inside(i, j) {
				continue
			}
			c.cells[j*c.w+i], c.dots[j*c.w+i] = cell{}, dots{}
			if fill != plain {
				c.cells[j*c.w+i] = cell{' ', style{fg: fg, bg: fill}}
			}
		}
	}
}

// recede pushes everything into the background, for what is laid over it.
func (c *canvas) recede() {
	for i := range c.cells {
		to := rule
		if c.cells[i].s.bg != plain {
			to = faint
		}
		c.cells[i].s = style{fg: to}
		c.dots[i].s = style{fg: rule}
	}
}

var brailleBits = [2][4]uint8{{1, 2, 4, 64}, {8, 16, 32, 128}}

// dot sets one dot; x and y count dots. Where lines meet, the higher prio
// gives the colour.
func (c *canvas) dot(x, y int, prio uint8, s style) {
	if x < 0 || y < 0 || !c.inside(x/2, y/4) {
		return
	}
	d := &c.dots[y/4*c.w+x/2]
	d.bits |= brailleBits[x%2][y%4]
	if prio >= d.prio {
		d.prio, d.s = prio, s
	}
}

// box bounds a line, in dots, edges included.
type box struct{ x0, y0, x1, y1 int }

// line draws a line of dots: heavy is two dots thick, every is 1 for a solid
// one and more for a sparse one.
func (c *canvas) line(x1, y1, x2, y2 int, heavy bool, every int, prio uint8, s style, clip box) {
	n := max(abs(x2-x1), abs(y2-y1), 1)
	ox, oy := 0, 1
	if abs(y2-y1) > abs(x2-x1) {
		ox, oy = 1, 0
	}
	for i := 0; i <= n; i += every {
		x, y := x1+round(x2-x1, i, n), y1+round(y2-y1, i, n)
		if x >= clip.x0 && x <= clip.x1 && y >= clip.y0 && y <= clip.y1 {
			c.dot(x, y, prio, s)
			if x, y = x+ox, y+oy; heavy && x <= clip.x1 && y <= clip.y1 {
				c.dot(x, y, prio, s)
			}
		}
	}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// round returns d·i/n to the nearest whole.
func round(d, i, n int) int {
	if d < 0 {
		return -((-2*d*i + n) / (2 * n))
	}
	return (2*d*i + n) / (2 * n)
}

// String returns the canvas as plain text, without blanks at line ends.
func (c *canvas) String() string {
	var b strings.Builder
	for y := range c.h {
		line := make([]rune, 0, c.w)
		for x := range c.w {
			r, _ := c.at(x, y)
			line = append(line, r)
		}
		b.WriteString(strings.TrimRight(string(line), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// at returns what is seen in a cell.
func (c *canvas) at(x, y int) (rune, style) {
	i := y*c.w + x
	if r := c.cells[i].r; r != 0 {
		return r, c.cells[i].s
	}
	if d := c.dots[i]; d.bits != 0 {
		return 0x2800 + rune(d.bits), d.s
	}
	return ' ', style{}
}

// render returns the canvas with colours, one line a row. A line ends with
// its last visible cell.
func (c *canvas) render(t *theme) string {
	out := c.out[:0]
	for y := range c.h {
		if y > 0 {
			out = append(out, '\n')
		}
		end := c.w
		for end > 0 && c.clear(end-1, y) {
			end--
		}
		last := style{}
		for x := range end {
			r, s := c.at(x, y)
			if r == ' ' && s.bg == plain {
				s = style{fg: last.fg, bold: last.bold, ghost: last.ghost} // a blank needs no colour of its own
			}
			if s != last {
				out = append(out, t.sgr[s.index()]...)
				last = s
			}
			out = utf8.AppendRune(out, r)
		}
		if last != (style{}) {
			out = append(out, "\x1b[0m"...)
		}
	}
	c.out = out
	return string(out)
}

// clear reports whether a cell shows nothing, not even a background.
func (c *canvas) clear(x, y int) bool {
	r, s := c.at(x, y)
	return r == ' ' && s.bg == plain
}
