package lesson

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
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

	// Choices can be picked, and are fit for a terminal. Of several pages they are
	// the pages, in their order, or the titles of the worlds.
	Choices []string
	Pages   []Page // that are asked about, with what is known of each

	Low, High, Step float64 // of a number
	Unit            string  // of a number: "%", "ms", "requests"
	Within          float64 // how far off still counts as right
}

// Page is a client that is asked about, and what is known of it before the answer.
type Page struct {
	Name string // in the catalogue; in a lesson without names, A, B, C …
	Told string // the latest line that the lesson has told of it, or its rule; may be empty
}

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
	return asks && len(s.Pages()) == 1 && (s.Answer == lessons.Possible || s.Answer == lessons.RaceFree)
}

// pagesOf returns the pages that a step asks about. Where they have no names, a
// letter takes the place of each.
func pagesOf(s *lessons.Step, unnamed bool) (all []Page) {
	for i, e := range entries(s.Strategies) {
		p := Page{Name: e.Name}
		if i < len(s.Lines) {
			p.Told = tell.Clean(s.Lines[i])
		}
		if s.Rule || p.Told == "" {
			p.Told = e.Rule
		}
		if unnamed {
			p.Name = string(rune('A' + i))
		}
		all = append(all, p)
	}
	return all
}

func newQuestion(s *lessons.Step, unnamed bool) *Question {
	q := &Question{Ask: tell.Clean(s.Ask), Form: One, Within: s.Within, Pages: pagesOf(s, unnamed)}
	switch s.Answer {
	case lessons.Lanes, lessons.Possible, lessons.RaceFree:
		if asksYesNo(s) {
			q.Choices = []string{"yes", "no"}
			break
		}
		q.Form = Some
		for _, p := range q.Pages {
			q.Choices = append(q.Choices, p.Name)
		}
		if len(s.Worlds) > 0 {
			q.Choices = titles(s)
		}
	case lessons.Verdict:
		for _, v := range ends {
			q.Choices = append(q.Choices, v.text)
		}
	case lessons.Stands:
		for _, id := range lessons.Values(s.Scenario.Script, s.Field) {
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

func titles(s *lessons.Step) (all []string) {
	for _, w := range s.Worlds {
		all = append(all, tell.Clean(cmp.Or(w.Title, w.Name)))
	}
	return all
}

// Right reports whether an answer is what is true.
func (q *Question) Right(a Answer, t *Truth) bool {
	if a.Passed || a.Unknown {
		return false
	}
	if q.Form == Number {
		return math.Abs(a.Number-t.Number) <= q.Within+0.5*q.Step
	}
	return slices.Equal(slices.Sorted(slices.Values(a.Picks)), t.Picks)
}

// Middle returns the number in the middle of the range.
func (q *Question) Middle() float64 {
	if q.Form != Number {
		return 0
	}
	return q.Low + math.Round((q.High-q.Low)/2/max(q.Step, 1))*q.Step
}

// Says puts an answer into words, with a text between the picks.
func (q *Question) Says(a Answer, between string) string {
	switch {
	case a.Unknown:
		return "I do not know"
	case a.Passed:
		return "nothing"
	}
	return q.Said(a.Picks, a.Number, between)
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
