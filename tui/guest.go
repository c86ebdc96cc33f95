package tui

import tea "charm.land/bubbletea/v2"

// notHere is what a guest is told who asks for a file or the clipboard.
const notHere = "not in a class: there are no files and no clipboard here"

// refused reports whether the user is a guest, and says so.
func (m *Model) refused() bool {
	if m.guest != nil {
		m.message = notHere
	}
	return m.guest != nil
}

// spare lets a guest's work wait until the machine has time for it.
func (m *Model) spare(cmd tea.Cmd) tea.Cmd {
	if m.guest == nil || cmd == nil {
		return cmd
	}
	guest := m.guest
	return func() (msg tea.Msg) {
		guest(func() { msg = cmd() })
		return msg
	}
}

// Leave ends what is worked out in the background.
func (m *Model) Leave() {
	for _, cancel := range []func(){m.results.cancel, m.network.cancel, m.chart.cancel} {
		if cancel != nil {
			cancel()
		}
	}
}
