package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
	"photofinish/tui/race"
)

// hitMap is where things were drawn, for the mouse.
type hitMap struct {
	axis         race.Axis
	down         bool // time goes down
	top, rows    int  // of the lanes, where time goes right
	left, cols   int  // where it goes down
	first, shown int
	chips        []frame.Chip // the actions
}

// drag is an action on its way along the axis.
type drag struct {
	moved bool
	grab  time.Duration // how far from the action's time it was grabbed
}

// mouse does what a person would try: a click chooses an action, a lane, a
// time; dragging moves the action or the cursor; the wheel scrubs.
func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	if m.over != nil {
		return nil
	}
	m.FirstRun = false
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		if m.place&onTimeline == 0 {
			return nil
		}
		by := 10 * time.Millisecond
		if at.Button == tea.MouseWheelUp || at.Button == tea.MouseWheelLeft {
			by = -by
		}
		if m.place == onFocus {
			return m.focus.wheel(m, at.Y, by)
		}
		return m.MoveTo(m.Session.Now + by)
	case tea.MouseClickMsg:
		if at.Button == tea.MouseLeft {
			return m.click(at.X, at.Y)
		}
	case tea.MouseMotionMsg:
		if at.Button == tea.MouseLeft {
			return m.pull(at.X, at.Y)
		}
	case tea.MouseReleaseMsg:
		if m.Held {
			m.Held = false
			m.RunLanes()
		}
	}
	return nil
}

// click chooses what is drawn at a cell.
func (m *Model) click(x, y int) tea.Cmd {
	h := m.hit
	for _, c := range h.chips {
		if y == c.Y && x >= c.X && x < c.X+c.W {
			m.Session = m.Session.Select(c.Action)
			m.Held = true
			m.drag = drag{grab: h.time(x, y) - m.Session.Action().At}
			return m.Changed()
		}
	}
	if m.place == onNetwork {
		return m.network.click(m, x, y)
	}
	if m.place == onFocus {
		return m.focus.click(m, x, y)
	}
	across, first, size := y, h.top, h.rows
	if h.down {
		across, first, size = x, h.left, h.cols
	}
	if n := across - first; size > 0 && n >= 0 && n/size < h.shown {
		m.ShowLane(h.first + n/size)
	}
	return m.scrubTo(x, y)
}

// pull drags the action that was grabbed, or else the cursor.
func (m *Model) pull(x, y int) tea.Cmd {
	if !m.Held {
		return m.scrubTo(x, y)
	}
	a := m.Session.Action()
	if a == nil || m.hit.axis.Cells == 0 {
		return nil
	}
	to := (m.hit.time(x, y) - m.drag.grab).Round(time.Millisecond)
	next := m.moved(max(to, 0) - a.At)
	if next.Script == m.Session.Script {
		return nil
	}
	if !m.drag.moved { // one drag is one edit
		m.drag.moved = true
		return m.Edit(next)
	}
	return m.Show(next)
}

// time returns the time at a cell.
func (h *hitMap) time(x, y int) time.Duration {
	if h.down {
		x = y
	}
	return h.axis.Time(x)
}

// scrubTo moves the cursor to a cell, if it is on the axis.
func (m *Model) scrubTo(x, y int) tea.Cmd {
	h := m.hit
	along := x
	if h.down {
		along = y
	}
	if m.place == onFocus && !m.focus.onDiagram(y) {
		return nil
	}
	if h.axis.Cells == 0 || along < h.axis.Origin || along >= h.axis.Last() {
		return nil
	}
	return m.MoveTo(h.time(x, y).Round(time.Millisecond))
}

// lanesAt notes where the lanes were drawn.
func (h *hitMap) lanesAt(ax race.Axis, from, size, first, shown int) {
	h.axis, h.first, h.shown = ax, first, shown
	if h.down {
		h.left, h.cols = from, size
	} else {
		h.top, h.rows = from, size
	}
}
