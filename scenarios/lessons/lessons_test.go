package lessons

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"photofinish/scenarios"
)

// TestCatalogue: every file is in the catalogue, under its own name.
func TestCatalogue(t *testing.T) {
	paths, err := fs.Glob(files, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	paths = slices.DeleteFunc(paths, func(p string) bool { return p == "misconceptions.yaml" }) // is no lesson
	for _, path := range paths {
		if name := strings.TrimSuffix(path, ".yaml"); !slices.Contains(catalogue, name) {
			t.Errorf("%s is not in the catalogue", path)
		}
	}
	if len(paths) != len(catalogue) {
		t.Errorf("%d files, %d in the catalogue", len(paths), len(catalogue))
	}
	for i, l := range All() {
		if l.Name != catalogue[i] {
			t.Errorf("%s.yaml is called %s", catalogue[i], l.Name)
		}
		if title, minutes, inClass := Head(catalogue[i]); title != l.Title || minutes != l.Minutes || inClass != l.InClass() {
			t.Errorf("%s is listed as %q, %d minutes, %d in a class, and is %q, %d, %d", l.Name, title, minutes, inClass, l.Title, l.Minutes, l.InClass())
		}
	}
	if names := Names(); names[0] != FirstCheck || names[len(names)-1] != LastCheck {
		t.Errorf("the checks are not first and last: %v", names)
	}
}

func TestFind(t *testing.T) {
	if l, err := Find("orphan"); err != nil || l.Title != "The orphan" || l.File != "" {
		t.Errorf("%+v, %v", l, err)
	}
	_, err := Find("orfan")
	if want := `unknown lesson "orfan" (did you mean "orphan"?)`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// load reads a lesson as the command line does.
func load(path string) (*Lesson, error) {
	data, err := scenarios.ReadFile(path, "lesson")
	if err != nil {
		return nil, err
	}
	return Parse(path, data)
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "mine.yaml")
	if err := os.WriteFile(path, []byte(fine), 0o600); err != nil {
		t.Fatal(err)
	}
	if l, err := load(path); err != nil || l.Name != "a" || l.File != path {
		t.Errorf("%+v, %v", l, err)
	}
	if _, err := load(dir); err == nil || err.Error() != dir+": is a directory, not a lesson file" {
		t.Errorf("got %v", err)
	}
	if _, err := load(path + "x"); err == nil || err.Error() != path+"x: no such file or directory" {
		t.Errorf("got %v", err)
	}
}

// TestSettings: what a step does not say stands at the top, and what it says
// changes the scenario.
func TestSettings(t *testing.T) {
	l, err := Parse("", []byte(`
name: a
title: A
minutes: 3
remember: b
scenario: create-then-update
strategies: [naive]
thing: order
steps:
  - watch: {}
  - watch: {strategies: [polling], thing: comment}
  - watch: {network: lan}
  - watch: {seed: 7}
  - watch: {gap: 300ms}
  - watch: {scenario: {name: own, steps: [{at: 0, do: create}]}}
`))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := scenarios.Find("create-then-update")
	if err != nil {
		t.Fatal(err)
	}
	s := l.Steps
	if !slices.Equal(s[0].Strategies, []string{"naive"}) || s[0].Thing != "order" || s[0].Scenario.Name != plain.Name || s[0].Scenario.Script.Action(2).Up != plain.Script.Action(2).Up {
		t.Errorf("%+v", s[0])
	}
	if !slices.Equal(s[1].Strategies, []string{"polling"}) || s[1].Thing != "comment" {
		t.Errorf("%+v", s[1])
	}
	if lan, _ := scenarios.Network("lan"); s[2].Scenario.Script.Network != lan.Network || s[2].Scenario.Network != "lan" || s[2].Scenario.Script.Action(1).Up >= 0 {
		t.Errorf("%+v", s[2].Scenario)
	}
	if s[3].Scenario.Seed != 7 || s[3].Scenario.Script.Action(1).Up >= 0 || s[3].Scenario.Script.Network != plain.Script.Network {
		t.Errorf("%+v", s[3].Scenario)
	}
	if a := s[4].Scenario.Script.Action(2); a.At.Milliseconds() != 300 || a.Up != plain.Script.Action(2).Up {
		t.Errorf("%+v", a)
	}
	if s[5].Scenario.Name != "own" {
		t.Errorf("%+v", s[5].Scenario)
	}
	if again, _ := scenarios.Find("create-then-update"); again.Script.Action(2).At != plain.Script.Action(2).At {
		t.Error("the catalogue's own scenario has changed")
	}
}

// TestReveals: each belongs to the prediction before it.
func TestReveals(t *testing.T) {
	l, err := Parse("", []byte(top+`
  - predict: {ask: a, answer: lanes}
  - tell: b
  - reveal: {}
  - predict: {ask: c, answer: possible}
  - reveal: {say: d}
  - predict: {ask: e, answer: odds}
`))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{-1, -1, 0, -1, 3, -1} {
		if l.Steps[i].Of != want {
			t.Errorf("step %d belongs to %d, want %d", i, l.Steps[i].Of, want)
		}
	}
	if r := l.Steps[2]; r.Scenario != l.Steps[0].Scenario || !slices.Equal(r.Strategies, []string{"naive"}) {
		t.Errorf("a reveal shows %+v", r.Setting)
	}
}

// What is a lesson is known by what only lessons have, also where it has
// mistakes.
func TestMeant(t *testing.T) {
	for text, want := range map[string]bool{
		"minutes: 3\nsteps: []":                  true,
		"name: a\nremember: Nothing.\nmore: 1":   true,
		"name: a\nsteps: [{tell: A letter.}]":    true,
		"name: a\nsteps: [{predict: {}, at: 0}]": true,
		"name: a\nsteps: [{at: 0, do: create}]":  false,
		"name: a\ntitle: tell":                   false,
		"name: a\nsteps: [tell]":                 false,
		"name: a\nsteps: {tell: x}":              false,
		"- minutes: 3":                           false,
		"minutes":                                false,
		"minutes: [":                             false,
		"":                                       false,
		"{\"name\": \"a\", \"steps\": [{\"watch\": {}}]}": true,
	} {
		if got := Meant([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	for _, s := range scenarios.All() {
		if Meant(s.YAML()) {
			t.Errorf("%s is taken for a lesson", s.Name)
		}
	}
	for _, path := range []string{"crossing.yaml", "first-check.yaml"} {
		data, err := fs.ReadFile(files, path)
		if err != nil {
			t.Fatal(err)
		}
		if !Meant(data) {
			t.Errorf("%s is not taken for a lesson", path)
		}
	}
}

// What is told of a page holds from there on, the latest line counts, and a rule of
// the catalogue lifts it. A file that tells of nothing is of the time before, and is
// warned of.
func TestTold(t *testing.T) {
	l, err := Parse("f.yaml", []byte(top+`
  - tell: a
    told: {naive: one line, polling: asks again}
    minutes: 2
    notes: Wait.
  - predict: {ask: b, answer: lanes, strategies: [naive, polling], minutes: 3}
  - reveal: {}
  - watch: {told: {naive: another line}}
  - check: {ask: c, answer: verdict, again: [{ask: d, told: {naive: a third}}]}
  - check: {ask: e, answer: lanes, strategies: [callbacks, naive], rule: shown}
`))
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{"naive": "one line", "polling": "asks again"}
	for i, name := range l.Steps[1].Strategies {
		if l.Steps[1].Lines[i] != lines[name] {
			t.Errorf("%s is told of as %q", name, l.Steps[1].Lines[i])
		}
	}
	s := l.Steps
	if s[4].Lines[0] != "another line" || s[4].Again[0].Lines[0] != "a third" || s[4].Again[0].Answer != Verdict || !s[5].Rule || s[4].Rule {
		t.Errorf("%+v\n%+v", s[4], s[5])
	}
	if s[0].Minutes != 2 || s[0].Notes != "Wait." || l.InClass() != 5 || s[0].Line != 8 || s[1].Line != 12 || len(l.Warnings) != 0 {
		t.Errorf("%+v, %d minutes, %v", s[0], l.InClass(), l.Warnings)
	}
	l, err = Parse("f.yaml", []byte(top+"\n  - predict: {ask: a, answer: lanes}\n  - reveal: {}\n  - check: {ask: b, answer: verdict}\n"))
	if err != nil || len(l.Warnings) != 1 || l.Warnings[0].Error() != "f.yaml:8:14: pages are asked about of which nothing has been told, so that their rules are shown: add told:, or rule: shown" {
		t.Errorf("%v, %v", l.Warnings, err)
	}
}

// Pages stand in an order of the step's own, which their places lead back from.
func TestDrawn(t *testing.T) {
	const all = "[naive, callbacks, polling, conflate, sequenced, hold-outgoing]"
	l, err := Parse("", []byte(top+"\n  - predict: {ask: a, answer: lanes, strategies: "+all+"}\n  - mend: {strategies: "+all+"}\n  - predict: {ask: a, answer: possible, worlds: [two-tabs, lost-request, own-fields]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	filed := strings.Split(strings.Trim(all, "[]"), ", ")
	for _, s := range l.Steps[:2] {
		for i, name := range s.Strategies {
			if filed[s.Places[i]] != name {
				t.Errorf("%s stands at %d, and %v", name, i, s.Places)
			}
		}
	}
	if slices.Equal(l.Steps[0].Strategies, l.Steps[1].Strategies) || slices.Equal(l.Steps[0].Strategies, filed) {
		t.Errorf("%v, %v", l.Steps[0].Strategies, l.Steps[1].Strategies)
	}
	w := l.Steps[2]
	for i, name := range w.Pages() {
		if []string{"two-tabs", "lost-request", "own-fields"}[w.Places[i]] != name {
			t.Errorf("%v, %v", w.Pages(), w.Places)
		}
	}
	seen := map[string]int{}
	for i := range 600 {
		seen[strings.Trim(strings.Join(strings.Fields(fmtInts(shuffled(3, "a "+itoa(i)))), ""), "[]")]++
	}
	for order, n := range seen {
		if len(seen) != 6 || n < 60 || n > 140 {
			t.Errorf("%s comes %d times of 600", order, n)
		}
	}
}

func fmtInts(all []int) (s string) {
	for _, n := range all {
		s += itoa(n)
	}
	return s
}

// Wrong answers are understood.
func TestWrong(t *testing.T) {
	l, err := Parse("", []byte(top+`
  - check:
      ask: a
      answer: lanes
      strategies: [naive, polling, callbacks]
      wrong:
        - {if: {ticked: [polling, naive]}, is: my tab is alone}
        - {if: {missed: callbacks}, say: b}
        - {if: {said: none}, say: c}
  - check: {ask: a, answer: stands, field: name, wrong: [{if: {said: nothing}, say: b}]}
  - check: {ask: a, answer: odds, wrong: [{if: {below: 20}, say: b}, {if: {above: 90}, say: c}]}
  - check: {ask: a, answer: possible, wrong: [{if: {said: no}, say: b}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int { return slices.Index(l.Steps[0].Strategies, name) }
	w := l.Steps[0].Wrong
	if w[0].If != Ticked || !slices.Equal(w[0].Pages, []int{at("polling"), at("naive")}) || w[0].Is != "my tab is alone" || w[1].If != Missed || w[1].Pages[0] != at("callbacks") || w[2].Choice != None {
		t.Errorf("%+v", w)
	}
	if l.Steps[1].Wrong[0].Choice != 2 || l.Steps[2].Wrong[0].Number != 20 || l.Steps[2].Wrong[1].If != Above || l.Steps[3].Wrong[0].Choice != 1 {
		t.Errorf("%+v", l.Steps[1:])
	}
}
