package dialogs

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
	"photofinish/tui/page"
	"photofinish/tui/session"
)

// showOwn brings the lane of a client into view, a new one if it has none.
func (ds Dialogs) showOwn(name string) tea.Cmd {
	if i := slices.Index(ds.Session.Strategies, name); i >= 0 {
		return ds.ShowLane(i)
	}
	if len(ds.Session.Strategies) == session.MaxLanes {
		ds.Message = strconv.Itoa(session.MaxLanes) + " lanes are as many as there can be: L takes one away"
		return nil
	}
	return ds.AddLane(name)
}

// byUse returns the commands, those of a selection last while there is none.
func (ds Dialogs) byUse() (all []*page.Command) {
	var last []*page.Command
	for i := range ds.Table {
		if c := &ds.Table[i]; c.Group == page.OfSelection && ds.Session.Action() == nil {
			last = append(last, c)
		} else {
			all = append(all, c)
		}
	}
	return append(all, last...)
}

// openPalette lists every command that can be given now by its name, and the
// key that one can use the next time.
func (ds Dialogs) openPalette() tea.Cmd {
	l := &Menu{Host: ds.Host, title: ":", say: "do it"}
	for _, c := range ds.byUse() {
		if c.Names == "" || !ds.Works(c) {
			continue
		}
		for v, name := range strings.Split(c.Names, "; ") {
			l.add(name, ds.AsPressed(c.Bindings[v].Keys()[0]), func() tea.Cmd { return c.Do(v) })
		}
	}
	for _, e := range ds.Lineup {
		if e.Own() != nil {
			l.add(string(e.Group)+": show the lane of "+e.Name, "", func() tea.Cmd { return ds.showOwn(e.Name) })
		}
	}
	l.typed, l.input = true, frame.NewInput("", longest)
	ds.Pause()
	ds.Over = l
	return nil
}
