package strategies

import (
	"slices"
	"testing"
)

// TestAsks: of a composition it is known what both parts ask.
func TestAsks(t *testing.T) {
	for _, a := range asks {
		e, err := Find(a.name)
		if err != nil || e.Needs() != a.needs || e.Changes() != a.changes || a.needs+a.changes == "" {
			t.Errorf("%s: %q, %q, %v", a.name, e.Needs(), e.Changes(), err)
		}
	}
	for name, want := range map[string][2]string{
		"naive":                      {"", ""},
		"hold-per-person":            {"", ""},
		"action-queue+hold":          {"", ""},
		"action-queue+sequenced":     {"keeps the order of its numbers", ""},
		"callbacks+idempotency-key":  {"remembers keys", "greys the buttons out"},
		"refuse+hold":                {"", "refuses clicks"},
		"block-ui+last-write-wins":   {"compares stamps", "blocks the screen"},
		"disabled-buttons+sequenced": {"keeps the order of its numbers", "disables the buttons"},
	} {
		if e, err := Find(name); err != nil || e.Needs() != want[0] || e.Changes() != want[1] {
			t.Errorf("%s: %q, %q, want %q, %v", name, e.Needs(), e.Changes(), want, err)
		}
	}
	if both := (Entry{Name: "outbox+sequenced"}).Needs(); both != "keeps the order of its numbers and remembers keys" {
		t.Errorf("of two parts: %s", both)
	}
	own := Entry{Name: "ours", Group: Yours}
	if own.Needs()+own.Changes() != "" {
		t.Error("a client of the user's own asks for something")
	}
}

// TestPreferred: what is preferred, and to what, is in the catalogue, for a reason.
func TestPreferred(t *testing.T) {
	for _, p := range preferred {
		for _, name := range append(slices.Clone(p.before), p.name) {
			if !slices.Contains(Names(), name) {
				t.Errorf("%s is not in the catalogue", name)
			}
		}
		if p.why == "" || len(p.before) == 0 {
			t.Errorf("%s is preferred to %v, since %q", p.name, p.before, p.why)
		}
	}
}

// TestCompositions: each is there once, and none is a strategy of the catalogue by
// another name.
func TestCompositions(t *testing.T) {
	names := Lineup(Catalogue.Compositions()).Names()
	for _, not := range []string{"naive+hold", "queue-as-published+hold", "sequenced+hold"} {
		if slices.Contains(names, not) {
			t.Errorf("%s is there", not)
		}
	}
	if !slices.Contains(names, Listed) || len(names) < 100 {
		t.Errorf("there are %d: %v", len(names), names)
	}
	slices.Sort(names)
	if len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Error("some are there twice")
	}
}
