package lesson

import (
	"slices"

	"photofinish/scenarios/lessons"
)

// State holds enough of a run to go on with it another day.
type State struct {
	At      int            `json:"at"`
	Answers map[int]Answer `json:"answers,omitempty"` // by step
	Shown   []int          `json:"shown,omitempty"`   // the steps whose truth has been told
}

// Resume starts a run where another ended, or, of the zero state, at the first
// step. What is picked is kept by its place in the lesson's file, in whatever order
// it is shown. What does not fit the lesson any more is left out, and the run goes no
// further than to the first question that is open.
func (b *Book) Resume(s State) *Run {
	r := &Run{
		book: b, answers: map[int]Answer{}, shown: map[int]bool{}, games: map[int]*Game{},
		hints: map[int]int{}, tries: map[int][]*Remedied{},
	}
	for n := range r.Len() {
		if a, ok := s.Answers[n]; ok && b.fits(n, a) {
			r.answers[n] = b.placed(n, a, false)
			r.shown[n] = slices.Contains(s.Shown, n)
		}
	}
	for r.at < min(s.At, r.Len()) && r.Next() == nil {
	}
	return r
}

// fits reports whether an answer is one that step n can have. It comes from a
// file: nothing in it is believed.
func (b *Book) fits(n int, a Answer) bool {
	s := &b.Lesson.Steps[n]
	picks := s.Kind == lessons.Predict || s.Kind == lessons.Check
	switch {
	case !s.Asks(), a.Confidence < 0 || a.Confidence >= len(Confidences), a.Tries < 0:
		return false
	case (a.Passed || !picks) && (len(a.Picks) > 0 || a.Unknown):
		return false
	case a.Passed:
		return true
	case s.Kind == lessons.Break:
		return a.Broke || a.Claimed && a.Confidence > 0
	case s.Kind == lessons.Mend:
		return a.Mended
	}
	return b.questions[n].Takes(a) == nil
}

// placed returns an answer to step n with its picks by their places in the file
// instead of those on the screen, or the other way round.
func (b *Book) placed(n int, a Answer, filed bool) Answer {
	q, places := b.questions[n], b.Lesson.Steps[n].Places
	if q == nil || q.Form != Some || len(a.Picks) == 0 {
		return a
	}
	var picks []int
	for _, p := range a.Picks {
		if filed {
			picks = append(picks, places[p])
		} else {
			picks = append(picks, slices.Index(places, p))
		}
	}
	slices.Sort(picks)
	a.Picks = picks
	return a
}

// Rejoin starts a run of somebody who comes again, with what they have answered by
// the places on the screen.
func (b *Book) Rejoin(answers map[int]Answer) *Run {
	s := State{Answers: map[int]Answer{}}
	for n, a := range answers {
		if n >= 0 && n < len(b.Lesson.Steps) && b.fits(n, a) {
			s.Answers[n] = b.placed(n, a, true)
		}
	}
	return b.Resume(s)
}

// State returns what to keep of the run.
func (r *Run) State() State {
	r.settle()
	s := State{At: r.at, Answers: map[int]Answer{}}
	for n := range r.Len() {
		if a, ok := r.answers[n]; ok {
			s.Answers[n] = r.book.placed(n, a, true)
		}
		if r.shown[n] {
			s.Shown = append(s.Shown, n)
		}
	}
	return s
}
