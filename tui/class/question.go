package class

import (
	"errors"
	"fmt"
	"strings"

	"photofinish/sim"
	"photofinish/tui/lesson"
)

// Bounds of what can be asked.
const (
	maxChoices = 9       // one key each
	maxText    = 300     // characters of a question
	maxChoice  = 60      // characters of a choice
	maxNumber  = 1 << 30 // numbers are between this and its negative
)

// Question is put to a class. It does not hold the answer, so that nobody is
// shown it by accident.
type Question struct {
	lesson.Question
	About string // of which lesson or scenario it is; may be empty

	// Of a lesson: its name, and the place of the step that asks, from 1.
	// There is one ballot for each. 0: it is of none.
	Lesson string
	Place  int
	Races  []*sim.Script // that are asked about
}

// Check says what is wrong with a question, nil if nothing is.
func (q *Question) Check() error {
	n := len(q.Choices)
	switch {
	case strings.TrimSpace(q.Ask) == "":
		return errors.New("the question is missing")
	case len([]rune(q.Ask)) > maxText || len([]rune(q.About)) > maxText:
		return fmt.Errorf("the question is longer than %d characters", maxText)
	case q.Form == lesson.Number:
		return q.checkNumber()
	case n == 0 || n == 1 && q.Form == lesson.One || n > maxChoices:
		return fmt.Errorf("%d choices: it takes 2 to %d", n, maxChoices)
	}
	for i, c := range q.Choices {
		if strings.TrimSpace(c) == "" {
			return fmt.Errorf("choice %d is empty", i+1)
		}
		if len([]rune(c)) > maxChoice {
			return fmt.Errorf("choice %d is longer than %d characters", i+1, maxChoice)
		}
	}
	return nil
}

func (q *Question) checkNumber() error {
	switch {
	case q.Low >= q.High:
		return fmt.Errorf("the number is between %g and %g: there is nothing between", q.Low, q.High)
	case q.Low < -maxNumber || q.High > maxNumber:
		return fmt.Errorf("the number is beyond %d", maxNumber)
	case q.Step < 1 || q.Step > q.High-q.Low:
		return fmt.Errorf("a step of %g does not fit between %g and %g", q.Step, q.Low, q.High)
	}
	return nil
}
