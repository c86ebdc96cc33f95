package class

import (
	"cmp"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/ink"
	"photofinish/tui/lesson"
	"photofinish/tui/slip"
)

func (m *student) View() tea.View {
	switch {
	case m.asked() && m.term.Width < minWidth || m.asked() && m.term.Height < minHeight:
		return m.drawSlip()
	case m.asked():
		return m.view(m.drawBallot)
	case m.playing:
		return m.child[onPlay].View()
	case !m.lobby():
		return m.child[onFollow].View()
	}
	if m.small() && slip.Fits(m.term.Width, m.term.Height) {
		b := slip.Brief{Title: "a class", Right: m.seen.Name, Text: m.waiting(), Foot: "more at 60×16 · q leaves"}
		b.Draw(m.term.Frame())
		return m.term.View("photofinish")
	}
	return m.view(m.drawLobby)
}

func (m *student) waiting() string {
	if m.follows() {
		return "When the teacher begins the lesson, it appears here by itself."
	}
	return "When the teacher asks something, it appears here by itself."
}

// drawSlip draws a ballot in a window that is too small for more than to vote, or the
// notice that it is too small for that.
func (m *student) drawSlip() tea.View {
	if !slip.Fits(m.term.Width, m.term.Height) {
		return m.view(m.drawBallot)
	}
	v := &m.seen
	s := slip.Slip{
		Title: cmp.Or(ink.Printable(v.Question.About, maxText), "a class"), Right: v.Name, Question: &v.Question.Question, Draft: &m.draft.Draft,
		Weighing: m.draft.stage == weighing, Given: v.Voted && m.draft.stage == done,
		Closed: v.Phase >= Closed, Votes: v.Tallies, Foot: "q leaves",
	}
	s.Draw(m.term.Frame())
	return m.term.View("photofinish")
}

func (m *student) drawLobby() {
	m.header("a class", m.seen.Name)
	m.text("You are here as "+m.seen.Name+".", 2, strong)
	m.gap(4)
	m.text(m.waiting(), 2, dim)
	if m.screens.Play != nil {
		m.text("Until then: p opens a playground of your own, and q leads back from it. "+
			"Nobody else sees it, and nothing can break.", 3, dim)
	}
	m.foot("p", "your playground", "q", "leave")
}

func (m *student) drawBallot() {
	v := &m.seen
	q := &v.Question
	m.header(cmp.Or(q.About, "a class"), v.Name)
	m.text(q.Ask, 4, strong)
	switch {
	case v.Round > 1 && v.Phase == Voting:
		m.text("Once more: has talking about it changed your mind?", 1, dim)
	case q.Form == lesson.Some && v.Phase == Voting && m.draft.stage == choosing:
		m.text("Any number of them, also none.", 1, dim)
	}
	m.gap(4 + len(q.Choices))
	switch v.Phase {
	case Voting:
		m.drawVoting()
	case Closed:
		m.drawChoices(q, &m.draft)
		m.gap(3)
		m.text("The vote is closed. "+m.mineInWords(), 2, dim)
	default:
		var mine []int
		if v.Voted {
			mine = q.of(v.Mine.Picks, v.Mine.Number)
		}
		m.bars(v.Tallies, mine...)
		m.gap(3)
		m.drawOutcome()
	}
	switch {
	case v.Phase == Voting:
	case q.Place > 0:
		m.foot("P", "your playground", "q", "leave")
	default:
		m.foot("q", "leave")
	}
}

func (m *student) drawVoting() {
	q := &m.seen.Question
	m.drawChoices(q, &m.draft)
	m.gap(3)
	switch choose := "1–" + strconv.Itoa(len(q.Choices)); {
	case m.draft.stage == weighing:
		m.text("How sure are you?", 1, strong)
		m.confidences(margin, [4]int{1, 2, 3, 4})
		m.foot("1–4", "how sure", "esc", "choose again")
	case m.draft.stage == done:
		m.text(m.mineInWords(), 2, strong)
		m.text("You can change it until the teacher closes the vote.", 1, dim)
		m.foot("c", "change it", "q", "leave")
	case q.Form == lesson.Number:
		m.foot("0–9", "type it", "← →", "less, more", "shift", "by ten steps", "enter", "that is it", "i", "I do not know", "q", "leave")
	case q.Form == lesson.Some:
		m.foot(choose, "choose, or not", "0", "none of them", "enter", "that is it", "i", "I do not know", "q", "leave")
	default:
		m.foot(choose, "choose", "i", "I do not know", "q", "leave")
	}
}

func (m *student) mineInWords() string {
	if !m.seen.Voted {
		return "You have not voted."
	}
	v := m.seen.Mine
	if v.Unknown {
		return "You said: I do not know."
	}
	return "You said: " + m.seen.Question.Said(v.Picks, v.Number, "; ") + " (" + lesson.Confidences[v.Confidence] + ")."
}

func (m *student) drawOutcome() {
	v := &m.seen
	if v.Phase != Revealed {
		m.text(m.mineInWords(), 2, dim)
		return
	}
	text := "It is: " + v.Question.Said(v.Answer.Picks, v.Answer.Number, "; ") + "."
	if v.Voted && v.Question.Right(v.Mine, v.Answer) {
		text += " You were right."
	} else if v.Voted {
		text += " " + m.mineInWords()
	}
	m.text(text, 2, strong)
	m.text(v.Answer.Says, 3, dim)
}

func (m *student) foot(pairs ...string) {
	if m.message != "" {
		m.say(m.message)
	}
	if m.screens.Play == nil && pairs[1] == "your playground" {
		pairs = pairs[2:]
	}
	m.keys(pairs...)
}
