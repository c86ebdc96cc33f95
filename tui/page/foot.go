package page

import (
	"strings"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
)

// FootRows returns how many lines the window has room for.
func (h *Host) FootRows() int {
	if h.Height < h.Page.Tall() {
		return 1
	}
	return 2
}

// Footer writes the foot of a page. What a key had to say stands there until the next
// one, in the place of the sentence; and help stands at the right end.
func (sc Screen) Footer(f frame.Foot) {
	if sc.h.Over != nil { // it has the keys
		return
	}
	if says := sc.h.Saying(); says != "" {
		f.Says = []string{says}
		if at := max(strings.LastIndex(says, ": "), strings.LastIndex(says, ". ")); at > 0 && ink.Width(says) > sc.W-12 {
			f.Says = []string{says[:at]}
		}
	}
	f.Help = sc.h.Hints("?")
	sc.Foot(sc.H-1, sc.h.FootRows(), f)
}

// Saying returns what the last key had to say, "" if nothing.
func (h *Host) Saying() string { return ink.Printable(h.Message, 200) }

// HintAs names a command by the first of its keys, and says in other words what it
// does here; nothing if it cannot be given now, or there are no words.
func (h *Host) HintAs(key, does string) []frame.Hint {
	if does == "" {
		return nil
	}
	hints := h.Hints(key)
	for i := range hints {
		hints[i].What = does
	}
	return hints
}

// only is HintAs of the first of several keys.
func (h *Host) only(key, does string) []frame.Hint {
	hints := h.HintAs(key, does)
	for i := range hints {
		hints[i].Keys = key
	}
	return hints
}

// HintLine writes a line of keys.
func (sc Screen) HintLine(y int, hints []frame.Hint) { sc.Caps(1, y, sc.W-1, hints) }
