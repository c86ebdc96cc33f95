package tui

import (
	"fmt"
	"strconv"
)

// colour is a name of the palette. Red means wrong and nothing else; an
// action's colour is its identity, and a label stands beside it always.
type colour uint8

const (
	plain colour = iota // the terminal's own
	bg
	panel
	fg
	dim
	faint
	rule
	accent
	a1
	a2
	a3
	a4
	a5
	a6
	good
	wrong
	loud
	stuck
	unknown
	colours
)

// palette holds each colour on a dark and on a light background, as RGB and
// as the SGR number for 16 colours (0: the terminal's default).
var palette = [colours]struct {
	dark, light     uint32
	dark16, light16 int
}{
	bg:      {0x11151C, 0xFBFAF7, 0, 0},
	panel:   {0x1B212B, 0xEFEDE7, 0, 0},
	fg:      {0xE8ECF2, 0x1B1F24, 97, 30},
	dim:     {0x9CA7B8, 0x57606A, 37, 90},
	faint:   {0x748094, 0x6C737B, 90, 90},
	rule:    {0x323B49, 0xD5D2CA, 90, 37},
	accent:  {0xFFFFFF, 0x000000, 97, 30},
	a1:      {0x62B2FF, 0x2F6BE0, 94, 34},
	a2:      {0xFFBC1F, 0x9C6000, 93, 33},
	a3:      {0xEA58A6, 0xBC2F86, 95, 35},
	a4:      {0x86B554, 0x454F08, 92, 32},
	a5:      {0x22E5DE, 0x0B5F59, 96, 36},
	a6:      {0x9A74FF, 0x5320D6, 34, 94},
	good:    {0x6FE3B0, 0x1B7450, 92, 32},
	wrong:   {0xFF4B37, 0x980E08, 91, 31},
	loud:    {0xF7DC2E, 0x8C6600, 93, 33},
	stuck:   {0xCB82F2, 0x6A3BC0, 95, 35},
	unknown: {0x8F98A8, 0x59606F, 37, 90},
}

// style is how a cell looks.
type style struct {
	fg, bg colour
	bold   bool
	ghost  bool // not yet happened: half way to the background
}

func (s style) index() int {
	i := int(s.fg)*int(colours) + int(s.bg)
	i *= 4
	if s.bold {
		i++
	}
	if s.ghost {
		i += 2
	}
	return i
}

// Depth says how many colours a terminal has.
type depth uint8

const (
	noColour depth = iota
	colours16
	trueColour
)

// theme is the palette for one kind of terminal: an escape sequence for every
// style, worked out once.
type theme struct {
	depth depth
	light bool
	sgr   []string
}

func newTheme(d depth, light bool) *theme {
	t := &theme{depth: d, light: light, sgr: make([]string, int(colours)*int(colours)*4)}
	for f := range colours {
		for b := range colours {
			for _, bold := range []bool{false, true} {
				for _, ghost := range []bool{false, true} {
					s := style{f, b, bold, ghost}
					t.sgr[s.index()] = t.sequence(s)
				}
			}
		}
	}
	return t
}

// sequence returns the escape sequence that sets s and nothing else.
func (t *theme) sequence(s style) string {
	out := "\x1b[0"
	if s.bold {
		out += ";1"
	}
	switch t.depth {
	case noColour:
		if s.bg != plain && s.bg != panel && !isAction(s.bg) {
			out += ";7"
		} else if s.fg == faint || s.fg == rule || s.ghost {
			out += ";2"
		}
	case colours16:
		out += t.sequence16(s)
	default:
		if s.fg != plain {
			out += ";38;2;" + t.rgb(s.fg, s.ghost)
		}
		if s.bg != plain {
			out += ";48;2;" + t.rgb(s.bg, false)
		}
	}
	return out + "m"
}

func (t *theme) sequence16(s style) string {
	if s.bg != plain && s.bg != panel {
		ink := ";30"
		if t.light {
			ink = ";97"
		}
		return ink + ";" + strconv.Itoa(t.number(s.bg)+10)
	}
	out := ""
	if s.ghost {
		out = ";2"
	}
	if n := t.number(s.fg); n != 0 {
		out += ";" + strconv.Itoa(n)
	}
	return out
}

func (t *theme) number(c colour) int {
	if t.light {
		return palette[c].light16
	}
	return palette[c].dark16
}

// rgb returns the colour as "r;g;b", and its ghost 52 % towards the background.
func (t *theme) rgb(c colour, ghost bool) string {
	of := func(c colour) uint32 {
		if t.light {
			return palette[c].light
		}
		return palette[c].dark
	}
	v, back := of(c), of(bg)
	part := func(shift int) uint32 {
		x := v >> shift & 255
		if ghost {
			x = (x*48 + (back>>shift&255)*52 + 50) / 100
		}
		return x
	}
	return fmt.Sprintf("%d;%d;%d", part(16), part(8), part(0))
}

func isAction(c colour) bool { return c >= a1 && c <= a6 }

// hue returns the colour of action n; after six they repeat.
func hue(n int) colour {
	if n <= 0 {
		return dim
	}
	return a1 + colour((n-1)%6)
}
