// Package clock lets time pass on a screen while something moves, and lets the
// program sleep while nothing does.
package clock

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// Frame is how long a frame is shown while time plays.
const Frame = time.Second / 30

// Clock measures real time from frame to frame. The zero value stands still.
type Clock struct {
	N       int  // of the tick that is awaited: older ones bring nothing
	waiting bool // that tick is on its way
	last    time.Time
}

// Tick is the message that a frame is over.
type Tick struct {
	N  int
	At time.Time
}

// Next asks for the next tick, unless one is on its way.
func (c *Clock) Next() tea.Cmd {
	if c.waiting {
		return nil
	}
	c.N++
	c.waiting = true
	n := c.N
	return tea.Tick(Frame, func(t time.Time) tea.Msg { return Tick{n, t} })
}

// Stop lets time stand still: a tick that is on its way brings nothing.
func (c *Clock) Stop() { *c = Clock{N: c.N + 1} }

// Passed returns how much real time a tick brings, at most four frames, for the
// program may have been held up; and whether the tick was awaited.
func (c *Clock) Passed(t Tick) (time.Duration, bool) {
	if t.N != c.N {
		return 0, false
	}
	passed := Frame
	if !c.last.IsZero() {
		passed = min(max(t.At.Sub(c.last), 0), 4*Frame)
	}
	c.last, c.waiting = t.At, false
	return passed, true
}
