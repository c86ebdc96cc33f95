package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/session"
)

// layoutNames are what the choices of a layout are remembered as.
var layoutNames = [...]string{byWindow: "", wantStrips: "strips", wantColumns: "columns"}

// remember lets the model keep in a store what must outlive the program, and
// takes up what others have left there.
func (m *Model) remember(st *session.Store) {
	m.Store = st
	m.choice = choice(max(slices.Index(layoutNames[:], st.State().Layout), 0))
	if file := m.Session.Scenario.File; file != "" && file != "-" {
		st.Note(func(s *session.State) { s.Opened(file) })
	}
	m.offer(st.Left())
}

// noteLayout remembers what w has chosen.
func (m *Model) noteLayout() tea.Cmd {
	name := layoutNames[m.choice]
	return m.Note(func(s *session.State) { s.Layout = name })
}

// offer asks what to do with the first of what playgrounds have left that did
// not end well.
func (m *Model) offer(left []session.Left) {
	if len(left) == 0 {
		return
	}
	l, actions := left[0], len(left[0].Scenario.Script.Actions)
	s := l.Session(m.Session.Strategies)
	text := fmt.Sprintf("“%s” with %d action", s.Title(), actions)
	if actions != 1 {
		text += "s"
	}
	text += ", of " + l.When.Format("Monday 2 January 2006, 15:04") + "."
	if n := len(left) - 1; n > 0 {
		text += fmt.Sprintf(" There is more: %d older.", n)
	}
	m.Pause()
	m.over = &question{title: "a playground ended before this was saved", text: text, answers: []answer{
		{"o", "open it", func(m *Model) tea.Cmd {
			m.Store.Take(l)
			return m.begin(s)
		}},
		{"x", "throw it away", func(m *Model) tea.Cmd {
			forget := m.Forget(l)
			if len(left) == 1 {
				return tea.Batch(m.Play(), forget)
			}
			m.offer(left[1:])
			return forget
		}},
		{"esc", "later", func(m *Model) tea.Cmd { return m.Play() }},
	}}
}
