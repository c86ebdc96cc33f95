package lesson

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Answer is the answer to a question, with how sure somebody is of it; or how
// their break or mend has ended.
type Answer struct {
	Picks      []int   `json:"picks,omitempty"`      // places in the choices, ascending; of several, none is an answer too
	Number     float64 `json:"number,omitempty"`     // of a question of a number
	Confidence int     `json:"confidence,omitempty"` // 1 guessed to 4 certain; 0 where none is asked for
	Unknown    bool    `json:"unknown,omitempty"`    // they do not know: an answer that is never right, and never sure
	Passed     bool    `json:"passed,omitempty"`     // they want to see it without an answer

	Broke   bool `json:"broke,omitempty"`   // break: they made it lose
	Claimed bool `json:"claimed,omitempty"` // break: they say that nobody can
	Mended  bool `json:"mended,omitempty"`  // mend: they found what never loses
	Tries   int  `json:"tries,omitempty"`   // mend: how many they tried
}

// Confidences puts the four into words.
var Confidences = [...]string{1: "a guess", 2: "not sure", 3: "fairly sure", 4: "certain"}

// Takes says what is wrong with an answer, nil if nothing is.
func (q *Question) Takes(a Answer) error {
	switch {
	case a.Unknown && (len(a.Picks) > 0 || a.Number != 0 || a.Confidence != 0):
		return errors.New("who does not know says no more than that")
	case a.Unknown:
		return nil
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

// Draft is an answer in the making, for whoever reads keys. A new one has nothing
// picked and nothing moved: to answer nothing is no answer.
type Draft struct {
	Answer
	None  bool    // of several: they say that it is none of them
	Moved bool    // of a number: it is theirs, and not where it began
	typed float64 // what the digits come to that were typed, since it was moved otherwise
}

// Draft returns a draft of an answer that has been given, or of none at all.
func (q *Question) Draft(given *Answer) Draft {
	if given == nil || given.Passed {
		return Draft{Answer: Answer{Number: q.Middle()}}
	}
	d := Draft{Answer: *given, Moved: !given.Unknown}
	d.None = q.Form == Some && len(d.Picks) == 0 && !d.Unknown
	if d.Unknown {
		d.Number = q.Middle()
	}
	return d
}

// Pick picks a choice; where several can be, it lets go of one that is picked.
func (q *Question) Pick(d *Draft, choice int) {
	rest := slices.DeleteFunc(slices.Clone(d.Picks), func(p int) bool { return p == choice })
	d.None, d.Unknown = false, false
	switch {
	case choice < 0 || choice >= len(q.Choices):
	case q.Form == One:
		d.Picks = []int{choice}
	case len(rest) < len(d.Picks):
		d.Picks = rest
	default:
		d.Picks = append(rest, choice)
		slices.Sort(d.Picks)
	}
}

// PickNone says of several choices that it is none of them, or no longer so.
func (q *Question) PickNone(d *Draft) {
	if q.Form == Some {
		d.Picks, d.Unknown, d.None = nil, false, !d.None
	}
}

// Slide moves the number by so many steps, within the range.
func (q *Question) Slide(d *Draft, steps float64) {
	if d.Unknown {
		d.Number = q.Middle()
	}
	d.Number = min(max(d.Number+steps*q.Step, q.Low), q.High)
	d.Moved, d.Unknown, d.typed = true, false, 0
}

// Type puts a digit behind those that were typed. One that would lead beyond the range
// begins anew.
func (q *Question) Type(d *Draft, digit int) {
	n := d.typed*10 + float64(digit)
	if n > q.High {
		n = float64(digit)
	}
	if n > q.High {
		return
	}
	d.typed, d.Number, d.Moved, d.Unknown = n, max(n, q.Low), true, false
}

// Share returns how far along its range the number stands, from 0 to 1; less than 0
// as long as nobody has moved it.
func (q *Question) Share(d *Draft) float64 {
	if !d.Moved {
		return -1
	}
	return (d.Number - q.Low) / (q.High - q.Low)
}

// DoNotKnow returns the answer of somebody who does not know.
func DoNotKnow() Answer { return Answer{Unknown: true} }

// Done says what is missing from a draft before one can say how sure one is; nil
// if nothing is.
func (q *Question) Done(d *Draft) error {
	switch {
	case q.Form == Number && !d.Moved:
		return errors.New("type it or move it, or i: I do not know")
	case q.Form == One && len(d.Picks) == 0:
		return errors.New("pick one, or i: I do not know")
	case q.Form == Some && len(d.Picks) == 0 && !d.None:
		return errors.New("tick one, or 0: none of them")
	}
	return nil
}
