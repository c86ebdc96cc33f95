package ink

import "strings"

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

// BigRows is the height of a large line with the gap below it.
const BigRows = 4

// bigWidth returns the cells that a large text takes, and whether all of it
// can be drawn.
func bigWidth(text string) (n int, ok bool) {
	for _, r := range strings.ToUpper(text) {
		g, known := glyphs[r]
		if !known {
			return 0, false
		}
		n += Width(g[0]) + 1
	}
	return max(n-1, 0), true
}

// BigWrap cuts a text into lines of large letters that are no wider than room, in cells.
// It is not ok where a letter or a word cannot be drawn so.
func BigWrap(text string, room int) (lines []string, ok bool) {
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

// PutBig writes a line in large letters, from its first of three rows on.
func (c *Canvas) PutBig(x, y int, text string, s Style) {
	for _, r := range strings.ToUpper(text) {
		g := glyphs[r]
		for i, row := range g {
			c.Put(x, y+i, row, s)
		}
		x += Width(g[0]) + 1
	}
}
