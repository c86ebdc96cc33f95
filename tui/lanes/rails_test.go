package lanes

import (
	"slices"
	"testing"
)

// No rail parts lines that belong together; what has no room for that has none at all.
func TestBeside(t *testing.T) {
	lines := func(on ...bool) (lines []line) {
		for _, on := range on {
			lines = append(lines, line{on: on})
		}
		return lines
	}
	for _, c := range []struct {
		lines []line
		free  []int
		want  []int
	}{
		{lines(false), []int{3}, []int{3}},
		{lines(false, false), []int{3, 5}, []int{3, 5}},
		{lines(false, false, true), []int{3, 4, 6, 7}, []int{3, 6, 7}},
		{lines(false, false, true, true), []int{3, 4, 6, 7}, nil},
		{lines(false, false, true, true), []int{3, 4, 5, 6}, []int{3, 4, 5, 6}},
		{lines(false, false, true, false), []int{3, 5, 6, 8}, []int{3, 5, 6, 8}},
		{lines(false), nil, nil},
	} {
		if got := beside(c.lines, c.free); !slices.Equal(got, c.want) {
			t.Errorf("%v in rows %v: %v, want %v", c.lines, c.free, got, c.want)
		}
	}
}
