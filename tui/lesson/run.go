package lesson

import (
	"context"
	"errors"
	"sync"

	"photofinish/report"
	"photofinish/scenarios/lessons"
)

// What keeps a run from going on or from telling.
var (
	ErrUnanswered = errors.New("answer first: what happens is shown after that")
	ErrNotReady   = errors.New("still being worked out")
	ErrRevealed   = errors.New("the answer has been shown: this one stands as it is")
	ErrNothing    = errors.New("this step asks nothing")
)

// Book is a lesson with what is true in it. It may be used by many at once.
type Book struct {
	Lesson *lessons.Lesson

	mu     sync.Mutex
	truths map[int]*Truth
}

// Open returns the book of a lesson.
func Open(l *lessons.Lesson) *Book { return &Book{Lesson: l, truths: map[int]*Truth{}} }

// Prepare works out what is true of step n, so that a run can tell it once it
// has been answered. It may take a while (10,000 trials, all orders): call it
// in the background as soon as the question is on the screen. It returns the
// error of ctx if that ends first, and nil at once for a step that asks
// nothing or is ready.
func (b *Book) Prepare(ctx context.Context, n int) error { return nil }

// Ready reports whether what is true of step n has been worked out.
func (b *Book) Ready(n int) bool { return false }

// Question returns what step n asks, of a predict or a check, or of the
// predict that a reveal belongs to; nil for other steps.
func (b *Book) Question(n int) *Question { return nil }

// Curve returns, for a question about odds, the odds against the gap before
// the last click. Slow.
func (b *Book) Curve(ctx context.Context, n int) (*report.Curves, error) { return nil, nil }

// Remedy works out what comes of a mend. Slow the first time.
func (b *Book) Remedy(ctx context.Context, n int, r Remedy) (*Remedied, error) { return nil, nil }

// Begin starts a run at the first step.
func (b *Book) Begin() *Run { return b.Resume(State{}) }

// State is what is kept of a run, to go on with it another day.
type State struct {
	At      int            `json:"at"`
	Answers map[int]Answer `json:"answers,omitempty"` // by step
	Shown   map[int]bool   `json:"shown,omitempty"`   // by step: its truth has been told
}

// Resume starts a run where another ended. What does not fit the lesson any
// more is left out.
func (b *Book) Resume(s State) *Run { return &Run{book: b} }

// Run is one person's way through a lesson. It is for one goroutine.
type Run struct {
	book *Book
	at   int
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

// Step returns the present step; nil when it is over.
func (r *Run) Step() *lessons.Step { return nil }

// Next goes on to the next step. The error is ErrUnanswered if this one wants
// an answer first.
func (r *Run) Next() error { return nil }

// Back goes to the step before, and reports whether there is one.
func (r *Run) Back() bool { return false }

// Question returns what the present step asks; nil if it asks no question.
func (r *Run) Question() *Question { return r.book.Question(r.at) }

// Answer takes an answer to the present predict or check. Until its truth has
// been told it may be given again. An error says in a sentence what is wrong
// with it, or is ErrRevealed or ErrNothing.
func (r *Run) Answer(a Answer) error { return nil }

// Pass gives up on the present question, break or mend: what is true may then
// be told. It counts as no answer.
func (r *Run) Pass() error { return nil }

// Answered returns the answer to the present question, or to that of the
// present reveal.
func (r *Run) Answered() (Answer, bool) { return Answer{}, false }

// Truth returns what is true of the present step: of a reveal, of a check and
// a break once they are answered. The error is ErrUnanswered, ErrNotReady or
// ErrNothing. A predict never tells: its reveal does.
func (r *Run) Truth() (*Truth, error) { return nil, nil }

// Right reports whether the answer that Truth is of was right.
func (r *Run) Right() bool { return false }

// Differ returns the findings on which answer and truth differ, or, if they
// agree, all that end badly: what is to be pointed at, the most telling first.
func (r *Run) Differ() []Finding { return nil }

// Hint returns the next hint of a break or a mend, and how many are left; ""
// if there is none.
func (r *Run) Hint() (text string, left int) { return "", 0 }

// Game returns the present break, as it is being played; nil in other steps.
func (r *Run) Game() *Game { return nil }

// Claim says of the present break that nobody can break it. The next Truth
// says whether that is so.
func (r *Run) Claim(confidence int) error { return nil }

// Tried notes what came of a remedy of the present mend.
func (r *Run) Tried(m *Remedied) {}

// Tries returns what has been tried in the present mend, in order.
func (r *Run) Tries() []*Remedied { return nil }

// State returns what to keep of the run.
func (r *Run) State() State { return State{} }

// Result returns what is to be kept of the run as progress. It is complete
// once every step that was answered is ready.
func (r *Run) Result() Result { return Result{} }
