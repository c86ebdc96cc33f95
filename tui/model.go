package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/desk"

	"photofinish/tui/ink"
	"photofinish/tui/session"
)

// Model is the playground. It routes keys, mouse and clock to the desk and to
// the page that is open.
type Model struct {
	*desk.Desk

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
	d, err := desk.New(s, firstRun)
	if err != nil {
		return nil, err
	}
	m := &Model{Desk: d, place: onLanes, depth: ink.TrueColour, w: 80, h: 24}
	m.commands, m.Changed = m.commandTable(), m.follow
	m.theme = ink.NewTheme(m.depth, m.light)
	return m, nil
}

// Init asks for the terminal's background and lets time begin.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.Clock.Next(), m.Estimate())
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
	case chartMsg:
		return m.chart.take(m, msg)
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
	cmd, _ := m.Take(msg)
	return cmd
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

// Leave ends what is worked out in the background.
func (m *Model) Leave() {
	m.Desk.Leave()
	for _, cancel := range []func(){m.network.cancel, m.chart.cancel} {
		if cancel != nil {
			cancel()
		}
	}
}
