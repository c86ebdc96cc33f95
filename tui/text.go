package tui

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// printable makes untrusted text safe for the screen: one line, no control
// characters, one cell a rune. What cannot be shown so becomes a dot.
func printable(text string, most int) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n == most {
			return cut(b.String()+"…", most)
		}
		if !unicode.IsPrint(r) || ansi.StringWidth(string(r)) != 1 {
			r = '·'
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// width returns the cells that printable text takes: one a rune.
func width(text string) int {
	n := 0
	for range text {
		n++
	}
	return n
}

// cut shortens printable text to n cells, with an ellipsis where it was cut.
func cut(text string, n int) string {
	if width(text) <= n {
		return text
	}
	if n <= 0 {
		return ""
	}
	return string([]rune(text)[:n-1]) + "…"
}

// wrap breaks text into lines of at most n cells.
func wrap(text string, n int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case width(line)+1+width(word) <= n:
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

func itoa(n int) string { return strconv.Itoa(n) }

// hasBar reports whether a line of the list is that of the selected item.
func hasBar(line string) bool { return strings.HasPrefix(line, "│") }
