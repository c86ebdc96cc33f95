package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/clock"
	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// speeds are how fast time can play.
var speeds = []float64{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2}

const slowMotion = 3 // the default: 0.1×

// playback lets time play.
type playback struct {
	clock.Clock
	playing bool
	speed   int
}

// advance moves time on by what has passed since the last tick.
func (m *Model) advance(t clock.Tick) tea.Cmd {
	passed, awaited := m.clock.Passed(t)
	if !awaited || !m.clock.playing {
		return nil
	}
	m.session.Now += time.Duration(float64(passed) * speeds[m.clock.speed])
	if m.session.Now >= m.settled {
		m.session.Now = m.settled
		m.pause()
		if m.firstRun { // the story is told: now the odds
			m.firstRun, m.message = false, m.answer()
		}
		return m.follow()
	}
	return tea.Batch(m.clock.Next(), m.follow())
}

func (m *Model) pause() {
	m.clock.playing = false
	m.clock.Stop()
	m.end = race.EndOfAxis(max(m.settled, m.session.Now))
}

func (m *Model) play() tea.Cmd {
	if m.settledNow() {
		m.session.Now = 0
	}
	m.clock.playing = true
	return m.clock.Next()
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
