package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
)

// openPalette lists every command that can be given now by its name, and the
// key that one can use the next time.
func (m *Model) openPalette() tea.Cmd {
	l := &menu{title: ":", say: "does it"}
	for i := range m.commands {
		c := &m.commands[i]
		if !m.works(c) {
			continue
		}
		for v, name := range c.names {
			l.add(name, m.turned(c.keys[v][0]), func(*Model) tea.Cmd { return c.do(v) })
		}
	}
	l.typed, l.input = true, frame.NewInput("", longest)
	m.Pause()
	m.over = l
	return nil
}
