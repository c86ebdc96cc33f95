package class

import (
	"math"
	"strconv"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// maxBars is into how many parts the range of a number is cut at most.
const maxBars = 8

// tally counts votes, and marks the bars that are right where that may be seen: truth
// is nil as long as it may not.
func (q *Question) tally(votes []lesson.Answer, truth *lesson.Truth) frame.Tally {
	t := frame.Tally{Votes: len(votes), Bars: q.bars()}
	if truth != nil {
		for _, i := range q.of(truth.Picks, math.Round(truth.Number)) {
			t.Bars[i].Right = true
		}
	}
	for _, v := range votes {
		if v.Unknown { // there is nothing to be sure of
			t.Bars[len(t.Bars)-1].Votes++
			continue
		}
		t.Sure[v.Confidence-1]++
		for _, i := range q.of(v.Picks, v.Number) {
			t.Bars[i].Votes++
		}
	}
	return t
}

// bars returns empty ones, with one for those who do not know behind them.
func (q *Question) bars() (bars []frame.Bar) {
	unknown := frame.Bar{Label: doNotKnow, Key: "i"}
	for _, c := range q.Choices {
		bars = append(bars, frame.Bar{Label: ink.Printable(c, maxChoice)})
	}
	switch q.Form {
	case lesson.Some:
		return append(bars, frame.Bar{Label: "none of them", Key: "0"}, unknown)
	case lesson.One:
		return append(bars, unknown)
	}
	wide := q.wide()
	for low := q.Low; low <= q.High; low += wide {
		label := strconv.Itoa(int(low))
		if last := min(low+wide-1, q.High); wide > q.Step && last > low {
			label += "–" + strconv.Itoa(int(last))
		}
		bars = append(bars, frame.Bar{Label: label + " " + q.Unit})
	}
	return append(bars, unknown)
}

// doNotKnow is the label of the last bar. Like that for none of them it is there where
// somebody has said so.
const doNotKnow = "I do not know"

// wide returns how wide a part of the range is: whole steps.
func (q *Question) wide() float64 {
	steps := math.Floor((q.High-q.Low)/q.Step) + 1
	return math.Ceil(steps/maxBars) * q.Step
}

// of returns the places of the bars of what is said.
func (q *Question) of(picks []int, number float64) []int {
	if q.Form == lesson.Some && len(picks) == 0 {
		return []int{len(q.Choices)}
	}
	if q.Form == lesson.Number && number >= q.Low && number <= q.High {
		return []int{int((number - q.Low) / q.wide())}
	}
	return picks
}

// voices is how many different things a class has said, at least: bars that somebody
// has voted for.
func voices(t *frame.Tally) (n int) {
	for _, bar := range t.Bars {
		n += ink.One(bar.Votes > 0)
	}
	return n
}
