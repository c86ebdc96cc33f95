package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// speeds are how fast time can play.
var speeds = []float64{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2}

const slowMotion = 3 // the default: 0.1×

// frame is how often the screen is drawn while time plays.
const frame = time.Second / 30

// clock lets time play.
type clock struct {
	playing bool
	speed   int
	tick    int // the number of the tick that is awaited: older ones are ignored
	last    time.Time
}

// tickMsg moves time on while it plays.
type tickMsg struct {
	n  int
	at time.Time
}

// next waits for the next frame.
func (c *clock) next() tea.Cmd {
	c.tick++
	n := c.tick
	return tea.Tick(frame, func(t time.Time) tea.Msg { return tickMsg{n, t} })
}

// stop stops it; the tick on its way will be ignored.
func (c *clock) stop() {
	c.playing, c.last = false, time.Time{}
	c.tick++
}

// passed returns how much of the simulated time has passed at a tick.
func (c *clock) passed(at time.Time) time.Duration {
	real := frame
	if !c.last.IsZero() {
		real = min(max(at.Sub(c.last), 0), 4*frame)
	}
	c.last = at
	return time.Duration(float64(real) * speeds[c.speed])
}

// advance moves time on by what has passed since the last tick.
func (m *Model) advance(t tickMsg) tea.Cmd {
	if !m.clock.playing || t.n != m.clock.tick {
		return nil
	}
	m.session.Now += m.clock.passed(t.at)
	if m.session.Now >= m.settled {
		m.session.Now = m.settled
		m.pause()
		if m.firstRun { // the story is told: now the odds
			m.firstRun, m.message = false, m.answer()
		}
		return m.follow()
	}
	return tea.Batch(m.clock.next(), m.follow())
}

func (m *Model) pause() {
	m.clock.stop()
	m.end = race.EndOfAxis(max(m.settled, m.session.Now))
}

func (m *Model) play() tea.Cmd {
	if m.settledNow() {
		m.session.Now = 0
	}
	m.clock.playing, m.clock.last = true, time.Time{}
	return m.clock.next()
}

// settledNow reports whether every lane has come to rest.
func (m *Model) settledNow() bool { return m.session.Now >= m.settled }

// answer answers the question of a first run.
func (m *Model) answer() string {
	bad := 0
	for _, l := range m.lanes {
		if l.Verdict.Bad() {
			bad++
		}
	}
	return itoa(bad) + " of " + itoa(len(m.lanes)) + " lost a save. ↑ ↓ and enter: how. r: other latencies. g ]: move a click."
}

// moveTo moves the cursor, and stops time there.
func (m *Model) moveTo(t time.Duration) tea.Cmd {
	m.pause()
	m.session.Now = min(max(t, 0), m.end)
	m.end = race.EndOfAxis(max(m.settled, m.session.Now))
	return m.follow()
}

// state returns what time does, in a word.
func (m *Model) state() (string, ink.Colour) {
	switch {
	case m.clock.playing:
		return "▶ " + fmt.Sprint(speeds[m.clock.speed]) + "×", ink.Good
	case m.settledNow():
		return "settled", ink.Dim
	}
	return "paused", ink.Dim
}

func (m *Model) playOrPause() tea.Cmd {
	if m.clock.playing {
		m.pause()
		return nil
	}
	return m.play()
}

// scrubs returns a command that moves the cursor.
func scrubs(ms int) func(*Model, int) tea.Cmd {
	return func(m *Model, v int) tea.Cmd {
		return m.moveTo(m.session.Now + time.Duration(sign(v)*ms)*time.Millisecond)
	}
}

// toEvent goes to the next or the previous event of the lane in view.
func (m *Model) toEvent(v int) tea.Cmd {
	t, to := m.session.Now, m.settled
	if v == 0 {
		to = 0
	}
	for _, e := range m.lane().Events {
		if v == 0 && e.At < t {
			to = e.At
		} else if v == 1 && e.At > t {
			to = min(e.At, to)
			break
		}
	}
	if v == 1 {
		to = max(to, t)
	}
	return m.moveTo(to)
}

func (m *Model) toEnd(v int) tea.Cmd {
	if v == 0 {
		return m.moveTo(0)
	}
	return m.moveTo(m.settled)
}

func (m *Model) setSpeed(v int) tea.Cmd {
	m.clock.speed = min(max(m.clock.speed+sign(v), 0), len(speeds)-1)
	return nil
}

func (m *Model) toggleFuture() tea.Cmd {
	m.future = !m.future
	return nil
}
