// Package dialogs holds the overlays of the playground: menus, prompts, questions, the help,
// the palette of commands and the chooser of lanes; and what is done with what was
// answered, such as writing and opening files.
package dialogs

import "photofinish/tui/page"

// Dialogs open overlays over the page, and do what is answered in them.
type Dialogs struct{ *page.Host }
