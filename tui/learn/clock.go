package learn

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// frame is how often the screen is drawn while time plays.
const frame = time.Second / 30

// clock lets time play on a page that moves, and is still on all others.
type clock struct {
	waiting bool
	tick    int // the number of the tick that is awaited: older ones are ignored
	last    time.Time
}

// tickMsg moves time on while it plays.
type tickMsg struct {
	n  int
	at time.Time
}

// playing asks for the next tick if something moves and none is on its way.
func (m *Model) playing() tea.Cmd {
	p, ok := m.page.(mover)
	if !ok || !p.moving() || m.over != nil {
		m.clock.tick++
		m.clock.waiting, m.clock.last = false, time.Time{}
		return nil
	}
	if m.clock.waiting {
		return nil
	}
	m.clock.waiting = true
	m.clock.tick++
	n := m.clock.tick
	return tea.Tick(frame, func(t time.Time) tea.Msg { return tickMsg{n, t} })
}

// advance moves time on by what has passed since the last tick.
func (m *Model) advance(t tickMsg) {
	if t.n != m.clock.tick {
		return
	}
	real := frame
	if !m.clock.last.IsZero() {
		real = min(max(t.at.Sub(m.clock.last), 0), 4*frame)
	}
	m.clock.last, m.clock.waiting = t.at, false
	if p, ok := m.page.(mover); ok && p.moving() {
		p.move(real)
	}
}
