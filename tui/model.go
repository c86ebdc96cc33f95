package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/strategies"
	"photofinish/tui/desk"
	"photofinish/tui/page"
	"photofinish/tui/session"
)

// Model is the playground. It routes keys, mouse and clock to the desk and to
// the page that is open.
type Model struct {
	page.Host
	views
}

// newModel returns a playground on a session.
func newModel(s session.Session, lineup strategies.Lineup, firstRun bool) (*Model, error) {
	d, err := desk.New(s, lineup, firstRun)
	if err != nil {
		return nil, err
	}
	m := &Model{Host: page.New(d)}
	m.addViews()
	return m, nil
}

// Update routes a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	return m, m.Route(msg)
}
