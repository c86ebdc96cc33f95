package tui

import (
	"slices"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
)

// foot is what stands at the bottom of the screen: one line of keys, or two.
// What there is to say takes the upper one.
type foot struct {
	about        []frame.Hint // of what is selected: goes first
	above, below []frame.Hint
}

// footRows returns how many lines the window has room for.
func (m *Model) footRows() int {
	tall := wideHeight
	if m.place == onLanes && layoutFor(m.w, m.h, m.choice) == oneStrip {
		tall = 22
	}
	if m.h < tall {
		return 1
	}
	return 2
}

// footer writes the foot: the most useful keys first, cut from the right. In
// a single line those of the selection go first.
func (sc screen) footer(f foot) {
	if sc.m.over != nil { // it has the keys
		return
	}
	say := sc.m.saying()
	if sc.m.footRows() == 1 {
		line := slices.Concat(say, f.about, f.below)
		if len(say) == 0 && len(f.about) == 0 {
			line = slices.Concat(f.below, f.above)
		}
		sc.hintLine(sc.H-1, line)
		return
	}
	above := slices.Concat(say, f.about)
	if len(above) == 0 {
		above = f.above
	}
	sc.hintLine(sc.H-2, above)
	sc.hintLine(sc.H-1, f.below)
}

// saying returns what there is to say to the user.
func (m *Model) saying() []frame.Hint {
	switch {
	case m.Message != "":
		return frame.Keys("", ink.Printable(m.Message, 200))
	case m.FirstRun && m.Clock.Playing:
		return frame.Keys(m.Question(), "")
	}
	return nil
}

// hintLine writes a line of keys.
func (sc screen) hintLine(y int, hints []frame.Hint) {
	gap := 2
	if sc.W >= wideWidth {
		gap = 3
	}
	sc.Hints(y, gap, hints...)
}

// lanesFoot is the foot of the lanes.
func (m *Model) lanesFoot() foot {
	act := frame.Key("c u d p f", "act now")
	if m.FirstRun && m.Clock.Playing {
		return foot{below: append(frame.Keys("u", "save again", "space", "stop time"), m.hints("?", "q")...)}
	}
	f := foot{above: append([]frame.Hint{act}, m.hints("g", "[", "L", "N", "w", "s", "z")...)}
	play := frame.Key("space", "play")
	switch {
	case m.Clock.Playing:
		play.What = "stop time"
	case m.SettledNow():
		play.What = "again"
	}
	f.below = append([]frame.Hint{play}, m.hints("left", ",", "up", "enter", "n", "o", "b", "r", "O", ":", "?", "q")...)
	if m.footRows() == 1 && m.w < 140 {
		f.below = append([]frame.Hint{play}, m.hints("left", "up")...)
		f.below = append(f.below, act)
		f.below = append(f.below, m.hints("g", "enter", "n", "o", "?")...)
		f.above = nil
	}
	if m.w < stripsWidth {
		f.below = append([]frame.Hint{play}, m.hints("left", ",", "up", "enter", "?")...)
	}
	f.about = m.selectionHints()
	return f
}

// selectionHints are the keys of what is selected.
func (m *Model) selectionHints() []frame.Hint {
	a := m.Session.Action()
	switch {
	case a == nil:
		return nil
	case m.Session.Picked.Action != 0:
		return append(frame.Keys(m.PickedText(), ""), m.hints("+", "0", "m")...)
	case m.footRows() == 1:
		return append(frame.Keys(a.Label(), ""), m.hints("[", "e", "x", "m", "z")...)
	case m.w < 140:
		return append(frame.Keys(a.Label(), ""), m.hints("[", "e", "x", "m", "o", "n")...)
	}
	return frame.Keys(a.Label(), "selected", "[ ]", "move it 10 ms", "{ }", "100 ms", "( )", "1 ms", "e", "what it sets", "x", "delete",
		"m", "pick a message, + - slower, faster", "g G", "another")
}
