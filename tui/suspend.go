package tui

import tea "charm.land/bubbletea/v2"

// suspending is a model whose program ctrl+z stops, as the shell that has started
// it is used to, and which fg brings back.
type suspending struct{ tea.Model }

// Update stops the program, or hands a message on.
func (s suspending) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, is := msg.(tea.KeyPressMsg); is && k.String() == "ctrl+z" && underJobControl() {
		return s, tea.Suspend
	}
	next, cmd := s.Model.Update(msg)
	return suspending{next}, cmd
}
