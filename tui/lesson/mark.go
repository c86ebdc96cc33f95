package lesson

import (
	"slices"

	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
)

// Mark tells how somebody did in one question. What is kept of one was answered,
// and is known.
type Mark struct {
	Step       int    `json:"step"`
	Ask        string `json:"ask"` // in one line: the question, or what was to be done
	Answered   bool   `json:"-"`   // not passed, and not yet to come
	Known      bool   `json:"-"`   // whether Right says something: the truth has been worked out
	Right      bool   `json:"right"`
	Confidence int    `json:"confidence,omitempty"` // 1 to 4; 0: none was asked for
	Unknown    bool   `json:"unknown,omitempty"`    // they did not know, and said so

	Looked bool `json:"looked,omitempty"` // they have looked at it again since, and were right

	// Is has the names of the misconceptions that a wrong answer stands for.
	Is []string `json:"is,omitempty"`
}

// ConfidentlyWrong reports whether this is one to look at again.
func (m *Mark) ConfidentlyWrong() bool {
	return m.Answered && m.Known && !m.Right && m.Confidence >= 3 && !m.Looked
}

// Marks returns how it went so far, one for every step that asks, in order. They
// are complete once every step that was answered has been prepared.
func (r *Run) Marks() (all []Mark) {
	r.settle()
	for n := range r.book.Lesson.Steps {
		s := &r.book.Lesson.Steps[n]
		if !s.Asks() {
			continue
		}
		a, answered := r.answers[n]
		m := Mark{Step: n, Ask: ask(s), Answered: answered && !a.Passed, Confidence: a.Confidence, Unknown: a.Unknown}
		m.Right, m.Known = r.mark(n)
		for _, met := range r.met(n) {
			if met.Is != nil {
				m.Is = append(m.Is, met.Is.Name)
			}
		}
		all = append(all, m)
	}
	return all
}

// Standing says how a misconception stands after a check.
type Standing string

// How it stands.
const (
	Kept   Standing = "still there" // an answer stands for it
	Gone   Standing = "gone"        // none does, of those to questions that could have shown it
	Unsure Standing = "not known"   // there is no such answer: they did not know, or were not asked
)

// Stands says how a misconception stands after a check, of which these are the marks.
func Stands(name string, check *lessons.Lesson, marks []Mark) Standing {
	is := Unsure
	for i := range marks {
		m := &marks[i]
		switch {
		case slices.Contains(m.Is, name):
			return Kept
		case !m.Unknown && m.Step < len(check.Steps) && check.Steps[m.Step].Meets(name):
			is = Gone
		}
	}
	return is
}

func ask(s *lessons.Step) string {
	switch s.Kind {
	case lessons.Break:
		return "make " + s.Strategies[0] + " lose"
	case lessons.Mend:
		return "find what never loses"
	}
	return tell.Clean(s.Ask)
}

// MarksOver returns the marks of the questions that are answered and known; where there
// is none yet, the old one.
func (r *Run) MarksOver(old []Mark) (all []Mark) {
	for _, q := range r.Marks() {
		i := slices.IndexFunc(old, func(o Mark) bool { return o.Step == q.Step })
		switch {
		case q.Answered && q.Known:
			q.Looked = i >= 0 && old[i].Looked && !q.Right
			all = append(all, q)
		case i >= 0:
			all = append(all, old[i])
		}
	}
	return all
}

// Idea is a misconception that somebody had before the first lesson, or has now.
type Idea struct {
	Name   string
	Before bool
	Now    Standing
	Lesson *lessons.Lesson // in which it is met; nil: none
	Step   int
}

// Ideas returns those behind the answers to both checks, in the order of their file. The
// shelf has all lessons, with the last check at its end.
func Ideas(shelf []*lessons.Lesson, first, last []Mark) (all []Idea) {
	check := shelf[len(shelf)-1]
	for _, c := range lessons.Misconceptions() {
		before := slices.ContainsFunc(first, func(k Mark) bool { return slices.Contains(k.Is, c.Name) })
		i := Idea{Name: c.Name, Before: before, Now: Stands(c.Name, check, last)}
		if !i.Before && i.Now != Kept {
			continue
		}
		for _, l := range shelf {
			if n := slices.IndexFunc(l.Steps, func(s lessons.Step) bool { return s.Meets(c.Name) }); n >= 0 && !l.Unnamed() {
				i.Lesson, i.Step = l, n
				break
			}
		}
		all = append(all, i)
	}
	return all
}

// Tally returns how many of several answers were right, how many sure and wrong, and how
// many say that their author does not know.
func Tally(all []Mark) (right, sure, unknown int) {
	for i := range all {
		switch m := &all[i]; {
		case m.Right:
			right++
		case m.Unknown:
			unknown++
		case m.ConfidentlyWrong():
			sure++
		}
	}
	return right, sure, unknown
}
