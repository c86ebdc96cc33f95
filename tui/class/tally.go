package class

import (
	"math"
	"strconv"
)

// Tally counts the votes of a round.
type Tally struct {
	Votes int
	Bars  []Bar // one a choice, or one a part of the range
	Sure  [MaxSure]int
}

// Bar counts who has said the same.
type Bar struct {
	Label string
	Votes int
	Right bool // only once the answer is revealed
}

// maxBars is into how many parts the range of a number is cut at most.
const maxBars = 8

// tally counts votes.
func (q *Question) tally(votes []Vote) Tally {
	t := Tally{Votes: len(votes), Bars: q.bars()}
	for _, v := range votes {
		t.Sure[v.Sure-1]++
		if len(q.Choices) == 0 {
			t.Bars[q.part(v.Number)].Votes++
			continue
		}
		for i := range q.Choices {
			t.Bars[i].Votes += int(v.Picks >> i & 1)
		}
	}
	return t
}

// bars returns empty ones.
func (q *Question) bars() (bars []Bar) {
	for _, c := range q.Choices {
		bars = append(bars, Bar{Label: c})
	}
	if len(q.Choices) > 0 {
		return bars
	}
	wide := q.wide()
	for low := q.Low; low <= q.High; low += wide {
		label := q.Number(float64(low))
		if last := min(low+wide-1, q.High); wide > q.Step && last > low {
			label = strconv.Itoa(low) + "–" + q.Number(float64(last))
		}
		bars = append(bars, Bar{Label: label})
	}
	return bars
}

// wide returns how wide a part of the range is: whole steps.
func (q *Question) wide() int {
	steps := (q.High-q.Low)/q.Step + 1
	return (steps + maxBars - 1) / maxBars * q.Step
}

// part returns the place of a number's bar.
func (q *Question) part(n int) int { return (n - q.Low) / q.wide() }

// mark marks the bars that are right.
func (q *Question) mark(bars []Bar, a Answer) {
	for i := range bars {
		bars[i].Right = a.Picks>>i&1 != 0
	}
	if n := int(math.Round(a.Number)); len(q.Choices) == 0 && n >= q.Low && n <= q.High {
		bars[q.part(n)].Right = true
	}
}
