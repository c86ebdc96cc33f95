package lesson

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
	"photofinish/strategies"
)

// taker takes a lesson: rightly or wrongly, all the way through.
type taker struct {
	t     *testing.T
	run   *Run
	right bool
}

// TestEveryLessonRightly: from start to end, and nothing true is told before
// an answer.
func TestEveryLessonRightly(t *testing.T) {
	testkit.Alone(t)
	takeAll(t, true)
}

// TestEveryLessonWrongly: the same, with every answer wrong.
func TestEveryLessonWrongly(t *testing.T) {
	testkit.Alone(t)
	takeAll(t, false)
}

func takeAll(t *testing.T, right bool) {
	for _, b := range testkit.Some(shelf(), 3) {
		t.Run(b.Lesson.Name, func(t *testing.T) { take(t, b, right) })
	}
}

// take takes one lesson.
func take(t *testing.T, b *Book, right bool) {
	x := &taker{t, b.Resume(State{}), right}
	for !x.run.Over() {
		x.step()
		if t.Failed() {
			t.Fatalf("at step %d, a %v", x.run.At(), x.run.Step().Kind)
		}
		if err := x.run.Next(); err != nil {
			t.Fatal(err)
		}
	}
	x.result()
}

// step does what a step wants.
func (x *taker) step() {
	s, r := x.run.Step(), x.run
	if !s.Asks() {
		x.told(s)
		return
	}
	x.silent(ErrUnanswered)
	if err := r.Next(); err != ErrUnanswered {
		x.t.Fatalf("went on without an answer: %v", err)
	}
	if err := r.Book().Prepare(context.Background(), r.At()); err != nil || !r.Book().Ready(r.At()) {
		x.t.Fatalf("not prepared: %v", err)
	}
	x.silent(ErrUnanswered)
	switch s.Kind {
	case lessons.Break:
		x.breaks()
	case lessons.Mend:
		x.mends()
	default:
		if err := r.Answer(x.answer()); err != nil {
			x.t.Fatal(err)
		}
	}
	if s.Kind == lessons.Predict {
		x.silent(ErrUnanswered) // its reveal tells
		return
	}
	x.told(s)
}

// silent checks that nothing is told.
func (x *taker) silent(want error) {
	if truth, err := x.run.Truth(); truth != nil || !errors.Is(err, want) {
		x.t.Fatalf("told too early: %v, %v", truth, err)
	}
	if x.run.Right() || x.run.First() >= 0 {
		x.t.Fatal("told too early, by whether it was right")
	}
}

// told checks what a step tells.
func (x *taker) told(s *lessons.Step) {
	truth, err := x.run.Truth()
	if s.Kind != lessons.Reveal && !s.Asks() {
		if !errors.Is(err, ErrNothing) {
			x.t.Fatalf("a %v tells something: %v", s.Kind, err)
		}
		if s.Kind == lessons.Explain {
			e := Entry(s.Strategies[0])
			if code, err := strategies.Code(e.Files()[0]); e.Rule == "" || code == "" || err != nil {
				x.t.Errorf("%s cannot be explained: rule %q, %v", e.Name, e.Rule, err)
			}
		}
		return
	}
	if err != nil || truth.Says == "" || len(truth.Lanes) != len(s.Pages()) {
		x.t.Fatalf("truth %+v, %v", truth, err)
	}
	for _, f := range truth.Lanes {
		if f.Says == "" || f.Trial == nil || f.Bad && f.Event < 0 {
			x.t.Errorf("%s: nothing to point at: %+v", f.Strategy, f)
		}
	}
	if x.run.Right() != x.right {
		a, _ := x.run.Answered()
		x.t.Errorf("right is %v, want %v: answered %+v, true is %+v", x.run.Right(), x.right, a, truth)
	}
	if !x.right && x.run.First() < 0 {
		x.t.Error("wrong, and nothing is pointed at")
	}
	if x.run.Question() != nil {
		if err := x.run.Answer(x.answer()); s.Kind == lessons.Check && !errors.Is(err, ErrRevealed) {
			x.t.Errorf("answered again after the truth was told: %v", err)
		}
	}
}

// answer returns a right or a wrong answer to the present question.
func (x *taker) answer() Answer {
	n := x.run.book.of(x.run.At())
	truth, _ := x.run.Book().truths.get(n)
	q := x.run.Question()
	a := Answer{Picks: truth.Picks, Number: truth.Number, Confidence: 4}
	switch {
	case x.right:
	case q.Form == Number && truth.Number+q.Within+2*q.Step < q.High:
		a.Number = truth.Number + q.Within + 2*q.Step
	case q.Form == Number:
		a.Number = truth.Number - q.Within - 2*q.Step
	case q.Form == One:
		a.Picks = []int{(truth.Picks[0] + 1) % len(q.Choices)}
	default:
		a.Picks = nil
		for i := range q.Choices {
			if !slices.Contains(truth.Picks, i) {
				a.Picks = append(a.Picks, i)
			}
		}
	}
	return a
}

// breaks plays the game: it breaks what can be broken, and says of the rest
// that nobody can; or else it claims the contrary, or gives up.
func (x *taker) breaks() {
	g := x.run.Game()
	if g.Broken() {
		x.t.Fatal("it is broken before anybody has done something")
	}
	truth, _ := x.run.Book().truths.get(x.run.At())
	free := truth.Lanes[0].Orders.RaceFree()
	switch {
	case free && x.right, !free && !x.right:
		if err := x.run.Claim(4); err != nil {
			x.t.Fatal(err)
		}
	case free:
		g.Finish()
		if g.Broken() || len(g.Moves()) > 0 && x.run.Step().By == lessons.Network {
			x.t.Error("what nobody can break has been broken, or does not end")
		}
		if err := x.run.Pass(); err != nil {
			x.t.Fatal(err)
		}
	case x.run.Step().By == lessons.Network:
		x.breakNetwork(g)
	default:
		x.breakClicks(g)
	}
}

// breakNetwork picks what leaves the most bad orders.
func (x *taker) breakNetwork(g *Game) {
	for picks := 0; !g.Broken(); picks++ {
		best, most := -1, -1.
		for i := range g.Moves() {
			if err := g.Pick(i); err != nil {
				x.t.Fatal(err)
			}
			if bad, all, _ := g.Outlook(); all > 0 && float64(bad)/float64(all) > most {
				best, most = i, float64(bad)/float64(all)
			}
			g.Undo()
		}
		if best < 0 || picks > 100 {
			x.t.Fatal("it can be broken, and no way was found")
		}
		_ = g.Pick(best)
	}
	if f := g.Lost(); f == nil || f.Says == "" || f.Event < 0 {
		x.t.Errorf("broken, and nothing to point at: %+v", f)
	}
}

// breakClicks moves each click towards the one before it, in steps of 10 ms.
func (x *taker) breakClicks(g *Game) {
	var try func(n int) bool
	try = func(n int) bool {
		if g.Broken() {
			return true
		}
		if n > len(g.Script().Actions) {
			return false
		}
		for moved := 0; ; moved++ {
			if try(n + 1) {
				return true
			}
			if moved == 100 || g.Shift(n, -10*time.Millisecond) != nil {
				for range moved {
					g.Undo()
				}
				return false
			}
		}
	}
	if !try(2) {
		x.t.Fatal("all orders say that it can be broken, and moving the clicks does not")
	}
	if f := g.Lost(); f == nil || f.Event < 0 {
		x.t.Errorf("broken, and nothing to point at: %+v", f)
	}
}

// mends tries the strategies until one holds; or one that does not, and gives
// up. With PHOTOFINISH_ALL all of them are tried.
func (x *taker) mends() {
	holds, loses := 0, 0
	for _, name := range x.run.Step().Strategies {
		if holds > 0 && loses > 0 && !testkit.All() {
			break
		}
		m, err := x.run.Book().Remedy(context.Background(), x.run.At(), Remedy{Strategy: name})
		if err != nil {
			x.t.Fatal(err)
		}
		if m.Requests == 0 || m.Settled == 0 || m.Holds == (m.Lost != nil) {
			x.t.Errorf("%+v", m)
		}
		if m.Holds {
			holds++
		} else {
			loses++
		}
		if m.Holds == x.right {
			x.run.Tried(m)
		}
	}
	if holds == 0 || loses == 0 {
		x.t.Errorf("%d of the strategies hold and %d do not: there is nothing to choose", holds, loses)
	}
	if !x.right {
		if err := x.run.Pass(); err != nil {
			x.t.Fatal(err)
		}
	}
}

// result checks what is kept.
func (x *taker) result() {
	res := x.run.Marks()
	asks := 0
	for i := range x.run.Book().Lesson.Steps {
		if x.run.Book().Lesson.Steps[i].Asks() {
			asks++
		}
	}
	if x.run.At() != x.run.Len() || len(res) != asks {
		x.t.Errorf("%+v", res)
	}
	for _, m := range res {
		if !m.Known || m.Right != x.right || m.Ask == "" || m.Right && m.ConfidentlyWrong() {
			x.t.Errorf("%+v", m)
		}
		if !x.right && m.Answered && !m.ConfidentlyWrong() {
			x.t.Errorf("confidently wrong, and not listed: %+v", m)
		}
	}
}
