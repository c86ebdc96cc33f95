package strategies_test

import (
	"go/token"
	"reflect"
	"slices"
	"strings"
	"testing"

	"photofinish/scenarios"
	"photofinish/strategies"
)

func TestFind(t *testing.T) {
	for _, name := range append(strategies.Names(), "naive+hold", "action-queue+sequenced", "polling+last-write-wins", "queue-ball+idempotency-key") {
		e, err := strategies.Find(name)
		if err != nil {
			t.Errorf("Find(%q): %v", name, err)
			continue
		}
		if e.Name != name || e.Rule == "" || e.Source == "" || e.For(nil) == nil {
			t.Errorf("Find(%q) is incomplete: %+v", name, e)
		}
		if _, err := strategies.Code(e.File); err != nil {
			t.Errorf("the code of %q: %v", name, err)
		}
	}
}

func TestFindErrors(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"", "unknown strategy"},
		{"Naive", "unknown strategy"},
		{"naive+", "what can follow the +"},
		{"naive+held", "what can follow the +"},
		{"nobody+hold", "unknown strategy"},
		{"hold-outgoing+hold", "decides itself"},
		{"naive+hold+sequenced", "what can follow the +"},
	} {
		if _, err := strategies.Find(c.name); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Find(%q): %v, want an error with %q", c.name, err, c.want)
		}
	}
}

func TestCatalogue(t *testing.T) {
	six := []string{"naive", "callbacks", "action-queue", "merged-updates", "hold-outgoing", "polling"}
	if got := strategies.Default(); !slices.Equal(got, six) {
		t.Errorf("every view shows %v, want %v", got, six)
	}
	groups := []strategies.Group{strategies.Sources, strategies.Today, strategies.Museum}
	last := 0
	for _, e := range strategies.Catalogue {
		place := slices.Index(groups, e.Group)
		if place < last {
			t.Errorf("%s, %s, stands behind another group", e.Name, e.Group)
		}
		last = place
	}
	names := strategies.Names()
	slices.Sort(names)
	if once := slices.Compact(slices.Clone(names)); len(once) != len(names) {
		t.Errorf("a name is there twice: %v", names)
	}
	if _, err := strategies.Code("no such file.go"); err == nil {
		t.Error("there is code in no such file.go")
	}
}

// The comment of a strategy sends the reader to scenarios, and they are there.
func TestSee(t *testing.T) {
	for _, e := range strategies.Catalogue {
		code, err := strategies.Code(e.File)
		if err != nil {
			t.Fatal(err)
		}
		comment, _, _ := strings.Cut(code, "type ")
		_, see, sees := strings.Cut(strings.ReplaceAll(comment, "\n//", ""), " See ")
		if !sees {
			t.Errorf("%s sends the reader to no scenario. Its comment ends as that of naive.go:\n// See create-then-update.", e.File)
			continue
		}
		see, _, _ = strings.Cut(see, ".")
		for _, name := range strings.Split(see, ",") {
			if name = strings.TrimSpace(name); !slices.Contains(scenarios.Names(), name) {
				t.Errorf("%s sends the reader to %q, which is no scenario", e.File, name)
			}
		}
	}
}

// TestTypes: a learner who reads a strategy beside the race finds its name in
// the code. What shares a file is a variant of the strategy, or of the layer,
// that gave the file its name.
func TestTypes(t *testing.T) {
	for _, e := range strategies.Catalogue {
		words := strings.Split(strings.TrimSuffix(e.File, ".go"), "_")
		name := strings.Join(words, "-")
		if e.Name != name && !strings.HasPrefix(e.Name, name+"-") && e.Name != "idempotency-key" {
			t.Errorf("%s is in %s, the file of %s", e.Name, e.File, name)
		}
		want := goName(words)
		if got := reflect.Indirect(reflect.ValueOf(e.New())).Type().Name(); got != want {
			t.Errorf("%s, in %s, is of the type %s, want %s", e.Name, e.File, got, want)
		}
	}
}

// goName spells the words of a strategy's name as Go does.
func goName(words []string) (name string) {
	for i, w := range words {
		switch {
		case w == "id" || w == "ui":
			w = strings.ToUpper(w)
		case i > 0:
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		name += w
	}
	if token.IsKeyword(name) {
		name += "Map" // switch, which RxJS calls switchMap
	}
	return name
}
