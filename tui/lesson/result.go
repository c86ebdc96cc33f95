package lesson

import (
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
)

// Result tells how somebody did in a lesson.
type Result struct {
	Lesson    string // its name
	At, Len   int    // how far they came
	Questions []Mark // one for every step that asks, in order
}

// Mark tells how somebody did in one question.
type Mark struct {
	Step       int
	Kind       lessons.Kind // predict, check, break or mend
	Ask        string       // in one line: the question, or what was to be done
	Answered   bool         // not passed, and not yet to come
	Known      bool         // whether Right says something: the truth has been worked out
	Right      bool
	Confidence int // 1 to 4; 0: none was asked for
	Tries      int // mend: how many remedies were tried
}

// ConfidentlyWrong reports whether this is one to look at again.
func (m *Mark) ConfidentlyWrong() bool {
	return m.Answered && m.Known && !m.Right && m.Confidence >= 3
}

// Result returns how it went so far. It is complete once every step that was
// answered has been prepared.
func (r *Run) Result() Result {
	r.settle()
	out := Result{Lesson: r.book.Lesson.Name, At: r.at, Len: r.Len()}
	for n := range r.book.Lesson.Steps {
		s := &r.book.Lesson.Steps[n]
		if !s.Asks() {
			continue
		}
		a, answered := r.answers[n]
		m := Mark{Step: n, Kind: s.Kind, Ask: ask(s), Answered: answered && !a.Passed, Confidence: a.Confidence, Tries: a.Tries}
		m.Right, m.Known = r.mark(n)
		out.Questions = append(out.Questions, m)
	}
	return out
}

// ask says in one line what a step wants.
func ask(s *lessons.Step) string {
	switch s.Kind {
	case lessons.Break:
		return "make " + s.Strategies[0] + " lose"
	case lessons.Mend:
		return "find what never loses"
	}
	return tell.Clean(s.Ask)
}
