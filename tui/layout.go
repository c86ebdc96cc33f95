package tui

import tea "charm.land/bubbletea/v2"

// layout is how lanes are placed in a window.
type layout uint8

const (
	tooSmall      layout = iota
	oneStrip             // one strip, and a server line a lane
	strips               // time goes right
	columnsLayout        // time goes down
)

// The least windows of the layouts.
const (
	minWidth, minHeight         = 60, 16
	stripsWidth, stripsHeight   = 100, 34
	columnsWidth, columnsHeight = 120, 36
	wideWidth, wideHeight       = 188, 44
)

// choice is what w has chosen: nothing, strips or columns.
type choice uint8

const (
	byWindow choice = iota
	wantStrips
	wantColumns
)

// layoutFor returns the layout for a window: columns where six fit with their
// words, strips where they fit, else one strip. What the user has chosen
// holds while it fits.
func layoutFor(w, h int, want choice) layout {
	switch {
	case w < minWidth || h < minHeight:
		return tooSmall
	case want == wantColumns && w >= columnsWidth && h >= columnsHeight:
		return columnsLayout
	case want != wantStrips && w >= wideWidth && h >= wideHeight:
		return columnsLayout
	case w >= stripsWidth && h >= stripsHeight:
		return strips
	}
	return oneStrip
}

// isDown reports whether time goes down on the screen.
func (m *Model) isDown() bool {
	return m.place == onLanes && layoutFor(m.w, m.h, m.choice) == columnsLayout
}

// otherLayout goes from strips to columns and back, where both fit.
func (m *Model) otherLayout() tea.Cmd {
	was, choice := layoutFor(m.w, m.h, m.choice), m.choice
	m.choice = wantColumns
	if was == columnsLayout {
		m.choice = wantStrips
	}
	if layoutFor(m.w, m.h, m.choice) == was {
		m.choice = choice
		m.Message = "columns need a window of " + itoa(columnsWidth) + "×" + itoa(columnsHeight)
		return nil
	}
	return m.noteLayout()
}
