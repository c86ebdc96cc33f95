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

// Fitting leaves out what has no room in so many rows; the last line that stays says
// that there is more.
func Fitting(all []Paragraph, rows int) []Paragraph {
	n := len(all)
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
	if len(all) == 0 {
		return nil
	}
	last := &all[len(all)-1]
	over := max(Rows(all)-rows, 0)
	if over < len(last.Lines) && (over > 0 || len(all) < n) {
		last.Lines = slices.Clone(last.Lines[:len(last.Lines)-over])
		last.Lines[len(last.Lines)-1] += " …"
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
