package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/sim"
	"photofinish/strategies"
	"photofinish/tui/desk"
	"photofinish/tui/page"
	"photofinish/tui/session"
)

// Model is the playground. It routes keys, mouse and clock to the desk and to
// the page that is open.
type Model struct {
	page.Host
	pages
}

// newModel returns a playground on a session.
func newModel(s session.Session, lineup strategies.Lineup, firstRun bool) (*Model, error) {
	d, err := desk.New(s, lineup, firstRun)
	if err != nil {
		return nil, err
	}
	m := &Model{Host: page.New(d)}
	m.addPages()
	return m, nil
}

// Race returns the clicks that run in the lanes. They are not to be changed.
func (m *Model) Race() *sim.Script { return m.Session.Script }

// Update routes a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	return m, m.Route(msg)
}
