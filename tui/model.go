package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/clock"
	"photofinish/tui/ink"
	"photofinish/tui/race"
	"photofinish/tui/session"
)

// desk is the state in use: the session, what its lanes came to, what is known
// of them beyond that, and the clock. It knows no page and no canvas.
type desk struct {
	Session session.Session
	History session.History
	Store   *session.Store // nil: nothing is kept
	told    bool           // that nothing can be kept
	Guest   func(func())   // nil: the machine is the user's own

	Entries []strategies.Entry
	Lanes   []*diagram.Lane
	End     time.Duration // the end of the axis
	Settled time.Duration // of the last lane
	Held    bool          // an action is being dragged: the axis must not move under the hand
	Results results

	Clock    playback
	Future   bool // shown while paused
	FirstRun bool // nobody has touched a key yet
	Message  string

	World sim.World
	Judge judge.Judge

	Changed func() tea.Cmd // lets who shows the session follow it
}

// Model is the playground. It routes keys, mouse and clock to the desk and to
// the page that is open.
type Model struct {
	desk

	place    place
	focus    focus
	network  network
	chart    chart
	over     overlay // what lies over the screen; nil: nothing
	commands []command
	hit      hitMap
	drag     drag

	w, h   int
	choice choice
	light  bool
	depth  ink.Depth
	theme  *ink.Theme
	canvas ink.Canvas
}

// newModel returns a playground on a session.
func newModel(s session.Session, firstRun bool) (*Model, error) {
	m := &Model{place: onLanes, commands: commands(), depth: ink.TrueColour, w: 80, h: 24}
	m.desk = desk{Session: s, Future: true, FirstRun: firstRun, Clock: playback{speed: slowMotion, playing: true}}
	m.Changed = m.follow
	m.theme = ink.NewTheme(m.depth, m.light)
	if err := m.findEntries(); err != nil {
		return nil, err
	}
	m.runLanes()
	m.telling()
	return m, nil
}

// findEntries looks up the strategies of the lanes.
func (m *Model) findEntries() error {
	m.Entries = m.Entries[:0]
	for _, name := range m.Session.Strategies {
		e, err := strategies.Find(name)
		if err != nil {
			return err
		}
		m.Entries = append(m.Entries, e)
	}
	return nil
}

// telling brings the field into view in which the most lanes end with screen
// and server apart; where the busiest one is among them, that stays.
func (m *Model) telling() {
	var apart [sim.NumFields]int
	for _, l := range m.Lanes {
		for f := range l.Differ(diagram.At(l.Screen(), diagram.Forever), diagram.At(l.Server(), diagram.Forever)).All {
			apart[f]++
		}
	}
	best := m.Session.Field
	for f, n := range apart {
		if n > apart[best] {
			best = f
		}
	}
	if best != m.Session.Field {
		m.Session.Field = best
		m.runLanes()
	}
}

// Init asks for the terminal's background and lets time begin.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.Clock.Next(), m.estimate())
}

// runLanes runs every lane's trial anew.
func (m *Model) runLanes() {
	s := &m.Session
	m.Lanes = m.Lanes[:0]
	m.Settled = 0
	for _, e := range m.Entries {
		l := diagram.Run(&m.World, &m.Judge, e, s.Script, s.Seed, s.Field)
		l.LookAt(s.View)
		m.Lanes = append(m.Lanes, l)
		m.Settled = max(m.Settled, l.Settled)
	}
	s.Lane = min(max(s.Lane, 0), len(m.Lanes)-1)
	end := race.EndOfAxis(max(m.Settled, s.Now))
	switch {
	case m.Held:
	case !m.Clock.playing || end > m.End:
		m.End = end
	}
}

// lane returns the lane in view.
func (m *Model) lane() *diagram.Lane { return m.Lanes[m.Session.Lane] }

// edit makes a new session the current one; undo brings the old one back.
func (m *Model) edit(s session.Session) tea.Cmd {
	m.History.Did(m.Session)
	return m.show(s)
}

// show makes s the session on the screen, and works out what has changed.
func (m *Model) show(s session.Session) tea.Cmd {
	was := m.Session
	m.Session = s
	lanes := len(was.Strategies) != len(s.Strategies)
	for i := range s.Strategies {
		lanes = lanes || was.Strategies[i] != s.Strategies[i]
	}
	if lanes {
		if err := m.findEntries(); err != nil {
			m.Session, m.Message = was, err.Error()
			return nil
		}
	}
	m.runLanes()
	var cmds []tea.Cmd
	if lanes || s.Script != was.Script || s.Seed != was.Seed {
		cmds = append(cmds, m.estimate(), m.keep())
	}
	cmds = append(cmds, m.Changed())
	return tea.Batch(cmds...)
}

// follow lets the view that is open follow the session.
func (m *Model) follow() tea.Cmd {
	switch m.place {
	case onFocus:
		m.focus.follow(m)
	case onChart:
		return m.chart.follow(m)
	}
	return nil
}

// futureShown reports whether what has not happened yet is drawn: while
// paused, not while playing.
func (m *Model) futureShown() bool { return m.Future && !m.Clock.playing }

// Update routes a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	return m, m.route(msg)
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		return m.Changed()
	case tea.BackgroundColorMsg:
		m.light = !msg.IsDark()
		m.theme = ink.NewTheme(m.depth, m.light)
	case tea.ColorProfileMsg:
		m.depth = ink.DepthOf(msg.Profile)
		m.theme = ink.NewTheme(m.depth, m.light)
	case clock.Tick:
		return m.advance(msg)
	case resultMsg:
		return m.take(msg)
	case lateMsg:
		return m.Results.wait(msg)
	case chartMsg:
		return m.chart.take(m, msg)
	case keptMsg:
		return m.notKept(msg)
	case networkMsg:
		return m.network.take(m, msg)
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.PasteMsg:
		if m.over != nil {
			return m.over.paste(m, msg)
		}
	case tea.MouseMsg:
		return m.mouse(msg)
	}
	return nil
}

// key does what a key says.
func (m *Model) key(k tea.KeyPressMsg) tea.Cmd {
	m.Message = ""
	if m.over != nil {
		return m.over.key(m, k)
	}
	m.FirstRun = false
	cmd, _ := m.run(m.turn(k))
	return cmd
}

// View returns the screen.
func (m *Model) View() tea.View {
	m.draw()
	v := tea.NewView(m.canvas.Render(m.theme))
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = "photofinish"
	return v
}
