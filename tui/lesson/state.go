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
// step. What does not fit the lesson any more is left out, and the run goes no
// further than to the first question that is open.
func (b *Book) Resume(s State) *Run {
	r := &Run{
		book: b, answers: map[int]Answer{}, shown: map[int]bool{}, games: map[int]*Game{},
		hints: map[int]int{}, tries: map[int][]*Remedied{},
	}
	for n := range r.Len() {
		if a, ok := s.Answers[n]; ok && b.fits(n, a) {
			r.answers[n] = a
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
	case (a.Passed || !picks) && len(a.Picks) > 0:
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
