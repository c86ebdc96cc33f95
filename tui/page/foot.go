package page

import (
	"slices"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
)

// Foot is one line of keys at the bottom of the screen, or two.
// What there is to say takes the upper one.
type Foot struct {
	About        []frame.Hint // of what is selected: goes first
	Above, Below []frame.Hint
}

// FootRows returns how many lines the window has room for.
func (h *Host) FootRows() int {
	if h.Height < h.Page.Tall() {
		return 1
	}
	return 2
}

// Footer writes the foot: the most useful keys first, cut from the right. In
// a single line the keys of the selection go first.
func (sc Screen) Footer(f Foot) {
	if sc.h.Over != nil { // it has the keys
		return
	}
	say := sc.h.Saying()
	if sc.h.FootRows() == 1 {
		line := slices.Concat(say, f.About, f.Below)
		if len(say) == 0 && len(f.About) == 0 {
			line = slices.Concat(f.Below, f.Above)
		}
		sc.HintLine(sc.H-1, line)
		return
	}
	above := slices.Concat(say, f.About)
	if len(above) == 0 {
		above = f.Above
	}
	sc.HintLine(sc.H-2, above)
	sc.HintLine(sc.H-1, f.Below)
}

// Saying returns what there is to say to the user.
func (h *Host) Saying() []frame.Hint {
	switch {
	case h.Message != "":
		return frame.Keys("", ink.Printable(h.Message, 200))
	case h.FirstRun && h.Clock.Playing:
		return frame.Keys(h.Question(), "")
	}
	return nil
}

// HintLine writes a line of keys.
func (sc Screen) HintLine(y int, hints []frame.Hint) {
	gap := 2
	if sc.W >= WideWidth {
		gap = 3
	}
	sc.Hints(y, gap, hints...)
}

// SelectionHints names the keys that change what is selected, fewer of them in a
// narrow window; none where nothing is.
func (h *Host) SelectionHints() []frame.Hint {
	a := h.Session.Action()
	switch {
	case a == nil:
		return nil
	case h.Session.Picked.Action != 0:
		return append(frame.Keys(h.PickedText(), ""), h.Hints("+", "0", "m")...)
	case h.FootRows() == 1:
		return append(frame.Keys(a.Label(), ""), h.Hints("[", "e", "x", "m", "z")...)
	case h.Width < 140:
		return append(frame.Keys(a.Label(), ""), h.Hints("[", "e", "x", "m", "o", "n")...)
	}
	return frame.Keys(a.Label(), "selected", "[ ]", "move it 10 ms", "{ }", "100 ms", "( )", "1 ms", "e", "what it sets", "x", "delete",
		"m", "pick a message, + - slower, faster", "g G", "another")
}
