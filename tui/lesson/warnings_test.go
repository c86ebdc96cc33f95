package lesson

import (
	"regexp"
	"strings"
	"testing"

	"photofinish/scenarios/lessons"
)

// TestWarnings: each of them comes where it should, and with its mend it goes.
func TestWarnings(t *testing.T) {
	const file = `
name: warned
title: Warned
minutes: 3
remember: So it is.
scenario: create-then-update
strategies: [naive]
steps:
  - tell: Look.
    told: {naive: saves each edit when you make it, callbacks: has grey buttons}
    minutes: 4
  - predict: {ask: "How does it end?", answer: verdict, wrong: [{if: {said: well}, say: "Look again."}]}
  - reveal: {}
  - check: {ask: "Which of these can lose?", answer: possible, strategies: [callbacks, naive]}
`
	if all := warned(t, file); len(all) > 0 {
		t.Errorf("nothing is amiss: %q", all)
	}
	for says, change := range map[string][2]string{
		"it has no check": {"check:", "predict:"},
		"no step says how long it takes in a class":  {"    minutes: 4\n", ""},
		"it takes 3 minutes alone, and 2 in a class": {"minutes: 4", "minutes: 2"},
		"no wrong answer is thought of":              {`, wrong: [{if: {said: well}, say: "Look again."}]`, ""},
		"the answer has been told before it is asked: naive stood in the same scenario in a reveal before": {
			`{ask: "Which of these can lose?", answer: possible, strategies: [callbacks, naive]}`, `{ask: "And now?", answer: requests}`},
		"of which nothing has been told": {"    told: {naive: saves each edit when you make it, callbacks: has grey buttons}\n", ""},
		"who reads nothing is right here: by its place, by the name naive, by a word of loss": {
			"naive: saves each edit when you make it", "naive: an edit without an id is lost"},
	} {
		changed := strings.Replace(file, change[0], change[1], 1)
		if changed == file {
			t.Errorf("%q is not in the lesson", change[0])
		}
		all := warned(t, changed)
		if !strings.Contains(strings.Join(all, "\n"), says) {
			t.Errorf("it does not warn that %s: %q", says, all)
		}
		for _, w := range all {
			if !regexp.MustCompile(`^warned.yaml:[0-9]+:[0-9]+: `).MatchString(w) {
				t.Errorf("a warning without its place: %s", w)
			}
		}
	}
	for _, b := range shelf() {
		if all, err := b.Warnings(t.Context()); err != nil || len(all) > 0 {
			t.Errorf("%s: %v, %v", b.Lesson.Name, all, err)
		}
	}
}

func warned(t *testing.T, file string) (all []string) {
	t.Helper()
	l, err := lessons.Parse("warned.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	warnings, err := Open(l).Warnings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range warnings {
		all = append(all, w.Error())
	}
	return all
}
