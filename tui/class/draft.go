package class

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// draft is a vote in the making: what, then how sure.
type draft struct {
	lesson.Draft
	ballot, round int
	stage         stage
}

type stage uint8

const (
	choosing stage = iota
	weighing       // how sure?
	done
)

// follow begins anew where something else is asked, or the same again.
func (d *draft) follow(v *Sheet) {
	if d.ballot == v.Ballot && d.round == v.Round && v.Question.Place == 0 { // a lesson has drafts of its own
		return
	}
	*d = draft{Draft: v.Question.Draft(nil), ballot: v.Ballot, round: v.Round}
	if v.Voted { // under this name, before the connection was lost
		d.Draft, d.stage = v.Question.Draft(&v.Mine), done
	}
}

// slides say by how many steps a key moves a number.
var slides = map[string]float64{
	"left": -1, "down": -1, "h": -1, "j": -1, "shift+left": -10, "pgdown": -10, "H": -10,
	"right": 1, "up": 1, "l": 1, "k": 1, "shift+right": 10, "pgup": 10, "L": 10,
}

// key takes a key press, and reports whether the vote is complete.
func (d *draft) key(k tea.KeyPressMsg, q *Question) bool {
	pressed := k.String()
	n, _ := strconv.Atoi(pressed) // 0: no digit
	back := pressed == "esc" || pressed == "backspace"
	chosen := n >= 1 && n <= len(q.Choices)
	switch {
	case d.stage == done && (back || pressed == "c"), d.stage == weighing && back:
		d.stage = choosing
	case d.stage == weighing && n >= 1 && n < len(lesson.Confidences):
		d.stage, d.Confidence = done, n
		return true
	case d.stage != choosing:
	case pressed == "i":
		d.Answer, d.stage = lesson.DoNotKnow(), done
		return true
	case q.Form == lesson.Number && (n > 0 || pressed == "0"):
		q.Type(&d.Draft, n)
	case chosen:
		if q.Pick(&d.Draft, n-1); q.Form == lesson.One {
			d.stage = weighing
		}
	case pressed == "0":
		q.PickNone(&d.Draft)
	case pressed == "enter" && q.Done(&d.Draft) == nil:
		d.stage = weighing
	case q.Form == lesson.Number && slides[pressed] != 0:
		q.Slide(&d.Draft, slides[pressed])
	}
	return false
}

func (p *paper) drawChoices(q *Question, d *draft) {
	if q.Form == lesson.Number {
		share, says := q.Share(&d.Draft), func(n float64) string { return q.Said(nil, n, "") }
		p.Slider(margin, p.y+1, p.W-2*margin, share, says(d.Number), says(q.Low), says(q.High), accent)
		p.y += 3
	}
	for i := range q.Choices {
		s := plain
		if slices.Contains(d.Picks, i) {
			s = accent
			p.Put(margin, p.y, "▸", accent)
		}
		p.choice(margin+2, q, i, s)
	}
}

func (p *paper) choice(x int, q *Question, i int, s ink.Style) {
	x = p.Put(x, p.y, strconv.Itoa(i+1), strong) + 2
	p.Put(x, p.y, ink.Cut(ink.Printable(q.Choices[i], maxChoice), p.W-x-1), s)
	p.y++
}
