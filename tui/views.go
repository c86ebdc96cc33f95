package tui

// views are the pages of the playground, and in which of them the commands work
// that several have. Whoever adds a view adds it here.
type views struct {
	lanes   *lanes
	focus   *focus
	network *network
	chart   *chart
	dialogs dialogs

	all      []Page // in the order of their own commands
	timeline []Page // where time is real
	overview []Page // of all lanes at once
	editing  []Page // of single actions
	only     []Page // the lanes
}

// newViews returns the pages of a playground, with the first one open.
func newViews(h *Host) views {
	b := Base{h}
	v := views{lanes: &lanes{Base: b}, focus: &focus{Base: b}, network: &network{Base: b}, chart: &chart{Base: b}, dialogs: dialogs{h}}
	v.all = []Page{v.lanes, v.focus, v.network, v.chart}
	v.timeline = []Page{v.lanes, v.focus, v.chart}
	v.overview = []Page{v.lanes, v.chart}
	v.editing = []Page{v.lanes, v.focus}
	v.only = []Page{v.lanes}
	h.Home, h.Page = v.lanes, v.lanes
	return v
}
