package desk

import (
	"os"
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/tell"
	"photofinish/tui/session"
)

// LeaveStore ends what is kept. If the playground did not end well, what is
// unsaved stays; LeaveStore reports whether anything does.
func (d *Desk) LeaveStore(well bool) bool {
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

type keptMsg struct{ err error }

// notKept tells the user once that nothing is kept: the playground works
// without.
func (d *Desk) notKept(msg keptMsg) {
	if !d.told {
		d.told = true
		d.Message = "nothing is kept here against a crash: " + tell.Clean(msg.err.Error())
	}
}

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
func (d *Desk) Keep() tea.Cmd {
	if d.Store == nil {
		return nil
	}
	st, asked, unsaved := d.Store, d.Store.Ask(), d.Session.Unsaved()
	return keeps(func() error { return st.Keep(asked, unsaved) })
}

// Remember remembers something for the next start.
func (d *Desk) Remember(change func(*session.State)) tea.Cmd {
	if d.Store == nil {
		return nil
	}
	d.Store.Note(change)
	return keeps(d.Store.Flush)
}

// Forget throws away what a playground has left.
func (d *Desk) Forget(l session.Left) tea.Cmd {
	st := d.Store
	return keeps(func() error { return st.Forget(l) })
}

// Opened remembers a file that was opened or saved.
func (d *Desk) Opened(path string) tea.Cmd {
	return d.Remember(func(s *session.State) { s.Opened(path) })
}

// Recent returns the files that were opened last and are still there.
func (d *Desk) Recent() []string {
	if d.Store == nil {
		return nil
	}
	return slices.DeleteFunc(d.Store.State().Recent, func(path string) bool {
		info, err := os.Stat(path)
		return err != nil || !info.Mode().IsRegular()
	})
}
