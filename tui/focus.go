package tui

import tea "charm.land/bubbletea/v2"

// focus is one lane large.
type focus struct{}

func (m *Model) openFocus() tea.Cmd { return nil }

func (m *Model) compare() tea.Cmd { return nil }

// follow lets the focus show the event at the cursor.
func (f *focus) follow(m *Model) {}

func (f *focus) draw(sc screen) {}

// focusCommands are the keys of the focus.
func focusCommands() []command { return nil }
