package lesson

import (
	"context"
	"testing"

	"photofinish/scenarios/lessons"
)

// BenchmarkPrepare works out all that is true in the shipped lessons.
func BenchmarkPrepare(b *testing.B) {
	all := lessons.All()
	for b.Loop() {
		for _, l := range all {
			book := Open(l)
			for n := range l.Steps {
				if err := book.Prepare(context.Background(), n); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}

// BenchmarkPick is what the user waits for after each pick, in the shipped
// break with the most orders.
func BenchmarkPick(b *testing.B) {
	l, err := lessons.Find("real-ticket")
	if err != nil {
		b.Fatal(err)
	}
	r := Open(l).Resume(State{})
	for r.Step().Kind != lessons.Break {
		_ = r.Pass()
		_ = r.Next()
	}
	g := r.Game()
	for b.Loop() {
		if err := g.Pick(0); err != nil {
			b.Fatal(err)
		}
		g.Undo()
	}
}
