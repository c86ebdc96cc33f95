package lesson

import (
	"fmt"
	"slices"

	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
)

// Met is a wrong idea, and what there is to say to it.
type Met struct {
	Is   *lessons.Misconception // nil: it has no name
	Say  string                 // fit for a terminal
	Lane int                    // the lane that shows it; -1: none in particular
	Made bool                   // the lesson did not think of it: the engine says it
}

const maxMet = 2

// Met returns the wrong ideas that the answer to the present step stands for, at
// most two, and in any case what speaks against the answer. It is empty where the
// answer is right, or is that they do not know, and as long as Truth does not tell.
func (r *Run) Met() []Met {
	if _, err := r.Truth(); err != nil {
		return nil
	}
	return r.met(r.book.of(r.at))
}

func (r *Run) met(n int) (all []Met) {
	a, answered := r.answers[n]
	t, ready := r.book.truths.get(n)
	q := r.book.questions[n]
	if !answered || !ready || q == nil || a.Passed || a.Unknown || q.Right(a, t) {
		return nil
	}
	s := &r.book.Lesson.Steps[n]
	for i := range s.Wrong {
		w := &s.Wrong[i]
		lane, fits := q.fits(w, a, t)
		if !fits || len(all) == maxMet {
			continue
		}
		m := Met{Say: tell.Clean(w.Say), Lane: lane}
		if w.Is != "" {
			m.Is, _ = lessons.FindMisconception(w.Is) // its decoder has found it
			if m.Say == "" {
				m.Say = m.Is.Meets
			}
		}
		all = append(all, m)
	}
	if len(all) == 0 {
		m := speaksAgainst(s, q, a, t)
		m.Made = true
		all = append(all, m)
	}
	return all
}

// fits reports whether an answer, wrong as it is, is the one that an entry speaks of,
// and which lane shows it.
func (q *Question) fits(w *lessons.Wrong, a Answer, t *Truth) (lane int, fits bool) {
	wrongly := func(in, notIn []int) (int, bool) {
		for _, p := range w.Pages {
			if slices.Contains(in, p) && !slices.Contains(notIn, p) {
				return p, true
			}
		}
		return -1, false
	}
	switch w.If {
	case lessons.Ticked:
		return wrongly(a.Picks, t.Picks)
	case lessons.Missed:
		return wrongly(t.Picks, a.Picks)
	case lessons.Below:
		return -1, a.Number < w.Number
	case lessons.Above:
		return -1, a.Number > w.Number
	}
	if q.Form == Some {
		return -1, len(a.Picks) == 0
	}
	return -1, slices.Equal(a.Picks, []int{w.Choice})
}

// speaksAgainst is what the engine says to a wrong answer that the lesson did not
// think of.
func speaksAgainst(s *lessons.Step, q *Question, a Answer, t *Truth) Met {
	f := &t.Lanes[0]
	switch {
	case q.Form == Number && s.Answer == lessons.Odds:
		return Met{Say: fmt.Sprintf("Counted: %s of %s runs, in which luck drew the latencies.", tell.Grouped(f.Odds.Bad()), tell.Grouped(f.Odds.Trials)), Lane: -1}
	case q.Form == Number:
		return Met{Say: "Counted in the run that is shown: " + t.Says + ".", Lane: -1}
	case q.Form == Some:
		for i, tick := range ticks(s, a, t) {
			if !tick.Right {
				return Met{Say: t.Lanes[i].Name + ": " + tick.Says + ".", Lane: i}
			}
		}
	}
	say := "Not “" + q.Said(a.Picks, 0, "") + "”: " + f.Says
	if f.Orders != nil {
		say = "Not “" + q.Said(a.Picks, 0, "") + "”: " + f.Orders.Says()
	} else if f.Event >= 0 {
		say += ", at " + tell.Rounded(f.At) + " ms"
	}
	return Met{Say: say + ".", Lane: -1}
}

// Tick says how somebody did with one of several pages, or worlds.
type Tick struct {
	Right bool
	Says  string // as "you ticked it: here is the order in which it loses"
}

// Ticks returns how it went with each lane, in their order; nil where there was
// nothing to tick, no answer but that they do not know, or Truth does not tell.
func (r *Run) Ticks() []Tick {
	t, err := r.Truth()
	a, _ := r.Answered()
	if q := r.Question(); err != nil || q == nil || q.Form != Some || a.Passed || a.Unknown {
		return nil
	}
	return ticks(&r.book.Lesson.Steps[r.book.of(r.at)], a, t)
}

func ticks(s *lessons.Step, a Answer, t *Truth) (all []Tick) {
	for i := range t.Lanes {
		ticked, is := slices.Contains(a.Picks, i), slices.Contains(t.Picks, i)
		tick := Tick{Right: ticked == is}
		switch {
		case ticked && is:
			tick.Says = "you ticked it: right"
		case tick.Right:
			tick.Says = "you did not tick it: right"
		case ticked:
			tick.Says = "you ticked it: " + shows(s, &t.Lanes[i])
		default:
			tick.Says = "you missed it: " + shows(s, &t.Lanes[i])
		}
		all = append(all, tick)
	}
	return all
}

// shows says what a lane shows of the loss that was asked about.
func shows(s *lessons.Step, f *Finding) string {
	switch {
	case s.Answer == lessons.Lanes && f.Bad:
		return "here it loses"
	case s.Answer == lessons.Lanes:
		return "here it loses nothing"
	case f.Bad:
		return "here is the order in which it loses"
	}
	if f.Orders.Classes == 1 {
		return "it does not lose in the only order"
	}
	return fmt.Sprintf("it loses in none (all %s)", tell.Grouped(f.Orders.Classes))
}

// LookAgain returns a lesson of the question of step n, and then of the same idea on
// another surface: what the step has for that, or else the check of the lesson. It
// counts for nothing. It is nil where the step asks nothing.
func LookAgain(l *lessons.Lesson, n int) *lessons.Lesson {
	if n < 0 || n >= len(l.Steps) || l.Steps[n].Kind != lessons.Predict && l.Steps[n].Kind != lessons.Check {
		return nil
	}
	again := *l
	first := l.Steps[n]
	if r := RevealOf(l, n); r != nil {
		first.Say = r.Say
	}
	first.Kind = lessons.Check
	again.Steps = append([]lessons.Step{first}, first.Again...)
	for i := range l.Steps {
		if s := &l.Steps[i]; len(first.Again) == 0 && i != n && s.Kind == lessons.Check && !l.Unnamed() {
			again.Steps = append(again.Steps, *s)
		}
	}
	return &again
}

// RevealOf returns the step that tells what is true of a predict, step n; nil: none does.
func RevealOf(l *lessons.Lesson, n int) *lessons.Step {
	for i := range l.Steps {
		if l.Steps[i].Kind == lessons.Reveal && l.Steps[i].Of == n {
			return &l.Steps[i]
		}
	}
	return nil
}
