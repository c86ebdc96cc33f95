package frame

import "photofinish/tui/ink"

// Bar counts who of a class has said the same.
type Bar struct {
	Label string
	Votes int
	Most  int    // votes of the longest bar beside it
	Right bool   // it is true, and that may be seen
	Says  string // how many in words, as "12 (40 %)"
	Was   string // how many it had been before; may be empty
}

// The longest bar has this many cells: at least, and at most.
const shortBar, longBar = 12, 100

// Bars draws how a class has voted, gap rows apart, and returns the row behind.
// Before gives what stands before a bar, and returns the column behind it.
func (f Frame) Bars(x, y, gap int, bars []Bar, before func(i, y int) int) int {
	wide, says, was := 0, 0, 0
	for _, b := range bars {
		wide, says, was = max(wide, ink.Width(b.Label)), max(says, ink.Width(b.Says)), max(was, ink.Width(b.Was))
	}
	if was > 0 {
		was += len("before ") + 2
	}
	wide = min(wide, max(f.W/3, f.W-x-says-was-shortBar-10))
	for i, b := range bars {
		label, of := Bold, Dim
		if b.Right {
			label, of = Good, ink.Style{FG: ink.Good}
		}
		at := before(i, y)
		f.Put(at, y, ink.Cut(b.Label, wide), label)
		at += wide + 2
		n := b.Votes * max(min(f.W-at-says-was-3, longBar), 1) / max(b.Most, 1)
		if b.Votes > 0 {
			n = max(n, 1)
		}
		f.Repeat(at, y, n, '█', of)
		f.Put(at+n+min(n, 1), y, b.Says, Bold)
		if b.Was != "" {
			f.Right(f.W-1, y, "before "+b.Was, Dim)
		}
		y += gap
	}
	return y
}

// Slider draws a ruler of at most room cells on row y, with what is said above
// it, at its share of the way from the one end to the other.
func (f Frame) Slider(x, y, room int, share float64, says, low, high string, s ink.Style) {
	cells := min(room, 61) - 1
	at := x + int(share*float64(cells)+0.5)
	f.Put(max(min(at-ink.Width(says)/2, x+cells-ink.Width(says)+1), x), y-1, says, s)
	f.Repeat(x, y, cells+1, '─', ink.Style{FG: ink.Rule})
	f.Repeat(x, y, at-x, '━', s)
	f.Put(at, y, "●", s)
	f.Put(x, y+1, low, Faint)
	f.Right(x+cells+1, y+1, high, Faint)
}
