package frame

import "photofinish/tui/ink"

// Hint is a key and what it does. One of the two may be empty.
type Hint struct{ Keys, What string }

// Keys returns hints of keys, each followed by what it does.
func Keys(pairs ...string) (hints []Hint) {
	for i := 0; i+1 < len(pairs); i += 2 {
		hints = append(hints, Hint{pairs[i], pairs[i+1]})
	}
	return hints
}

// Key returns the hint of a key.
func Key(keys, what string) Hint { return Hint{keys, what} }

// Width returns the cells that the hint takes.
func (h Hint) Width() int {
	n := ink.Width(h.Keys) + ink.Width(h.What)
	if h.Keys != "" && h.What != "" {
		n++
	}
	return n
}

// Hints writes a line of keys, gap cells apart: the most useful first, as many
// as fit.
func (f Frame) Hints(y, gap int, hints ...Hint) { f.hints(1, y, f.W, gap, ink.Plain, hints) }

func (f Frame) hints(x, y, end, gap int, ground ink.Colour, hints []Hint) {
	for i, h := range hints {
		if i > 0 && x+h.Width() > end {
			return
		}
		x = f.Put(x, y, h.Keys, ink.Style{FG: ink.Text, BG: ground, Bold: true})
		if h.Keys != "" && h.What != "" {
			x++
		}
		x = f.Put(x, y, ink.Cut(h.What, end-x), ink.Style{FG: ink.Dim, BG: ground}) + gap
	}
}
