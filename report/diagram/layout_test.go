package diagram_test

import (
	"testing"
	"unicode/utf8"

	"photofinish/internal/testkit"
	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestLabels: over the catalogue, at five sizes and to the right and down, labels
// stand one behind the other, none before its instant or too far behind it, and
// what has room has its words.
func TestLabels(t *testing.T) {
	const late = 6
	right := diagram.Type{Size: utf8.RuneCountInString, Sign: 1, Pad: " ", Late: [2]int{late, late}}
	down := diagram.Type{Size: func(string) int { return 1 }, Down: true, Late: [2]int{late, late}}
	var w sim.World
	var j judge.Judge
	for _, s := range scenarios.All() {
		for _, name := range strategies.Default() {
			e := testkit.Strategy(t, name)
			lane := diagram.Run(&w, &j, e, s.Script, 1, 0)
			for _, cells := range []int{20, 40, 76, 144, 2000} {
				for _, typ := range []diagram.Type{right, down} {
					l := diagram.Layout{
						Lane: lane, Axis: diagram.Axis{Origin: 5, Cells: cells, End: diagram.EndOfAxis(lane.Settled), Per: 2},
						Now: diagram.Forever, Words: true, Type: typ,
					}
					for rail := range lane.Rails {
						free, told := 0, 0
						for d := range l.Labels(rail) {
							told++
							at := l.Axis.Cell(d.At)
							if d.From < free || d.From < at || d.From > at+late || d.From >= l.Axis.Last() {
								t.Fatalf("%s, %s, %d cells: %+v stands at %d, but is at %d, and all before %d is taken", s.Name, name, cells, d, d.From, at, free)
							}
							if free = d.From; d.Message != nil {
								free += typ.Sign
							}
							if d.Text != "" {
								free = d.TextAt + typ.Size(d.Text)
							}
							if d.Note != "" {
								if d.NoteAt < free {
									t.Fatalf("%s, %s, %d cells: the note of %+v stands on it", s.Name, name, cells, d)
								}
								free = d.NoteAt + typ.Size(d.Note)
							}
						}
						if all := len(lane.Touches(rail)); cells == 2000 && told != all {
							t.Errorf("%s, %s: of %d on rail %d, %d are told", s.Name, name, all, rail, told)
						}
					}
				}
			}
		}
	}
}
