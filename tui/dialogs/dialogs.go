// Package dialogs is what can lie over a page: menus, prompts, questions, the help,
// the palette of commands and the chooser of lanes; and what is done with what was
// answered, such as writing and opening files.
package dialogs

import "photofinish/tui/page"

// Dialogs are what can lie over a page: they ask, and do what is answered.
type Dialogs struct{ *page.Host }
