package frame

import (
	"slices"
	"strings"

	"photofinish/tui/ink"
)

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
func (f Frame) Hints(y, gap int, hints ...Hint) {
	x := 1
	for i, h := range hints {
		if i > 0 && x+h.Width() > f.W {
			return
		}
		x = f.Put(x, y, h.Keys, Bold)
		if h.Keys != "" && h.What != "" {
			x++
		}
		x = f.Put(x, y, ink.Cut(h.What, f.W-x), Dim) + gap
	}
}

// cap returns the cells that the hint takes with its key as a cap.
func (h Hint) cap() int {
	n := ink.Width(h.What)
	if h.Keys != "" {
		n += ink.Width(h.Keys) + 2
	}
	if h.Keys != "" && h.What != "" {
		n++
	}
	return n
}

// Caps writes keys as caps, and what they do behind them, from column x on: the
// first ones, as many as fit before column end. It returns the others.
func (f Frame) Caps(x, y, end int, hints []Hint) (rest []Hint) {
	return f.caps(x, y, end, ink.Plain, hints)
}

func (f Frame) caps(x, y, end int, ground ink.Colour, hints []Hint) (rest []Hint) {
	for i, h := range hints {
		if x+h.cap() > end {
			return hints[i:]
		}
		if h.Keys != "" {
			x = f.Chip(x, y, " "+h.Keys+" ", ink.Dim, false)
			if h.What != "" {
				x++
			}
		}
		x = f.Put(x, y, h.What, ink.Style{FG: ink.Dim, BG: ground}) + 2
	}
	return nil
}

// Foot is what stands at the bottom of a screen.
type Foot struct {
	Says []string // a sentence, in more and in fewer words
	Keys []Hint   // that follow from it, the most useful first
	More []Hint   // what else can be pressed, where there is a row for it
	Help []Hint   // what stands at the right end, however narrow it is; of no more than 9 cells
}

// Foot writes it on so many rows that end with row y: the sentence with the keys
// that follow from it, and below them, if there are two, those that had no room, and
// more, none of them twice.
func (f Frame) Foot(y, rows int, foot Foot) {
	end := f.W - 1
	for _, h := range foot.Help {
		x := f.W - h.cap() - 1
		f.Caps(x, y, end, []Hint{h})
		end = x - 1
	}
	first, last := y-rows+1, end
	if rows > 1 {
		last = f.W - 1
	}
	x := 1
	if text := foot.says(last-1, rows == 1); text != "" {
		x = f.Put(x, first, text, Bold) + 3
	}
	rest := f.Caps(x, first, last, foot.Keys)
	if rows > 1 {
		shown := foot.Keys[:len(foot.Keys)-len(rest)]
		f.Caps(1, y, end, without(append(slices.Clip(rest), foot.More...), shown))
	}
}

// says returns the first of the sentences that has room, if it is to be so together
// with the key that follows from it; else as many words of the last one as there is
// room for.
func (f *Foot) says(room int, withKey bool) string {
	for _, text := range f.Says {
		n := ink.Width(text)
		if withKey && len(f.Keys) > 0 {
			n += 3 + f.Keys[0].cap()
		}
		if n <= room {
			return text
		}
	}
	if withKey && len(f.Keys) > 0 {
		return f.says(room, false)
	}
	if len(f.Says) == 0 {
		return ""
	}
	return ink.Cut(f.Says[len(f.Says)-1], room)
}

// without leaves out what has the keys of another hint, or of one that is left.
func without(hints, others []Hint) (out []Hint) {
	has := func(in []Hint, h Hint) bool {
		return slices.ContainsFunc(in, func(o Hint) bool { return h.Keys != "" && first(o.Keys) == first(h.Keys) })
	}
	for _, h := range hints {
		if !has(others, h) && !has(out, h) {
			out = append(out, h)
		}
	}
	return out
}

// first returns the first of some keys.
func first(keys string) string {
	key, _, _ := strings.Cut(keys, " ")
	return key
}
