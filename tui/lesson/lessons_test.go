package lesson

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// shelf has the book of each shipped lesson: what is true in it is worked out once for
// all tests that do not ask how.
var shelf = sync.OnceValue(func() (all []*Book) {
	for _, l := range lessons.All() {
		all = append(all, Open(l))
	}
	return all
})

// shelved returns the book of a shipped lesson.
func shelved(name string) *Book {
	return shelf()[slices.IndexFunc(shelf(), func(b *Book) bool { return b.Lesson.Name == name })]
}

// known returns what is true of a step.
func known(t testing.TB, b *Book, n int) *Truth {
	t.Helper()
	truth, err := b.Key(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	return truth
}

// TestTranscripts holds what is true in every shipped lesson, and what the likely wrong
// answers are met with. No file says what is true; when an engine changes its mind, this
// is where it shows.
func TestTranscripts(t *testing.T) {
	for _, b := range testkit.Some(shelf(), 4) {
		t.Run(b.Lesson.Name, func(t *testing.T) {
			testkit.Golden(t, b.Lesson.Name+".txt", transcript(t, b))
		})
	}
}

func transcript(t *testing.T, book *Book) string {
	var b strings.Builder
	l := book.Lesson
	for n := range l.Steps {
		s := &l.Steps[n]
		fmt.Fprintf(&b, "%d %v", n, s.Kind)
		if len(s.Strategies) > 0 && s.Scenario != nil {
			fmt.Fprintf(&b, " %s: %s", s.Scenario.Name, strings.Join(s.Strategies, " "))
		}
		b.WriteString("\n")
		if s.Kind == lessons.Reveal || !s.Asks() {
			continue
		}
		truth := known(t, book, n)
		if q := book.questions[n]; q != nil {
			fmt.Fprintf(&b, "  %s\n", q.Ask)
			for i, c := range q.Choices {
				fmt.Fprintf(&b, "  %s %s\n", map[bool]string{true: "●", false: "○"}[slices.Contains(truth.Picks, i)], c)
			}
			if q.Form == Number {
				fmt.Fprintf(&b, "  ● %g of %g to %g %s\n", truth.Number, q.Low, q.High, q.Unit)
			}
		}
		fmt.Fprintf(&b, "  %s\n", truth.Says)
		if q := book.questions[n]; q != nil {
			a := asked{l, s, q, truth}
			for _, wrong := range a.likely() {
				for _, met := range met1(&a, wrong) {
					idea := ""
					if met.Is != nil {
						idea = "“" + met.Is.Name + "” "
					}
					fmt.Fprintf(&b, "  ✗ %s: %s%s\n", a.Says(wrong, ", "), idea, met.Say)
				}
			}
		}
		for _, f := range truth.Lanes {
			fmt.Fprintf(&b, "    %s: bad %v, event %d at %v: %s", f.Strategy, f.Bad, f.Event, f.At, f.Says)
			if f.Orders != nil {
				fmt.Fprintf(&b, " (%s)", f.Orders.Says())
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}
