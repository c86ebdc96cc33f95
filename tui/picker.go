package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/list"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"photofinish/scenarios"
)

// item is a scenario in the list.
type item struct{ s *scenarios.Scenario }

// Title, Description and FilterValue are what the list shows and searches.
func (i item) Title() string       { return printable(i.s.Title, 70) }
func (i item) Description() string { return i.s.Name }
func (i item) FilterValue() string { return i.s.Title + " " + i.s.Name }

// listSize returns the size of the list in a window.
func listSize(w, h int) (int, int) { return max(min(w-8, 70), 10), max(min(h-4, 34), 4) }

// pick opens the list of scenarios.
func (m *Model) pick() {
	m.pause()
	var items []list.Item
	at := 0
	for i, s := range scenarios.All() {
		items = append(items, item{s})
		if s.Name == m.session.Name {
			at = i
		}
	}
	w, h := listSize(m.w, m.h)
	m.list = list.New(items, list.NewDefaultDelegate(), w, h)
	m.list.Title = "open a scenario"
	m.list.SetShowStatusBar(false)
	m.list.DisableQuitKeybindings()
	m.list.Select(at)
	m.mode = picking
}

// pickKey opens the chosen scenario, leaves, or moves in the list.
func (m *Model) pickKey(k tea.KeyPressMsg) tea.Cmd {
	filtering := m.list.FilterState() == list.Filtering
	switch {
	case k.String() == "ctrl+c":
		return tea.Quit
	case k.String() == "enter" && !filtering:
		if chosen, ok := m.list.SelectedItem().(item); ok {
			m.mode = racing
			return m.open(chosen.s)
		}
		return nil
	case !filtering && m.list.FilterState() == list.Unfiltered && (key.Matches(k, m.keys.Leave) || key.Matches(k, m.keys.Quit)):
		m.mode = racing
		return nil
	}
	return m.updateList(k)
}

func (m *Model) updateList(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	m.list, cmd = m.list.Update(msg)
	return cmd
}

// open begins a scenario; undo brings the old session back.
func (m *Model) open(s *scenarios.Scenario) tea.Cmd {
	next := NewSession(s, m.session.Strategies, 1)
	next.Lane = m.session.Lane
	m.end = 0
	edit := m.edit(next)
	m.telling()
	return tea.Batch(edit, m.play())
}

// picker lays the list over the screen.
func (sc screen) picker() {
	sc.recede()
	w, h := listSize(sc.w, sc.h)
	x, y := (sc.w-w-2)/2, (sc.h-h-2)/2
	sc.wipe(x, y, w+2, h+2, panel)
	for i, line := range strings.Split(ansi.Strip(sc.m.list.View()), "\n") {
		if i > h {
			break
		}
		s := style{fg: dim, bg: panel}
		switch {
		case i == 0:
			s = style{fg: accent, bg: panel, bold: true}
		case hasBar(line):
			s = style{fg: fg, bg: panel, bold: true}
		}
		sc.put(x+1, y+1+i, cut(line, w), s)
	}
}
