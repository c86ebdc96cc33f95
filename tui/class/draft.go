package class

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/ink"
)

// draft is a vote in the making: what, then how sure.
type draft struct {
	ballot, round int
	stage         stage
	picks         uint16
	number        int
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
	*d = draft{ballot: v.Ballot, round: v.Round}
	q := &v.Question
	d.number = q.Low + (q.High-q.Low)/2/max(q.Step, 1)*q.Step
	if v.Voted { // under this name, before the connection was lost
		d.picks, d.number, d.stage = v.Mine.Picks, v.Mine.Number, done
	}
}

// The keys of a ballot.
var (
	enterKey  = key.NewBinding(key.WithKeys("enter"))
	backKey   = key.NewBinding(key.WithKeys("esc", "backspace"))
	changeKey = key.NewBinding(key.WithKeys("c", "esc", "backspace"))
	lessKey   = key.NewBinding(key.WithKeys("left", "down", "h", "j"))
	moreKey   = key.NewBinding(key.WithKeys("right", "up", "l", "k"))
	muchLess  = key.NewBinding(key.WithKeys("shift+left", "pgdown", "H"))
	muchMore  = key.NewBinding(key.WithKeys("shift+right", "pgup", "L"))
)

// key takes a key press. It returns the vote once it is complete.
func (d *draft) key(k tea.KeyPressMsg, q *Question) (Vote, bool) {
	n := digit(k)
	switch {
	case d.stage == done:
		if key.Matches(k, changeKey) {
			d.stage = choosing
		}
	case d.stage == weighing && key.Matches(k, backKey):
		d.stage = choosing
	case d.stage == weighing:
		if n >= 1 && n <= MaxSure {
			d.stage = done
			return d.vote(q, n), true
		}
	case len(q.Choices) == 0:
		d.slide(k, q)
	case n >= 1 && n <= len(q.Choices) && q.Several:
		d.picks ^= 1 << (n - 1)
	case n >= 1 && n <= len(q.Choices):
		d.picks, d.stage = 1<<(n-1), weighing
	case key.Matches(k, enterKey) && (q.Several || d.picks != 0):
		d.stage = weighing
	}
	return Vote{}, false
}

// vote returns what the draft says.
func (d *draft) vote(q *Question, sure int) Vote {
	if len(q.Choices) == 0 {
		return Vote{Number: d.number, Sure: sure}
	}
	return Vote{Picks: d.picks, Sure: sure}
}

// slide moves the number.
func (d *draft) slide(k tea.KeyPressMsg, q *Question) {
	by := 0
	switch {
	case key.Matches(k, enterKey):
		d.stage = weighing
	case key.Matches(k, lessKey):
		by = -1
	case key.Matches(k, moreKey):
		by = 1
	case key.Matches(k, muchLess):
		by = -10
	case key.Matches(k, muchMore):
		by = 10
	}
	d.number = min(max(d.number+by*q.Step, q.Low), q.High)
}

// digit returns the digit that was pressed, -1 if none was.
func digit(k tea.KeyPressMsg) int {
	if n, err := strconv.Atoi(k.String()); err == nil && n >= 0 && n <= 9 {
		return n
	}
	return -1
}

// drawChoices draws what can be chosen, and what is.
func (p *paper) drawChoices(q *Question, d *draft) {
	if len(q.Choices) == 0 {
		p.drawSlider(q, d)
		return
	}
	for i, c := range q.Choices {
		s, mark := plain, "  "
		if d.picks>>i&1 != 0 {
			s, mark = accent, "▸ "
		}
		x := p.Put(margin, p.y, mark, accent)
		x = p.Put(x, p.y, strconv.Itoa(i+1), strong) + 2
		p.Put(x, p.y, ink.Cut(ink.Printable(c, maxChoice), p.W-x-1), s)
		p.y++
	}
}

// drawSlider draws the number and where it is between its bounds.
func (p *paper) drawSlider(q *Question, d *draft) {
	share, says := float64(d.number-q.Low)/float64(q.High-q.Low), func(n int) string { return q.Number(float64(n)) }
	p.Slider(margin, p.y+1, p.W-2*margin, share, says(d.number), says(q.Low), says(q.High), accent)
	p.y += 3
}
