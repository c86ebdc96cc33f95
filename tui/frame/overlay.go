package frame

import (
	"charm.land/bubbles/v2/textinput"

	"photofinish/tui/ink"
)

// narrow is the window in which a panel leaves no rests of the screen beside it.
const narrow = 100

// Panel recedes the screen and clears a place in its middle. It returns where
// its text begins, and how much room there is.
func (f Frame) Panel(w, h int) (x, y, room int) {
	w, h = min(w, f.W-2), min(h, f.H-1)
	if f.W < narrow {
		w = f.W
	}
	x, y = (f.W-w)/2, max((f.H-h)/2, 0)
	f.Recede()
	f.Wipe(x, y, w, h, ink.Panel)
	return x + 2, y + 1, w - 4
}

// On returns a style on the ground of a panel.
func On(fg ink.Colour, bold bool) ink.Style { return ink.Style{FG: fg, BG: ink.Panel, Bold: bold} }

// HintsOn writes keys and what they do along a line of a panel.
func (f Frame) HintsOn(x, y, room int, hints ...Hint) {
	f.caps(x, y, x+room, 2, ink.Panel, hints)
}

// NewInput returns an input line of at most so many characters. It does not
// blink, for what blinks wakes the program up.
func NewInput(text string, most int) textinput.Model {
	in := textinput.New()
	in.CharLimit = most
	in.SetVirtualCursor(false)
	in.SetValue(text)
	in.Focus()
	return in
}

// Input draws an input line, as much of it around the cursor as fits.
func (f Frame) Input(in *textinput.Model, x, y, room int, s ink.Style) {
	text := []rune(ink.Printable(in.Value(), in.CharLimit) + " ")
	at := min(in.Position(), len(text)-1)
	from := max(0, at-room+1)
	for i := from; i < len(text) && i-from < room; i++ {
		of := s
		if i == at {
			of = ink.Style{FG: ink.Ground, BG: ink.Accent}
		}
		f.Put(x+i-from, y, string(text[i]), of)
	}
}
