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
