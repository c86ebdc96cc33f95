package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/chart"
	"photofinish/tui/dialogs"
	"photofinish/tui/focus"
	"photofinish/tui/lanes"
	"photofinish/tui/network"
	"photofinish/tui/page"
)

// views are the pages of the playground, and what lies over them. Whoever adds a
// view adds it here.
type views struct {
	lanes   *lanes.Lanes
	focus   *focus.Focus
	network *network.Network
	chart   *chart.Chart
	dialogs dialogs.Dialogs
}

// addViews makes the views, lets the dialogs answer what commands want, and opens
// the first view.
func (m *Model) addViews() {
	b := page.Base{Host: &m.Host}
	m.views = views{
		&lanes.Lanes{Base: b}, &focus.Focus{Base: b}, &network.Network{Base: b}, &chart.Chart{Base: b},
		dialogs.Dialogs{Host: &m.Host},
	}
	m.Answers = map[page.Intent]func() tea.Cmd{
		page.Value: m.dialogs.EditValue, page.Lanes: m.dialogs.ChooseLanes, page.Networks: m.dialogs.ChooseNetwork,
		page.Save: m.dialogs.Save, page.Scenarios: m.dialogs.OpenScenario, page.Copy: m.dialogs.Copy,
		page.Text: m.dialogs.SaveText, page.Palette: m.dialogs.OpenPalette, page.Help: m.dialogs.OpenHelp, page.Quit: m.dialogs.Quit,
	}
	m.Begin(m.lanes, m.focus, m.network, m.chart)
}
