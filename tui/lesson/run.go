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

// State is what is kept of a run, to go on with it another day.
type State struct {
	At      int            `json:"at"`
	Answers map[int]Answer `json:"answers,omitempty"` // by step
	Shown   []int          `json:"shown,omitempty"`   // the steps whose truth has been told
}

// Begin starts a run at the first step.
func (b *Book) Begin() *Run {
	return &Run{
		book: b, answers: map[int]Answer{}, shown: map[int]bool{}, games: map[int]*Game{},
		hints: map[int]int{}, tries: map[int][]*Remedied{},
	}
}

// Resume starts a run where another ended. What does not fit the lesson any
// more is left out, and the run goes no further than to the first question
// that is open.
func (b *Book) Resume(s State) *Run {
	r := b.Begin()
	for r.at < min(s.At, r.Len()) {
		a, ok := s.Answers[r.at]
		if step := r.Step(); ok && step.Asks() && (a.Passed || r.fits(a)) {
			r.answers[r.at] = a
			r.shown[r.at] = slices.Contains(s.Shown, r.at)
		}
		if r.Next() != nil {
			break
		}
	}
	if a, ok := s.Answers[r.at]; ok && !r.Over() && r.Step().Asks() && r.fits(a) {
		r.answers[r.at] = a
		r.shown[r.at] = slices.Contains(s.Shown, r.at)
	}
	return r
}

// fits reports whether an answer is one that the present step can have.
func (r *Run) fits(a Answer) bool {
	switch r.Step().Kind {
	case lessons.Break:
		return a.Passed || a.Broke || a.Claimed
	case lessons.Mend:
		return a.Passed || a.Mended
	}
	return a.Passed || r.Question().check(a) == nil
}

// State returns what to keep of the run.
func (r *Run) State() State {
	r.settle()
	s := State{At: r.at, Answers: map[int]Answer{}}
	for n := range r.Len() {
		if a, ok := r.answers[n]; ok {
			s.Answers[n] = a
		}
		if r.shown[n] {
			s.Shown = append(s.Shown, n)
		}
	}
	return s
}

// Book returns what the run is of.
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
	if err := r.Question().check(a); err != nil {
		return err
	}
	r.answers[r.at] = Answer{Picks: slices.Sorted(slices.Values(a.Picks)), Number: a.Number, Confidence: a.Confidence}
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
	return r.book.questions[n].right(a, t), true
}

// Differ returns the findings on which the answer and the truth differ, or, if
// they agree, all that end badly: what is to be pointed at. Those that end
// badly come first. It is nil as long as Truth does not tell.
func (r *Run) Differ() []Finding {
	t, err := r.Truth()
	if err != nil {
		return nil
	}
	a, _ := r.Answered()
	q, right := r.Question(), r.Right()
	var out, good []Finding
	for i, f := range t.Lanes {
		differs := !right
		if q != nil && q.Form == Some && !a.Passed {
			differs = slices.Contains(a.Picks, i) != slices.Contains(t.Picks, i)
		}
		switch {
		case f.Bad && (differs || right):
			out = append(out, f)
		case differs:
			good = append(good, f)
		}
	}
	return append(out, good...)
}

// Hint returns the next hint of a break or a mend, and how many are left after
// it; "" if there is none.
func (r *Run) Hint() (text string, left int) {
	if r.Over() || r.hints[r.at] >= len(r.Step().Hints) {
		return "", 0
	}
	all := r.Step().Hints
	n := r.hints[r.at]
	r.hints[r.at]++
	return all[n], len(all) - n - 1
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
	_, answered := r.Answered()
	switch {
	case r.Over() || r.Step().Kind != lessons.Break:
		return ErrNothing
	case r.shown[r.at] || answered:
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
