package page

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/tui/session"
)

// drag is an action on its way along the axis, or the end of a message.
type drag struct {
	moved bool
	twice bool          // it began with a double click
	grab  time.Duration // how far from its time it was grabbed
	leg   diagram.Leg   // the message; the zero value: an action
	from  time.Duration // when that leaves
	was   string        // the action, or the end of a span, as it was called
	at    time.Duration // and when it was
	x, y  int           // the cell where it was last
}

// clicked is where the mouse was clicked last, and when.
type clicked struct {
	at   time.Time
	x, y int
}

// mouse does what a person would try: a click chooses an action, a lane, a
// time; dragging moves the action or the cursor; the wheel scrubs.
func (h *Host) mouse(msg tea.MouseMsg) tea.Cmd {
	if h.Over != nil {
		return nil
	}
	h.FirstRun = false
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		by := 10 * time.Millisecond
		if at.Button == tea.MouseWheelUp || at.Button == tea.MouseWheelLeft {
			by = -by
		}
		return tea.Batch(h.Pressed(), h.Page.Wheel(at.Y, by))
	case tea.MouseClickMsg:
		if at.Button == tea.MouseLeft {
			return tea.Batch(h.Pressed(), h.click(at.X, at.Y))
		}
	case tea.MouseMotionMsg:
		if at.Button == tea.MouseLeft {
			return h.pull(at.X, at.Y)
		}
	case tea.MouseReleaseMsg:
		if h.Held {
			return h.letGo()
		}
	}
	return nil
}

// click chooses what is drawn at a cell.
func (h *Host) click(x, y int) tea.Cmd {
	for _, c := range h.Hit.Chips {
		if y == c.Y && x >= c.X && x < c.X+c.W {
			h.Session = h.Session.Select(c.Action)
			h.Held = true
			label, at := h.Session.Selection()
			h.drag = drag{grab: h.Hit.Time(x, y) - at, was: label, at: at}
			return h.Changed()
		}
	}
	twice := h.twice(x, y)
	if h.grab(x, y) {
		h.drag.twice = twice
		return h.Changed()
	}
	if twice {
		return h.enter()
	}
	return h.Page.Click(x, y)
}

// enter is what a double click on a lane does.
func (h *Host) enter() tea.Cmd {
	cmd, _ := h.Run(tea.KeyPressMsg{Code: tea.KeyEnter})
	return cmd
}

// soon is how long after a click another one makes a double click of it.
const soon = 400 * time.Millisecond

// twice notes a click at a cell, and reports whether it is the second one at a lane
// there: a double click is what enter is.
func (h *Host) twice(x, y int) bool {
	was, is := h.clicked, clicked{h.Wall(), x, y}
	_, lane := h.Hit.laneAt(x, y)
	if h.clicked = is; lane && is.at.Sub(was.at) < soon && is.x == was.x && is.y == was.y {
		h.clicked = clicked{} // a third one begins anew
		return true
	}
	return false
}

// pull drags the action that was grabbed, or else the cursor.
func (h *Host) pull(x, y int) tea.Cmd {
	if !h.Held {
		return h.ScrubTo(x, y)
	}
	if h.drag.leg.Action != 0 {
		return h.pullMessage(x, y)
	}
	label, at := h.Session.Selection()
	if label == "" || h.Hit.Axis.Cells == 0 {
		return nil
	}
	to := (h.Hit.Time(x, y) - h.drag.grab).Round(time.Millisecond)
	cmd := h.dragTo(h.Page.Moved(max(to, 0) - at))
	h.SayMoved(h.drag.was, h.drag.at)
	return cmd
}

// dragTo shows a session as the drag has made it by now. One drag is one edit.
func (h *Host) dragTo(next session.Session) tea.Cmd {
	switch {
	case h.Session.Same(&next):
		return nil
	case h.drag.moved:
		return h.Show(next)
	}
	h.drag.moved = true
	return h.Edit(next)
}
