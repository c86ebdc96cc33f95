package report

import (
	"testing"

	"photofinish/internal/testkit"
	"photofinish/strategies"
)

// A look goes with the strategy: it is the same whoever stands beside it, no other
// of the catalogue has it, and those that are shown by default differ in hue and in
// shape.
func TestLooks(t *testing.T) {
	var es []strategies.Entry
	for _, name := range append(strategies.Names(), strategies.Listed) {
		es = append(es, testkit.Strategy(t, name))
	}
	of, hues, shapes := map[Look]string{}, map[int]bool{}, map[int]bool{}
	for i, l := range Looks(es) {
		if other, is := of[l]; is {
			t.Errorf("%s looks as %s: %d looks are for %d strategies. Where that is too few, Shapes, in look.go, is one more, "+
				"with its dashes and its marker in report/svg/palette.go, and the charts change (-update)", es[i].Name, other, Hues*Shapes, len(es))
		}
		if of[l] = es[i].Name; l != Looks(es[i : i+1])[0] {
			t.Errorf("alone, %s looks otherwise", es[i].Name)
		}
		if i < len(strategies.Default()) {
			hues[l.Hue], shapes[l.Shape] = true, true
		}
	}
	if n := len(strategies.Default()); len(hues) != n || len(shapes) != n {
		t.Errorf("%d strategies have %d hues and %d shapes", n, len(hues), len(shapes))
	}
}
