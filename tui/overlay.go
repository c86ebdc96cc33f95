package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/ink"
)

// overlay lies over the screen and has the keys until it leaves.
type overlay interface {
	key(m *Model, k tea.KeyPressMsg) tea.Cmd
	paste(m *Model, p tea.PasteMsg) tea.Cmd
	draw(sc screen)
}

// leave takes the overlay away.
func (m *Model) leave() { m.over = nil }

// panel recedes the screen and clears a place in its middle. It returns where
// its text begins, and how much room there is.
func (sc screen) panel(w, h int) (x, y, room int) {
	w, h = min(w, sc.W-2), min(h, sc.H-1)
	if sc.W < stripsWidth { // no rests of the screen beside it
		w = sc.W
	}
	x, y = (sc.W-w)/2, max((sc.H-h)/2, 0)
	sc.Recede()
	sc.Wipe(x, y, w, h, ink.Panel)
	return x + 2, y + 1, w - 4
}

// on returns a style on the ground of a panel.
func on(fg ink.Colour, bold bool) ink.Style { return ink.Style{FG: fg, BG: ink.Panel, Bold: bold} }

// keysOn writes keys and what they do along a line of a panel.
func (sc screen) keysOn(x, y, room int, hints ...hint) {
	end := x + room
	for _, h := range hints {
		if x+ink.Width(h.keys)+1+ink.Width(h.what) > end {
			return
		}
		x = sc.Put(x, y, h.keys, on(ink.Text, true))
		x = sc.Put(x+1, y, h.what, on(ink.Dim, false)) + 2
	}
}
