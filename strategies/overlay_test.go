package strategies_test

import (
	"context"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	clever "photofinish/sim/explore"
)

// The switch that flashes back, and the list that is ticked quickly.
const (
	flash = `{name: x, title: x, given: {on: false}, network: {echo: true}, steps: [
		{at: 0ms, do: update, set: {on: true}}, {at: 100ms, do: update, set: {on: false}}]}`
	ticks = `{name: x, title: x, given: {a: false, b: false, c: false}, steps: [
		{at: 0ms, do: update, set: {a: true}}, {at: 80ms, do: update, set: {b: true}}, {at: 110ms, do: fetch},
		{at: 160ms, do: update, set: {c: true}}, {at: 190ms, do: fetch}, {at: 270ms, do: fetch}]}`
)

// TestOverlayClasses compares how many classes end badly with what was counted by
// hand: own edits over an answer leave only what two saves do to each other, and over
// one message at a time nothing.
func TestOverlayClasses(t *testing.T) {
	for _, c := range []struct {
		scenario     string
		classes, bad int64
	}{
		{"fetch-then-edit", 0, 0}, {"crossed-revalidations", 0, 0}, {"answer-too-old", 0, 0},
		{"save-then-fetch", 0, 0}, {"poll-during-save", 0, 0},
		{"toggled-back", 57, 20}, {"typed-while-saving", 5, 2}, {"computed-and-echoed", 5, 3},
		{flash, 5, 2},
	} {
		s := scripted(t, c.scenario)
		if c.classes == 0 {
			c.classes = badly(t, s, "naive").Classes
		}
		if naive := badly(t, s, "naive"); naive.Bad() <= c.bad {
			t.Errorf("%s: naive is bad in %d classes: then overlay would show nothing", c.scenario, naive.Bad())
		}
		if got := badly(t, s, "overlay"); got.Bad() != c.bad || c.classes != got.Classes {
			t.Errorf("%s: overlay is bad in %d of %d classes, want %d of %d", c.scenario, got.Bad(), got.Classes, c.bad, c.classes)
		}
		if got := badly(t, s, "overlay+hold"); got.Bad() != 0 {
			t.Errorf("%s: overlay+hold is bad in %d of %d classes", c.scenario, got.Bad(), got.Classes)
		}
	}
	if got := badly(t, scripted(t, ticks), "overlay+hold"); got.Bad() != 0 || got.Classes != 132 {
		t.Errorf("%d of %d classes of the list are bad, want none of 132", got.Bad(), got.Classes)
	}
}

// badly counts the classes of a script under a strategy.
func badly(t *testing.T, s *sim.Script, name string) clever.Result {
	var x clever.Explorer
	r := x.Count(context.Background(), s, testkit.Strategy(t, name).For(s), clever.Bounds{})
	if !r.Complete {
		t.Fatalf("%s was not counted to the end", name)
	}
	return r
}

// scripted returns the script of a scenario of the catalogue, or of one written out.
func scripted(t *testing.T, of string) *sim.Script {
	if of[0] == '{' {
		return parse(t, []byte(of)).Script
	}
	s, err := scenarios.Find(of)
	if err != nil {
		t.Fatal(err)
	}
	return s.Script
}
