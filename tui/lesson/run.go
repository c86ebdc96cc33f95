package lesson

import (
	"errors"
	"slices"

	"photofinish/scenarios/lessons"
)

// What keeps a run from going on or from telling.
var (
	ErrUnanswered = errors.New("answer first: what happens is shown after that")
	ErrNotReady   = errors.New("still being worked out")
	ErrRevealed   = errors.New("the answer has been shown: this one stands as it is")
	ErrNothing    = errors.New("this step asks nothing")
)

// Run is one person's way through a lesson. It is for one goroutine.
type Run struct {
	book    *Book
	at      int
	answers map[int]Answer // by step
	shown   map[int]bool   // by step: its truth has been told
	games   map[int]*Game
	hints   map[int]int // by step: how many have been given
	tries   map[int][]*Remedied
}

// Book returns the lesson of the run.
func (r *Run) Book() *Book { return r.book }

// At returns the place of the step, from 0. At Len it is over, and the
// sentence to remember is to be shown.
func (r *Run) At() int { return r.at }

// Len returns the number of steps.
func (r *Run) Len() int { return len(r.book.Lesson.Steps) }

// Over reports whether all steps are done.
func (r *Run) Over() bool { return r.at >= r.Len() }

// Step returns the present step; nil when the run is over.
func (r *Run) Step() *lessons.Step {
	if r.Over() {
		return nil
	}
	return &r.book.Lesson.Steps[r.at]
}

// Next goes on to the next step. The error is ErrUnanswered if this one wants
// something first.
func (r *Run) Next() error {
	r.settle()
	if r.Over() {
		return nil
	}
	if _, ok := r.answers[r.at]; r.Step().Asks() && !ok {
		return ErrUnanswered
	}
	r.at++
	return nil
}

// Back goes to the step before, and reports whether there is one.
func (r *Run) Back() bool {
	r.settle()
	if r.at == 0 {
		return false
	}
	r.at--
	return true
}

// Question returns what the present step asks, or of a reveal, what its
// prediction asked; nil in other steps.
func (r *Run) Question() *Question { return r.book.Question(r.at) }

// Answer takes an answer to the present predict or check. Until its truth has
// been told it may be given again. An error says in a sentence what is wrong
// with it, or is ErrRevealed or ErrNothing.
func (r *Run) Answer(a Answer) error {
	if r.Over() || r.Question() == nil || r.Step().Kind == lessons.Reveal {
		return ErrNothing
	}
	if r.shown[r.at] {
		return ErrRevealed
	}
	if err := r.Question().Takes(a); err != nil {
		return err
	}
	r.answers[r.at] = Answer{Picks: slices.Sorted(slices.Values(a.Picks)), Number: a.Number, Confidence: a.Confidence, Unknown: a.Unknown}
	return nil
}

// Pass gives up on the present question, break or mend: what is true may then
// be told. It counts as no answer. What has been answered already stays.
func (r *Run) Pass() error {
	r.settle()
	if r.Over() || !r.Step().Asks() {
		return ErrNothing
	}
	if _, ok := r.answers[r.at]; !ok {
		r.answers[r.at] = Answer{Passed: true, Tries: len(r.tries[r.at])}
	}
	return nil
}

// Answered returns the answer to the present step, or to the prediction of
// the present reveal.
func (r *Run) Answered() (Answer, bool) {
	r.settle()
	a, ok := r.answers[r.book.of(r.at)]
	return a, ok
}

// Hint returns the next hint of a break or a mend, and how many are left after
// it; "" if there is none.
func (r *Run) Hint() (text string, left int) {
	if r.Over() || r.hints[r.at] >= len(r.Step().Hints) {
		return "", 0
	}
	rest := r.Step().Hints[r.hints[r.at]:]
	r.hints[r.at]++
	return rest[0], len(rest) - 1
}

// Game returns the present break, as it is being played; nil in other steps.
func (r *Run) Game() *Game {
	if r.Over() || r.Step().Kind != lessons.Break {
		return nil
	}
	if r.games[r.at] == nil {
		r.games[r.at] = newGame(r.Step())
	}
	return r.games[r.at]
}

// Claim says of the present break that nobody can break it. The next Truth
// says whether that is so.
func (r *Run) Claim(confidence int) error {
	switch a, answered := r.Answered(); {
	case r.Over() || r.Step().Kind != lessons.Break:
		return ErrNothing
	case r.shown[r.at] || answered && !a.Passed:
		return ErrRevealed
	case confidence < 1 || confidence > 4:
		return errors.New("say how sure you are, from 1 to 4")
	}
	r.answers[r.at] = Answer{Claimed: true, Confidence: confidence}
	return nil
}

// settle takes note of a break that has been brought about.
func (r *Run) settle() {
	g := r.games[r.at]
	if _, answered := r.answers[r.at]; g != nil && !answered && g.Broken() {
		r.answers[r.at] = Answer{Broke: true}
	}
}

// Tried notes what came of a remedy of the present mend.
func (r *Run) Tried(m *Remedied) {
	if r.Over() || r.Step().Kind != lessons.Mend || m == nil {
		return
	}
	r.tries[r.at] = append(r.tries[r.at], m)
	if _, answered := r.answers[r.at]; !answered && m.Holds {
		r.answers[r.at] = Answer{Mended: true, Tries: len(r.tries[r.at])}
	}
}

// Tries returns what has been tried in the present mend, in order.
func (r *Run) Tries() []*Remedied { return r.tries[r.at] }
