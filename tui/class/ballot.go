package class

import (
	"slices"
	"time"

	"photofinish/tui/frame"
	"photofinish/tui/lesson"
)

// Phase tells how far a ballot is.
type Phase uint8

// A ballot goes through these in this order. From any but the last, a second
// round of votes may begin.
const (
	Idle     Phase = iota // nothing is asked
	Voting                // votes are taken, and may be changed
	Closed                // no more votes; nobody has seen them
	Shown                 // everybody sees how the class has voted
	Revealed              // and what is right
)

type ballot struct {
	number   int // from 1, in the order in which they began
	question Question
	phase    Phase
	answer   *lesson.Truth // once it is revealed
	rounds   []round
}

// round is one vote of the class: at most one vote a member.
type round map[*member]voted

type voted struct {
	lesson.Answer
	at time.Time
}

func (r round) answers() (all []lesson.Answer) {
	for _, v := range r {
		all = append(all, v.Answer)
	}
	return all
}

func (b *ballot) now() round { return b.rounds[len(b.rounds)-1] }

// misled counts who was sure (3 or 4) and wrong, and who was right.
func (b *ballot) misled(r round) (right, sureAndWrong int) {
	for _, v := range r {
		switch {
		case b.question.Right(v.Answer, b.answer):
			right++
		case v.Confidence >= 3:
			sureAndWrong++
		}
	}
	return right, sureAndWrong
}

// tallies counts the votes by round. There is a bar for none of them, and for who does
// not know, if somebody has said so, or it is so.
func (b *ballot) tallies() (all []frame.Tally) {
	for _, r := range b.rounds {
		all = append(all, b.question.tally(r.answers(), b.answer))
	}
	for at := len(all[0].Bars) - 1; all[0].Bars[at].Key != ""; at-- {
		if !slices.ContainsFunc(all, func(t frame.Tally) bool { return t.Bars[at].Votes > 0 || t.Bars[at].Right }) {
			for i := range all {
				all[i].Bars = slices.Delete(all[i].Bars, at, at+1)
			}
		}
	}
	return all
}
