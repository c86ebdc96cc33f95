package plain_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

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
		"", "x", "?", "", "1", "4", "", // yes, certain
		"9", "4", "7", "b", "3", "2", "", "", // no choice, then one that is taken back, then another
		"u9 3", "h", "z", "u3 120", "", "", "i", "", "", "0", "3", "")
	testkit.Golden(t, "polling.txt", got)
	if !strings.HasSuffix(got, "to remember: Asking again and again is not standing in line.\n") {
		t.Error("the lesson has no end")
	}
}

// Every lesson can be taken to its end by right answers, by wrong ones and by who does not
// know, and nothing that is read aloud is a drawing.
func TestEveryLesson(t *testing.T) {
	drawn := regexp.MustCompile(`[^ -~“”–ä-üÀ-ÿ]|\x1b`)
	for _, l := range testkit.Some(lessons.All(), 4) {
		b := lesson.Open(l)
		for way, mark := range map[string]string{"right": "right", "wrong": "not yet", "unknown": "you did not know"} {
			var lines []string
			told := 0
			for n := range l.Steps {
				truth, err := b.Key(t.Context(), n)
				if err != nil {
					t.Fatal(err)
				}
				if k := l.Steps[n].Kind; k == lessons.Reveal || k == lessons.Check {
					told++
				}
				lines = append(lines, typed(b, n, truth, way)...)
			}
			got := take(t, b.Resume(lesson.State{}), none, lines...)
			if !strings.HasSuffix(got, "to remember: "+l.Remember+"\n") || strings.Contains(got, "is none of it") {
				t.Errorf("%s, %s: it does not come to its end: %q\n%s", l.Name, way, lines, got)
			}
			if n := strings.Count(got, "\n"+mark+"\n"); n != told {
				t.Errorf("%s, %s: %q is said %d times, of %d", l.Name, way, mark, n, told)
			}
			for line := range strings.Lines(got) {
				if found := drawn.FindString(strings.TrimSpace(line)); found != "" {
					t.Errorf("%s: %q in %q", l.Name, found, line)
				}
			}
		}
	}
}

// typed is what somebody types at a step.
func typed(b *lesson.Book, n int, truth *lesson.Truth, way string) []string {
	s, q := &b.Lesson.Steps[n], b.Question(n)
	switch s.Kind {
	case lessons.Predict, lessons.Check:
		answer := fmt.Sprint(truth.Number)
		if q.Form == lesson.Number && way == "wrong" {
			answer = fmt.Sprint(q.Low)
			if truth.Number-q.Low <= s.Within {
				answer = fmt.Sprint(q.High)
			}
		} else if q.Form != lesson.Number {
			answer = ""
			for i := range q.Choices {
				if slices.Contains(truth.Picks, i) == (way == "right") {
					answer += fmt.Sprint(i + 1)
				}
			}
			if answer == "" {
				answer = "0"
			}
			if q.Form == lesson.One {
				answer = answer[:1]
			}
		}
		lines := []string{answer, "3"}
		if way == "unknown" {
			lines = []string{"i"}
		}
		if s.Kind == lessons.Check {
			lines = append(lines, "")
		}
		return lines
	case lessons.Break:
		if way == "unknown" || truth.Lanes[0].Bad == (way == "right") {
			return []string{"h", "g", ""}
		}
		return []string{"n", "4", ""}
	case lessons.Mend:
		if way == "right" {
			return []string{fmt.Sprint(truth.Picks[0] + 1), ""}
		}
		return []string{"g", ""}
	}
	return []string{""}
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

// Where the clicks may change places, they do, as on the screen.
func TestOrderOfClicks(t *testing.T) {
	l := open(t, "save-then-fetch")
	n := slices.IndexFunc(l.Steps, func(s lessons.Step) bool { return s.Kind == lessons.Mend && s.Clicks })
	state := lesson.State{At: n, Answers: map[int]lesson.Answer{}}
	for i := range n {
		if l.Steps[i].Asks() {
			state.Answers[i] = lesson.Answer{Passed: true}
		}
	}
	naive := fmt.Sprint(slices.Index(l.Steps[n].Strategies, "naive") + 1)
	got := take(t, lesson.Open(l).Resume(state), none, naive, "f2", "f2 f2", "f2 u1", naive, "q")
	for _, want := range []string{"\nnaive can lose: ", "\n\"f2\" is none of it", "\n\"f2 f2\" is none of it", "\nin this order now: f2 u1\n", "\n0 ms: f1 fetch\n", "\nit costs "} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q in:\n%s", want, got)
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

// Pages to choose among stand with what has been told of them.
func TestMend(t *testing.T) {
	got := take(t, lesson.Open(open(t, "orphan")).Resume(lesson.State{}), none, "", "i", "", "", "i", "", "2", "", "")
	want := "4 naive: sends each click when you make it\n"
	if !strings.Contains(got, want) || !strings.Contains(got, "action-queue never loses: race-free: all 2 orders\n") {
		t.Errorf("it does not say %q:\n%s", want, got)
	}
}

// A line of any length, and of any bytes, is one answer, and no more of it is said again
// than an answer can be long.
func TestLongLine(t *testing.T) {
	for _, line := range []string{strings.Repeat("x", 1<<20), strings.Repeat("\x1b\xff", 1<<16)} {
		out := take(t, lesson.Open(open(t, "polling")).Resume(lesson.State{}), none, line, "", "1", "4", "q")
		if strings.Count(out, "is none of it") != 1 || !strings.Contains(out, "how sure?") || !strings.Contains(out, "…") || len(out) > 10_000 || strings.Contains(out, "\x1b") || !utf8.ValidString(out) {
			t.Errorf("%d bytes: %.300q", len(out), out)
		}
	}
}

// Who leaves a lesson of which nothing is kept is told so once, and not that it goes on.
func TestNothingKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for dir, says := range map[string]string{"": "there is no folder for your progress", file: "your progress cannot be"} {
		run, keep := learn.Resume(dir, open(t, "polling"))
		out := take(t, run, keep, "", "1", "4", "q")
		if strings.Count(out, says) != 1 || strings.Contains(out, "goes on here") || !strings.HasSuffix(out, "\nleft\n") {
			t.Errorf("%q: %s", dir, out)
		}
	}
}
