package frame

import (
	"slices"

	"photofinish/tui/ink"
)

// Paragraph is a text in lines. Where there is no room for all, those of the least
// worth go first, and gaps before them.
type Paragraph struct {
	Lines []string
	Style ink.Style
	Gap   int // rows before it
	Worth int
}

// Rows returns how many rows paragraphs take.
func Rows(all []Paragraph) (n int) {
	for i := range all {
		n += len(all[i].Lines) + all[i].Gap
	}
	return n
}

// Fitting leaves out what has no room in so many rows.
func Fitting(all []Paragraph, rows int) []Paragraph {
	all = slices.Clone(all)
	for i := range all {
		if Rows(all) > rows {
			all[i].Gap = 0
		}
	}
	for Rows(all) > rows && len(all) > 1 {
		least := 0
		for i := range all {
			if all[i].Worth < all[least].Worth {
				least = i
			}
		}
		all = slices.Delete(all, least, least+1)
	}
	if n := Rows(all) - rows; n > 0 && len(all) == 1 && n < len(all[0].Lines) {
		kept := slices.Clone(all[0].Lines[:len(all[0].Lines)-n])
		kept[len(kept)-1] += " …"
		all[0].Lines = kept
	}
	return all
}

// Paragraphs writes paragraphs from row y on, as far as they fit above the row below.
func (f Frame) Paragraphs(x, y, below int, all []Paragraph) {
	for _, p := range Fitting(all, below-y) {
		y += p.Gap
		for _, line := range p.Lines {
			if y >= below {
				return
			}
			f.Put(x, y, line, p.Style)
			y++
		}
	}
}
