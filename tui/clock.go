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
	passed, awaited := m.Clock.Passed(t)
	if !awaited || !m.Clock.playing {
		return nil
	}
	m.Session.Now += time.Duration(float64(passed) * speeds[m.Clock.speed])
	if m.Session.Now >= m.Settled {
		m.Session.Now = m.Settled
		m.pause()
		if m.FirstRun { // the story is told: now the odds
			m.FirstRun, m.Message = false, m.answer()
		}
		return m.Changed()
	}
	return tea.Batch(m.Clock.Next(), m.Changed())
}

func (m *Model) pause() {
	m.Clock.playing = false
	m.Clock.Stop()
	m.End = race.EndOfAxis(max(m.Settled, m.Session.Now))
}

func (m *Model) play() tea.Cmd {
	if m.settledNow() {
		m.Session.Now = 0
	}
	m.Clock.playing = true
	return m.Clock.Next()
}

// settledNow reports whether every lane has come to rest.
func (m *Model) settledNow() bool { return m.Session.Now >= m.Settled }

// answer answers the question of a first run.
func (m *Model) answer() string {
	bad := 0
	for _, l := range m.Lanes {
		if l.Verdict.Bad() {
			bad++
		}
	}
	return itoa(bad) + " of " + itoa(len(m.Lanes)) + " lost a save. ↑ ↓ and enter: how. r: other latencies. g ]: move a click."
}

// moveTo moves the cursor, and stops time there.
func (m *Model) moveTo(t time.Duration) tea.Cmd {
	m.pause()
	m.Session.Now = min(max(t, 0), m.End)
	m.End = race.EndOfAxis(max(m.Settled, m.Session.Now))
	return m.Changed()
}

// state returns what time does, in a word.
func (m *Model) state() (string, ink.Colour) {
	switch {
	case m.Clock.playing:
		return "▶ " + fmt.Sprint(speeds[m.Clock.speed]) + "×", ink.Good
	case m.settledNow():
		return "settled", ink.Dim
	}
	return "paused", ink.Dim
}

func (m *Model) playOrPause() tea.Cmd {
	if m.Clock.playing {
		m.pause()
		return nil
	}
	return m.play()
}

// scrubs returns a command that moves the cursor.
func scrubs(ms int) func(*Model, int) tea.Cmd {
	return func(m *Model, v int) tea.Cmd {
		return m.moveTo(m.Session.Now + time.Duration(sign(v)*ms)*time.Millisecond)
	}
}

// toEvent goes to the next or the previous event of the lane in view.
func (m *Model) toEvent(v int) tea.Cmd {
	t, to := m.Session.Now, m.Settled
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
	return m.moveTo(m.Settled)
}

func (m *Model) setSpeed(v int) tea.Cmd {
	m.Clock.speed = min(max(m.Clock.speed+sign(v), 0), len(speeds)-1)
	return nil
}

func (m *Model) toggleFuture() tea.Cmd {
	m.Future = !m.Future
	return nil
}
