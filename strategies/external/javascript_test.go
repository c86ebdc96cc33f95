package external_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// unlike are the scenarios in which a strategy over fetch is taken for another one, since
// nobody can tell from outside: an answer that has what the screen shows may have been
// taken or not, and what was dropped for want of an id might have been merged into what
// waited.
var unlike = map[string][]string{
	"naive": {"crossed-revalidations"}, "action-queue": {"crossed-revalidations"}, "hold-outgoing": {"random-020", "random-032"},
}

// TestJavaScript holds the strategies that are written over fetch too, for whoever reads
// them there, to what they are here: message by message, with whose they are, and what
// stands and is shown at the end, in the scenarios of the recorded traces.
func TestJavaScript(t *testing.T) {
	node(t)
	testkit.Alone(t)
	files, err := filepath.Glob("../javascript/*.mjs")
	if err != nil {
		t.Fatal(err)
	}
	testkit.Long(t, "small clients are run all the same")
	over := openOneOf(t, nil, files...)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".mjs")
		t.Run(name, func(t *testing.T) {
			entry, err := strategies.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			client := over.client(name)
			var w sim.World
			var j judge.Judge
			n := 0
			for s := range either(t) {
				n++
				want := played(&w, &j, s.Script, entry.For(s.Script), 1)
				got := played(&w, &j, s.Script, client.Entry().For(s.Script), 1)
				if (got != want) != slices.Contains(unlike[name], s.Name) {
					t.Errorf("%s (-here +over fetch):\n%s", s.Name, gocmp.Diff(want, got))
				}
			}
			if n < 10 {
				t.Errorf("only %d scenarios", n)
			}
		})
	}
	for _, name := range []string{"naive", "action-queue", "hold-outgoing", "action-queue+hold", "overlay"} {
		if file, text := strategies.JavaScript(name); file == "" || text == "" {
			t.Errorf("%s is not written in JavaScript", name)
		}
	}
}

// either yields the scenarios of the recorded traces, and those of the catalogue in which
// nothing is asked of a client beyond clicks and messages. Who saves takes no record of it.
func either(t *testing.T) func(func(*scenarios.Scenario) bool) {
	return func(yield func(*scenarios.Scenario) bool) {
		for s := range public(t) {
			if s.Script.Views() == 1 && !yield(s) {
				return
			}
		}
		for _, s := range scenarios.All() {
			if s.Script.Habits() == 0 && !s.Script.Network.Echo && s.Script.Views() == 1 && !yield(s) {
				return
			}
		}
	}
}
