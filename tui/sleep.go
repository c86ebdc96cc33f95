package tui

import tea "charm.land/bubbletea/v2"

// sleeper lets the program sleep while nothing moves.
type sleeper struct{}

// sleepMsg asks to sleep.
type sleepMsg struct{ n int }

func (s *sleeper) awake(moving bool) tea.Cmd { return nil }

func (s *sleeper) lie(sleepMsg) {}
