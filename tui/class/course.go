package class

import (
	"cmp"
	"context"
	"fmt"
	"sync"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/tui/ink"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// Course is a lesson that a class takes together. All of it may be used by
// several sessions at once.
type Course struct {
	first *lessons.Lesson

	mu    sync.Mutex
	books map[*lessons.Lesson]*lesson.Book // one for all: what is true is worked out once
}

// newCourse returns the course that begins with a lesson. An error means that
// a class cannot vote on one of its questions.
func newCourse(l *lessons.Lesson) (*Course, error) {
	c := &Course{first: l, books: map[*lessons.Lesson]*lesson.Book{}}
	for n := range l.Steps {
		q := c.Asks(learn.At{Lesson: l, Step: n})
		if q == nil {
			continue
		}
		if err := q.Check(); err != nil {
			return nil, fmt.Errorf("%s: a class cannot vote in step %d: %w", l.Name, n+1, err)
		}
	}
	return c, nil
}

// Book returns the book of a lesson, the same one each time.
func (c *Course) Book(l *lessons.Lesson) *lesson.Book {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.books[l] == nil {
		c.books[l] = lesson.Open(l)
	}
	return c.books[l]
}

// Asks returns what a class votes on where the teacher is: the question of a
// predict or a check, or of a reveal that of its predict; nil where nothing is
// asked.
func (c *Course) Asks(at learn.At) *Question {
	asked := c.Book(at.Lesson).Question(at.Step)
	if asked == nil {
		return nil
	}
	about := ink.Cut(tell.Clean(at.Lesson.Title), maxText)
	q := &Question{Question: *asked, About: about, Lesson: at.Lesson.Name, Place: at.Step + 1}
	if s := &at.Lesson.Steps[at.Step]; s.Kind == lessons.Reveal {
		q.Place = s.Of + 1
	}
	s := &at.Lesson.Steps[q.Place-1]
	for _, world := range append(s.Worlds, s.Scenario) {
		q.Races = append(q.Races, world.Script)
	}
	q.Ask, q.Choices = ink.Cut(q.Ask, maxText), nil
	for _, choice := range asked.Choices {
		q.Choices = append(q.Choices, ink.Cut(cmp.Or(choice, "(empty)"), maxChoice))
	}
	return q
}

// answer returns what is true where the teacher is. It is known where it has
// been revealed on the wall, or worked out for the console.
func (c *Course) answer(at learn.At) (*lesson.Truth, error) {
	t, known := c.Book(at.Lesson).Known(at.Step)
	if !known {
		return nil, lesson.ErrNotReady
	}
	return t, nil
}

// opened returns a lesson that the class has come to, by its name; nil: none is called so.
func (c *Course) opened(name string) *lessons.Lesson {
	c.mu.Lock()
	defer c.mu.Unlock()
	for l := range c.books {
		if l.Name == name {
			return l
		}
	}
	return nil
}

// Settle works out what is true of those questions that were voted on and never
// revealed, as those of a check: for the file of the ballots, once the class is over.
func (c *Course) Settle(ctx context.Context, h *Hub) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, b := range h.ballots {
		l := c.opened(b.question.Lesson)
		if l == nil || b.answer != nil || b.phase < Closed {
			continue
		}
		at := learn.At{Lesson: l, Step: b.question.Place - 1}
		if c.Book(l).Prepare(ctx, at.Step) == nil {
			b.answer, _ = c.answer(at)
		}
	}
}

// Follow returns the screen of a student who goes through the lesson with the
// class: what they answer there becomes their vote.
func (c *Course) Follow(seat *Seat) tea.Model {
	return learn.New(learn.Options{
		Follows: true, Book: c.Book,
		Answers:  func(l *lessons.Lesson) map[int]lesson.Answer { return seat.Votes(l.Name) },
		Doing:    seat.Do,
		Answered: func(_ int, a lesson.Answer) error { return seat.Vote(seat.See().Ballot, a) },
	})
}
