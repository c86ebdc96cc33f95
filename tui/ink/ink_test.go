package ink

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"photofinish/internal/testkit/property"
)

func TestPrintable(t *testing.T) {
	for _, tt := range []struct {
		in   string
		most int
		want string
	}{
		{"Ada Lovelace", 40, "Ada Lovelace"},
		{"Ada Lovelace", 12, "Ada Lovelace"},
		{"Ada Lovelace", 11, "Ada Lovela…"},
		{"Ada", 0, ""},
		{"", 0, ""},
		{"Zoë Ångström", 40, "Zoë Ångström"},
		{"a\tb\nc\rd\x00e\x7f", 40, "a·b·c·d·e·"},
		{"\x1b]52;c;QQ==\x07", 40, "·]52;c;QQ==·"},
		{"\u009b31m", 40, "·31m"},
		{"漢字", 40, "··"},
		{"\u202e\u2066\u200d\ufeff", 40, "····"},
		{"bad \xff bytes", 40, "bad \ufffd bytes"},
	} {
		if got := Printable(tt.in, tt.most); got != tt.want {
			t.Errorf("Printable(%q, %d) = %q, want %q", tt.in, tt.most, got, tt.want)
		}
	}
}

// Whatever comes in, what goes out is one line, of the width that is said, and
// no longer than is allowed.
func TestPrintableIsSafe(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		in, most := rapid.String().Draw(t, "in"), rapid.IntRange(0, 60).Draw(t, "most")
		out := Printable(in, most)
		if !utf8.ValidString(out) || strings.ContainsAny(out, "\x1b\n\r\t") {
			t.Fatalf("%q is not safe", out)
		}
		if n := Width(out); n > most || n != ansi.StringWidth(out) {
			t.Fatalf("%q is %d wide, on the terminal %d, and may be %d", out, n, ansi.StringWidth(out), most)
		}
		if again := Printable(out, most); again != out {
			t.Fatalf("%q becomes %q the second time", out, again)
		}
	})
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		text string
		n    int
		want string
	}{
		{"queued", 6, "queued"}, {"queued", 7, "queued"}, {"queued", 5, "queu…"}, {"queued", 1, "…"}, {"queued", 0, ""}, {"queued", -3, ""}, {"", 0, ""}, {"é—ü", 2, "é…"},
	} {
		if got := Cut(tt.text, tt.n); got != tt.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", tt.text, tt.n, got, tt.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		text string
		n    int
		want string
	}{
		{"newer edit u3 was overwritten by older u2", 16, "newer edit u3|was overwritten|by older u2"},
		{"one", 3, "one"},
		{"one two", 7, "one two"},
		{"one two", 6, "one|two"},
		{"", 10, ""},
		{"   ", 10, ""},
		{"a word-that-is-longer than the line", 10, "a|word-that-|is-longer|than the|line"},
		{"abc", 0, "a|b|c"},
	} {
		if got := strings.Join(Wrap(tt.text, tt.n), "|"); got != tt.want {
			t.Errorf("Wrap(%q, %d) = %q, want %q", tt.text, tt.n, got, tt.want)
		}
	}
	property.Check(t, func(t *rapid.T) {
		text, n := Printable(rapid.String().Draw(t, "text"), 200), rapid.IntRange(1, 30).Draw(t, "n")
		lines := Wrap(text, n)
		for _, line := range lines {
			if Width(line) > n || line == "" {
				t.Fatalf("%q is not of 1 to %d cells", line, n)
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(strings.Join(lines, " ")) != squeeze(text) {
			t.Fatalf("%q becomes %q", text, lines)
		}
	})
}

// scribble draws one thing or another, somewhere, also outside.
func scribble(c *Canvas, rnd *rand.Rand, dx, dy int) {
	x, y := rnd.IntN(60)-20+dx, rnd.IntN(40)-15+dy
	s := Style{FG: Colour(rnd.IntN(int(colours))), Bold: rnd.IntN(2) == 0, Ghost: rnd.IntN(3) == 0}
	word := strings.Repeat("─u2✗ ", rnd.IntN(8))
	n, m := rnd.IntN(30)-5, rnd.IntN(30)-5
	switch rnd.IntN(10) {
	case 0:
		c.Put(x, y, word, s)
	case 1:
		c.Right(x, y, word, s)
	case 2:
		c.Repeat(x, y, n, '┈', s)
	case 3:
		c.Chip(x, y, word, s.FG, s.Ghost)
	case 4:
		c.Under(x, y, '│', s)
	case 5:
		c.Wipe(x, y, n/3, m/3, [...]Colour{Plain, Panel}[rnd.IntN(2)])
	case 6:
		c.Dot(2*x+rnd.IntN(2), 4*y+rnd.IntN(4), uint8(rnd.IntN(4)), s)
	case 7:
		c.Braille(x, y, 0x2800+rune(rnd.IntN(256)), uint8(rnd.IntN(4)), s)
	case 8:
		clip := Box{2 * (x - 5), 4 * (y - 3), 2 * (x + 12), 4 * (y + 6)}
		c.Line(2*x, 4*y, 2*(x+n), 4*(y+m), rnd.IntN(2) == 0, 1+rnd.IntN(4), uint8(rnd.IntN(4)), s, clip)
	case 9:
		if rnd.IntN(20) == 0 {
			c.Recede()
		}
	}
}

// A canvas shows of everything what is on it: the same as a larger one that
// nothing leaves, seen through a window.
func TestCanvasClipsAtItsEdges(t *testing.T) {
	const far = 100
	property.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		rnd, same := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, 1))
		var small, large Canvas
		small.Resize(20, 10)
		large.Resize(20+2*far, 10+2*far)
		for range 40 {
			scribble(&small, rnd, 0, 0)
			scribble(&large, same, far, far)
		}
		for y := range small.H {
			for x := range small.W {
				r, s := small.At(x, y)
				want, ws := large.At(x+far, y+far)
				if r != want || s != ws {
					t.Fatalf("seed %d: %q %v at %d, %d, without edges %q %v", seed, r, s, x, y, want, ws)
				}
				if small.Rune(x, y) != large.Rune(x+far, y+far) || small.Blank(x, y) != large.Blank(x+far, y+far) {
					t.Fatalf("seed %d: Rune or Blank differ at %d, %d", seed, x, y)
				}
			}
		}
		for _, at := range [][2]int{{-1, 0}, {0, -1}, {20, 0}, {0, 10}} {
			if small.Blank(at[0], at[1]) || small.Rune(at[0], at[1]) != 0 || small.Inside(at[0], at[1]) {
				t.Fatalf("there is something outside, at %v", at)
			}
		}
	})
}

func TestResizeEmpties(t *testing.T) {
	var c Canvas
	for _, size := range [][2]int{{10, 4}, {3, 2}, {0, 0}, {-1, 5}, {40, 20}, {10, 4}} {
		c.Resize(size[0], size[1])
		if got := strings.TrimSpace(c.String()); got != "" {
			t.Errorf("%v: still there is %q", size, got)
		}
		if lines := strings.Count(c.String(), "\n"); lines != max(size[1], 0) {
			t.Errorf("%v: %d lines", size, lines)
		}
		c.Put(0, 0, strings.Repeat("x", 50), Style{FG: Text})
		c.Dot(0, 5, 1, Style{FG: Dim})
	}
}

func TestLayers(t *testing.T) {
	var c Canvas
	c.Resize(4, 1)
	at := func(x int) (rune, Colour) {
		r, s := c.At(x, 0)
		return r, s.FG
	}
	expect := func(what string, x int, r rune, of Colour) {
		t.Helper()
		if gr, gc := at(x); gr != r || gc != of {
			t.Errorf("%s: %q in colour %d, want %q in %d", what, gr, gc, r, of)
		}
	}
	c.Dot(0, 0, 2, Style{FG: a1})
	c.Dot(1, 3, 1, Style{FG: a2})
	expect("dots add up, and the higher one gives the colour", 0, '⢁', a1)
	c.Dot(0, 0, 2, Style{FG: a4})
	c.Dot(1, 3, 1, Style{FG: a2})
	expect("of equals the later one gives it", 0, '⢁', a4)
	c.Braille(0, 0, '⠆', 3, Style{FG: a3})
	expect("so do whole runes", 0, '⢇', a3)
	c.Under(0, 0, '│', Style{FG: Accent})
	expect("a line gives way to dots", 0, '⢇', a3)
	c.Put(0, 0, "u", Style{FG: Text})
	expect("text beats dots", 0, 'u', Text)
	c.Under(1, 0, '│', Style{FG: Accent})
	expect("a line is drawn where nothing is", 1, '│', Accent)
	if end := c.Put(1, 0, "ab", Style{}); end != 3 {
		t.Errorf("text of two cells from 1 on ends before %d", end)
	}
	c.Right(4, 0, "yz", Style{FG: Dim})
	expect("text at the right ends before the column", 3, 'z', Dim)
	c.Recede()
	expect("what recedes is a rule", 3, 'z', Rule)
	c.Wipe(0, 0, 1, 1, Plain)
	if !c.Blank(0, 0) {
		t.Error("wiped is not blank")
	}
}

func TestLine(t *testing.T) {
	for _, tt := range []struct {
		name  string
		draw  func(c *Canvas, all Box)
		lines string
	}{
		{"down", func(c *Canvas, all Box) { c.Line(0, 0, 15, 7, false, 1, 1, Style{}, all) }, "⠉⠒⠤⣀\n    ⠉⠒⠤⣀"},
		{"heavy", func(c *Canvas, all Box) { c.Line(0, 2, 15, 2, true, 1, 1, Style{}, all) }, "⣤⣤⣤⣤⣤⣤⣤⣤"},
		{"sparse", func(c *Canvas, all Box) { c.Line(0, 2, 15, 2, false, 4, 1, Style{}, all) }, "⠄ ⠄ ⠄ ⠄"},
		{"a dot", func(c *Canvas, all Box) { c.Line(3, 3, 3, 3, false, 1, 1, Style{}, all) }, " ⢀"},
		{"clipped", func(c *Canvas, _ Box) { c.Line(0, 2, 15, 2, false, 1, 1, Style{}, Box{4, 0, 7, 7}) }, "  ⠤⠤"},
	} {
		var c Canvas
		c.Resize(8, 2)
		tt.draw(&c, Box{0, 0, 15, 7})
		if got := strings.TrimRight(c.String(), "\n"); got != tt.lines {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.lines)
		}
	}
	// The same line from either end, and none of its dots missing.
	for x := range 16 {
		var a, b Canvas
		a.Resize(8, 2)
		b.Resize(8, 2)
		all := Box{0, 0, 15, 7}
		a.Line(0, 0, x, 7, false, 1, 1, Style{}, all)
		b.Line(x, 7, 0, 0, false, 1, 1, Style{}, all)
		count := func(c *Canvas) (n int) {
			for _, d := range c.dots {
				for ; d.bits != 0; d.bits &= d.bits - 1 {
					n++
				}
			}
			return n
		}
		if n := count(&a); n != max(x, 7)+1 || n != count(&b) {
			t.Errorf("a line to %d, 7 has %d dots, and %d from there", x, n, count(&b))
		}
	}
}

// drawn returns a canvas full of all kinds of things.
func drawn(seed uint64) *Canvas {
	rnd, c := rand.New(rand.NewPCG(seed, 2)), new(Canvas)
	c.Resize(40, 12)
	for range 60 {
		scribble(c, rnd, 10, 5)
	}
	return c
}

var depths = []Depth{NoColour, Colours16, TrueColour}

// With colours or without, the screen says the same, and no row is longer than
// what it shows.
func TestColourChangesNoText(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		c := drawn(seed)
		want := strings.TrimRight(c.String(), "\n")
		for _, d := range depths {
			for _, light := range []bool{false, true} {
				lines := strings.Split(c.Render(NewTheme(d, light)), "\n")
				for i := range lines {
					if n := ansi.StringWidth(lines[i]); n > c.W {
						t.Fatalf("row %d is %d wide", i, n)
					}
					lines[i] = strings.TrimRight(ansi.Strip(lines[i]), " ")
				}
				if got := strings.TrimRight(strings.Join(lines, "\n"), "\n"); got != want {
					t.Fatalf("depth %d, light %v:\n%s\nwant\n%s", d, light, got, want)
				}
			}
		}
	})
}

var sequences = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// Without colours there are bold, faint and reverse, and nothing else; and only
// what is neither an action nor a key is reversed.
func TestNoColourUsesNone(t *testing.T) {
	th := NewTheme(NoColour, false)
	for f := range colours {
		for b := range colours {
			s := Style{FG: f, BG: b}
			reversed := strings.Contains(th.sequence(s), ";7")
			if want := b != Plain && b != Panel && b != Dim && !isAction(b); reversed != want {
				t.Errorf("%v: reversed is %v, want %v", s, reversed, want)
			}
		}
	}
	property.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		for _, m := range sequences.FindAllStringSubmatch(drawn(seed).Render(th), -1) {
			for _, n := range strings.Split(m[1], ";") {
				if !strings.Contains(" 0 1 2 7 ", " "+n+" ") {
					t.Fatalf("%q without colours", m[0])
				}
			}
		}
	})
}

// In 16 colours there are 16 colours.
func TestSixteenColours(t *testing.T) {
	for _, light := range []bool{false, true} {
		for _, m := range sequences.FindAllStringSubmatch(drawn(1).Render(NewTheme(Colours16, light)), -1) {
			for _, n := range strings.Split(m[1], ";") {
				if n == "38" || n == "48" {
					t.Fatalf("%q in 16 colours", m[0])
				}
			}
		}
	}
}

// Every row stands for itself: it begins plain and ends plain, so that a
// terminal may write one without the others. And every cell has the style that
// was asked for.
func TestRenderedRows(t *testing.T) {
	th := NewTheme(TrueColour, false)
	property.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		c := drawn(seed)
		for y, row := range strings.Split(c.Render(th), "\n") {
			now, x := "", 0
			for row != "" {
				if m := sequences.FindString(row); m != "" && strings.HasPrefix(row, m) {
					now, row = m, row[len(m):]
					continue
				}
				r, n := utf8.DecodeRuneInString(row)
				cr, s := c.At(x, y)
				if want := th.sequence(s); r != cr || r != ' ' && now != want && (now != "" || s != Style{}) {
					t.Fatalf("%q with %q at %d, %d, want %q with %q", r, now, x, y, cr, want)
				}
				if r == ' ' && s.BG == Plain && strings.Contains(now, "48;") {
					t.Fatalf("a blank at %d, %d has a background", x, y)
				}
				row, x = row[n:], x+1
			}
			if now != "" && now != "\x1b[0m" {
				t.Fatalf("row %d ends with %q", y, now)
			}
		}
	})
}

func TestStylesHaveTheirOwnSequence(t *testing.T) {
	seen, room := map[int]Style{}, len(NewTheme(NoColour, false).sgr)
	for f := range colours {
		for b := range colours {
			for i := range 4 {
				s := Style{f, b, i&1 != 0, i&2 != 0}
				if was, twice := seen[s.index()]; twice || s.index() >= room {
					t.Fatalf("%v has the place %d of %d, where %v is", s, s.index(), room, was)
				}
				seen[s.index()] = s
			}
		}
	}
}

func TestHue(t *testing.T) {
	for n, want := range map[int]Colour{-1: Dim, 0: Dim, 1: a1, 2: a2, 6: a6, 7: a1, 64: a4} {
		if got := Hue(n); got != want {
			t.Errorf("action %d has colour %d, want %d", n, got, want)
		}
	}
}

// Red means wrong and nothing else; the colours of one theme that stand for
// different things are different.
func TestPalette(t *testing.T) {
	for _, light := range []bool{false, true} {
		seen, th := map[string]Colour{}, &Theme{light: light}
		for c := Ground; c < colours; c++ {
			rgb := th.rgb(c, false)
			if was, twice := seen[rgb]; twice {
				t.Errorf("light %v: %d and %d are both %s", light, c, was, rgb)
			}
			seen[rgb] = c
		}
	}
	for c := Ground; c < colours; c++ {
		if p, red := sixteen[c], sixteen[Wrong]; c != Wrong && (p.dark == red.dark || p.light == red.light) {
			t.Errorf("colour %d is red in 16 colours", c)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	rnd, c := rand.New(rand.NewPCG(1, 1)), new(Canvas)
	c.Resize(200, 50)
	for range 2000 {
		scribble(c, rnd, rnd.IntN(180), rnd.IntN(40))
	}
	for _, d := range depths {
		th := NewTheme(d, false)
		b.Run(fmt.Sprint("depth", d), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Render(th)
			}
		})
	}
}

// However large a window says it is, a canvas has no more cells than a screen.
func TestCanvasIsBounded(t *testing.T) {
	var c Canvas
	c.Resize(32767, 32767)
	if c.W != MaxWidth || c.H != MaxHeight {
		t.Fatalf("%d×%d", c.W, c.H)
	}
	c.Put(32766, 32766, "x", Style{})
	c.Put(MaxWidth-1, MaxHeight-1, "x", Style{})
	if c.Rune(MaxWidth-1, MaxHeight-1) != 'x' {
		t.Error("its last cell is not to be written")
	}
	c.Resize(-5, 70000)
	if c.W != 0 || c.H != MaxHeight {
		t.Fatalf("%d×%d", c.W, c.H)
	}
}
