package tui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/tui/ink"
)

// act lets the user of all clients do something at the cursor.
func (m *Model) act(do sim.Do) tea.Cmd {
	if m.place == onNetwork {
		return m.network.act(m, do)
	}
	return m.Act(do)
}

// editValue asks what the selected action is to set.
func (m *Model) editValue() tea.Cmd {
	m.Session = m.Selected()
	a := m.Session.Action()
	field := m.Session.Field
	switch {
	case a.Do == sim.SetPermissions:
		field = sim.Permissions
	case a.Do == sim.Delete || a.Do == sim.Fetch:
		m.Message = fmt.Sprintf("%s sets nothing: there is nothing to change", a.Label())
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
	if len(m.Session.Script.Fields) == 0 && field != sim.Permissions {
		m.Message = a.Label() + " sets nothing: there is nothing to change"
		return nil
	}
	name := ink.Printable(m.Session.Script.FieldName(field), 20)
	was := ""
	if a.Sets.Has(field) {
		was = fmt.Sprint(m.Session.Script.Values[a.Values[field]])
	}
	m.ask(prompt{title: fmt.Sprintf("%s sets %s to", a.Label(), name), done: func(m *Model, text string) (tea.Cmd, error) {
		return m.Edit(m.Session.Set(field, text)), nil
	}}, was)
	return nil
}

// chooseNetwork offers the networks.
func (m *Model) chooseNetwork() tea.Cmd {
	l := &menu{title: "another network: latencies are drawn anew"}
	for _, p := range scenarios.Networks() {
		text := fmt.Sprintf("%-10s %s", p.Name, p.About)
		note := fmt.Sprintf("median %s, p99 %s", p.Network.Up.A, p.Network.Up.B)
		l.add(text, note, func(m *Model) tea.Cmd { return m.Edit(m.Session.OnNetwork(p)) })
		if p.Name == m.Session.Network {
			l.at = len(l.items) - 1
		}
	}
	l.add("yours      its median and its 99th percentile", "", (*Model).askNetwork)
	m.over = l
	return nil
}

// askNetwork asks for the latencies of the user's own network.
func (m *Model) askNetwork() tea.Cmd {
	m.ask(prompt{title: "median and 99th percentile of each way, such as: 80ms 900ms", done: func(m *Model, text string) (tea.Cmd, error) {
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
		s, err := m.Session.OnOwnNetwork(d[0], d[1])
		if err != nil {
			return nil, err
		}
		return m.Edit(s), nil
	}}, "")
	return nil
}
