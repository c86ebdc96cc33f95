package strategies_test

import (
	"go/token"
	"reflect"
	"slices"
	"strings"
	"testing"

	"photofinish/scenarios"
	"photofinish/sim"
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

// TestAsked: who blocks or refuses what is done, at its press, has a row in asks.go; and
// so has somebody in a file whose requests say more than what is done, or make ids.
func TestAsked(t *testing.T) {
	needs := map[string]bool{} // by file
	for _, e := range strategies.Catalogue {
		needs[e.File] = needs[e.File] || e.Needs() != ""
	}
	for _, e := range strategies.Catalogue {
		code, err := strategies.Code(e.File)
		if err != nil {
			t.Fatal(err)
		}
		row := [2]string{e.Needs(), e.Changes()}
		if !needs[e.File] && (strings.Contains(code, ".Header.") || strings.Contains(code, ".Mint()")) {
			row[0] = "remembers keys"
		}
		if row[1] == "" && refuses(e) {
			row[1] = "refuses clicks"
		}
		if row != [2]string{e.Needs(), e.Changes()} {
			t.Errorf("%s asks something of the server, or says no to the user. A row of asks, in strategies/asks.go, with what that is:\n\t{%[1]q, %q, %q},", e.Name, row[0], row[1])
		}
	}
}

// refuses reports whether a strategy blocks or refuses, in any scenario, what is done when
// it is pressed.
func refuses(e strategies.Entry) bool {
	var w sim.World
	for _, s := range scenarios.All() {
		w.Run(s.Script, e.For(s.Script), 1, sim.Options{Trace: true})
		pressed := 0
		for _, event := range w.Trace().Events {
			if no := event.Kind == sim.EventBlock || event.Kind == sim.EventRefuse; no && event.Action == pressed {
				return true
			}
			if pressed = 0; event.Kind == sim.EventAct {
				pressed = event.Action
			}
		}
	}
	return false
}
