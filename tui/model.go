package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/page"

	"photofinish/tui/desk"
	"photofinish/tui/frame"

	"photofinish/tui/ink"
	"photofinish/tui/session"
)

// Model is the playground. It routes keys, mouse and clock to the desk and to
// the page that is open.
type Model struct {
	page.Host
	views
	drag drag
}

// newModel returns a playground on a session.
func newModel(s session.Session, firstRun bool) (*Model, error) {
	d, err := desk.New(s, firstRun)
	if err != nil {
		return nil, err
	}
	m := &Model{Host: page.Host{Desk: d, Terminal: frame.Terminal{Depth: ink.TrueColour, Width: 80, Height: 24}}}
	m.views = newViews(&m.Host)
	m.Table = m.commandTable()
	m.Changed = func() tea.Cmd { return m.Page.Follow() }
	return m, nil
}

// Init asks for the terminal's background and lets time begin.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.Clock.Next(), m.Estimate())
}

// Update routes a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	return m, m.route(msg)
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	m.Note(msg)
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return m.Changed()
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.PasteMsg:
		if m.Over != nil {
			return m.Over.Paste(msg)
		}
	case tea.MouseMsg:
		return m.mouse(msg)
	}
	if cmd, own := m.Take(msg); own {
		return cmd
	}
	for _, p := range m.all {
		if cmd, own := p.Take(msg); own {
			return cmd
		}
	}
	return nil
}

// key does what a key says.
func (m *Model) key(k tea.KeyPressMsg) tea.Cmd {
	m.Message = ""
	if m.Over != nil {
		return m.Over.Key(k)
	}
	m.FirstRun = false
	cmd, _ := m.Run(m.Turn(k))
	return cmd
}

// View returns the screen.
func (m *Model) View() tea.View {
	m.Draw()
	v := m.Terminal.View("photofinish")
	v.MouseMode = tea.MouseModeCellMotion
	return v
}

// Leave ends what is worked out in the background.
func (m *Model) Leave() {
	m.Desk.Leave()
	for _, p := range m.all {
		p.Leave()
	}
}
