package class

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

func (m *teacher) View() tea.View {
	return m.view(func() {
		m.header(m.Title, m.here())
		switch {
		case m.over == list:
			m.drawList()
		case m.over == typing:
			m.drawPrompt()
		case m.seen.Phase == Idle:
			m.drawWaiting()
		default:
			m.drawBallot()
		}
		m.saying()
	})
}

func (m *teacher) drawWaiting() {
	m.door()
	if m.over == nothing {
		m.keys("a", "ask something", "q", "end the class")
	}
}

// drawBallot draws what the whole class may see on a wall: no bar before the
// votes are shown, and no answer before it is revealed.
func (m *teacher) drawBallot() {
	v := &m.seen
	q := &v.Question
	m.text(q.Ask, 4, strong)
	if n := len(v.Tallies); n > 1 {
		m.text("vote number "+strconv.Itoa(n)+" on this", 1, dim)
	}
	m.gap(4 + len(q.Choices))
	if v.Phase < Shown {
		m.drawAsked(q)
	} else {
		m.bars(v.Tallies)
		m.gap(4)
		m.drawOutcome()
	}
	if m.over == nothing {
		m.ballotKeys()
	}
}

func (m *teacher) drawAsked(q *Question) {
	if q.Form == lesson.Number {
		m.text("a number from "+q.Said(nil, q.Low, "")+" to "+q.Said(nil, q.High, ""), 1, plain)
	}
	for i := range q.Choices {
		m.choice(margin, q, i, plain)
	}
	m.gap(3)
	m.text(m.voted(), 1, accent)
}

func (m *teacher) drawOutcome() {
	v := &m.seen
	t := m.tally()
	m.confidences(m.Put(margin, m.y, "sure?", dim)+2, t.Sure)
	m.y++
	if v.Phase != Revealed {
		return
	}
	m.gap(4)
	m.text("It is: "+v.Question.Said(v.Answer.Picks, v.Answer.Number, "; ")+".", 2, strong)
	m.text(strconv.Itoa(v.Right)+" of "+strconv.Itoa(t.Votes)+" right; sure and wrong: "+strconv.Itoa(v.Misled)+".", 1, plain)
	m.text(v.Answer.Says, 3, dim)
}

func (m *teacher) ballotKeys() {
	switch m.seen.Phase {
	case Voting:
		m.keys("enter", "close the vote", "x", "drop it", "q", "end the class")
	case Closed:
		m.keys("enter", "show how the class voted", "x", "drop it", "q", "end the class")
	case Shown:
		next, does := "R twice", "reveal the answer"
		if m.item.Answer == nil {
			next, does = "enter", "done"
		}
		m.keys("v", "vote again", next, does, "x", "drop it", "q", "end the class")
	case Revealed:
		m.keys("enter", "done", "a", "ask something else", "q", "end the class")
	}
}

func (m *teacher) drawList() {
	m.text("What do you ask?", 1, strong)
	m.gap(len(m.Items) + 2)
	first, shown := m.List(0, m.y, 1, len(m.Items)+1, m.H-m.y-2, m.at)
	for i := first; i < first+shown; i++ {
		text := "a question of your own …"
		if i < len(m.Items) {
			text = m.Items[i].Ask
		}
		s := plain
		if i == m.at {
			s = accent
			m.Put(margin-2, m.y, "▸", accent)
		}
		m.Put(margin, m.y, ink.Cut(ink.Printable(text, maxText), m.W-margin-1), s)
		m.y++
	}
	m.keys("↑ ↓", "choose", "enter", "ask it", "esc", "back")
}

func (m *teacher) drawPrompt() {
	m.text("Your question", 1, strong)
	m.text("The choices behind it with slashes between them, a star before what is right:", 2, dim)
	m.text("Who wins? / *the first save / the last save", 1, dim)
	m.gap(3)
	m.Input(&m.input, margin, m.y, m.W-2*margin, plain)
	m.keys("enter", "ask it", "esc", "back")
}
