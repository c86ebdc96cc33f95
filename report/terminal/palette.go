// Package terminal writes for people at a terminal: the matrix, the stories of
// trials, and the orders with the shortest bad one.
package terminal

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"photofinish/report/tell"
	"photofinish/sim/judge"
)

// Palette gives colours to what a text means: the escape sequences that begin
// them. Its zero value colours nothing. Red means wrong and nothing else.
type Palette struct{ Wrong, OK, Loud, Stuck, Faint, Strong string }

// Colours is the palette for terminals: their own sixteen colours, so that it
// suits a dark background and a light one.
var Colours = Palette{
	Wrong: "\x1b[31m", OK: "\x1b[32m", Loud: "\x1b[33m", Stuck: "\x1b[35m",
	Faint: "\x1b[2m", Strong: "\x1b[1m",
}

// Paint begins text with a sequence of the palette, and ends it.
func Paint(colour, text string) string {
	if colour == "" || text == "" {
		return text
	}
	return colour + text + "\x1b[0m"
}

// Of returns the colour of a verdict.
func (p Palette) Of(v judge.Verdict) string {
	return [...]string{p.OK, p.Loud, p.Loud, p.Stuck, p.Wrong}[v]
}

// role returns the colour of a role: what is not known is grey, and what waits is as
// what is loud.
func (p Palette) role(r tell.Role) string {
	return [...]string{tell.Dim: p.Faint, tell.Good: p.OK, tell.Loud: p.Loud, tell.Unknown: p.Faint, tell.Stuck: p.Loud, tell.Wrong: p.Wrong}[r]
}

// Hang writes text after a label, broken at 80 columns, the later lines
// under the first. Names are not broken at their hyphens.
func Hang(b *strings.Builder, label, text string) {
	const hyphen, stays = "-", "\u2011"
	width := tell.Columns(label)
	text = ansi.Wordwrap(strings.ReplaceAll(text, hyphen, stays), 80-width, "")
	for line := range strings.Lines(strings.ReplaceAll(text, stays, hyphen)) {
		fmt.Fprintf(b, "%s%s\n", label, strings.TrimRight(line, " \n"))
		label = strings.Repeat(" ", width)
	}
}
