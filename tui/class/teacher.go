package class

import (
	"context"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
	"photofinish/tui/lesson"
)

// teacher is the teacher's screen of a class without a lesson.
type teacher struct {
	lectern
	item    Item // what is asked
	at      int  // in the list
	input   textinput.Model
	armed   bool               // R was pressed once
	working context.CancelFunc // an answer is being worked out; nil: none is
}

// newTeacher returns the screen of the teacher of a class.
func newTeacher(h *Hub, t TeacherScreen) tea.Model { return &teacher{lectern: newLectern(h, t)} }

func (m *teacher) Leave() {
	m.lectern.Leave()
	m.drop()
}

func (m *teacher) drop() {
	if m.working != nil {
		m.working()
	}
	m.working = nil
}

func (m *teacher) Init() tea.Cmd { return tea.Batch(tea.RequestBackgroundColor, m.wait, m.remote) }

type answerMsg struct {
	ctx    context.Context // ended: nobody waits for it any more
	answer *lesson.Truth
	err    error
}

func (m *teacher) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.term.Note(msg)
	switch msg := msg.(type) {
	case changedMsg:
		m.seen = m.hub.Board()
		return m, m.soon()
	case remoteMsg:
		return m, tea.Batch(m.key(msg.KeyPressMsg), m.remote)
	case answerMsg:
		return m, m.reveal(msg)
	case savedMsg:
		m.failed(msg.err)
	case tea.KeyPressMsg:
		return m, m.key(msg)
	case tea.PasteMsg:
		if m.over == typing {
			var cmd tea.Cmd
			m.input, cmd = m.input.Update(msg)
			return m, cmd
		}
	}
	return m, nil
}

func (m *teacher) key(k tea.KeyPressMsg) tea.Cmd {
	m.message, m.locking = "", m.locking && k.String() == "P"
	armed := m.armed
	m.armed = false
	switch m.over {
	case list:
		m.inList(k)
		return nil
	case typing:
		return m.inPrompt(k)
	case leaving:
		if m.over = nothing; ends(k) {
			return tea.Quit
		}
		return nil
	}
	switch k.String() {
	case "q", "ctrl+c":
		m.over = leaving
	case "a":
		if m.seen.Phase == Idle || m.seen.Phase == Revealed {
			m.over = list
		} else {
			m.message = "something is asked already: x ends it"
		}
	case "enter":
		return m.next()
	case "R":
		if !closed(m.seen.Phase) || m.item.Answer == nil {
			break
		}
		if armed {
			return m.answer()
		}
		m.armed, m.message = true, "R once more reveals the answer"
	case "P":
		m.lock()
	case "v":
		m.try(m.hub.Again())
	case "x":
		return m.dismiss()
	}
	return nil
}

// try shows an error, if there is one, and what has changed.
func (m *teacher) try(err error) {
	m.failed(err)
	m.seen = m.hub.Board()
}

func (m *teacher) next() tea.Cmd {
	switch m.seen.Phase {
	case Idle:
		m.over = list
	case Voting:
		m.try(m.hub.Close())
		return m.save()
	case Closed:
		m.try(m.hub.Show())
	case Shown:
		if m.item.Answer == nil {
			return m.dismiss()
		}
		m.message = "R twice reveals the answer"
	case Revealed:
		return m.dismiss()
	}
	return nil
}

func (m *teacher) dismiss() tea.Cmd {
	m.drop()
	m.hub.Dismiss()
	m.try(nil)
	return m.save()
}

func (m *teacher) answer() tea.Cmd {
	if m.working != nil {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.working = cancel
	m.message = "working it out …"
	find := m.item.Answer
	return func() tea.Msg {
		a, err := find(ctx)
		return answerMsg{ctx, a, err}
	}
}

func (m *teacher) reveal(msg answerMsg) tea.Cmd {
	if msg.ctx.Err() != nil {
		return nil
	}
	m.drop()
	m.message = ""
	if m.failed(msg.err) {
		return nil
	}
	m.try(m.hub.Reveal(msg.answer))
	return m.save()
}

// inList takes a key of the list of questions; its last entry is one of the
// teacher's own.
func (m *teacher) inList(k tea.KeyPressMsg) {
	switch k.String() {
	case "esc", "q", "ctrl+c":
		m.over = nothing
	case "up", "k":
		m.at = max(m.at-1, 0)
	case "down", "j":
		m.at = min(m.at+1, len(m.Items))
	case "enter":
		m.over = nothing
		if m.at < len(m.Items) {
			m.ask(m.Items[m.at])
			return
		}
		m.over = typing
		m.input = frame.NewInput("", 1000)
	}
}

func (m *teacher) inPrompt(k tea.KeyPressMsg) (cmd tea.Cmd) {
	switch k.String() {
	case "esc", "ctrl+c":
		m.over = nothing
	case "enter":
		item, err := parseOwn(m.input.Value())
		if m.failed(err) {
			return nil
		}
		m.over = nothing
		m.ask(item)
	default:
		m.input, cmd = m.input.Update(k)
	}
	return cmd
}

func (m *teacher) ask(item Item) {
	m.drop()
	m.item = item
	m.try(m.hub.Ask(item.Question))
}
