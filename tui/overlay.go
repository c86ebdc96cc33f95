package tui

import (
	tea "charm.land/bubbletea/v2"
)

// overlay lies over the screen and has the keys until it leaves.
type overlay interface {
	key(m *Model, k tea.KeyPressMsg) tea.Cmd
	paste(m *Model, p tea.PasteMsg) tea.Cmd
	draw(sc screen)
}

// leave takes the overlay away.
func (m *Model) leave() { m.over = nil }
