package dialogs

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
)

// OpenPalette lists every command that can be given now by its name, and the
// key that one can use the next time.
func (ds Dialogs) OpenPalette() tea.Cmd {
	l := &Menu{Host: ds.Host, title: ":", say: "does it"}
	for i := range ds.Table {
		c := &ds.Table[i]
		if c.Names == "" || !ds.Works(c) {
			continue
		}
		for v, name := range strings.Split(c.Names, "; ") {
			l.add(name, ds.Turned(c.Bindings[v].Keys()[0]), func() tea.Cmd { return c.Do(v) })
		}
	}
	l.typed, l.input = true, frame.NewInput("", longest)
	ds.Pause()
	ds.Over = l
	return nil
}
