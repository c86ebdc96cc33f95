package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/tui/ink"
	"photofinish/tui/race"
	"photofinish/tui/session"
)

// act lets the user of all clients do something at the cursor.
func (m *Model) act(do sim.Do) tea.Cmd {
	if m.place == onNetwork {
		return m.network.act(m, do)
	}
	s, err := m.Session.Act(do)
	if err != nil {
		m.Message = err.Error()
		return nil
	}
	return m.edit(s)
}

// selected returns the session with an action selected: the one that is, or
// else the nearest to the cursor.
func (m *Model) selected() session.Session {
	if m.Session.Action() != nil {
		return m.Session
	}
	return m.Session.Select(m.Session.Nearest())
}

// moves returns a command that moves the selected action.
func moves(ms int) func(*Model, int) tea.Cmd {
	return func(m *Model, v int) tea.Cmd {
		next := m.selected().Move(time.Duration(sign(v)*ms) * time.Millisecond)
		if next.Script == m.Session.Script { // at the start already
			m.Session = next
			return nil
		}
		sel := m.selected()
		was := sel.Action().Label()
		cmd := m.edit(next)
		if is := m.Session.Action().Label(); is != was {
			m.Message = was + " now comes at another place, and is called " + is
		}
		return cmd
	}
}

// deleteAction deletes the selected action. Where none was selected it selects
// one first: nobody should lose what they did not see to be meant.
func (m *Model) deleteAction() tea.Cmd {
	if m.Session.Action() == nil {
		m.Session = m.selected()
		m.Message = "x again deletes " + m.Session.Action().Label()
		return m.Changed()
	}
	s := m.Session
	label := s.Action().Label()
	cmd := m.edit(s.Delete())
	m.Message = label + " is gone: z brings it back"
	return cmd
}

// selectNext selects the action after the selected one, or before it.
func (m *Model) selectNext(v int) tea.Cmd {
	n := m.Session.Selected + sign(v)
	switch last := len(m.Session.Script.Actions); {
	case m.Session.Selected == 0:
		n = m.Session.Nearest()
	case n < 1:
		n = last
	case n > last:
		n = 1
	}
	m.Session = m.Session.Select(n)
	return m.Changed()
}

// editValue asks what the selected action is to set.
func (m *Model) editValue() tea.Cmd {
	m.Session = m.selected()
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
		return m.edit(m.Session.Set(field, text)), nil
	}}, was)
	return nil
}

// pickMessage picks the next of the messages that carry the selected action in
// the lane in view, and after the last one none.
func (m *Model) pickMessage() tea.Cmd {
	m.Session = m.selected()
	s := &m.Session
	var legs []diagram.Leg
	for i := range m.lane().Messages {
		if msg := &m.lane().Messages[i]; slices.Contains(msg.Actions, s.Selected) && !slices.Contains(legs, msg.Leg()) {
			legs = append(legs, msg.Leg())
		}
	}
	if len(legs) == 0 {
		m.Message = fmt.Sprintf("%s sends nothing for %s: look in another lane (↑ ↓), or at another action (g)", m.lane().Name, s.Action().Label())
		return nil
	}
	at := slices.Index(legs, s.Picked) + 1
	s.Picked = diagram.Leg{}
	if at < len(legs) {
		s.Picked = legs[at]
	}
	return nil
}

// pickedText names the message that is picked, and says how long it takes.
func (m *Model) pickedText() string {
	leg := m.Session.Picked
	if leg.Action == 0 || leg.Action > len(m.Session.Script.Actions) {
		return ""
	}
	a := m.Session.Script.Action(leg.Action)
	way, pinned := "up", a.Up
	if leg.Leg == sim.Downlink {
		way, pinned = "back", a.Down
	}
	how := "drawn"
	if pinned != sim.Unpinned {
		how = "pinned"
	}
	if takes, ok := m.takes(leg); ok {
		return fmt.Sprintf("%s's way %s: %s ms, %s", a.Label(), way, race.MS(takes), how)
	}
	return fmt.Sprintf("%s's way %s", a.Label(), way)
}

// takes returns how long a message takes that is in the lane in view. What it
// waits at the server, or for those before it, is not its own.
func (m *Model) takes(leg diagram.Leg) (time.Duration, bool) {
	for i := range m.lane().Messages {
		if msg := &m.lane().Messages[i]; msg.Leg() == leg && !msg.Lost {
			a := m.Session.Script.Drawn(m.Session.Seed).Action(leg.Action)
			if leg.Leg == sim.Uplink {
				return a.Up, true
			}
			return a.Down, true
		}
	}
	return 0, false
}

// pinMessage makes the picked message 10 ms slower or faster.
func (m *Model) pinMessage(v int) tea.Cmd {
	takes, ok := m.takes(m.Session.Picked)
	if !ok {
		m.Message = "that message is not in this lane: m picks another"
		return nil
	}
	takes -= time.Duration(sign(v)*10) * time.Millisecond
	takes = min(max(takes, 0), sim.MaxLatency)
	cmd := m.edit(m.Session.Pin(m.Session.Picked, takes))
	m.Message = m.pickedText() + ", in every lane; odds draw it anew in every run"
	return cmd
}

func (m *Model) unpinMessage() tea.Cmd {
	return m.edit(m.Session.Pin(m.Session.Picked, sim.Unpinned))
}

func (m *Model) reseed(v int) tea.Cmd {
	next := m.Session.Reseed(2*(1-v) - 1)
	if next.Script == m.Session.Script && next.Seed == m.Session.Seed {
		m.Message = "this is the first seed"
		return nil
	}
	return m.edit(next)
}

// chooseNetwork offers the networks.
func (m *Model) chooseNetwork() tea.Cmd {
	l := &menu{title: "another network: latencies are drawn anew"}
	for _, p := range scenarios.Networks() {
		text := fmt.Sprintf("%-10s %s", p.Name, p.About)
		note := fmt.Sprintf("median %s, p99 %s", p.Network.Up.A, p.Network.Up.B)
		l.add(text, note, func(m *Model) tea.Cmd { return m.edit(m.Session.OnNetwork(p)) })
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
		return m.edit(s), nil
	}}, "")
	return nil
}

// undo takes the last edit back, or does it again.
func (m *Model) undo(v int) tea.Cmd {
	step, none := m.History.Undo, "nothing more to take back"
	if v == 1 {
		step, none = m.History.Redo, "nothing to do again"
	}
	s, ok := step(m.Session)
	if !ok {
		m.Message = none
		return nil
	}
	return m.show(s)
}

// letGo lets go of the message that is picked, else of the action that is
// selected.
func (m *Model) letGo() tea.Cmd {
	if m.Session.Picked.Action != 0 {
		m.Session.Picked = diagram.Leg{}
	} else {
		m.Session = m.Session.Select(0)
	}
	return m.Changed()
}

// view brings a lane into view.
func (m *Model) view(lane int) tea.Cmd {
	if lane >= len(m.Lanes) {
		m.Message = "there are " + itoa(len(m.Lanes)) + " lanes: L chooses more"
	}
	m.Session.Lane = min(max(lane, 0), len(m.Lanes)-1)
	return m.Changed()
}

func (m *Model) otherLane(v int) tea.Cmd { return m.view(m.Session.Lane + sign(v)) }

func (m *Model) otherField() tea.Cmd { return m.show(m.Session.NextField()) }

// lookAround puts another person in view, or another client's screen, and says
// what that means.
func (m *Model) lookAround(v int) tea.Cmd {
	s := m.Session.Person()
	if v > 0 {
		s = m.Session.Client()
	}
	cmd := m.show(s)
	if m.Message = "back on the first client, with the first person"; s.Where() != "" {
		m.Message = "in view: " + s.Where() + ". What you press now is pressed there"
	}
	return cmd
}
