package tui

// dialogs are what can lie over a page.
type dialogs struct{ *Host }

// Close takes the overlay away.
func (h *Host) Close() { h.Over = nil }
