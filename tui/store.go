package tui

import (
	"fmt"
	"os"
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/tell"
	"photofinish/tui/session"
)

// layoutNames are what the choices of a layout are remembered as.
var layoutNames = [...]string{byWindow: "", wantStrips: "strips", wantColumns: "columns"}

// remember lets the model keep in a store what must outlive the program, and
// takes up what others have left there.
func (m *Model) remember(st *session.Store) {
	m.Store = st
	m.choice = choice(max(slices.Index(layoutNames[:], st.State().Layout), 0))
	if file := m.Session.Scenario.File; file != "" && file != "-" {
		st.Note(func(s *session.State) { s.Opened(file) })
	}
	m.offer(st.Left())
}

// LeaveStore ends what is kept. If the playground did not end well, what is
// unsaved stays; leaveStore reports whether anything does.
func (d *desk) LeaveStore(well bool) bool {
	if d.Store == nil {
		return false
	}
	if well {
		d.Store.Close()
		return false
	}
	defer d.Store.Abandon()
	_, failed := d.Keep()().(keptMsg)
	return !failed && len(d.Session.Unsaved()) > 0
}

// keptMsg says that something could not be kept.
type keptMsg struct{ err error }

// NotKept tells the user once that nothing is kept: the playground works
// without.
func (d *desk) NotKept(msg keptMsg) tea.Cmd {
	if !d.told {
		d.told = true
		d.Message = "nothing is kept here against a crash: " + tell.Clean(msg.err.Error())
	}
	return nil
}

// keeps returns the command that writes something to the store.
func keeps(write func() error) tea.Cmd {
	return func() tea.Msg {
		if err := write(); err != nil {
			return keptMsg{err}
		}
		return nil
	}
}

// Keep writes what is unsaved where the next start finds it, should this one
// not end well.
func (d *desk) Keep() tea.Cmd {
	if d.Store == nil {
		return nil
	}
	st, asked, unsaved := d.Store, d.Store.Ask(), d.Session.Unsaved()
	return keeps(func() error { return st.Keep(asked, unsaved) })
}

// Note remembers something for the next start.
func (d *desk) Note(change func(*session.State)) tea.Cmd {
	if d.Store == nil {
		return nil
	}
	d.Store.Note(change)
	return keeps(d.Store.Flush)
}

// noteLayout remembers what w has chosen.
func (m *Model) noteLayout() tea.Cmd {
	name := layoutNames[m.choice]
	return m.Note(func(s *session.State) { s.Layout = name })
}

// Opened remembers a file that was opened or saved.
func (d *desk) Opened(path string) tea.Cmd {
	return d.Note(func(s *session.State) { s.Opened(path) })
}

// Recent returns the files that were opened last and are still there.
func (d *desk) Recent() []string {
	if d.Store == nil {
		return nil
	}
	return slices.DeleteFunc(d.Store.State().Recent, func(path string) bool {
		info, err := os.Stat(path)
		return err != nil || !info.Mode().IsRegular()
	})
}

// offer asks what to do with the first of what playgrounds have left that did
// not end well.
func (m *Model) offer(left []session.Left) {
	if len(left) == 0 {
		return
	}
	l, actions := left[0], len(left[0].Scenario.Script.Actions)
	s := l.Session(m.Session.Strategies)
	text := fmt.Sprintf("“%s” with %d action", s.Title(), actions)
	if actions != 1 {
		text += "s"
	}
	text += ", of " + l.When.Format("Monday 2 January 2006, 15:04") + "."
	if n := len(left) - 1; n > 0 {
		text += fmt.Sprintf(" There is more: %d older.", n)
	}
	m.Pause()
	m.over = &question{title: "a playground ended before this was saved", text: text, answers: []answer{
		{"o", "open it", func(m *Model) tea.Cmd {
			m.Store.Take(l)
			return m.begin(s)
		}},
		{"x", "throw it away", func(m *Model) tea.Cmd {
			st := m.Store
			forget := keeps(func() error { return st.Forget(l) })
			if len(left) == 1 {
				return tea.Batch(m.Play(), forget)
			}
			m.offer(left[1:])
			return forget
		}},
		{"esc", "later", func(m *Model) tea.Cmd { return m.Play() }},
	}}
}
