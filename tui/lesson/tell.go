package lesson

import (
	"context"
	"slices"

	"photofinish/scenarios/lessons"
)

// Truth returns what is true of the present step: of a reveal, and of a check,
// a break and a mend once they are answered. The error is ErrUnanswered,
// ErrNotReady or ErrNothing. A predict never tells: its reveal does.
func (r *Run) Truth() (*Truth, error) {
	n := r.book.of(r.at)
	if n < 0 {
		return nil, ErrNothing
	}
	_, answered := r.Answered()
	t, ready := r.book.truths.get(n)
	switch {
	case !answered || r.Step().Kind == lessons.Predict:
		return nil, ErrUnanswered
	case !ready:
		return nil, ErrNotReady
	}
	r.shown[n] = true
	return t, nil
}

// Right reports whether the answer to the present step was right. It is false
// as long as Truth does not tell.
func (r *Run) Right() bool {
	if _, err := r.Truth(); err != nil {
		return false
	}
	right, _ := r.mark(r.book.of(r.at))
	return right
}

// mark says whether the answer to step n was right, and whether that is known.
func (r *Run) mark(n int) (right, known bool) {
	a, answered := r.answers[n]
	t, ready := r.book.truths.get(n)
	switch s := &r.book.Lesson.Steps[n]; {
	case !answered:
		return false, false
	case a.Passed, a.Broke, a.Mended:
		return !a.Passed, true
	case !ready:
		return false, false
	case s.Kind == lessons.Break:
		return t.Lanes[0].Orders.RaceFree(), true // they claim so
	}
	return r.book.questions[n].Right(a, t), true
}

// First returns the place of the finding to point at first: one on which the
// answer and the truth differ, before others one that ends badly; or, if they
// agree, one that ends badly. It is -1 if there is none, and as long as Truth
// does not tell.
func (r *Run) First() (first int) {
	t, err := r.Truth()
	if first = -1; err != nil {
		return first
	}
	a, _ := r.Answered()
	q, right := r.Question(), r.Right()
	for i, f := range t.Lanes {
		differs := !right
		if q != nil && q.Form == Some && !a.Passed {
			differs = slices.Contains(a.Picks, i) != slices.Contains(t.Picks, i)
		}
		switch {
		case f.Bad && (differs || right):
			return i
		case differs && first < 0:
			first = i
		}
	}
	return first
}

// Key returns what is true of step n, be it answered or not: for a teacher's papers, and
// for nothing that a learner sees. It is nil for a step that asks nothing. The error is
// that of ctx. Slow.
func (b *Book) Key(ctx context.Context, n int) (*Truth, error) {
	if err := b.Prepare(ctx, n); err != nil {
		return nil, err
	}
	t, _ := b.truths.get(b.of(n))
	return t, nil
}
