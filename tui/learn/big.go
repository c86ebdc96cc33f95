package learn

import (
	"strings"

	"photofinish/tui/ink"
)

// glyphs are letters of five dots in height, two of them in a cell.
var glyphs = map[rune][3]string{
	'A': {"▄▀▄", "█▀█", "▀ ▀"}, 'B': {"█▀▄", "█▀▄", "▀▀ "}, 'C': {"▄▀▀", "█  ", " ▀▀"},
	'D': {"█▀▄", "█ █", "▀▀ "}, 'E': {"█▀▀", "█▀ ", "▀▀▀"}, 'F': {"█▀▀", "█▀ ", "▀  "},
	'G': {"▄▀▀", "█ █", " ▀▀"}, 'H': {"█ █", "█▀█", "▀ ▀"}, 'I': {"█", "█", "▀"}, 'J': {"  █", "▄ █", " ▀ "},
	'K': {"█ █", "█▀▄", "▀ ▀"}, 'L': {"█  ", "█  ", "▀▀▀"}, 'M': {"█▄ ▄█", "█ ▀ █", "▀   ▀"},
	'N': {"█▄ █", "█ ▀█", "▀  ▀"}, 'O': {"▄▀▄", "█ █", " ▀ "}, 'P': {"█▀▄", "█▀ ", "▀  "},
	'Q': {"▄▀▀▄", "█ ▄▀", " ▀ ▀"}, 'R': {"█▀▄", "█▀▄", "▀ ▀"}, 'S': {"▄▀▀", " ▀▄", "▀▀ "},
	'T': {"▀█▀", " █ ", " ▀ "}, 'U': {"█ █", "█ █", "▀▀▀"}, 'V': {"█ █", "█ █", " ▀ "},
	'W': {"█   █", "█▄▀▄█", "▀   ▀"}, 'X': {"█ █", "▄▀▄", "▀ ▀"}, 'Y': {"█ █", " █ ", " ▀ "},
	'Z': {"▀▀█", "▄▀ ", "▀▀▀"}, '0': {"█▀█", "█ █", "▀▀▀"}, '1': {"▄█", " █", " ▀"}, '2': {"▀▀▄", "▄▀ ", "▀▀▀"},
	'3': {"▀▀▄", " ▀▄", "▀▀ "}, '4': {"█ █", "▀▀█", "  ▀"}, '5': {"█▀▀", "▀▀▄", "▀▀ "},
	'6': {"▄▀▀", "█▀█", "▀▀▀"}, '7': {"▀▀█", " █ ", " ▀ "}, '8': {"█▀█", "█▀█", "▀▀▀"},
	'9': {"█▀█", "▀▀█", "▀▀ "}, '.': {" ", " ", "▀"}, ',': {"  ", " ▄", "▀ "}, ':': {"▄", "▄", " "},
	';': {" ▄", " ▄", "▀ "}, '!': {"█", "▀", "▀"}, '?': {"▀▀▄", " ▀ ", " ▀ "}, '-': {"  ", "▀▀", "  "},
	'+': {" ▄ ", "▀█▀", "   "}, '\'': {"█", " ", " "}, '"': {"█ █", "   ", "   "}, '“': {"█ █", "   ", "   "},
	'”': {"█ █", "   ", "   "}, '’': {"█", " ", " "}, '%': {"▀ ▄▀", "▄▀ ▄", "    "}, '(': {"▄▀", "█ ", " ▀"},
	')': {"▀▄", " █", "▀ "}, '/': {"  █", "▄▀ ", "▀  "}, '=': {"▄▄▄", "▄▄▄", "   "}, ' ': {"  ", "  ", "  "},
	'#': {"▄█▄█▄", "▄█▄█▄", " ▀ ▀ "}, '…': {"     ", "     ", "▀ ▀ ▀"}, '·': {" ", "▀", " "},
	'–': {"   ", "▀▀▀", "   "},
}

// bigRows is the height of a large line with the gap below it.
const bigRows = 4

// bigWidth returns the cells that a large text takes, and whether all of it
// can be drawn.
func bigWidth(text string) (n int, ok bool) {
	for _, r := range strings.ToUpper(text) {
		g, known := glyphs[r]
		if !known {
			return 0, false
		}
		n += ink.Width(g[0]) + 1
	}
	return max(n-1, 0), true
}

// big writes a text as large as there is room for between two rows: in letters
// of three rows, or, where those would be too many to read at a glance, in
// ordinary ones. It returns the row behind the text.
func (sc drawing) big(text string, y, below int, s ink.Style) int {
	x := max(sc.W/20, 2)
	room := sc.W - 2*x
	var large, lines []string
	ok := true
	for part := range strings.Lines(text) {
		l, fits := bigWrap(clean(part), room)
		large, ok = append(large, l...), ok && fits
		lines = append(append(lines, ink.Wrap(clean(part), room)...), "")
	}
	if ok && len(large) <= max(sc.H/6, 4) && y+len(large)*bigRows-1 <= below {
		for _, line := range large {
			sc.bigLine(x, y, line, s)
			y += bigRows
		}
		return y
	}
	gap := 1 // between long texts there are no blank lines
	if y+2*len(lines) <= below {
		gap = 2
	}
	for _, line := range lines {
		if y >= below {
			return y
		}
		sc.Put(x, y, line, s)
		y += gap
	}
	return y
}

func bigWrap(text string, room int) (lines []string, ok bool) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		try := strings.TrimSpace(line + " " + word)
		n, known := bigWidth(try)
		if !known {
			return nil, false
		}
		if n > room && line != "" {
			lines = append(lines, line)
			try = word
			n, _ = bigWidth(word)
		}
		if n > room {
			return nil, false
		}
		line = try
	}
	return append(lines, line), true
}

func (sc drawing) bigLine(x, y int, text string, s ink.Style) {
	for _, r := range strings.ToUpper(text) {
		g := glyphs[r]
		for i, row := range g {
			sc.Put(x, y+i, row, s)
		}
		x += ink.Width(g[0]) + 1
	}
}
