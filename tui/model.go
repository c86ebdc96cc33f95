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
	m := &Model{place: onLanes, depth: ink.TrueColour, w: 80, h: 24}
	m.desk = desk{Session: s, Future: true, FirstRun: firstRun, Clock: playback{speed: slowMotion, playing: true}}
	m.commands, m.Changed = m.commandTable(), m.follow
	m.theme = ink.NewTheme(m.depth, m.light)
	if err := m.findEntries(); err != nil {
		return nil, err
	}
	m.RunLanes()
	m.telling()
	return m, nil
}

// findEntries looks up the strategies of the lanes.
func (d *desk) findEntries() error {
	d.Entries = d.Entries[:0]
	for _, name := range d.Session.Strategies {
		e, err := strategies.Find(name)
		if err != nil {
			return err
		}
		d.Entries = append(d.Entries, e)
	}
	return nil
}

// telling brings the field into view in which the most lanes end with screen
// and server apart; where the busiest one is among them, that stays.
func (d *desk) telling() {
	var apart [sim.NumFields]int
	for _, l := range d.Lanes {
		for f := range l.Differ(diagram.At(l.Screen(), diagram.Forever), diagram.At(l.Server(), diagram.Forever)).All {
			apart[f]++
		}
	}
	best := d.Session.Field
	for f, n := range apart {
		if n > apart[best] {
			best = f
		}
	}
	if best != d.Session.Field {
		d.Session.Field = best
		d.RunLanes()
	}
}

// Init asks for the terminal's background and lets time begin.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.Clock.Next(), m.Estimate())
}

// RunLanes runs every lane's trial anew.
func (d *desk) RunLanes() {
	s := &d.Session
	d.Lanes = d.Lanes[:0]
	d.Settled = 0
	for _, e := range d.Entries {
		l := diagram.Run(&d.World, &d.Judge, e, s.Script, s.Seed, s.Field)
		l.LookAt(s.View)
		d.Lanes = append(d.Lanes, l)
		d.Settled = max(d.Settled, l.Settled)
	}
	s.Lane = min(max(s.Lane, 0), len(d.Lanes)-1)
	end := race.EndOfAxis(max(d.Settled, s.Now))
	switch {
	case d.Held:
	case !d.Clock.playing || end > d.End:
		d.End = end
	}
}

// Lane returns the lane in view.
func (d *desk) Lane() *diagram.Lane { return d.Lanes[d.Session.Lane] }

// Edit makes a new session the current one; undo brings the old one back.
func (d *desk) Edit(s session.Session) tea.Cmd {
	d.History.Did(d.Session)
	return d.Show(s)
}

// Show makes s the session on the screen, and works out what has changed.
func (d *desk) Show(s session.Session) tea.Cmd {
	was := d.Session
	d.Session = s
	lanes := len(was.Strategies) != len(s.Strategies)
	for i := range s.Strategies {
		lanes = lanes || was.Strategies[i] != s.Strategies[i]
	}
	if lanes {
		if err := d.findEntries(); err != nil {
			d.Session, d.Message = was, err.Error()
			return nil
		}
	}
	d.RunLanes()
	var cmds []tea.Cmd
	if lanes || s.Script != was.Script || s.Seed != was.Seed {
		cmds = append(cmds, d.Estimate(), d.Keep())
	}
	cmds = append(cmds, d.Changed())
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

// FutureShown reports whether what has not happened yet is drawn: while
// paused, not while playing.
func (d *desk) FutureShown() bool { return d.Future && !d.Clock.playing }

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
		return m.Advance(msg)
	case resultMsg:
		return m.Take(msg)
	case lateMsg:
		return m.Results.wait(msg)
	case chartMsg:
		return m.chart.take(m, msg)
	case keptMsg:
		return m.NotKept(msg)
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
