package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/sim"
)

// network lets the user choose what arrives next.
type network struct{}

// networkMsg brings the orders from here.
type networkMsg struct{ job int }

func (m *Model) beNetwork() tea.Cmd { return nil }

func (m *Model) breakIt() tea.Cmd { return nil }

func (n *network) act(m *Model, do sim.Do) tea.Cmd { return nil }

func (n *network) take(m *Model, msg networkMsg) tea.Cmd { return nil }

func (n *network) draw(sc screen) {}

// networkCommands are the keys of the network's view.
func networkCommands() []command { return nil }
