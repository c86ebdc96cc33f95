package tui

import (
	"photofinish/tui/chart"
	"photofinish/tui/dialogs"
	"photofinish/tui/focus"
	"photofinish/tui/lanes"
	"photofinish/tui/network"
	"photofinish/tui/page"
	"photofinish/tui/survivors"
)

// pages are those of the playground, and what lies over them. Whoever adds a page adds
// it here.
type pages struct {
	lanes   *lanes.Lanes
	focus   *focus.Focus
	network *network.Network
	chart   *chart.Chart
	table   *survivors.Survivors
	dialogs dialogs.Dialogs
}

// addPages makes the pages, and opens the first one.
func (m *Model) addPages() {
	b := page.Base{Host: &m.Host}
	m.pages = pages{
		&lanes.Lanes{Base: b}, &focus.Focus{Base: b}, &network.Network{Base: b}, &chart.Chart{Base: b}, &survivors.Survivors{Base: b},
		dialogs.Dialogs{Host: &m.Host},
	}
	m.Begin(m.dialogs.Commands(), m.lanes, m.table, m.focus, m.network, m.chart)
}
