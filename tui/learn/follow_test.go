package learn

import (
	"slices"
	"strings"
	"testing"
)

// offers reports whether a key does something now.
func (r *reader) offers(k string) bool {
	return slices.ContainsFunc(r.m.bindings(), func(b binding) bool { return slices.Contains(b.Keys(), k) })
}

// Whether nobody can break it, and what holds, a class is told when its teacher
// shows it, and not before.
func TestNothingIsToldBeforeTheTeacherDoes(t *testing.T) {
	l := everyKind(t)
	for _, n := range []int{6, 7, 8} { // can be broken, cannot, and a mend
		truth := truthOf(t, l, n)
		for _, claim := range []bool{true, false} {
			r := read(t, Options{Follows: true}, 80, 24)
			r.do(r.m.route(At{Lesson: l, Step: n}))
			told := func() bool {
				screen := strings.Join(strings.Fields(r.look()), " ")
				return slices.ContainsFunc([]string{sentence(truth.Says), "You are right", "It can be broken", "So it is", "It holds"}, func(text string) bool { return strings.Contains(screen, text) })
			}
			if claim && n < 8 {
				r.press("n", "4")
				r.sees("You said: nobody can make it lose (certain).", "The teacher shows")
			}
			for range 3 {
				r.press("h", "enter", "g")
			}
			if r.offers("g") || told() {
				t.Fatalf("step %d, claim %v: it is told before its time:\n%s", n+1, claim, r.look())
			}
			// On, and back again.
			r.do(r.m.route(At{Step: n + 1}))
			r.do(r.m.route(At{Step: n}))
			if told() {
				t.Fatalf("step %d, claim %v: it is told after a step back:\n%s", n+1, claim, r.look())
			}
			r.do(r.m.route(At{Step: n, Shown: true}))
			if !told() {
				t.Fatalf("step %d, claim %v: it is not told:\n%s", n+1, claim, r.look())
			}
			if free := n == 7; claim && n < 8 {
				r.sees(map[bool]string{true: "You are right", false: "It can be broken"}[free])
			}
		}
	}
}

// A teacher who breaks it on the wall has shown that it can be broken.
func TestBrokenOnTheWallIsShown(t *testing.T) {
	l := everyKind(t)
	var told At
	r := at(t, l, 6, Options{Present: true, Moved: func(a At) { told = a }})
	r.press("tab")
	r.shift(r.m.page.(*breaking))
	if told != (At{l, 6, true}) {
		t.Errorf("the class is told %v", told)
	}
}
