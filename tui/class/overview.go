package class

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"photofinish/report/tell"
	"photofinish/tui/frame"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// Overview is what the teacher's console shows, besides what is true.
type Overview struct {
	Board
	Step   learn.At
	Began  time.Time // when the class went to its first step; zero: it has not
	Since  time.Time // when it came to this one
	Closed time.Time // when the vote was closed last

	Labels []string          // what was said, the last rounds together; printable
	Rounds [][]int           // by round and label
	Moves  [][]int           // of the last two rounds: from one label to another; the last column are those who said nothing more
	Said   [][]lesson.Answer // by round, in no order
	Sure   []int             // by round: who was sure and wrong, where what is true is given

	Missing []string // who is here and has not voted
	Doing   [4]int   // of a break or mend: how many have come how far
	Done    []time.Duration
}

// maxLabels is how many different answers the console tells apart.
const maxLabels = 6

func (q *Question) label(a lesson.Answer) string {
	if a.Unknown {
		return doNotKnow
	}
	if q.Form == lesson.Number {
		return q.bars()[q.of(nil, a.Number)[0]].Label
	}
	return tell.Clean(q.Said(a.Picks, 0, " + "))
}

// labels returns what was said in some rounds: of one choice and of a number in their
// order, of several the most usual first; where that is too much, the rest is other.
func (b *ballot) labels(rounds []round) (all []string) {
	votes := map[string]int{}
	for _, r := range rounds {
		for _, v := range r {
			votes[b.question.label(v.Answer)]++
		}
	}
	all = slices.Collect(maps.Keys(votes))
	bars := b.question.bars()
	place := func(l string) int {
		i := slices.IndexFunc(bars, func(bar frame.Bar) bool { return bar.Label == l })
		if i < 0 || b.question.Form == lesson.Some && l != doNotKnow {
			return -votes[l]
		}
		return i
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(place(a)-place(b), cmp.Compare(a, b)) })
	if len(all) > maxLabels {
		most := slices.Clone(all)
		slices.SortStableFunc(most, func(a, b string) int { return votes[b] - votes[a] })
		all = slices.DeleteFunc(all, func(l string) bool { return slices.Index(most, l) >= maxLabels-1 })
		all = append(all, "other")
	}
	return all
}

// Overview returns what the console shows now. What is true may be nil.
func (h *Hub) Overview(truth *lesson.Truth) Overview {
	v := Overview{Board: h.Board()}
	h.mu.Lock()
	defer h.mu.Unlock()
	v.Step, v.Began, v.Since, v.Closed = h.step, h.began, h.since, h.closedAt
	for _, d := range h.doing {
		v.Doing[d.how]++
		if d.how == Done {
			v.Done = append(v.Done, d.at.Sub(h.since))
		}
	}
	slices.Sort(v.Done)
	if b := h.now; b != nil {
		b.over(&v, truth)
		for _, m := range h.members {
			if _, voted := b.now()[m]; !voted && m.seat != nil {
				v.Missing = append(v.Missing, m.name)
			}
		}
	}
	return v
}

func (b *ballot) over(v *Overview, truth *lesson.Truth) {
	rounds := b.rounds[max(len(b.rounds)-2, 0):]
	v.Labels = b.labels(rounds)
	if b.answer != nil { // what is right stands there also if nobody has said so
		if l := b.question.label(lesson.Answer{Picks: b.answer.Picks, Number: b.answer.Number}); len(v.Labels) < maxLabels && !slices.Contains(v.Labels, l) {
			v.Labels = append(v.Labels, l)
		}
	}
	at := func(a voted) int {
		if i := slices.Index(v.Labels, b.question.label(a.Answer)); i >= 0 {
			return i
		}
		return len(v.Labels) - 1
	}
	for _, r := range rounds {
		n, sure := make([]int, len(v.Labels)), 0
		for _, a := range r {
			n[at(a)]++
			if truth != nil && a.Confidence >= 3 && !b.question.Right(a.Answer, truth) {
				sure++
			}
		}
		v.Rounds, v.Sure, v.Said = append(v.Rounds, n), append(v.Sure, sure), append(v.Said, r.answers())
	}
	if len(rounds) < 2 {
		return
	}
	for range v.Labels {
		v.Moves = append(v.Moves, make([]int, len(v.Labels)+1))
	}
	for m, a := range rounds[0] {
		to := len(v.Labels)
		if again, voted := rounds[1][m]; voted {
			to = at(again)
		}
		v.Moves[at(a)][to]++
	}
}
