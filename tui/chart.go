package tui

import tea "charm.land/bubbletea/v2"

// chart is odds against the gap between two clicks.
type chart struct{}

// chartMsg brings points of the curves.
type chartMsg struct{ job int }

func (m *Model) openChart() tea.Cmd { return nil }

func (c *chart) follow(m *Model) tea.Cmd { return nil }

func (c *chart) take(m *Model, msg chartMsg) tea.Cmd { return nil }

func (c *chart) draw(sc screen) {}

// chartCommands are the keys of the chart.
func chartCommands() []command { return nil }
