package page

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/tui/race"
)

// landing is where a message of a lane was drawn to land.
type landing struct {
	race.Land
	lane int
}

// Lands notes where messages of a lane land.
func (h *Hits) Lands(lane int, lands []race.Land) {
	for _, l := range lands {
		h.lands = append(h.lands, landing{l, lane})
	}
}

// grab takes hold of the message that lands at a cell, if one does that can be made
// slower or faster, and brings its lane into view.
func (h *Host) grab(x, y int) (grabs bool) {
	for _, l := range h.Hit.lands {
		leg := l.Message.Leg()
		if y != l.Y || x < l.X || x >= l.X+l.W || leg.Action > len(h.Session.Script.Actions) {
			continue
		}
		h.ShowLane(l.lane)
		h.Held = true
		h.drag = drag{leg: leg, from: l.Message.From, grab: h.Hit.Time(x, y) - l.Message.To, x: x, y: y}
		return true
	}
	return false
}

// pullMessage lets the message that was grabbed land at a cell, in every lane: not
// before it leaves.
func (h *Host) pullMessage(x, y int) tea.Cmd {
	if h.Hit.Axis.Cells == 0 || x == h.drag.x && y == h.drag.y {
		return nil
	}
	h.drag.x, h.drag.y = x, y
	takes := (h.Hit.Time(x, y) - h.drag.grab - h.drag.from).Round(time.Millisecond)
	next := h.Session
	if !h.drag.moved {
		next = next.Select(h.drag.leg.Action)
	}
	next = next.Pin(h.drag.leg, min(max(takes, 0), sim.MaxLatency))
	return h.dragTo(next)
}

// letGo ends a drag: what was grabbed and not moved was only clicked.
func (h *Host) letGo() tea.Cmd {
	was := h.drag
	h.drag, h.Held = drag{}, false
	if was.leg != (diagram.Leg{}) && !was.moved {
		if was.twice {
			return h.enter()
		}
		return h.ScrubTo(was.x, was.y)
	}
	h.History.Unmoved(h.Session)
	h.RunLanes()
	return nil
}
