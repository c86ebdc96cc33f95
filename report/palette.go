package report

import "photofinish/sim/judge"

// Palette gives colours to what a text means: the escape sequences that begin
// them. Its zero value colours nothing. Red means wrong and nothing else.
type Palette struct{ Wrong, OK, Loud, Stuck, Faint, Strong string }

// Colours is the palette for terminals: their own sixteen colours, so that it
// suits a dark background and a light one.
var Colours = Palette{
	Wrong: "\x1b[31m", OK: "\x1b[32m", Loud: "\x1b[33m", Stuck: "\x1b[35m",
	Faint: "\x1b[2m", Strong: "\x1b[1m",
}

// paint begins text with a sequence of the palette, and ends it.
func paint(colour, text string) string {
	if colour == "" || text == "" {
		return text
	}
	return colour + text + "\x1b[0m"
}

// Of returns the colour of a verdict.
func (p Palette) Of(v judge.Verdict) string {
	return [...]string{p.OK, p.Loud, p.Loud, p.Stuck, p.Wrong}[v]
}
