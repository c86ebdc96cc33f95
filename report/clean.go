package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Clean makes a text from outside fit for a terminal: control characters,
// those that turn the direction of writing, and bytes that are no text are
// written as escapes, so that they are seen and do nothing.
func Clean(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, unsafe) < 0 {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case unsafe(r):
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		default:
			b.WriteRune(r)
		}
		s = s[n:]
	}
	return b.String()
}

// unsafe reports whether a rune does something to a terminal or a line
// instead of being seen. The two joiners are letters' business.
func unsafe(r rune) bool {
	joiner := r == '\u200c' || r == '\u200d'
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) || unicode.Is(unicode.Cf, r) && !joiner
}

// Fit cleans text and cuts it to at most width columns.
func Fit(s string, width int) string { return fit(s, width) }

// Columns returns how wide text is in columns of a terminal, or of any type of
// one width.
func Columns(s string) int { return columns(s) }

// fit cleans text and cuts it to at most width columns.
func fit(s string, width int) string { return ansi.Truncate(Clean(s), width, "…") }

// columns returns how wide text is on a terminal.
func columns(s string) int { return ansi.StringWidth(s) }

// pad fills text with blanks up to width columns.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-columns(s)))
}

// padLeft is pad with the blanks in front.
func padLeft(s string, width int) string {
	return strings.Repeat(" ", max(0, width-columns(s))) + s
}
