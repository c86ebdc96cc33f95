package page

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
	"photofinish/tui/race"
)

// Hits is where things were drawn, for the mouse.
type Hits struct {
	Axis         race.Axis
	Down         bool // time goes down
	Above, Below int  // the rows in which it is the axis', the second one behind them; 0: any
	from, size   int  // of the lanes, across the axis
	first, shown int
	tall, more   int          // the lane that is larger than the others, and by how much
	Chips        []frame.Chip // the actions
	lands        []landing    // where messages land
}

// Time returns the time at a cell.
func (h *Hits) Time(x, y int) time.Duration {
	if h.Down {
		x = y
	}
	return h.Axis.Time(x)
}

// ScrubTo moves the cursor to a cell, if it is on the axis.
func (h *Host) ScrubTo(x, y int) tea.Cmd {
	along, ax := x, h.Hit.Axis
	if h.Hit.Down {
		along = y
	}
	if h.Hit.Below > 0 && (y < h.Hit.Above || y >= h.Hit.Below) || ax.Cells == 0 || along < ax.Origin || along >= ax.Last() {
		return nil
	}
	return h.MoveTo(h.Hit.Time(x, y).Round(time.Millisecond))
}

// laneAt returns the lane that was drawn at a cell.
func (h *Hits) laneAt(x, y int) (lane int, is bool) {
	n := y - h.from
	if h.Down {
		n = x - h.from
	}
	if h.size == 0 || n < 0 {
		return 0, false
	}
	for lane = h.first; lane < h.first+h.shown; lane++ {
		size := h.size
		if lane == h.tall {
			size += h.more
		}
		if n -= size; n < 0 {
			return lane, true
		}
	}
	return 0, false
}

// LanesAt notes where the lanes were drawn.
func (h *Hits) LanesAt(ax race.Axis, from, size, first, shown int) {
	h.Axis, h.from, h.size, h.first, h.shown = ax, from, size, first, shown
}

// Taller notes that one of the lanes was drawn larger than the others.
func (h *Hits) Taller(lane, more int) { h.tall, h.more = lane, more }
