package frame

import (
	"slices"
	"strconv"

	"photofinish/tui/ink"
)

// Tally counts the votes of a class in one round.
type Tally struct {
	Votes int
	Bars  []Bar  // one a choice, or one a part of the range
	Sure  [4]int // how many by confidence, from 1
}

// Bar counts who of a class has said the same.
type Bar struct {
	Label string // printable
	Key   string // with which one says so, where it is none of the choices: "0", "i"; else ""
	Votes int
	Right bool // it is true, and that may be seen
}

// Share writes how many votes a bar has, and for many voters also the percentage.
func (t *Tally) Share(i int) string {
	n := t.Bars[i].Votes
	text := strconv.Itoa(n)
	if t.Votes >= 20 {
		text += " (" + strconv.Itoa((n*100+t.Votes/2)/t.Votes) + " %)"
	}
	return text
}

// Voted leaves out of the parts of a range those for which nobody has voted.
func Voted(rounds []Tally) []Tally {
	all := slices.Clone(rounds)
	for r := range all {
		all[r].Bars = nil
	}
	for i := range rounds[0].Bars {
		if slices.ContainsFunc(rounds, func(t Tally) bool { return t.Bars[i].Votes > 0 }) {
			for r := range all {
				all[r].Bars = append(all[r].Bars, rounds[r].Bars[i])
			}
		}
	}
	return all
}

// The longest bar has this many cells: at least, and at most.
const shortBar, longBar = 12, 100

// Bars draws how a class has voted in the last of some rounds, with what it was in
// the round before. The bars are gap rows apart; it returns the row behind. Before
// gives what stands before a bar, and returns the column behind it.
func (f Frame) Bars(x, y, gap int, rounds []Tally, before func(i, y int) int) int {
	now, last := &rounds[len(rounds)-1], &rounds[max(len(rounds)-2, 0)]
	wide, says, was, most := 0, 0, 0, 1
	for i, b := range now.Bars {
		wide, most = max(wide, ink.Width(b.Label)), max(most, b.Votes)
		says, was = max(says, len(now.Share(i))), max(was, len("before ")+len(last.Share(i))+2)
	}
	if last == now {
		was = 0
	}
	wide = min(wide, max(f.W/3, f.W-x-says-was-shortBar-10))
	for i, b := range now.Bars {
		label, of := Bold, Dim
		if b.Right {
			label, of = Good, ink.Style{FG: ink.Good}
		}
		at := before(i, y)
		f.Put(at, y, ink.Cut(b.Label, wide), label)
		at += wide + 2
		n := b.Votes * max(min(f.W-at-says-was-3, longBar), 1) / most
		if b.Votes > 0 {
			n = max(n, 1)
		}
		f.Repeat(at, y, n, '█', of)
		f.Put(at+n+min(n, 1), y, now.Share(i), Bold)
		if last != now {
			f.Right(f.W-1, y, "before "+last.Share(i), Dim)
		}
		y += gap
	}
	return y
}

// Slider draws a ruler of at most room cells on row y, with what is said above
// it, at its share of the way from the one end to the other.
func (f Frame) Slider(x, y, room int, share float64, says, low, high string, s ink.Style) {
	cells := min(room, 61) - 1
	f.Repeat(x, y, cells+1, '─', ink.Style{FG: ink.Rule})
	f.Put(x, y+1, low, Faint)
	f.Right(x+cells+1, y+1, high, Faint)
	if share < 0 { // nobody has moved it
		return
	}
	at := x + int(share*float64(cells)+0.5)
	f.Put(max(min(at-ink.Width(says)/2, x+cells-ink.Width(says)+1), x), y-1, says, s)
	f.Repeat(x, y, at-x, '━', s)
	f.Put(at, y, "●", s)
}
