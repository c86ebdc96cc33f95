package lesson

import (
	"context"
	"slices"
	"testing"

	"photofinish/exercises"
	"photofinish/scenarios/lessons"
)

// allAsked returns every question of every shipped lesson, and those for who looks
// again.
func allAsked(t *testing.T) (all []asked) {
	if everyAsked != nil {
		return everyAsked
	}
	defer func() { everyAsked = all }()
	add := func(book *Book) {
		l := book.Lesson
		for n := range l.Steps {
			if q := book.questions[n]; q != nil {
				all = append(all, asked{l, &l.Steps[n], q, known(t, book, n)})
			}
		}
	}
	for _, book := range shelf() {
		add(book)
		l := book.Lesson
		for n := range l.Steps {
			if len(l.Steps[n].Again) > 0 {
				again := *l
				again.Steps = l.Steps[n].Again
				add(Open(&again))
			}
		}
	}
	return all
}

var everyAsked []asked // by the first test that wants them

// TestBlindReaders: nobody passes without reading. Each of these is right in at most
// two thirds of the questions that it has an answer to, and in at most three of the six
// of each check.
func TestBlindReaders(t *testing.T) {
	all := allAsked(t)
	for _, r := range readers {
		right, of := 0, 0
		checks := map[string]int{}
		for i := range all {
			picks, can := r.says(&all[i])
			if !can {
				continue
			}
			of++
			if all[i].Right(Answer{Picks: picks}, all[i].truth) {
				right++
				if all[i].lesson.Unnamed() {
					checks[all[i].lesson.Name]++
				}
			}
		}
		t.Logf("%s: %d of %d, checks %v", r.name, right, of, checks)
		if 3*right > 2*of {
			t.Errorf("who reads nothing and says %q is right in %d of %d questions", r.name, right, of)
		}
		for name, n := range checks {
			if n > 3 {
				t.Errorf("who says %q is right in %d questions of %s", r.name, n, name)
			}
		}
	}
}

// TestTold: of each page that is asked about something is told, in words that say
// nothing of what goes wrong, unless its rule is shown.
func TestTold(t *testing.T) {
	for _, a := range allAsked(t) {
		for i, p := range a.Pages {
			if a.step.Lines[i] == "" && !a.step.Rule {
				t.Errorf("%s: %s has not been told of in: %s", a.lesson.Name, p.Name, a.Ask)
			}
			if word := lossy.FindString(p.Told); word != "" && !a.step.Rule {
				t.Errorf("%s: %q is told of %s: %q tells", a.lesson.Name, p.Told, p.Name, word)
			}
		}
	}
	for _, b := range shelf() {
		l := b.Lesson
		if len(l.Warnings) > 0 {
			t.Errorf("%s: %v", l.Name, l.Warnings)
		}
		if l.Unnamed() {
			continue
		}
		if l.InClass() <= l.Minutes {
			t.Errorf("%s takes %d minutes alone, and %d in a class that talks", l.Name, l.Minutes, l.InClass())
		}
	}
}

// TestWrongAnswersAreMet: of the shipped lessons each entry is one that somebody can
// give; whatever else is likely to be said is met with a sentence; and every
// misconception has its place in a lesson, or an exercise.
func TestWrongAnswersAreMet(t *testing.T) {
	used := map[string]bool{}
	for _, e := range exercises.All() {
		for _, w := range e.Wrong {
			used[w.Meets] = true
		}
	}
	for _, b := range shelf() {
		faults, err := b.Faults(t.Context())
		if err != nil || len(faults) > 0 {
			t.Errorf("%s: %v, %v", b.Lesson.Name, faults, err)
		}
	}
	for _, a := range allAsked(t) {
		for _, w := range a.step.Wrong {
			used[w.Is] = true
		}
		if len(a.step.Wrong) == 0 && a.step.Again == nil && a.step.Kind == lessons.Predict {
			t.Errorf("%s: no wrong answer is thought of in: %s", a.lesson.Name, a.Ask)
		}
		for _, wrong := range a.likely() {
			met := met1(&a, wrong)
			if len(met) == 0 || met[0].Say == "" || len(met) > 2 {
				t.Errorf("%s: %s: %q is met with %+v", a.lesson.Name, a.Ask, a.Says(wrong, ", "), met)
			}
		}
	}
	for _, m := range lessons.Misconceptions() {
		if !used[m.Name] {
			t.Errorf("no question is about %q", m.Name)
		}
	}
}

// likely returns the wrong answers that are to be expected: each wrong tick, or miss,
// alone, each wrong choice, and a number too small and one too large.
func (a *asked) likely() (all []Answer) {
	try := func(w Answer) {
		if !a.Right(w, a.truth) {
			all = append(all, w)
		}
	}
	for i := range a.Choices {
		if a.Form == One {
			try(Answer{Picks: []int{i}})
			continue
		}
		with := func(j int) bool { return slices.Contains(a.truth.Picks, j) != (i == j) }
		try(Answer{Picks: a.those(with)})
	}
	if a.Form == Number {
		try(Answer{Number: a.Low})
		try(Answer{Number: a.High})
	}
	return all
}

// met1 is what an answer is met with, without the run around it.
func met1(a *asked, wrong Answer) []Met {
	l := *a.lesson
	l.Steps = []lessons.Step{*a.step}
	l.Steps[0].Kind = lessons.Check
	b := &Book{Lesson: &l, questions: []*Question{a.Question}}
	_, _ = b.truths.find(context.Background(), 0, func() (*Truth, error) { return a.truth, nil })
	r := b.Resume(State{})
	r.answers[0] = wrong
	return r.Met()
}
