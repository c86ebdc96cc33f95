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
		w.shown(l, n)
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
func (w *warnings) shown(l *lessons.Lesson, n int) {
	s := &l.Steps[n]
	if s.Kind != lessons.Predict && s.Kind != lessons.Check {
		return
	}
	lanes := lanesOf(s)
	var by []string
	for _, lane := range lanes {
		before := slices.IndexFunc(l.Steps[:n], func(e lessons.Step) bool {
			of := &e
			if e.Kind == lessons.Reveal {
				of = &l.Steps[e.Of]
			} else if e.Kind != lessons.Mend && e.Kind != lessons.Check {
				return false
			}
			return about(of) == about(s) && slices.ContainsFunc(lanesOf(of), lane.same)
		})
		if before < 0 {
			return
		}
		by = append(by, l.Steps[before].Kind.String())
	}
	w.add(s, fmt.Sprintf("the answer has been told before it is asked: %s stood in the same scenario in a %s before", tell.Clean(lanes[0].strategy), by[0]))
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

// raced is a page in a scenario.
type raced struct {
	strategy string
	in       *scenarios.Scenario
}

func (r raced) same(o raced) bool {
	return r.strategy == o.strategy && r.in.Seed == o.in.Seed && reflect.DeepEqual(r.in.Script, o.in.Script)
}

func lanesOf(s *lessons.Step) (all []raced) {
	for _, w := range s.Worlds {
		all = append(all, raced{s.Strategies[0], w})
	}
	for _, name := range s.Strategies {
		if len(s.Worlds) == 0 {
			all = append(all, raced{name, s.Scenario})
		}
	}
	return all
}
