// Command picture makes an SVG of what a terminal shows: it reads text with
// escape sequences, as tmux captures it, and writes the picture. Where there are
// several screens, each behind a line of a form feed and how many ms it is shown,
// the picture moves, and begins anew when it is over; who wants no motion sees the
// last of them. See docs/picture.sh, which makes the pictures of the README with it.
//
// Lines and dots are drawn as shapes, so that they meet from cell to cell in
// any font; all else is text.
package main

import (
	"fmt"
	"html"
	"image/color"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"

	"photofinish/report/tell"
)

// The size of a cell, of the margin around the screen and of its text.
const (
	cellWidth, cellHeight = 8.4, 18.0
	margin                = 14.0
	fontSize              = 14
)

// The colours of what names none.
var ground, ink = dark("ground"), dark("text")

// dark returns a colour of the theme, on a dark ground.
func dark(class string) string {
	i := slices.IndexFunc(tell.Theme[:], func(s tell.Shade) bool { return s.Class == class })
	return fmt.Sprintf("#%06X", tell.Theme[i].Dark)
}

func main() {
	if err := run(os.Stdin, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(2)
	}
}

func run(in io.Reader, out io.Writer, args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("want the columns, the rows and a title: picture 120 40 'The playground' < screen.ans > screen.svg")
	}
	w, errW := strconv.Atoi(args[0])
	h, errH := strconv.Atoi(args[1])
	if errW != nil || errH != nil || w < 1 || h < 1 || w > 1000 || h > 1000 {
		return fmt.Errorf("columns and rows are numbers from 1 to 1000")
	}
	text, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	film, err := read(text, w, h)
	if err != nil {
		return err
	}
	return film.write(out, args[2])
}

// picture is an SVG in the making, or those cells of one that are shown at the same time.
type picture struct {
	fills strings.Builder

	filled         string // what was painted last, and where
	fillEnd, fillY int

	texts strings.Builder
	paths map[string]*strings.Builder // by stroke
	order []string

	run      strings.Builder // text of one style that is being collected
	runX     int
	runCells int
	runY     int
	runStyle string
}

// cell draws one cell.
func (p *picture) cell(x, y int, c *uv.Cell) {
	fg, bg := hex(c.Style.Fg, ink), hex(c.Style.Bg, "")
	if c.Style.Attrs&uv.AttrReverse != 0 {
		fg, bg = ground, fg
	}
	left, top := margin+float64(x)*cellWidth, margin+float64(y)*cellHeight
	if bg != "" {
		p.fill(x, y, 1, bg)
	}
	r := ' '
	for _, r = range c.Content {
		break
	}
	switch {
	case r == ' ' || r == 0:
		p.endText()
	case r >= 0x2800 && r <= 0x28FF:
		p.endText()
		p.braille(left, top, r-0x2800, fg)
	case r == '▌':
		p.endText()
		p.fill(x, y, 0.5, fg)
	case lines[r] != nil:
		p.endText()
		p.line(left, top, lines[r], fg)
	default:
		style := `fill="` + fg + `"`
		if c.Style.Attrs&uv.AttrBold != 0 {
			style += ` font-weight="bold"`
		}
		p.text(x, y, c.Content, style)
	}
}

// fill paints a cell, or a part of its width, without a seam to the cell before
// it if that is painted the same.
func (p *picture) fill(x, y int, part float64, of string) {
	left, top := margin+float64(x)*cellWidth, margin+float64(y)*cellHeight
	if p.filled == of && p.fillEnd == x && p.fillY == y {
		left -= 0.5
		part += 0.5 / cellWidth
	}
	p.filled, p.fillEnd, p.fillY = of, x+1, y
	fmt.Fprintf(&p.fills, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`+"\n", num(left), num(top), num(part*cellWidth), num(cellHeight), of)
}

// text collects a run of one style.
func (p *picture) text(x, y int, s, style string) {
	if style != p.runStyle || y != p.runY || x != p.runX+p.runCells {
		p.endText()
		p.runX, p.runY, p.runStyle = x, y, style
	}
	p.run.WriteString(html.EscapeString(s))
	p.runCells++
}

// endText writes the run. Its length is given, so that the grid holds in any
// font.
func (p *picture) endText() {
	if p.runCells > 0 {
		x, y := margin+float64(p.runX)*cellWidth, margin+float64(p.runY)*cellHeight+cellHeight*0.74
		fmt.Fprintf(&p.texts, `<text x="%s" y="%s" textLength="%s" lengthAdjust="spacingAndGlyphs" %s>%s</text>`+"\n",
			num(x), num(y), num(float64(p.runCells)*cellWidth), p.runStyle, p.run.String())
	}
	p.run.Reset()
	p.runCells = 0
}

// line is how a line goes through a cell.
type line struct {
	down  bool
	heavy bool
	dash  int // in how many parts it is broken
}

var lines = map[rune]*line{
	'─': {}, '━': {heavy: true}, '│': {down: true}, '┃': {down: true, heavy: true},
	'╌': {dash: 2}, '╍': {dash: 2, heavy: true}, '┄': {dash: 3}, '┈': {dash: 4},
	'┆': {down: true, dash: 3}, '┊': {down: true, dash: 4},
}

func (p *picture) line(left, top float64, l *line, fg string) {
	width := "1.2"
	if l.heavy {
		width = "2.6"
	}
	n := max(l.dash, 1)
	b := p.path(`stroke="` + fg + `" stroke-width="` + width + `"`)
	for i := range n {
		from, to := float64(i)/float64(n), (float64(i)+0.55)/float64(n)
		if n == 1 {
			to = 1
		}
		if l.down {
			x := left + cellWidth/2
			fmt.Fprintf(b, "M%s %sV%s", num(x), num(top+from*cellHeight), num(top+to*cellHeight))
		} else {
			fmt.Fprintf(b, "M%s %sH%s", num(left+from*cellWidth), num(top+cellHeight/2), num(left+to*cellWidth))
		}
	}
}

// The dots of a braille character, by bit: column and row.
var brailleDots = [8][2]float64{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}}

func (p *picture) braille(left, top float64, bits rune, fg string) {
	b := p.path(`stroke="` + fg + `" stroke-width="2.6" stroke-linecap="round"`)
	for i, at := range brailleDots {
		if bits>>i&1 == 1 {
			fmt.Fprintf(b, "M%s %sh0", num(left+(at[0]+0.5)*cellWidth/2), num(top+(at[1]+0.5)*cellHeight/4))
		}
	}
}

// path returns the path that is drawn with a stroke.
func (p *picture) path(stroke string) *strings.Builder {
	if p.paths[stroke] == nil {
		p.paths[stroke] = new(strings.Builder)
		p.order = append(p.order, stroke)
	}
	return p.paths[stroke]
}

func (p *picture) write(b *strings.Builder) {
	p.endText()
	if p.fills.Len() > 0 {
		fmt.Fprintf(b, "<g shape-rendering=\"crispEdges\">\n%s</g>\n", &p.fills) // no seam from row to row
	}
	for _, stroke := range p.order {
		fmt.Fprintf(b, `<path d="%s" fill="none" %s/>`+"\n", p.paths[stroke], stroke)
	}
	b.WriteString(p.texts.String())
}

// num writes a length with no more digits than are seen.
func num(f float64) string { return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64) }

// hex writes a colour, or what stands for none.
func hex(c color.Color, none string) string {
	if c == nil {
		return none
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8)
}
