package ink

import (
	"fmt"
	"strconv"
	"sync"

	"github.com/charmbracelet/colorprofile"

	"photofinish/report/tell"
)

// Colour is a name of the palette. Red means wrong and nothing else; an
// action's colour is its identity, and a label stands beside it always.
type Colour uint8

// The palette, in the order of [tell.Theme]. Text to read comes in three
// strengths, Text, Dim and Faint; the unnamed six between Rule and Good are those
// of actions, see [Hue].
const (
	Plain  Colour = iota // the terminal's own
	Ground               // of the screen, and the ink of what is filled
	Panel                // the ground of what lies over the screen
	Text
	Dim
	Faint
	Rule // lines and what recedes
	a1
	a2
	a3
	a4
	a5
	a6
	Good
	Wrong
	Loud
	Stuck
	Unknown
	Accent // the most that there is: white on dark, black on light
	colours
)

// sixteen holds the SGR number of each colour on a dark and on a light background
// for 16 colours; 0 is the terminal's default.
var sixteen = [colours]struct{ dark, light int }{
	Text: {97, 30}, Dim: {37, 90}, Faint: {90, 90}, Rule: {90, 37}, Accent: {97, 30},
	a1: {94, 34}, a2: {93, 33}, a3: {95, 35}, a4: {92, 32}, a5: {96, 36}, a6: {34, 94},
	Good: {92, 32}, Wrong: {91, 31}, Loud: {93, 33}, Stuck: {95, 35}, Unknown: {37, 90},
}

// Style is how a cell looks.
type Style struct {
	FG, BG Colour
	Bold   bool
	Ghost  bool // not yet happened: half way to the background
}

func (s Style) index() int {
	i := int(s.FG)*int(colours) + int(s.BG)
	i *= 4
	if s.Bold {
		i++
	}
	if s.Ghost {
		i += 2
	}
	return i
}

// Depth says how many colours a terminal has.
type Depth uint8

// No colours at all, the sixteen of every terminal, or any; or those of the sixteen that
// can be read on a ground that nobody knows, for text that is printed.
const (
	NoColour Depth = iota
	Colours16
	TrueColour
	AnyGround
)

// DepthOf returns how many of the colours of a profile are made use of.
func DepthOf(p colorprofile.Profile) Depth {
	switch {
	case p >= colorprofile.ANSI256:
		return TrueColour
	case p == colorprofile.ANSI:
		return Colours16
	}
	return NoColour
}

// Theme is the palette for one kind of terminal: an escape sequence for every
// style, worked out once.
type Theme struct {
	depth Depth
	light bool
	sgr   []string
}

// themes are those that have been asked for, of eight: to make one costs as much as
// to draw a few screens.
var themes sync.Map

// NewTheme returns the palette for a terminal with a dark or a light ground. All
// who ask for the same share it.
func NewTheme(d Depth, light bool) *Theme {
	of := [2]any{d, light}
	t, ok := themes.Load(of)
	if !ok {
		t, _ = themes.LoadOrStore(of, newTheme(d, light))
	}
	return t.(*Theme)
}

func newTheme(d Depth, light bool) *Theme {
	t := &Theme{depth: d, light: light, sgr: make([]string, int(colours)*int(colours)*4)}
	for i := range t.sgr {
		fg, bg := i/4/int(colours), i/4%int(colours)
		t.sgr[i] = t.sequence(Style{Colour(fg), Colour(bg), i&1 != 0, i&2 != 0})
	}
	return t
}

// sequence returns the escape sequence that sets s and nothing else.
func (t *Theme) sequence(s Style) string {
	out := "\x1b[0"
	if s.Bold {
		out += ";1"
	}
	switch t.depth {
	case NoColour:
		if s.BG != Plain && s.BG != Panel && s.BG != Dim && !isAction(s.BG) {
			out += ";7"
		} else if s.FG == Faint || s.FG == Rule || s.Ghost {
			out += ";2"
		}
	case Colours16:
		out += t.sequence16(s)
	case AnyGround:
		out += anyGround(s)
	default:
		if s.FG != Plain {
			out += ";38;2;" + t.rgb(s.FG, s.Ghost)
		}
		if s.BG != Plain {
			out += ";48;2;" + t.rgb(s.BG, false)
		}
	}
	return out + "m"
}

func (t *Theme) sequence16(s Style) string {
	if s.BG != Plain && s.BG != Panel {
		ink := ";30"
		if t.light {
			ink = ";97"
		}
		return ink + ";" + strconv.Itoa(t.number(s.BG)+10)
	}
	out := ""
	if s.Ghost {
		out = ";2"
	}
	if n := t.number(s.FG); n != 0 {
		out += ";" + strconv.Itoa(n)
	}
	return out
}

// anyGround takes the hues alone, reversed where a cell is filled; text is the terminal's
// own, and what is weaker is faint.
func anyGround(s Style) string {
	out, c := "", s.FG
	if s.BG != Plain && s.BG != Panel {
		out, c = ";7", s.BG
	}
	switch n := sixteen[c].light; {
	case s.Ghost, n == 90, n == 37:
		return out + ";2"
	case n == 30, n == 0:
		return out
	default:
		return out + ";" + strconv.Itoa(n)
	}
}

func (t *Theme) number(c Colour) int {
	if t.light {
		return sixteen[c].light
	}
	return sixteen[c].dark
}

// rgb returns the colour as "r;g;b", and its ghost 52 % towards the background.
func (t *Theme) rgb(c Colour, ghost bool) string {
	of := func(c Colour) uint32 {
		shade := tell.Shade{Light: 0x000000, Dark: 0xFFFFFF}
		if c != Accent {
			shade = tell.Theme[c-Ground]
		}
		if t.light {
			return shade.Light
		}
		return shade.Dark
	}
	v, back := of(c), of(Ground)
	part := func(shift int) uint32 {
		x := v >> shift & 255
		if ghost {
			x = (x*48 + (back>>shift&255)*52 + 50) / 100
		}
		return x
	}
	return fmt.Sprintf("%d;%d;%d", part(16), part(8), part(0))
}

func isAction(c Colour) bool { return c >= a1 && c <= a6 }

// Of returns the colour of a role.
func Of(r tell.Role) Colour { return [...]Colour{Dim, Good, Loud, Unknown, Stuck, Wrong}[r] }

// Hue returns the colour of action n; after six they repeat.
func Hue(n int) Colour {
	if n <= 0 {
		return Dim
	}
	return a1 + Colour((n-1)%6)
}
