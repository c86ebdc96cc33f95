package strategies_test

import (
	"context"
	"testing"

	"photofinish/scenarios"
	clever "photofinish/sim/explore"
)

// The classes are counted by hand: of two requests that may be under way together, each
// of their orders at the server with each of those of the answers, and one more where
// the second is pressed when the first is answered.
func TestOrdersOfRecords(t *testing.T) {
	const (
		listed = "given: [{a: 0}, {a: 0}]\nsteps: [{at: 0, do: update, person: 2, set: {a: 1}}, {at: 1s, do: list}]"
		nested = "steps: [{at: 0, do: create, set: {kind: folder}}, {at: 1s, do: create, person: 2, parent: 1, set: {kind: page}}]"
		apart  = "given: [{a: 0}, {a: 0}]\nsteps: [{at: 0, do: update, client: 2, person: 2, set: {a: 1}}, {at: 1s, do: list}]"
		alone  = "given: [{a: 0}, {a: 0}, {a: 0}]\nsteps: [{at: 0, do: list}]"
	)
	for _, c := range []struct {
		name, script, strategy string
		classes, bad           int64
	}{
		{"the list is read before the save, 2 of 5", listed, "naive", 5, 2},
		{"and does not cover what is not confirmed", listed, "overlay", 5, 0},
		{"or waits for it", listed, "hold-outgoing", 2, 0},
		{"the parent has no id but in one of 5", nested, "naive", 5, 4},
		{"or is waited for", nested, "hold-outgoing", 2, 0},
		{"two clients: two orders at the server", apart, "naive", 2, 0},
		{"one request for three persons", alone, "naive", 1, 0},
	} {
		s, err := scenarios.Parse("", []byte("name: x\n"+c.script))
		if err != nil {
			t.Fatal(err)
		}
		r := new(clever.Explorer).Count(context.Background(), s.Script, named(c.strategy, s.Script), clever.Bounds{})
		if !r.Complete || r.Classes != c.classes || r.Bad() != c.bad {
			t.Errorf("%s: %d classes under %s, of which %d are bad, want %d, %d", c.name, r.Classes, c.strategy, r.Bad(), c.classes, c.bad)
		}
	}
}
