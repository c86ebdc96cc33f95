package class

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
	"photofinish/tui/lesson"
)

func (m *wall) View() tea.View {
	if m.over == nothing && !m.small() {
		return m.lesson.View()
	}
	if m.over == checking {
		return m.view(m.drawBoth)
	}
	return m.view(m.drawMembers)
}

func (m *wall) drawBoth() {
	m.header(m.Title, m.here())
	m.drawChecks(m.course.Checks(m.hub))
	m.paper.keys("any key", "back to the lesson")
}

func (m *wall) drawMembers() {
	m.header(m.Title, m.here())
	m.door()
	m.saying()
	switch {
	case m.over == leaving:
	case m.begun:
		m.paper.keys("enter", "back to the lesson", "q", "end the class")
	default:
		m.paper.keys("enter", "begin the lesson", "q", "end the class")
	}
}

func sureness(t *frame.Tally) string {
	var all []string
	for i, n := range t.Sure {
		all = append(all, strconv.Itoa(n)+" "+lesson.Confidences[i+1])
	}
	return strings.Join(all, " · ")
}

func ordinal(n int) string {
	return [...]string{"second", "third", "fourth", "fifth"}[min(max(n, 2), 5)-2]
}
