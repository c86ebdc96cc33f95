package lesson

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
)

// Warnings returns what keeps a lesson from being a good one, each with its place: a page
// that nothing was told of, a question that can be answered without having understood
// anything, or whose answer has been shown before, wrong answers that nobody thought of,
// no check, and too little time with a class. The error is that of ctx. Slow: everything
// that is true is worked out.
func (b *Book) Warnings(ctx context.Context) ([]*scenarios.Error, error) {
	l := b.Lesson
	w := warnings{file: l.File, all: slices.Clone(l.Warnings)}
	w.time(l)
	for n := range l.Steps {
		s := &l.Steps[n]
		if q := b.questions[n]; q != nil {
			t, err := b.Key(ctx, n)
			if err != nil {
				return nil, err
			}
			if by := (&asked{l, s, q, t}).blind(); by != nil {
				w.add(s, "who reads nothing is right here: by "+strings.Join(by, ", by "))
			}
			if s.Kind == lessons.Predict && len(s.Wrong) == 0 {
				w.add(s, "no wrong answer is thought of: add wrong:, with what meets it")
			}
		}
		w.shown(b, n)
	}
	return w.all, nil
}

type warnings struct {
	file string
	all  []*scenarios.Error
}

func (w *warnings) add(s *lessons.Step, text string) {
	w.all = append(w.all, &scenarios.Error{File: w.file, Line: s.Line, Column: s.Column, Message: text})
}

// time warns of what a lesson as a whole has not.
func (w *warnings) time(l *lessons.Lesson) {
	if len(l.Steps) == 0 {
		return
	}
	first := &l.Steps[0]
	if l.Unnamed() {
		return // a check is all of it, and a class does not talk in between
	}
	if !slices.ContainsFunc(l.Steps, func(s lessons.Step) bool { return s.Kind == lessons.Check }) {
		w.add(first, "it has no check: end with one, of the same idea on another surface")
	}
	switch class := l.InClass(); {
	case class == 0:
		w.add(first, "no step says how long it takes in a class: add minutes:")
	case class < l.Minutes:
		w.add(first, fmt.Sprintf("it takes %d minutes alone, and %d in a class that talks: look at the minutes of its steps", l.Minutes, class))
	}
}

// shown warns of a question about what the lesson has shown before: each page of it, in
// the same scenario, in a reveal, a mend or a check.
func (w *warnings) shown(b *Book, n int) {
	if b.questions[n] == nil {
		return
	}
	steps, lanes := b.Lesson.Steps, b.lanes(n)
	if slices.ContainsFunc(lanes, func(l laneOf) bool { return b.shownBefore(n, l) < 0 }) {
		return
	}
	first := &steps[b.shownBefore(n, lanes[0])]
	w.add(&steps[n], fmt.Sprintf("the answer has been told before it is asked: %s stood in the same scenario in a %s before", tell.Clean(lanes[0].strategy), first.Kind))
}

// shownBefore returns the first step before step n that shows of a lane what n asks; -1 if
// none does.
func (b *Book) shownBefore(n int, lane laneOf) int {
	steps := b.Lesson.Steps
	for i := range n {
		switch steps[i].Kind {
		case lessons.Reveal, lessons.Mend, lessons.Check:
			of := b.of(i)
			if about(&steps[of]) == about(&steps[n]) && slices.ContainsFunc(b.lanes(of), lane.same) {
				return i
			}
		}
	}
	return -1
}

// about says what a step shows of a lane: one trial, its odds, or all of its orders.
func about(s *lessons.Step) int {
	switch {
	case s.Kind == lessons.Mend || s.Answer == lessons.Possible || s.Answer == lessons.RaceFree:
		return 2
	case s.Answer == lessons.Odds:
		return 1
	}
	return 0
}

// same reports whether two lanes have one strategy in one scenario.
func (l laneOf) same(o laneOf) bool {
	a, b := l.step.Scenario, o.step.Scenario
	return l.strategy == o.strategy && a.Seed == b.Seed && reflect.DeepEqual(a.Script, b.Script)
}
