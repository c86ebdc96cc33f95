package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/lanes"

	"photofinish/tui/focus"

	"photofinish/tui/network"

	"photofinish/tui/chart"

	"photofinish/tui/page"
)

// views are the pages of the playground, and what lies over them. Whoever adds a
// view adds it here.
type views struct {
	lanes   *lanes.Lanes
	focus   *focus.Focus
	network *network.Network
	chart   *chart.Chart
	dialogs dialogs
}

// addViews makes the views, opens the first one, and lets them answer what
// commands want.
func (m *Model) addViews() {
	b := page.Base{Host: &m.Host}
	m.views = views{&lanes.Lanes{Base: b}, &focus.Focus{Base: b}, &network.Network{Base: b}, &chart.Chart{Base: b}, dialogs{&m.Host}}
	m.Answers = map[page.Intent]func() tea.Cmd{
		page.Layout: m.lanes.OtherLayout, page.Closer: m.focus.Open, page.Comparison: m.focus.Compare,
		page.BeNetwork: m.network.Open, page.Break: m.network.Break, page.Odds: m.chart.Open,
		page.Value: m.dialogs.editValue, page.Lanes: m.dialogs.chooseLanes, page.Networks: m.dialogs.chooseNetwork,
		page.Save: m.dialogs.save, page.Scenarios: m.dialogs.pick, page.Copy: m.dialogs.copy, page.Text: m.dialogs.export,
		page.Palette: m.dialogs.openPalette, page.Help: m.dialogs.openHelp, page.Quit: m.dialogs.quit,
	}
	m.Begin(m.lanes, m.focus, m.network, m.chart)
}
