// Package ink is what the playground is drawn with: a grid of cells with braille
// under the text, a palette for dark and light terminals of every depth of
// colour, and text that is safe and of known width. It knows nothing of races.
package ink

import (
	"strings"
	"unicode/utf8"
)

type cell struct {
	r rune // 0: blank
	s Style
}

// dots is the braille in one cell, shown where there is no text.
type dots struct {
	bits uint8
	prio uint8
	s    Style
}

// Canvas is a grid of cells with a layer of braille dots, two across and four
// down in each cell, under the text. Whatever lies outside of it is cut off.
// Text put on it must be one cell a rune; see [Printable].
type Canvas struct {
	W, H  int
	cells []cell
	dots  []dots
	out   []byte
}

// The largest canvas: more than any screen has that a person can read, and few
// enough cells that a terminal which claims to be larger costs some MB.
const (
	MaxWidth  = 640
	MaxHeight = 200
)

// Resize empties the canvas and gives it a size, of at most so much.
func (c *Canvas) Resize(w, h int) {
	c.W, c.H = min(max(w, 0), MaxWidth), min(max(h, 0), MaxHeight)
	if n := c.W * c.H; n > cap(c.cells) {
		c.cells, c.dots = make([]cell, n), make([]dots, n)
	} else {
		c.cells, c.dots = c.cells[:n], c.dots[:n]
		clear(c.cells)
		clear(c.dots)
	}
}

// Inside reports whether a cell is on the canvas.
func (c *Canvas) Inside(x, y int) bool { return x >= 0 && x < c.W && y >= 0 && y < c.H }

// Put writes text and returns the column behind it.
func (c *Canvas) Put(x, y int, text string, s Style) int {
	for _, r := range text {
		if c.Inside(x, y) {
			c.cells[y*c.W+x] = cell{r, s}
		}
		x++
	}
	return x
}

// Stamp copies another canvas onto this one, with its first cell at a cell of this one;
// what was there is gone.
func (c *Canvas) Stamp(x, y int, from *Canvas) {
	for i := range from.cells {
		if x, y := x+i%from.W, y+i/from.W; c.Inside(x, y) {
			c.cells[y*c.W+x], c.dots[y*c.W+x] = from.cells[i], from.dots[i]
		}
	}
}

// Right writes text that ends before column x.
func (c *Canvas) Right(x, y int, text string, s Style) {
	c.Put(x-Width(text), y, text, s)
}

// Repeat writes n times the same rune.
func (c *Canvas) Repeat(x, y, n int, r rune, s Style) {
	for i := range max(n, 0) {
		if c.Inside(x+i, y) {
			c.cells[y*c.W+x+i] = cell{r, s}
		}
	}
}

// Chip writes filled text: a colour with the ink of the background. What has
// not happened yet is not filled.
func (c *Canvas) Chip(x, y int, text string, of Colour, ghost bool) int {
	if ghost {
		return c.Put(x, y, text, Style{FG: of, Bold: true, Ghost: true})
	}
	return c.Put(x, y, text, Style{FG: Ground, BG: of, Bold: true})
}

// Blank reports whether nothing is drawn in a cell.
func (c *Canvas) Blank(x, y int) bool {
	if !c.Inside(x, y) {
		return false
	}
	i := y*c.W + x
	return c.cells[i].r == 0 && c.dots[i].bits == 0
}

// Rune returns the text in a cell, 0 if there is none.
func (c *Canvas) Rune(x, y int) rune {
	if !c.Inside(x, y) {
		return 0
	}
	return c.cells[y*c.W+x].r
}

// Under writes a rune only where nothing is.
func (c *Canvas) Under(x, y int, r rune, s Style) {
	if c.Blank(x, y) {
		c.cells[y*c.W+x] = cell{r, s}
	}
}

// Wipe blanks a rectangle and fills it; plain fills it with nothing.
func (c *Canvas) Wipe(x, y, w, h int, fill Colour) {
	for j := y; j < y+h; j++ {
		for i := x; i < x+w; i++ {
			if !c.Inside(i, j) {
				continue
			}
			c.cells[j*c.W+i], c.dots[j*c.W+i] = cell{}, dots{}
			if fill != Plain {
				c.cells[j*c.W+i] = cell{' ', Style{FG: Text, BG: fill}}
			}
		}
	}
}

// Recede pushes everything into the background, for what is laid over it.
func (c *Canvas) Recede() {
	for i := range c.cells {
		to := Rule
		if c.cells[i].s.BG != Plain {
			to = Faint
		}
		c.cells[i].s = Style{FG: to}
		c.dots[i].s = Style{FG: Rule}
	}
}

// Fade makes what is drawn in a rectangle faint, as something that was.
func (c *Canvas) Fade(x, y, w, h int) {
	for j := y; j < y+h; j++ {
		for i := x; i < x+w; i++ {
			if c.Inside(i, j) {
				c.cells[j*c.W+i].s = Style{FG: Faint}
				c.dots[j*c.W+i].s = Style{FG: Faint}
			}
		}
	}
}

var brailleBits = [2][4]uint8{{1, 2, 4, 64}, {8, 16, 32, 128}}

// Dot sets one dot; x and y count dots. Where lines meet, the higher prio
// gives the colour.
func (c *Canvas) Dot(x, y int, prio uint8, s Style) {
	if x < 0 || y < 0 || !c.Inside(x/2, y/4) {
		return
	}
	c.dots[y/4*c.W+x/2].add(brailleBits[x%2][y%4], prio, s)
}

func (d *dots) add(bits, prio uint8, s Style) {
	d.bits |= bits
	if prio >= d.prio {
		d.prio, d.s = prio, s
	}
}

// Braille sets the dots of a braille rune in one cell.
func (c *Canvas) Braille(x, y int, r rune, prio uint8, s Style) {
	if c.Inside(x, y) {
		c.dots[y*c.W+x].add(uint8(r), prio, s) // U+2800 and its dots
	}
}

// Box bounds a line, in dots, edges included.
type Box struct{ X0, Y0, X1, Y1 int }

// Line draws a line of dots: heavy is two dots thick, every is 1 for a solid
// one and more for a sparse one.
func (c *Canvas) Line(x1, y1, x2, y2 int, heavy bool, every int, prio uint8, s Style, clip Box) {
	n := max(abs(x2-x1), abs(y2-y1), 1)
	ox, oy := 0, 1
	if abs(y2-y1) > abs(x2-x1) {
		ox, oy = 1, 0
	}
	for i := 0; i <= n; i += every {
		x, y := x1+round(x2-x1, i, n), y1+round(y2-y1, i, n)
		if x >= clip.X0 && x <= clip.X1 && y >= clip.Y0 && y <= clip.Y1 {
			c.Dot(x, y, prio, s)
			if x, y = x+ox, y+oy; heavy && x <= clip.X1 && y <= clip.Y1 {
				c.Dot(x, y, prio, s)
			}
		}
	}
}

func abs(n int) int { return max(n, -n) }

// round returns d·i/n to the nearest whole.
func round(d, i, n int) int {
	if d < 0 {
		return -((-2*d*i + n) / (2 * n))
	}
	return (2*d*i + n) / (2 * n)
}

// String returns the canvas as plain text, without blanks at line ends.
func (c *Canvas) String() string {
	var b strings.Builder
	for y := range c.H {
		line := make([]rune, 0, c.W)
		for x := range c.W {
			r, _ := c.At(x, y)
			line = append(line, r)
		}
		b.WriteString(strings.TrimRight(string(line), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// At returns what is seen in a cell.
func (c *Canvas) At(x, y int) (rune, Style) {
	i := y*c.W + x
	if r := c.cells[i].r; r != 0 {
		return r, c.cells[i].s
	}
	if d := c.dots[i]; d.bits != 0 {
		return 0x2800 + rune(d.bits), d.s
	}
	return ' ', Style{}
}

// Render returns the canvas with colours, one line a row. A line ends with
// its last visible cell.
func (c *Canvas) Render(t *Theme) string {
	out := c.out[:0]
	for y := range c.H {
		if y > 0 {
			out = append(out, '\n')
		}
		end := c.W
		for end > 0 && c.clear(end-1, y) {
			end--
		}
		last := Style{}
		for x := range end {
			r, s := c.At(x, y)
			if r == ' ' && s.BG == Plain {
				s = Style{FG: last.FG, Bold: last.Bold, Ghost: last.Ghost} // a blank needs no colour of its own
			}
			if s != last {
				out = append(out, t.sgr[s.index()]...)
				last = s
			}
			out = utf8.AppendRune(out, r)
		}
		if last != (Style{}) {
			out = append(out, "\x1b[0m"...)
		}
	}
	c.out = out
	return string(out)
}

// clear reports whether a cell shows nothing, not even a background.
func (c *Canvas) clear(x, y int) bool {
	r, s := c.At(x, y)
	return r == ' ' && s.BG == Plain
}
