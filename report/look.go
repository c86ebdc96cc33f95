package report

import (
	"cmp"
	"slices"
	"strings"

	"photofinish/strategies"
)

// Look is how a strategy is drawn in every chart: it goes with the strategy, and not
// with its place among those that are shown. No two of the catalogue have the same
// one, and the six that are shown by default differ in both.
type Look struct {
	Hue   int // from 1 to [Hues]; 0, the ink of the text: a client of the user's own
	Shape int // from 0 to [Shapes]-1: how a line is dashed, and what marks a point
}

// How many colours and shapes there are.
const (
	Hues   = 6
	Shapes = 8
)

// Looks returns how each of them is drawn. What is told apart by its place is a
// client of the user's own alone, among the others of these.
func Looks(es []strategies.Entry) []Look {
	looks, own := make([]Look, len(es)), 0
	for i, e := range es {
		if e.Own() != nil {
			looks[i] = Look{0, own % Shapes}
			own++
			continue
		}
		n := number(e.Name)
		looks[i] = Look{n%Hues + 1, (n%Hues + n/Hues) % Shapes}
	}
	return looks
}

// number counts the catalogue, what is listed with it, and then all compositions.
func number(name string) int {
	client, layer, composed := strings.Cut(name, "+")
	names := strategies.Names()
	i := slices.Index(names, client)
	switch {
	case !composed:
		return max(0, i)
	case name == strategies.Listed:
		return len(names)
	}
	layers := strategies.Layers()
	return len(names) + 1 + i*len(layers) + slices.Index(layers, layer)
}

// Labelled is how many strategies a chart names at most; the others are grey.
const Labelled = 8

// labelled says which of so many a chart names: those that come first when they are
// sorted by rank, the lower the sooner.
func labelled(n int, rank func(i int) float64) []bool {
	order, named := make([]int, n), make([]bool, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rank(a), rank(b)) })
	for _, i := range order[:min(n, Labelled)] {
		named[i] = true
	}
	return named
}
