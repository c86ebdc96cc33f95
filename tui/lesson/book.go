package lesson

import (
	"context"
	"fmt"

	"photofinish/report"
	"photofinish/scenarios/lessons"
	"photofinish/strategies"
)

// Book is a lesson with what is true in it. It may be used by many at once.
type Book struct {
	Lesson *lessons.Lesson

	questions []*Question // by step
	truths    cache[int, *Truth]
	curves    cache[int, *report.Curves]
	remedies  cache[string, *Remedied]
	turned    cache[[3]int, *Turned] // by step, scene and lane
	spreads   cache[int, *Spreads]
}

// Open returns the book of a lesson.
func Open(l *lessons.Lesson) *Book {
	b := &Book{Lesson: l, questions: make([]*Question, len(l.Steps))}
	for i := range l.Steps {
		if s := &l.Steps[i]; s.Kind == lessons.Predict || s.Kind == lessons.Check {
			b.questions[i] = newQuestion(s, l.Unnamed())
		}
	}
	return b
}

// of returns the place of the step whose truth step n is about: of a reveal,
// that is the prediction. It is -1 where there is none.
func (b *Book) of(n int) int {
	if n < 0 || n >= len(b.Lesson.Steps) {
		return -1
	}
	switch s := &b.Lesson.Steps[n]; {
	case s.Kind == lessons.Reveal:
		return s.Of
	case s.Asks():
		return n
	}
	return -1
}

// Prepare works out what is true of step n, so that a run can tell it once it
// has been answered. It may take a while (10,000 trials, all orders): call it
// in the background as soon as the question is on the screen. It returns the
// error of ctx if that ends first, and nil at once for a step that asks
// nothing or is ready.
func (b *Book) Prepare(ctx context.Context, n int) error {
	n = b.of(n)
	if n < 0 {
		return nil
	}
	_, err := b.truths.find(ctx, n, func() (*Truth, error) { return b.truth(ctx, n) })
	return err
}

// Ready reports whether what is true of step n has been worked out.
func (b *Book) Ready(n int) bool {
	_, ok := b.Known(n)
	return ok
}

// Known returns what is true of step n once it has been prepared, whoever has answered
// what: it is for a teacher's eyes.
func (b *Book) Known(n int) (*Truth, bool) { return b.truths.get(b.of(n)) }

// Question returns what step n asks, of a predict or a check, or of the
// predict that a reveal belongs to; nil for other steps.
func (b *Book) Question(n int) *Question {
	if n = b.of(n); n < 0 {
		return nil
	}
	return b.questions[n]
}

// Curve trials: a point of a curve is drawn, and not told as a number.
const curveTrials = 1000

// Curve returns, for a question about odds, the odds against the gap before
// the last click; nil for other steps, and where there is one click only.
// Slow.
func (b *Book) Curve(ctx context.Context, n int) (*report.Curves, error) {
	q := b.of(n)
	if q < 0 || b.questions[q] == nil || b.Lesson.Steps[q].Answer != lessons.Odds {
		return nil, nil
	}
	s := &b.Lesson.Steps[q]
	last := len(s.Scenario.Script.Actions)
	if last < 2 {
		return nil, nil
	}
	return b.curves.find(ctx, q, func() (*report.Curves, error) {
		o := report.Options{Seed: 1, Trials: curveTrials, Workers: workers()}
		return report.GapCurves(ctx, s.Scenario, entries(s.Strategies), last, o)
	})
}

func entries(names []string) []strategies.Entry {
	var all []strategies.Entry
	for _, name := range names {
		all = append(all, Entry(name))
	}
	return all
}

// Entry returns a strategy of a lesson: its decoder has seen to it that there is
// one of that name.
func Entry(name string) strategies.Entry {
	e, err := strategies.Find(name)
	if err != nil {
		panic(fmt.Sprintf("lesson: a lesson has a strategy that there is not, which its decoder should have refused: %v", err))
	}
	return e
}
