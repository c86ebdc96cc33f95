package plain_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
	"photofinish/tui/plain"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// take takes a lesson with some lines, keeps nothing, and returns what is read.
func take(t *testing.T, run *lesson.Run, keep func() error, lines ...string) string {
	t.Helper()
	var out bytes.Buffer
	if err := plain.Take(context.Background(), run, keep, strings.NewReader(strings.Join(lines, "\n")+"\n"), &out, true); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func none() error { return nil }

func open(t *testing.T, name string) *lessons.Lesson {
	t.Helper()
	l, err := lessons.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// A lesson from its beginning to its end: a wrong answer, a number of clicks moved, one
// who does not know, and mistakes in between.
func TestLesson(t *testing.T) {
	got := take(t, lesson.Open(open(t, "polling")).Resume(lesson.State{}), none,
		"", "", "1", "4", "", // yes, certain
		"9", "4", "7", "3", "2", "", "", // no choice, then one without how sure, then with
		"u9 3", "h", "u3 120", "", "", "i", "", "", "0", "3", "")
	testkit.Golden(t, "polling.txt", got)
	if !strings.HasSuffix(got, "to remember: Asking again and again is not standing in line.\n") {
		t.Error("the lesson has no end")
	}
}

// What is true is not told before the answer is in.
func TestNothingBeforeTheAnswer(t *testing.T) {
	for _, l := range testkit.Some(lessons.All(), 4) {
		b := lesson.Open(l)
		for n := range l.Steps {
			if b.Question(n) == nil || l.Steps[n].Kind == lessons.Reveal {
				continue
			}
			truth, err := b.Key(t.Context(), n)
			if err != nil {
				t.Fatal(err)
			}
			state := lesson.State{At: n, Answers: map[int]lesson.Answer{}}
			for i := range n {
				if l.Steps[i].Asks() {
					state.Answers[i] = lesson.Answer{Passed: true}
				}
			}
			asked := take(t, b.Resume(state), none, "q")
			if !strings.Contains(asked, b.Question(n).Ask) {
				t.Errorf("%s: it is not asked: %s", l.Name, asked)
			}
			for i := range truth.Lanes {
				if says := truth.Lanes[i].Says; strings.Contains(asked, says) {
					t.Errorf("%s: it tells %q before the answer", l.Name, says)
				}
			}
		}
	}
}

// What is answered line by line is there on the screen, and the other way round: both
// keep one file.
func TestKept(t *testing.T) {
	dir := t.TempDir()
	run, keep := learn.Resume(dir, open(t, "polling"))
	take(t, run, keep, "", "2", "3", "", "i")
	again, _ := learn.Resume(dir, open(t, "polling"))
	if at, state := again.At(), again.State(); at != run.At() || len(state.Answers) != 2 || !state.Answers[3].Unknown || state.Answers[1].Confidence != 3 {
		t.Errorf("at %d instead of %d, with %+v", at, run.At(), state)
	}
}
