package lesson

import "photofinish/scenarios/lessons"

// Result is how somebody did in a lesson.
type Result struct {
	Lesson    string // its name
	At, Len   int    // how far they came
	Questions []Mark // one for every step that asks, in order
}

// Mark is how somebody did in one question.
type Mark struct {
	Step       int
	Kind       lessons.Kind // predict, check, break or mend
	Ask        string       // in one line: the question, or what was to be done
	Answered   bool         // not passed, and not yet to come
	Known      bool         // the truth is known, so Right says something
	Right      bool
	Confidence int // 1 to 4; 0: none was asked for
	Tries      int // mend: how many remedies were tried
}

// ConfidentlyWrong reports whether this is one to look at again.
func (m *Mark) ConfidentlyWrong() bool { return m.Answered && m.Known && !m.Right && m.Confidence >= 3 }
