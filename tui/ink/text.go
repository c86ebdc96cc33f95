package ink

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// Printable makes untrusted text safe for the screen: one line, no control
// characters, one cell a rune. What cannot be shown so becomes a dot.
func Printable(text string, most int) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n == most {
			return Cut(b.String()+"…", most)
		}
		if !unicode.IsPrint(r) || ansi.StringWidth(string(r)) != 1 {
			r = '·'
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// Width returns the cells that printable text takes: one a rune.
func Width(text string) int {
	n := 0
	for range text {
		n++
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

// Wrap breaks text into lines of at most n cells.
func Wrap(text string, n int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
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
