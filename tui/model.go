package tui

import (
	"fmt"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/list"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"photofinish/report"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// mode is what lies over the lanes.
type mode uint8

const (
	racing mode = iota
	helping
	picking
)

// speeds are how fast time can play.
var speeds = []float64{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2}

const slowMotion = 3 // the default: 0.1×

// frame is how often the screen is drawn while time plays.
const frame = time.Second / 30

// Model is the playground. It routes keys, mouse and clock to the session;
// everything else here can be worked out anew from that.
type Model struct {
	session Session
	past    []Session // for undo
	undone  []Session // for redo

	entries []strategies.Entry
	lanes   []*lane
	end     time.Duration // the end of the axis
	settled time.Duration // of the last lane
	odds    odds

	playing  bool
	speed    int
	tick     int // the number of the tick that is awaited: older ones are ignored
	last     time.Time
	future   bool // shown while paused
	firstRun bool // nobody has touched a key yet
	message  string

	mode   mode
	list   list.Model
	choice choice
	keys   keyMap
	hit    hitMap

	w, h   int
	light  bool
	depth  depth
	theme  *theme
	canvas canvas
	world  sim.World
	judge  judge.Judge
}

// hitMap is where lanes were drawn, for the mouse.
type hitMap struct {
	ax           axis
	down         bool // time goes down
	top, rows    int
	left, cols   int
	first, shown int
}

// tickMsg moves time on while it plays.
type tickMsg struct {
	n  int
	at time.Time
}

// newModel returns a playground on a session.
func newModel(s Session, firstRun bool) (*Model, error) {
	m := &Model{session: s, speed: slowMotion, future: true, firstRun: firstRun, keys: newKeyMap(), depth: trueColour, w: 80, h: 24}
	for _, name := range s.Strategies {
		e, err := strategies.Find(name)
		if err != nil {
			return nil, err
		}
		m.entries = append(m.entries, e)
	}
	m.theme = newTheme(m.depth, m.light)
	m.playing = true
	m.run()
	m.telling()
	return m, nil
}

// telling brings the field into view in which the most lanes end with screen
// and server apart; where the busiest one is among them, that stays.
func (m *Model) telling() {
	var apart [sim.NumFields]int
	for _, l := range m.lanes {
		for f := range l.differ(held(l.screen, forever), held(l.server, forever)).All {
			apart[f]++
		}
	}
	best := m.session.Field
	for f, n := range apart {
		if n > apart[best] {
			best = f
		}
	}
	if best != m.session.Field {
		m.session.Field = best
		m.run()
	}
}

// Init asks for the terminal's background and lets time begin.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.nextTick(), m.estimate())
}

// run runs every lane's trial anew.
func (m *Model) run() {
	s := &m.session
	script := s.script()
	m.lanes = m.lanes[:0]
	m.settled = 0
	for _, e := range m.entries {
		l := newLane(&m.world, &m.judge, e, script, s.Seed, s.Field)
		m.lanes = append(m.lanes, l)
		m.settled = max(m.settled, l.settled)
	}
	s.Lane = min(max(s.Lane, 0), max(len(m.lanes)-1, 0))
	end := endOfAxis(max(m.settled, s.Now))
	if !m.playing || end > m.end {
		m.end = end
	}
}

// estimate begins to work out the odds.
func (m *Model) estimate() tea.Cmd {
	return m.odds.begin(m.session.Script, m.session.Strategies)
}

// edit makes a new session the current one; undo brings the old one back.
func (m *Model) edit(s Session) tea.Cmd {
	m.past = append(m.past, m.session)
	if len(m.past) > 1000 {
		m.past = slices.Delete(m.past, 0, 1)
	}
	m.undone = nil
	return m.show(s)
}

// show makes s the session on the screen.
func (m *Model) show(s Session) tea.Cmd {
	same := s.Script == m.session.Script
	m.session = s
	m.run()
	if same {
		return nil
	}
	return m.estimate()
}

// futureShown reports whether what has not happened yet is drawn: while
// paused, not while playing.
func (m *Model) futureShown() bool { return m.future && !m.playing }

// over reports whether every lane has come to rest.
func (m *Model) over() bool { return m.session.Now >= m.settled }

// state returns what time does, in a word.
func (m *Model) state() (string, colour) {
	switch {
	case m.playing:
		return "▶ " + fmt.Sprint(speeds[m.speed]) + "×", good
	case m.over():
		return "settled", dim
	}
	return "paused", dim
}

// Update routes a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		if m.mode == picking {
			m.list.SetSize(listSize(m.w, m.h))
		}
	case tea.BackgroundColorMsg:
		m.light = !msg.IsDark()
		m.theme = newTheme(m.depth, m.light)
	case tea.ColorProfileMsg:
		m.depth = depthOf(msg.Profile)
		m.theme = newTheme(m.depth, m.light)
	case tickMsg:
		return m, m.advance(msg)
	case oddsMsg:
		if m.odds.take(msg) {
			return m, m.estimateFrom(msg.task + 1)
		}
	case tea.KeyPressMsg:
		return m, m.key(msg)
	case tea.MouseMsg:
		return m, m.mouse(msg)
	default:
		if m.mode == picking {
			return m, m.updateList(msg)
		}
	}
	return m, nil
}

// estimateFrom goes on with the next lane.
func (m *Model) estimateFrom(task int) tea.Cmd {
	return estimate(m.odds.ctx, m.odds.job, task, m.session.Script, m.session.Strategies)
}

// nextTick waits for the next frame.
func (m *Model) nextTick() tea.Cmd {
	m.tick++
	n := m.tick
	return tea.Tick(frame, func(t time.Time) tea.Msg { return tickMsg{n, t} })
}

// advance moves time on by what has passed since the last tick.
func (m *Model) advance(t tickMsg) tea.Cmd {
	if !m.playing || t.n != m.tick {
		return nil
	}
	passed := frame
	if !m.last.IsZero() {
		passed = min(max(t.at.Sub(m.last), 0), 4*frame)
	}
	m.last = t.at
	m.session.Now += time.Duration(float64(passed) * speeds[m.speed])
	if m.session.Now >= m.settled {
		m.session.Now = m.settled
		m.pause()
		m.firstRun = false // the story is told: now the odds
		return nil
	}
	return m.nextTick()
}

func (m *Model) pause() {
	m.playing, m.last = false, time.Time{}
	m.tick++
	m.end = endOfAxis(max(m.settled, m.session.Now))
}

func (m *Model) play() tea.Cmd {
	if m.over() {
		m.session.Now = 0
	}
	m.playing, m.last = true, time.Time{}
	return m.nextTick()
}

// moveTo moves the cursor, and stops time there.
func (m *Model) moveTo(t time.Duration) {
	m.pause()
	m.session.Now = min(max(t, 0), m.end)
	m.end = endOfAxis(max(m.settled, m.session.Now))
}

// key does what a key says.
func (m *Model) key(k tea.KeyPressMsg) tea.Cmd {
	if m.mode == picking {
		return m.pickKey(k)
	}
	if key.Matches(k, m.keys.Quit) {
		return tea.Quit
	}
	if m.mode == helping {
		m.mode = racing
		return nil
	}
	m.message = ""
	m.firstRun = false
	if do, ok := m.action(k); ok {
		s, err := m.session.act(do)
		if err != nil {
			m.message = err.Error()
			return nil
		}
		return m.edit(s)
	}
	if cmd, ok := m.timeKey(k); ok {
		return cmd
	}
	return m.otherKey(k)
}

// action returns what an action's key asks for.
func (m *Model) action(k tea.KeyPressMsg) (sim.Do, bool) {
	for do, b := range []key.Binding{m.keys.Create, m.keys.Update, m.keys.Delete, m.keys.Permissions, m.keys.Fetch} {
		if key.Matches(k, b) {
			return sim.Do(do), true
		}
	}
	return 0, false
}

// timeKey plays, pauses and moves the cursor. Arrows follow the picture:
// along the axis is time, across it are lanes.
func (m *Model) timeKey(k tea.KeyPressMsg) (tea.Cmd, bool) {
	keys, now := &m.keys, m.session.Now
	back, on := keys.Back, keys.On
	if m.isDown() {
		back, on = keys.Up, keys.Down
	}
	switch {
	case key.Matches(k, keys.Play):
		if m.playing {
			m.pause()
			return nil, true
		}
		return m.play(), true
	case key.Matches(k, keys.BackFar):
		m.moveTo(now - 100*time.Millisecond)
	case key.Matches(k, keys.OnFar):
		m.moveTo(now + 100*time.Millisecond)
	case key.Matches(k, back):
		m.moveTo(now - 10*time.Millisecond)
	case key.Matches(k, on):
		m.moveTo(now + 10*time.Millisecond)
	case key.Matches(k, keys.Event):
		m.moveTo(m.eventAfter(now))
	case key.Matches(k, keys.EventBack):
		m.moveTo(m.eventBefore(now))
	case key.Matches(k, keys.First):
		m.moveTo(0)
	case key.Matches(k, keys.Last):
		m.moveTo(m.settled)
	case key.Matches(k, keys.Restart):
		m.session.Now = 0
		return m.play(), true
	case key.Matches(k, keys.Slower):
		m.speed = max(m.speed-1, 0)
	case key.Matches(k, keys.Faster):
		m.speed = min(m.speed+1, len(speeds)-1)
	default:
		return nil, false
	}
	return nil, true
}

// isDown reports whether time goes down on the screen.
func (m *Model) isDown() bool { return layoutFor(m.w, m.h, m.choice) == columnsLayout }

func (m *Model) otherKey(k tea.KeyPressMsg) tea.Cmd {
	keys := &m.keys
	above, below := keys.Up, keys.Down
	if m.isDown() {
		above, below = keys.Back, keys.On
	}
	switch {
	case key.Matches(k, above):
		m.view(m.session.Lane - 1)
	case key.Matches(k, below):
		m.view(m.session.Lane + 1)
	case key.Matches(k, keys.Lane):
		m.view(int(k.Code - '1'))
	case key.Matches(k, keys.Layout):
		m.otherLayout()
	case key.Matches(k, keys.Field):
		return m.show(m.session.nextField())
	case key.Matches(k, keys.Future):
		m.future = !m.future
	case key.Matches(k, keys.Seed):
		return m.edit(m.session.reseed(1))
	case key.Matches(k, keys.SeedBack):
		return m.edit(m.session.reseed(-1))
	case key.Matches(k, keys.Undo):
		return m.undo(&m.past, &m.undone)
	case key.Matches(k, keys.Redo):
		return m.undo(&m.undone, &m.past)
	case key.Matches(k, keys.Open):
		m.pick()
	case key.Matches(k, keys.Copy):
		return m.copy()
	case key.Matches(k, keys.Help):
		m.pause()
		m.mode = helping
	}
	return nil
}

func (m *Model) view(lane int) {
	m.session.Lane = min(max(lane, 0), max(len(m.lanes)-1, 0))
}

// otherLayout goes from strips to columns and back, where both fit.
func (m *Model) otherLayout() {
	was, choice := layoutFor(m.w, m.h, m.choice), m.choice
	m.choice = wantColumns
	if was == columnsLayout {
		m.choice = wantStrips
	}
	if layoutFor(m.w, m.h, m.choice) == was {
		m.choice = choice
		m.message = "columns need a window of " + itoa(columnsWidth) + "×" + itoa(columnsHeight)
	}
}

// undo brings back the last of from, and puts what was there on to.
func (m *Model) undo(from, to *[]Session) tea.Cmd {
	n := len(*from)
	if n == 0 {
		m.message = "nothing more to take back"
		if from == &m.undone {
			m.message = "nothing to do again"
		}
		return nil
	}
	s := (*from)[n-1]
	*from = (*from)[:n-1]
	*to = append(*to, m.session)
	s.Now, s.Lane = m.session.Now, m.session.Lane
	return m.show(s)
}

// copy puts the command that replays this onto the clipboard.
func (m *Model) copy() tea.Cmd {
	if m.edited() {
		m.message = "you have acted: what is on the screen is no scenario file yet"
		return nil
	}
	command := "photofinish replay " + report.Quote(m.session.Name)
	if !m.session.Pinned {
		command += " --seed " + itoa(int(m.session.Seed))
		if report.Pinned(m.session.Script) {
			command += " --unpinned"
		}
	}
	m.message = "copied: " + command
	return tea.SetClipboard(command)
}

// edited reports whether the user has added actions to the scenario.
func (m *Model) edited() bool {
	return len(m.past) > 0 && slices.ContainsFunc(m.past, func(s Session) bool { return s.Script != m.session.Script && s.Name == m.session.Name })
}

// eventAfter returns the time of the next event of the lane in view.
func (m *Model) eventAfter(t time.Duration) time.Duration {
	next := m.settled
	if len(m.lanes) > 0 {
		for _, e := range m.lanes[m.session.Lane].events {
			if e.At > t {
				return min(e.At, next)
			}
		}
	}
	return max(next, t)
}

// eventBefore returns the time of the event before t.
func (m *Model) eventBefore(t time.Duration) time.Duration {
	var was time.Duration
	if len(m.lanes) > 0 {
		for _, e := range m.lanes[m.session.Lane].events {
			if e.At < t {
				was = e.At
			}
		}
	}
	return was
}

// mouse does what a person would try: a click chooses lane and time, the
// wheel scrubs.
func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	if m.mode != racing {
		return nil
	}
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		by := 10 * time.Millisecond
		if at.Button == tea.MouseWheelUp || at.Button == tea.MouseWheelLeft {
			by = -by
		}
		m.moveTo(m.session.Now + by)
	case tea.MouseClickMsg, tea.MouseMotionMsg:
		if at.Button == tea.MouseLeft {
			m.click(at.X, at.Y)
		}
	}
	m.firstRun = false
	return nil
}

func (m *Model) click(x, y int) {
	h := m.hit
	along, across, first, size := x, y, h.top, h.rows
	if h.down {
		along, across, first, size = y, x, h.left, h.cols
	}
	if n := across - first; size > 0 && n >= 0 && n/size < h.shown {
		m.view(h.first + n/size)
	}
	if along >= h.ax.origin && along < h.ax.last() {
		m.moveTo(h.ax.time(along).Round(time.Millisecond))
	}
}

// View returns the screen.
func (m *Model) View() tea.View {
	m.draw()
	v := tea.NewView(m.canvas.render(m.theme))
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = "photofinish"
	return v
}

func depthOf(p colorprofile.Profile) depth {
	switch {
	case p >= colorprofile.ANSI256:
		return trueColour
	case p == colorprofile.ANSI:
		return colours16
	}
	return noColour
}
