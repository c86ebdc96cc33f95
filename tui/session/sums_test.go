package session

import (
	"testing"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

// Where something is added a new update adds too, nothing but numbers can be written,
// and what is saved is a scenario.
func TestAdds(t *testing.T) {
	sc, err := scenarios.Parse("", []byte(`{name: a, title: A, given: {count: 0, tags: w}, steps: [{at: 0, do: update, add: {count: 1}, append: {tags: x}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	s := New(sc, strategies.Default(), 0)
	for f, adds := range []string{"count", "tags"} {
		s.Field = f
		for _, do := range []sim.Do{sim.Update, sim.Create} {
			if s, err = s.Act(do); err != nil {
				t.Fatal(err)
			}
			if a := s.Script.Action(len(s.Script.Actions)); a.Adds.Has(f) != (do == sim.Update) {
				t.Errorf("a new %v of %s adds to %b", do, adds, a.Adds)
			}
		}
	}
	s = s.Select(2)
	for text, fits := range map[string]bool{"-3": true, " 4 ": true, "0.5": false, "four": false, "1e10": false, "NaN": false} {
		if err := s.Unfit(0, text); (err == nil) != fits {
			t.Errorf("to add %q: %v", text, err)
		}
	}
	if got := s.Set(0, "four"); got.Script != s.Script {
		t.Error("it adds four")
	}
	if got := s.Set(0, "7"); got.Script.Values[got.Action().Values[0]] != 7.0 || !got.Action().Adds.Has(0) {
		t.Errorf("it adds %v", got.Script.Values[got.Action().Values[0]])
	}
	saved := *sc
	saved.Script = s.Script
	if _, err := scenarios.Parse("", saved.YAML()); err != nil {
		t.Errorf("%v\n%s", err, saved.YAML())
	}
}
