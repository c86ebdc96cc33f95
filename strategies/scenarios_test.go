package strategies_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"photofinish/scenarios"
	"photofinish/sim"
	clever "photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestScenariosSay holds what a scenario says of all clients to what all of them
// show, in every order: those that can end badly, and no others.
func TestScenariosSay(t *testing.T) {
	all := strategies.Names()
	but := func(names ...string) []string {
		return slices.DeleteFunc(slices.Clone(all), func(name string) bool { return slices.Contains(names, name) })
	}
	for _, c := range []struct {
		scenario, says string
		bad            []string
	}{
		{"computed-by-server", "Nothing that a client does about its requests makes it know", all},
		{"two-tabs", "Only the version does", but("if-match", "optimistic-lock", "if-match-reload")},
		{"two-tabs", "no order of messages would help", but("if-match", "optimistic-lock", "if-match-reload")},
		{"own-fields", "Nothing is lost", nil},
		{"double-click-create", "no queue helps. A button that can be pressed once does, and an id that the client makes itself",
			but("disabled-buttons", "client-id", "client-id-upsert")},
		{"double-delete", "whatever a client makes of it does no harm", // the first press does, as published
			[]string{"delete-as-published"}},
		{"delete-while-saving", "no harm in any order, unless a late save makes the note anew (upsert). An error message is the only trouble, " +
			"and a client that ignores the press leaves the note behind", []string{"exhaust", "client-id-upsert", "hold-as-published", "delete-as-published"}},
		{"update-then-delete", "A server that makes nothing anew refuses it, and nobody misses it",
			[]string{"exhaust", "client-id-upsert", "hold-as-published", "delete-as-published"}},
		{"one-socket-one-worker", "Who drops, refuses or never sends what is done in between still loses it",
			[]string{"exhaust", "hold-as-published"}},
	} {
		s := says(t, c.scenario, c.says)
		for _, name := range c.bad {
			if !slices.Contains(all, name) {
				t.Errorf("a row of TestScenariosSay has %s, which is no strategy of the catalogue", name)
			}
		}
		for _, name := range all {
			can := false
			for class := range new(clever.Explorer).Classes(s.Script, named(name, s.Script)) {
				if can = class.Judged.Verdict.Bad(); can {
					break
				}
			}
			if can != slices.Contains(c.bad, name) {
				t.Errorf("%s says %q. That it can end badly under %s is %v. If what it says is still true, "+
					"take %[3]s into its row of TestScenariosSay, or out of it", c.scenario, c.says, name, can)
			}
		}
	}
	s := says(t, "works-on-my-machine-fast", "every client does well")
	var w sim.World
	var j judge.Judge
	for _, name := range all {
		if got := j.Judge(s.Script, w.Run(s.Script, named(name, s.Script), 1, sim.Options{})); got.Verdict != judge.OK {
			t.Errorf("%s ends %v in %s, which says that every client does well. If that is how it is to be, "+
				"say so in scenarios/%[3]s.yaml, and in TestScenariosSay skip %[1]s", name, got.Verdict, s.Name)
		}
	}
}

// says returns a scenario whose file says something, in its text or behind #.
func says(t *testing.T, name, words string) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile("../scenarios/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(strings.Fields(strings.ReplaceAll(string(file), "\n#", "\n")), " "); !strings.Contains(text, words) {
		t.Errorf("%s does not say %q any more", name, words)
	}
	return s
}
