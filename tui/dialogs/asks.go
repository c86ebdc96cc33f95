package dialogs

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/tui/ink"
)

// EditValue asks what the selected action is to set.
func (ds Dialogs) EditValue() tea.Cmd {
	ds.Session = ds.Selected()
	a := ds.Session.Action()
	field := ds.Session.Field
	switch {
	case a.Do == sim.SetPermissions:
		field = sim.Permissions
	case a.Do == sim.Delete || a.Do == sim.Fetch:
		ds.Message = fmt.Sprintf("%s sets nothing: there is nothing to change", a.Label())
		return nil
	case !a.Sets.Has(field):
		field = sim.Permissions
		for f := range a.Sets.All {
			field = min(f, field)
		}
		if field == sim.Permissions {
			field = 0
		}
	}
	if len(ds.Session.Script.Fields) == 0 && field != sim.Permissions {
		ds.Message = a.Label() + " sets nothing: there is nothing to change"
		return nil
	}
	name := ink.Printable(ds.Session.Script.FieldName(field), 20)
	was := ""
	if a.Sets.Has(field) {
		was = fmt.Sprint(ds.Session.Script.Values[a.Values[field]])
	}
	ds.ask(fmt.Sprintf("%s sets %s to", a.Label(), name), was, func(text string) (tea.Cmd, error) {
		return ds.Edit(ds.Session.Set(field, text)), nil
	})
	return nil
}

// ChooseNetwork offers the networks.
func (ds Dialogs) ChooseNetwork() tea.Cmd {
	l := &Menu{Host: ds.Host, title: "another network: latencies are drawn anew"}
	for _, p := range scenarios.Networks() {
		text := fmt.Sprintf("%-10s %s", p.Name, p.About)
		note := fmt.Sprintf("median %s, p99 %s", p.Network.Up.A, p.Network.Up.B)
		l.add(text, note, func() tea.Cmd { return ds.Edit(ds.Session.OnNetwork(p)) })
		if p.Name == ds.Session.Network {
			l.at = len(l.Items) - 1
		}
	}
	l.add("yours      its median and its 99th percentile", "", ds.askNetwork)
	ds.Over = l
	return nil
}

// askNetwork asks for the latencies of the user's own network.
func (ds Dialogs) askNetwork() tea.Cmd {
	ds.ask("median and 99th percentile of each way, such as: 80ms 900ms", "", func(text string) (tea.Cmd, error) {
		words := strings.Fields(strings.ReplaceAll(text, ",", " "))
		if len(words) != 2 {
			return nil, fmt.Errorf("two durations with their units, such as: 80ms 900ms")
		}
		var d [2]time.Duration
		for i, w := range words {
			var err error
			if d[i], err = time.ParseDuration(w); err != nil {
				return nil, fmt.Errorf("%s is no duration with its unit, such as 80ms or 1.5s", ink.Printable(w, 20))
			}
		}
		s, err := ds.Session.OnOwnNetwork(d[0], d[1])
		if err != nil {
			return nil, err
		}
		return ds.Edit(s), nil
	})
	return nil
}
