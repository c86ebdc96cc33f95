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

// helpKey is the key by which one finds what else can be pressed.
const helpKey = "?"

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
// as fit; of those that do not, a shorter one may. The key of help is never left out
// for another but the first.
func (f Frame) Hints(y, gap int, hints ...Hint) {
	x, kept := 1, 0
	for _, h := range hints {
		if h.Keys == helpKey {
			kept = h.Width() + gap
		}
	}
	for i, h := range hints {
		if h.Keys == helpKey {
			kept = 0
		}
		if i > 0 && x+h.Width()+kept > f.W {
			continue
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
	if h.Keys == "" {
		return h.Width()
	}
	return h.Width() + 2
}

// Caps writes keys as caps, and what they do behind them, from column x on: the
// first ones, as many as fit before column end. It returns the others.
func (f Frame) Caps(x, y, end int, hints []Hint) (rest []Hint) {
	return f.caps(x, y, end, 2, ink.Plain, hints)
}

func (f Frame) caps(x, y, end, gap int, ground ink.Colour, hints []Hint) (rest []Hint) {
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
		x = f.Put(x, y, h.What, ink.Style{FG: ink.Dim, BG: ground}) + gap
	}
	return nil
}

// Foot is what stands at the bottom of a screen.
type Foot struct {
	Says  []string // a sentence, in more and in fewer words
	Keys  []Hint   // that follow from it, the most useful first
	Tight []Hint   // the same keys in as few words as can be, for where there is one row; nil: no others
	More  []Hint   // what else can be pressed, where there is a row for it
	Help  []Hint   // what stands at the right end, however narrow it is; of no more than 9 cells
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
	first, last := y-rows+1, f.W-1
	if rows == 1 {
		f.oneRow(y, end, foot)
		return
	}
	x := 1
	if text := foot.says(last - 1); text != "" {
		x = f.Put(x, first, text, Bold) + 3
	}
	rest := f.Caps(x, first, last, foot.Keys)
	shown := foot.Keys[:len(foot.Keys)-len(rest)]
	f.Caps(1, y, end, without(append(slices.Clip(rest), foot.More...), shown))
}

// oneRow writes the first of the sentences that leaves room for a key, in a narrow
// window for three, else for as many as any of them does; the keys stand closer and in
// fewer words where more of them fit so.
func (f Frame) oneRow(y, end int, foot Foot) {
	most, says, keys, gap := -1, foot.says(end-1), foot.Keys, 2
	enough := min(1, len(foot.Keys))
	if f.W < 76 {
		enough = min(3, len(foot.Keys))
	}
	for _, text := range foot.Says {
		for i, words := range [][]Hint{foot.Keys, foot.Tight} {
			x := 1 + ink.Width(text)
			if n := fit(x+3-i, end, 2-i, words); x <= end && n > most && most < enough {
				most, says, keys, gap = n, text, words, 2-i
			}
		}
	}
	x := 1
	if says != "" {
		x = f.Put(x, y, says, Bold) + 1 + gap
	}
	f.caps(x, y, end, gap, ink.Plain, keys)
}

// fit returns how many keys have room between two columns.
func fit(x, end, gap int, hints []Hint) (n int) {
	for ; n < len(hints) && x+hints[n].cap() <= end; n++ {
		x += hints[n].cap() + gap
	}
	return n
}

// says returns the first of the sentences that has room; else as many words of the
// last one as there is room for.
func (f *Foot) says(room int) string {
	for _, text := range f.Says {
		if ink.Width(text) <= room {
			return text
		}
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

func first(keys string) string {
	key, _, _ := strings.Cut(keys, " ")
	return key
}
