package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// drag is an action on its way along the axis.
type drag struct {
	moved bool
	grab  time.Duration // how far from the action's time it was grabbed
}

// mouse does what a person would try: a click chooses an action, a lane, a
// time; dragging moves the action or the cursor; the wheel scrubs.
func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	if m.Over != nil {
		return nil
	}
	m.FirstRun = false
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		by := 10 * time.Millisecond
		if at.Button == tea.MouseWheelUp || at.Button == tea.MouseWheelLeft {
			by = -by
		}
		return m.Page.Wheel(at.Y, by)
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
	h := m.Hit
	for _, c := range h.Chips {
		if y == c.Y && x >= c.X && x < c.X+c.W {
			m.Session = m.Session.Select(c.Action)
			m.Held = true
			m.drag = drag{grab: h.Time(x, y) - m.Session.Action().At}
			return m.Changed()
		}
	}
	return m.Page.Click(x, y)
}

// pull drags the action that was grabbed, or else the cursor.
func (m *Model) pull(x, y int) tea.Cmd {
	if !m.Held {
		return m.ScrubTo(x, y)
	}
	a := m.Session.Action()
	if a == nil || m.Hit.Axis.Cells == 0 {
		return nil
	}
	to := (m.Hit.Time(x, y) - m.drag.grab).Round(time.Millisecond)
	next := m.Page.Moved(max(to, 0) - a.At)
	if next.Script == m.Session.Script {
		return nil
	}
	if !m.drag.moved { // one drag is one edit
		m.drag.moved = true
		return m.Edit(next)
	}
	return m.Show(next)
}
