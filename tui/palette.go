package tui

import tea "charm.land/bubbletea/v2"

// openPalette lists every command that can be given now by its name, and the
// key that one can use the next time.
func (m *Model) openPalette() tea.Cmd {
	l := &menu{title: ":", say: "does it"}
	for i := range m.commands {
		c := &m.commands[i]
		if !c.works(m) {
			continue
		}
		for v, name := range c.names {
			l.add(name, m.turned(c.keys[v][0]), func(m *Model) tea.Cmd { return c.do(m, v) })
		}
	}
	l.typed, l.input = true, newInput("")
	m.Pause()
	m.over = l
	return nil
}
