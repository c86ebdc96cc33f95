package learn

import (
	"slices"
	"strings"

	"photofinish/tui/ink"
)

// big writes a text as large as there is room for between two rows: in letters
// of three rows, or, where those would be too many to read at a glance, in
// ordinary ones. It returns the row behind the text.
func (sc drawing) big(text string, y, below int, s ink.Style) int {
	x := max(sc.W/20, 2)
	room := sc.W - 2*x
	var large, lines []string
	ok := true
	for part := range strings.Lines(text) {
		l, fits := ink.BigWrap(clean(part), room)
		large, ok = append(large, l...), ok && fits
		lines = append(append(lines, ink.Wrap(clean(part), room)...), "")
	}
	if ok && len(large) <= max(sc.H/6, 4) && y+len(large)*ink.BigRows-1 <= below {
		for _, line := range large {
			sc.PutBig(x, y, line, s)
			y += ink.BigRows
		}
		return y
	}
	gap := 1 // between long texts there are no blank lines
	if y+2*len(lines) <= below {
		gap = 2
	} else {
		lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
	}
	for i, line := range lines {
		if y >= below {
			break
		}
		if y+gap >= below && i+1 < len(lines) {
			line = ink.Cut(line+" …", sc.W-x)
		}
		sc.Put(x, y, line, s)
		y += gap
	}
	return y
}
