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

// views are the pages of the playground, and what lies over them. Whoever adds a
// view adds it here.
type views struct {
	lanes   *lanes.Lanes
	focus   *focus.Focus
	network *network.Network
	chart   *chart.Chart
	table   *survivors.Survivors
	dialogs dialogs.Dialogs
}

// addViews makes the views, and opens the first one.
func (m *Model) addViews() {
	b := page.Base{Host: &m.Host}
	m.views = views{
		&lanes.Lanes{Base: b}, &focus.Focus{Base: b}, &network.Network{Base: b}, &chart.Chart{Base: b}, &survivors.Survivors{Base: b},
		dialogs.Dialogs{Host: &m.Host},
	}
	m.Begin(m.dialogs.Commands(), m.lanes, m.table, m.focus, m.network, m.chart)
}
