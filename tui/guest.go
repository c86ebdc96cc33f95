package tui

import tea "charm.land/bubbletea/v2"

// notHere is what a guest is told who asks for a file or the clipboard.
const notHere = "not in a class: there are no files and no clipboard here"

// refused reports whether the user is a guest, and says so.
func (m *Model) refused() bool {
	if m.Guest != nil {
		m.Message = notHere
	}
	return m.Guest != nil
}

// spare lets a guest's work wait until the machine has time for it.
func (m *Model) spare(cmd tea.Cmd) tea.Cmd {
	if m.Guest == nil || cmd == nil {
		return cmd
	}
	guest := m.Guest
	return func() (msg tea.Msg) {
		guest(func() { msg = cmd() })
		return msg
	}
}

// Leave ends what is worked out in the background.
func (m *Model) Leave() {
	for _, cancel := range []func(){m.Results.cancel, m.network.cancel, m.chart.cancel} {
		if cancel != nil {
			cancel()
		}
	}
}
