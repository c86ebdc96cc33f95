package tui

import (
	"slices"
	"time"

	"photofinish/tui/desk"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/tui/race"
)

// focus is one lane large. One event is selected, and shown in five places: a
// bigger diagram, the log, what both sides hold, a sentence, and the line of
// the strategy's own code that brought it about.
type focus struct {
	lane *diagram.Lane // whose event is selected
	at   int           // its place in the trace; -1: nothing has happened yet
	now  time.Duration // the cursor when it was selected
	with string        // the lane that this one is compared with, by name; "": none
	turn int           // how often tab has turned to another panel

	compared comparison
	row      int // of the selected event, in the rows of the log
	code     map[string][]codeLine
	hit      focusHits
}

// openFocus shows the lane in view large.
func (m *Model) openFocus() tea.Cmd {
	m.Pause()
	m.place = onFocus
	m.focus.lane = nil
	return m.Changed()
}

func (m *Model) closeFocus() tea.Cmd {
	m.place = onLanes
	m.focus.with, m.focus.turn = "", 0
	return nil
}

// follow lets the focus show the event at the cursor. After an edit it stays
// with the event that it showed, and the cursor goes along: so one sees what a
// slower message or another seed makes of it.
func (f *focus) follow(m *Model) {
	l, was := m.Lane(), f.lane
	edited := was != nil && l != was && l.Name == was.Name && len(l.Script.Actions) == len(was.Script.Actions)
	switch {
	case l == was && f.at >= 0 && f.at < len(l.Events) && l.Events[f.at].At == m.Session.Now:
	case edited && m.Session.Now == f.now && !m.Clock.Playing && again(was, f.at, l) >= 0:
		f.at = again(was, f.at, l)
		m.Session.Now = l.Events[f.at].At
		m.End = race.EndOfAxis(max(m.Settled, m.Session.Now))
	default:
		f.at = l.After(m.Session.Now) - 1
	}
	if was != nil && l.Name != was.Name && f.with == l.Name {
		f.with = was.Name // they change places
	}
	f.lane, f.now = l, m.Session.Now
	f.read(m)
}

// again returns the place of an event in the lane that an edit has made of
// another one: the same of the same actions, and as many of them before it.
// It returns -1 if there is none.
func again(was *diagram.Lane, i int, is *diagram.Lane) int {
	if i < 0 || i >= len(was.Events) {
		return -1
	}
	e, n := &was.Events[i], 0
	for k := range i {
		if alike(&was.Events[k], e) {
			n++
		}
	}
	return slices.IndexFunc(is.Events, func(b sim.Event) bool {
		if !alike(&b, e) {
			return false
		}
		n--
		return n < 0
	})
}

// read works out anew what is compared, if a lane has changed, and where the
// selected event stands in the log.
func (f *focus) read(m *Model) {
	switch i := f.other(m); {
	case i < 0:
		f.compared = comparison{}
	case f.compared.here != f.lane || f.compared.there != m.Lanes[i]:
		f.compared = compareLanes(f.lane, m.Lanes[i])
	}
	f.row = f.at
	if f.compared.rows != nil {
		f.row = slices.IndexFunc(f.compared.rows, func(p pair) bool { return p.here == f.at })
	}
}

// rows returns how many rows the log has, and pair what stands in one.
func (f *focus) rows() int {
	if f.compared.rows != nil {
		return len(f.compared.rows)
	}
	return len(f.lane.Events)
}

func (f *focus) pair(row int) pair {
	if f.compared.rows != nil {
		return f.compared.rows[row]
	}
	return pair{row, -1}
}

// selectEvent selects an event of the lane in view; the cursor goes there.
func (m *Model) selectEvent(i int) tea.Cmd {
	n := len(m.focus.lane.Events)
	if n == 0 {
		return nil
	}
	m.focus.at = min(max(i, 0), n-1)
	m.Session.Picked = diagram.Leg{}
	return m.MoveTo(m.focus.lane.Events[m.focus.at].At)
}

// steps returns a command that goes along the log.
func (m *Model) steps(by int) func(int) tea.Cmd {
	return func(v int) tea.Cmd {
		f, to := &m.focus, m.focus.at+desk.Sign(v)*by
		if between := f.at >= 0 && f.at < len(f.lane.Events) && m.Session.Now > f.lane.Events[f.at].At; between && v == 0 {
			to++ // the one before the cursor is the selected one
		}
		return m.selectEvent(to)
	}
}

func (m *Model) toEndOfLog(v int) tea.Cmd { return m.selectEvent(v * (len(m.focus.lane.Events) - 1)) }

func (m *Model) otherPanel(v int) tea.Cmd {
	m.focus.turn += desk.Sign(1 - v)
	return nil
}

// leg names the message that the selected event sends or ends, no message if
// it does neither.
func (f *focus) leg() diagram.Leg {
	if f.lane == nil || f.at < 0 || f.at >= len(f.lane.Events) {
		return diagram.Leg{}
	}
	e := &f.lane.Events[f.at]
	for i := range f.lane.Messages {
		m := &f.lane.Messages[i]
		if m.Lost {
			continue
		}
		if m.Event == f.at || e.Kind == sim.EventSend && m.Up && m.Request == e.Request.Number {
			return m.Leg()
		}
	}
	return diagram.Leg{}
}

// pinSelected makes the message of the selected event slower or faster, unless
// another one has been picked.
func (m *Model) pinSelected(v int) tea.Cmd {
	if m.Session.Picked.Action == 0 {
		m.Session.Picked = m.focus.leg()
	}
	return m.PinMessage(v)
}

// focusCommands are the keys of the focus.
func (m *Model) focusCommands() []command {
	hidden := func() bool { return len(m.focus.panels(m.w)) < len(m.focus.all()) }
	message := func() bool { return m.Session.Picked.Action != 0 || m.focus.leg().Action != 0 }
	return []command{
		{keys: one("esc", "backspace"), does: "back to all lanes", short: "all lanes", group: ofFocus, in: onFocus, do: once(m.closeFocus),
			names: []string{"back to all lanes"}},
		{keys: two(",", "."), does: "previous, next event", short: "event", group: ofFocus, in: onFocus, do: m.steps(1),
			names: []string{"go to the previous event", "go to the next event"}},
		{keys: [][]string{{"up", "k"}, {"down", "j"}}, show: "↑ ↓", does: "along the log", short: "log", group: ofFocus, in: onFocus, do: m.steps(1)},
		{keys: two("pgup", "pgdown"), does: "… ten events", group: ofFocus, in: onFocus, do: m.steps(10)},
		{keys: two("home", "end"), does: "first, last event", group: ofFocus, in: onFocus, do: m.toEndOfLog,
			names: []string{"go to the first event", "go to the last event"}},
		{keys: [][]string{{"+"}, {"-"}}, does: "its message slower, faster", short: "slower, faster", group: ofFocus, in: onFocus, when: message, do: m.pinSelected,
			names: []string{"message of the event: 10 ms slower", "message of the event: 10 ms faster"}},
		{keys: [][]string{{"tab"}, {"shift+tab"}}, show: "tab", does: "another panel", short: "panel", group: ofFocus, in: onFocus, when: hidden, do: m.otherPanel},
		{keys: one("F"), does: "another field", short: "field", group: ofFocus, in: onFocus, do: once(m.OtherField), when: m.SeveralFields,
			names: []string{"show another field"}},
	}
}
