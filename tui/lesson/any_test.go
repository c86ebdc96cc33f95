package lesson

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
)

// TestAnyScenario: every kind of question can be asked of a scenario of the catalogue,
// with PHOTOFINISH_ALL of every one, and has an answer that can be given.
func TestAnyScenario(t *testing.T) {
	for _, s := range testkit.Part(scenarios.All(), testkit.Size(12, 2)) {
		if s.Name == "typing-burst" {
			continue // too many orders to be asked about
		}
		var b strings.Builder
		fmt.Fprintf(&b, "name: a\ntitle: A\nminutes: 3\nremember: b\nscenario: %s\nsteps:\n", s.Name)
		for ask := lessons.Lanes; ask <= lessons.Odds; ask++ {
			field := ""
			if ask == lessons.Stands {
				if len(s.Script.Fields) == 0 || s.Script.Habits()&sim.Adds != 0 {
					continue // what stands in a field that is added to is none of a few values
				}
				field = ", field: " + s.Script.Fields[0]
			}
			strategy := []string{"naive", "polling", "action-queue+hold", "retry"}[ask%4]
			fmt.Fprintf(&b, "  - check: {ask: a, answer: %s, strategies: [%s]%s}\n", ask, strategy, field)
		}
		fmt.Fprint(&b, "  - break: {strategies: [callbacks]}\n")
		l, err := lessons.Parse("", []byte(b.String()))
		if err != nil {
			t.Fatalf("%v in\n%s", err, b.String())
		}
		r := Open(l).Resume(State{})
		for ; !r.Over(); _ = r.Next() {
			if err := r.Book().Prepare(context.Background(), r.At()); err != nil {
				t.Fatal(err)
			}
			x := &taker{t, r, true}
			if g := r.Game(); g != nil {
				g.Finish()
				_ = r.Pass()
			} else if err := r.Answer(x.answer()); err != nil {
				t.Errorf("%s, step %d: what is true cannot be answered: %v", s.Name, r.At(), err)
				_ = r.Pass()
			}
			if truth, err := r.Truth(); err != nil || truth.Says == "" || r.Question() != nil && !r.Right() {
				t.Errorf("%s, step %d: %+v, %v", s.Name, r.At(), truth, err)
			}
		}
	}
}
