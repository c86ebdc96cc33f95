package strict

import "strings"

// Suggest returns the word that a misspelt one was probably meant to be, or ""
// if none is near. Of several that are equally near it is the first.
func Suggest(word string, among []string) string {
	w := []rune(strings.ToLower(word))
	if len(w) > 64 {
		return ""
	}
	// A short word with two wrong letters is another word.
	near, least := "", min(3, (len(w)+1)/3)+1
	for _, a := range among {
		if d := distance(w, []rune(a)); d < least {
			near, least = a, d
		}
	}
	return near
}

// distance counts the letters to insert, drop, replace or swap with their
// neighbour to make b of a (optimal string alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range b {
			d := last[j]
			if a[i] != b[j] {
				d = 1 + min(d, last[j+1], row[j])
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, 1+before[j-1])
			}
			row[j+1] = d
		}
	}
	return row[len(b)]
}
