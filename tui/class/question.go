package class

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// Bounds of what can be asked.
const (
	MaxChoices = 9       // one key each
	MaxSure    = 4       // confidence goes from 1 to this
	maxText    = 300     // characters of a question
	maxChoice  = 60      // characters of a choice
	maxNumber  = 1 << 30 // numbers are between this and its negative
)

// Question asks a class for one of some choices, several of them, or a
// number. It does not hold the answer, so that nobody is shown it by accident.
type Question struct {
	About   string // of which lesson or scenario it is; may be empty
	Ask     string
	Choices []string // 2 to 9; none: a number is asked for
	Several bool     // any number of the choices, also none

	Low, High, Step int    // of the number, High included
	Unit            string // behind the number, as "%"

	// Of a lesson: its name, and the place of the step that asks, from 1.
	// There is one ballot for each. 0: it is of none.
	Lesson string
	Place  int
}

// Vote is the answer of one member. It can be compared with ==.
type Vote struct {
	Picks  uint16 // bit i: choice i
	Number int
	Sure   int // 1 a guess … 4 certain
}

// Answer is the truth about a question.
type Answer struct {
	Picks  uint16
	Number float64
	Near   float64 // a number is right that is no further away than this
	Says   string  // why, in a sentence
}

// Check says what is wrong with a question, nil if nothing is.
func (q *Question) Check() error {
	switch {
	case strings.TrimSpace(q.Ask) == "":
		return errors.New("the question is missing")
	case len([]rune(q.Ask)) > maxText || len([]rune(q.About)) > maxText:
		return fmt.Errorf("the question is longer than %d characters", maxText)
	case len(q.Choices) == 0:
		return q.checkNumber()
	case len(q.Choices) == 1 && !q.Several || len(q.Choices) > MaxChoices:
		return fmt.Errorf("%d choices: it takes 2 to %d", len(q.Choices), MaxChoices)
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
		return fmt.Errorf("the number is between %d and %d: there is nothing between", q.Low, q.High)
	case q.Low < -maxNumber || q.High > maxNumber:
		return fmt.Errorf("the number is beyond %d", maxNumber)
	case q.Step < 1 || q.Step > q.High-q.Low:
		return fmt.Errorf("a step of %d does not fit between %d and %d", q.Step, q.Low, q.High)
	}
	return nil
}

// Takes says what is wrong with a vote on the question, nil if nothing is.
func (q *Question) Takes(v Vote) error {
	switch {
	case v.Sure < 1 || v.Sure > MaxSure:
		return fmt.Errorf("confidence goes from 1 to %d", MaxSure)
	case len(q.Choices) == 0 && (v.Number < q.Low || v.Number > q.High):
		return fmt.Errorf("%d is not between %d and %d", v.Number, q.Low, q.High)
	case len(q.Choices) == 0 && v.Picks != 0, len(q.Choices) > 0 && v.Number != 0:
		return errors.New("that is no answer to this question")
	case v.Picks>>len(q.Choices) != 0:
		return errors.New("there is no such choice")
	case len(q.Choices) > 0 && !q.Several && bits.OnesCount16(v.Picks) != 1:
		return errors.New("it takes one choice")
	}
	return nil
}

// Said returns in words what a vote or an answer picks.
func (q *Question) Said(picks uint16, number float64) string {
	if len(q.Choices) == 0 {
		return q.Number(number)
	}
	var said []string
	for i, c := range q.Choices {
		if picks>>i&1 != 0 {
			said = append(said, c)
		}
	}
	if len(said) == 0 {
		return "none of them"
	}
	return strings.Join(said, "; ")
}

// Number writes a number with its unit.
func (q *Question) Number(n float64) string {
	text := strconv.FormatFloat(n, 'f', -1, 64)
	if q.Unit == "" {
		return text
	}
	return text + " " + q.Unit
}

// Right reports whether a vote says what the answer says.
func (q *Question) Right(v Vote, a Answer) bool {
	if len(q.Choices) > 0 {
		return v.Picks == a.Picks
	}
	return math.Abs(float64(v.Number)-a.Number) <= a.Near
}
