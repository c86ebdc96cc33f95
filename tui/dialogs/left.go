package dialogs

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/session"
)

// Offer asks what to do with the first of what playgrounds have left that did
// not end well.
func (ds Dialogs) Offer(left []session.Left) {
	if len(left) == 0 {
		return
	}
	l, actions := left[0], len(left[0].Scenario.Script.Actions)
	s := l.Session(ds.Session.Strategies)
	text := fmt.Sprintf("“%s” with %d action", s.Title(), actions)
	if actions != 1 {
		text += "s"
	}
	text += ", of " + l.When.Format("Monday 2 January 2006, 15:04") + "."
	if n := len(left) - 1; n > 0 {
		text += fmt.Sprintf(" There is more: %d older.", n)
	}
	ds.Pause()
	ds.Over = &Question{Host: ds.Host, title: "a playground ended before this was saved", Text: text, answers: []answer{
		{"o", "open it", func() tea.Cmd {
			ds.Store.Take(l)
			return ds.begin(s)
		}},
		{"x", "throw it away", func() tea.Cmd {
			forget := ds.Forget(l)
			if len(left) == 1 {
				return tea.Batch(ds.Play(), forget)
			}
			ds.Offer(left[1:])
			return forget
		}},
		{"q", "quit", ds.Quit}, {"ctrl+c", "", ds.Quit}, // it is kept, and offered again
		{"esc", "later", func() tea.Cmd { return ds.Play() }},
	}}
}
