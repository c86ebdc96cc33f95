package ink

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"photofinish/report/tell"
)

// Line makes text from a file fit for a screen: one line, at most 4,000 characters.
func Line(text string) string {
	return Printable(tell.Clean(strings.Join(strings.Fields(text), " ")), 4000)
}

// Printable makes untrusted text safe for the screen: one line, no control
// characters, one cell a rune. What cannot be shown so becomes a dot.
func Printable(text string, most int) string {
	var b strings.Builder
	n, before := 0, ' '
	for _, r := range text {
		if n == most {
			return Cut(b.String()+"…", most)
		}
		if !ownCell(before, r) {
			r = '·'
		}
		b.WriteRune(r)
		n, before = n+1, r
	}
	return b.String()
}

// ownCell reports whether a rune takes one cell, also where it stands behind
// another: some are one cell wide alone and join what is before them.
func ownCell(before, r rune) bool {
	if r < utf8.RuneSelf {
		return r >= ' ' && r != 0x7f
	}
	return unicode.IsPrint(r) && ansi.StringWidth(string(r)) == 1 && ansi.StringWidth(string([]rune{before, r})) == 2
}

// Width returns the cells that printable text takes: one a rune.
func Width(text string) int { return utf8.RuneCountInString(text) }

// Widest returns the width of the widest of some lines.
func Widest(lines []string) (n int) {
	for _, line := range lines {
		n = max(n, Width(line))
	}
	return n
}

// Cut shortens printable text to n cells, with an ellipsis where it was cut.
func Cut(text string, n int) string {
	if Width(text) <= n {
		return text
	}
	if n <= 0 {
		return ""
	}
	return string([]rune(text)[:n-1]) + "…"
}

// Wrap breaks text into lines of at most n cells, between words where that is
// possible.
func Wrap(text string, n int) []string {
	var lines []string
	line := ""
	for _, word := range words(text, max(n, 1)) {
		switch {
		case line == "":
			line = word
		case Width(line)+1+Width(word) <= n:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// words returns the words of a text, in pieces those that are longer than n.
func words(text string, n int) (out []string) {
	for _, word := range strings.Fields(text) {
		runes := []rune(word)
		for ; len(runes) > n; runes = runes[n:] {
			out = append(out, string(runes[:n]))
		}
		out = append(out, string(runes))
	}
	return out
}

// One returns 1 where something is so, and else 0: a cell more, or a row.
func One(is bool) int {
	if is {
		return 1
	}
	return 0
}
