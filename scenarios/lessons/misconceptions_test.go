package lessons

import (
	"context"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// rightAfterAll are those that hold what is harmless, or safe, for a loss: what they
// are met with never ends badly.
var rightAfterAll = map[string]bool{
	"late means lost": true, "waiting costs nothing": true, "two writers always collide": true, "a refusal is a loss": true,
	"an error stops what follows": true,
}

// Each misconception is met: where it says that all is well something is lost in
// some order, and where it fears a loss nothing is, in any.
func TestMisconceptions(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Misconceptions() {
		e, err := strategies.Find(m.Shows.Strategy)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := scenarios.Find(m.Shows.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		s := shown.Script
		r := new(explore.Explorer).Count(context.Background(), s, e.For(s), explore.Bounds{Classes: 2000})
		if !r.Complete || rightAfterAll[m.Name] != (r.Bad() == 0) {
			t.Errorf("%s: %d of %d orders of %s end badly", m.Name, r.Bad(), r.Classes, m.Shows.Scenario)
		}
		if n := utf8.RuneCountInString(m.Meets); seen[m.Name] || n > 240 || m.Says == "" || len(strings.Fields(m.Name)) > 5 {
			t.Errorf("%s: %d characters", m.Name, n)
		}
		seen[m.Name] = true
	}
	if names := misconceptionNames(); !slices.Equal(names, namesOf(Misconceptions())) {
		t.Errorf("at a glance they are %v", names)
	}
	for name := range rightAfterAll {
		if !seen[name] {
			t.Errorf("there is no %s", name)
		}
	}
	if _, err := FindMisconception("retry is harmles"); err == nil || err.Error() != `unknown misconception "retry is harmles" (did you mean "retry is harmless"?)` {
		t.Errorf("got %v", err)
	}
}

func TestMeansMisconceptions(t *testing.T) {
	if !MeansMisconceptions(misconceptionFile) || MeansMisconceptions([]byte(fine)) || MeansMisconceptions([]byte("a: 1")) || MeansMisconceptions(nil) {
		t.Error("a list of misconceptions is not told from a lesson")
	}
}

const oneIdea = "says: a, meets: b, shows: {scenario: two-tabs, strategy: naive}"

var misconceptionMistakes = []struct{ text, want string }{
	{"a b c d e f: {" + oneIdea + "}\n", `f.yaml:1:1: "a b c d e f" has 6 words: a name has at most five`},
	{"a: {" + oneIdea + ", more: 1}\n", `f.yaml:1:70: unknown key "more": it is one of says, meets, shows`},
	{"a: {says: a, meets: b}\n", `f.yaml:1:4: a misconception needs the key "shows"`},
	{"a: {" + oneIdea + "}\na: {" + oneIdea + "}\n", `f.yaml:2:1: key "a" is here twice`},
	{"a: {says: \" \", meets: b, shows: {scenario: two-tabs, strategy: naive}}\n", `f.yaml:1:11: says is empty`},
	{"a: {says: a, meets: b, shows: {scenario: two-tabs}}\n", `f.yaml:1:31: shows needs the key "strategy"`},
	{"a: {says: a, meets: b, shows: {scenario: two-tabs, strategy: Naive}}\n", `f.yaml:1:62: unknown strategy "Naive" (did you mean "naive"?)`},
	{"a: {says: a, meets: b, shows: {scenario: two-tab, strategy: naive}}\n", `f.yaml:1:42: unknown scenario "two-tab" (did you mean "two-tabs"?)`},
}

func TestMisconceptionMistakes(t *testing.T) {
	for _, m := range misconceptionMistakes {
		if _, err := parseMisconceptions("f.yaml", []byte(m.text)); err == nil || err.Error() != m.want {
			t.Errorf("%q: got %v, want %s", m.text, err, m.want)
		}
	}
}
