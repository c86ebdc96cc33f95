package plain_test

import (
	"strings"
	"testing"

	"photofinish/scenarios/lessons"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
	"photofinish/tui/plain"
)

// What has changed is said once both checks have been taken to their ends.
func TestChanges(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{lessons.FirstCheck, lessons.LastCheck} {
		if got, _, err := learn.Checks(t.Context(), dir); got != nil || err != nil {
			t.Errorf("before %s: %v, %v", name, got, err)
		}
		l, err := lessons.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		run, keep := learn.Resume(dir, l)
		for !run.Over() {
			if run.Step().Asks() {
				a := lesson.DoNotKnow()
				if truth, err := run.Book().Key(t.Context(), run.At()); err != nil {
					t.Fatal(err)
				} else if name == lessons.LastCheck && run.At() == 1 {
					a = lesson.Answer{Picks: truth.Picks, Confidence: 3}
				}
				if err := run.Answer(a); err != nil {
					t.Fatal(err)
				}
			}
			if err := run.Next(); err != nil {
				t.Fatal(err)
			}
		}
		if err := keep(); err != nil {
			t.Fatal(err)
		}
	}
	first, last, err := learn.Checks(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	plain.Changed(&out, first, last)
	for _, want := range []string{
		"question 1: before you did not know, now right, fairly sure",
		"question 6: before you did not know, now you did not know",
		"0 of 6 right before, 1 of 6 now", "sure and wrong: 0 before, 0 now",
	} {
		if !strings.Contains(out.String(), want+"\n") {
			t.Errorf("there is no %q in:\n%s", want, out.String())
		}
	}
}
