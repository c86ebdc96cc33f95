package desk

import tea "charm.land/bubbletea/v2"

// notHere refuses a guest files and the clipboard.
const notHere = "not in a class: there are no files and no clipboard here"

// Refused reports whether the user is a guest, and says so.
func (d *Desk) Refused() bool {
	if d.Guest != nil {
		d.Message = notHere
	}
	return d.Guest != nil
}

// spare lets a guest's work wait until the machine has time for it.
func (d *Desk) spare(cmd tea.Cmd) tea.Cmd {
	if d.Guest == nil || cmd == nil {
		return cmd
	}
	guest := d.Guest
	return func() (msg tea.Msg) {
		guest(func() { msg = cmd() })
		return msg
	}
}
