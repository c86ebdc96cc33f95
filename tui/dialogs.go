package tui

import "photofinish/tui/page"

// dialogs are what can lie over a page.
type dialogs struct{ *page.Host }
