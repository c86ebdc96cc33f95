package lesson

import (
	"context"
	"fmt"
	"slices"

	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
)

// Faults holds the wrong answers that a lesson thinks of against what is true, and
// returns those that nobody can give, or that are right, each with its place. The
// error is that of ctx. Slow: everything that is true is worked out.
func (b *Book) Faults(ctx context.Context) (all []*scenarios.Error, err error) {
	for n := range b.Lesson.Steps {
		s := &b.Lesson.Steps[n]
		if len(s.Wrong) == 0 && len(s.Again) == 0 {
			continue
		}
		if err := b.Prepare(ctx, n); err != nil {
			return nil, err
		}
		t, _ := b.truths.get(n)
		for i := range s.Wrong {
			if says := b.questions[n].fault(s, &s.Wrong[i], t); says != "" {
				all = append(all, &scenarios.Error{File: b.Lesson.File, Line: s.Wrong[i].Line, Column: s.Wrong[i].Column, Message: says})
			}
		}
		if len(s.Again) > 0 {
			again := *b.Lesson
			again.Steps = s.Again
			more, err := Open(&again).Faults(ctx)
			if err != nil {
				return nil, err
			}
			all = append(all, more...)
		}
	}
	return all, nil
}

// fault says why no wrong answer fits an entry; "" if one does.
func (q *Question) fault(s *lessons.Step, w *lessons.Wrong, t *Truth) string {
	switch w.If {
	case lessons.Ticked, lessons.Missed:
		for _, p := range w.Pages {
			if is := slices.Contains(t.Picks, p); is == (w.If == lessons.Ticked) {
				return fmt.Sprintf("no wrong answer is %v %s: to tick it is %s", w.If, s.Pages()[p], map[bool]string{true: "right", false: "wrong"}[is])
			}
		}
	case lessons.Below:
		if most := w.Number - q.Step; most < q.Low || q.Right(Answer{Number: most}, t) {
			return fmt.Sprintf("below %g there are right answers, or none: it is %g, give or take %g", w.Number, t.Number, q.Within)
		}
	case lessons.Above:
		if least := w.Number + q.Step; least > q.High || q.Right(Answer{Number: least}, t) {
			return fmt.Sprintf("above %g there are right answers, or none: it is %g, give or take %g", w.Number, t.Number, q.Within)
		}
	default:
		if q.Form == Some && len(t.Picks) == 0 || q.Form == One && slices.Equal(t.Picks, []int{w.Choice}) {
			return "this answer is right"
		}
	}
	return ""
}
