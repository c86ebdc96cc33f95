package lesson

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// Form is the kind of answer that a question takes.
type Form uint8

// The forms.
const (
	One    Form = iota // exactly one of the choices
	Some               // any number of the choices, none too
	Number             // a number from Low to High
)

// Question is asked by a prediction or a check. It holds nothing of what is true.
type Question struct {
	Ask  string
	Form Form

	// Choices can be picked, and are fit for a terminal. Where they
	// are strategies, Rules says in a line what each does; else it is empty.
	Choices []string
	Rules   []string

	Low, High, Step float64 // of a number
	Unit            string  // of a number: "%", "ms", "requests"
	Within          float64 // how far off still counts as right
}

// Answer is the answer to a question, with how sure somebody is of it; or how
// their break or mend has ended.
type Answer struct {
	Picks      []int   `json:"picks,omitempty"`      // places in the choices, ascending
	Number     float64 `json:"number,omitempty"`     // of a question of a number
	Confidence int     `json:"confidence,omitempty"` // 1 guessed to 4 certain; 0 where none is asked for
	Passed     bool    `json:"passed,omitempty"`     // they want to see it without an answer

	Broke   bool `json:"broke,omitempty"`   // break: they made it lose
	Claimed bool `json:"claimed,omitempty"` // break: they say that nobody can
	Mended  bool `json:"mended,omitempty"`  // mend: they found what never loses
	Tries   int  `json:"tries,omitempty"`   // mend: how many they tried
}

// Confidences puts the four into words.
var Confidences = [...]string{1: "a guess", 2: "not sure", 3: "fairly sure", 4: "certain"}

// end is how a trial can end, in the words of somebody who has never heard of a
// race.
type end struct {
	verdict judge.Verdict
	text    string
}

var ends = []end{
	{judge.OK, "well: all that was asked for has happened"},
	{judge.Loud, "something did not happen, and you were told"},
	{judge.Stuck, "something still waits, and will for ever"},
	{judge.Wrong, "something is wrong, and nobody was told"},
}

// asksYesNo reports whether a question is about all orders of one strategy.
func asksYesNo(s *lessons.Step) bool {
	asks := s.Kind == lessons.Predict || s.Kind == lessons.Check
	return asks && len(s.Strategies) == 1 && (s.Answer == lessons.Possible || s.Answer == lessons.RaceFree)
}

func newQuestion(s *lessons.Step) *Question {
	q := &Question{Ask: tell.Clean(s.Ask), Form: One, Within: s.Within}
	switch s.Answer {
	case lessons.Lanes, lessons.Possible, lessons.RaceFree:
		if asksYesNo(s) {
			q.Choices = []string{"yes", "no"}
			break
		}
		q.Form = Some
		for _, e := range entries(s.Strategies) {
			q.Choices, q.Rules = append(q.Choices, e.Name), append(q.Rules, e.Rule)
		}
	case lessons.Verdict:
		for _, v := range ends {
			q.Choices = append(q.Choices, v.text)
		}
	case lessons.Stands:
		for _, id := range valuesOf(s.Scenario.Script, s.Field) {
			q.Choices = append(q.Choices, tell.Clean(fmt.Sprint(s.Scenario.Script.Values[id])))
		}
		q.Choices = append(q.Choices, "nothing")
	case lessons.Requests:
		q.number(max(6, 3*len(s.Scenario.Script.Actions)), 1, "requests")
	case lessons.Blocked:
		settled := Replay(s, s.Strategies[0]).Ledger.Settled
		q.number(int(settled/(500*time.Millisecond)+1)*500, 10, "ms")
	case lessons.Odds:
		q.number(100, 1, "%")
	}
	return q
}

// number makes it a question of a number from 0 on.
func (q *Question) number(high int, step float64, unit string) {
	q.Form, q.High, q.Step, q.Unit = Number, float64(high), step, unit
}

// valuesOf returns the values that a field can have, in the order in which
// they are given and set.
func valuesOf(s *sim.Script, field int) (ids []sim.ValueID) {
	add := func(set sim.FieldSet, values *[sim.NumFields]sim.ValueID) {
		if set.Has(field) && !slices.Contains(ids, values[field]) {
			ids = append(ids, values[field])
		}
	}
	add(s.GivenSets, &s.GivenValues)
	for i := range s.Beside {
		add(s.Beside[i].Sets, &s.Beside[i].Values)
	}
	for i := range s.Actions {
		add(s.Actions[i].Sets, &s.Actions[i].Values)
		add(s.Actions[i].Saves, &s.Actions[i].Saved)
	}
	return ids
}

// Takes says what is wrong with an answer, nil if nothing is.
func (q *Question) Takes(a Answer) error {
	switch {
	case a.Confidence < 1 || a.Confidence > 4:
		return errors.New("say how sure you are, from 1 to 4")
	case q.Form == Number && (math.IsNaN(a.Number) || a.Number < q.Low || a.Number > q.High):
		return fmt.Errorf("the answer is from %g to %g %s", q.Low, q.High, q.Unit)
	case q.Form != Number && a.Number != 0:
		return errors.New("it takes no number")
	case q.Form == One && len(a.Picks) != 1:
		return errors.New("pick one of them")
	}
	for i, p := range a.Picks {
		if p < 0 || p >= len(q.Choices) || slices.Contains(a.Picks[:i], p) {
			return errors.New("there is no such choice")
		}
	}
	return nil
}

// Pick picks a choice for an answer; where several can be, it lets go of one that is
// picked.
func (q *Question) Pick(a *Answer, choice int) {
	rest := slices.DeleteFunc(slices.Clone(a.Picks), func(p int) bool { return p == choice })
	switch {
	case q.Form == One:
		a.Picks = []int{choice}
	case len(rest) < len(a.Picks):
		a.Picks = rest
	default:
		a.Picks = append(rest, choice)
		slices.Sort(a.Picks)
	}
}

// Slide moves the number of an answer by so many steps, within the range.
func (q *Question) Slide(a *Answer, steps float64) {
	a.Number = min(max(a.Number+steps*q.Step, q.Low), q.High)
}

// Right reports whether an answer is what is true.
func (q *Question) Right(a Answer, t *Truth) bool {
	if a.Passed {
		return false
	}
	if q.Form == Number {
		return math.Abs(a.Number-t.Number) <= q.Within+0.5*q.Step
	}
	return slices.Equal(slices.Sorted(slices.Values(a.Picks)), t.Picks)
}

// Middle returns the number in the middle of the range.
func (q *Question) Middle() float64 {
	return q.Low + math.Round((q.High-q.Low)/2/max(q.Step, 1))*q.Step
}

// Said puts picks, or a number, into words, with a text between the picks.
func (q *Question) Said(picks []int, number float64, between string) string {
	if q.Form == Number {
		if number == 1 && q.Unit == "requests" {
			return "1 request"
		}
		return strconv.FormatFloat(number, 'f', -1, 64) + " " + q.Unit
	}
	var all []string
	for _, i := range picks {
		all = append(all, q.Choices[i])
	}
	if len(all) == 0 {
		return "none of them"
	}
	return strings.Join(all, between)
}
