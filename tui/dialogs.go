package tui

// dialogs are what can lie over a page.
type dialogs struct{ *Host }
