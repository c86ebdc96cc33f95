package tui

import "photofinish/tui/page"

// views are the pages of the playground, and in which of them the commands work
// that several have. Whoever adds a view adds it here.
type views struct {
	lanes   *lanes
	focus   *focus
	network *network
	chart   *chart
	dialogs dialogs

	all      []page.Page // in the order of their own commands
	timeline []page.Page // where time is real
	overview []page.Page // of all lanes at once
	editing  []page.Page // of single actions
	only     []page.Page // the lanes
}

// newViews returns the pages of a playground, with the first one open.
func newViews(h *page.Host) views {
	b := page.Base{Host: h}
	v := views{lanes: &lanes{Base: b}, focus: &focus{Base: b}, network: &network{Base: b}, chart: &chart{Base: b}, dialogs: dialogs{h}}
	v.all = []page.Page{v.lanes, v.focus, v.network, v.chart}
	v.timeline = []page.Page{v.lanes, v.focus, v.chart}
	v.overview = []page.Page{v.lanes, v.chart}
	v.editing = []page.Page{v.lanes, v.focus}
	v.only = []page.Page{v.lanes}
	h.Home, h.Page = v.lanes, v.lanes
	return v
}
