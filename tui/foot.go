package tui

import (
	"slices"

	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// foot is what stands at the bottom of the screen: one line of keys, or two.
// What there is to say takes the upper one.
type foot struct {
	about        []hint // of what is selected: goes first
	above, below []hint
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
func (d *desk) saying() []hint {
	switch {
	case d.Message != "":
		return []hint{{"", ink.Printable(d.Message, 200)}}
	case d.FirstRun && d.Clock.playing:
		return []hint{{d.Question(), ""}}
	}
	return nil
}

// hintLine writes a line of keys.
func (sc screen) hintLine(y int, hints []hint) {
	x := 1
	gap := 2
	if sc.W >= wideWidth {
		gap = 3
	}
	for _, h := range hints {
		n := ink.Width(h.keys)
		if h.keys != "" && h.what != "" {
			n++
		}
		if x > 1 && x+n+ink.Width(h.what) > sc.W {
			return
		}
		x = sc.Put(x, y, h.keys, ink.Style{FG: ink.Text, Bold: true})
		if h.keys != "" && h.what != "" {
			x++
		}
		x = sc.Put(x, y, ink.Cut(h.what, sc.W-x), ink.Style{FG: ink.Dim}) + gap
	}
}

// lanesFoot is the foot of the lanes.
func (m *Model) lanesFoot() foot {
	act := hint{"c u d p f", "act now"}
	if m.FirstRun && m.Clock.playing {
		return foot{below: append([]hint{{"u", "save again"}, {"space", "stop time"}}, m.hints("?", "q")...), above: nil}
	}
	f := foot{above: append([]hint{act}, m.hints("g", "[", "L", "N", "w", "s", "z")...)}
	play := hint{"space", "play"}
	switch {
	case m.Clock.playing:
		play.what = "stop time"
	case m.SettledNow():
		play.what = "again"
	}
	f.below = append([]hint{play}, m.hints("left", ",", "up", "enter", "n", "o", "b", "r", "O", ":", "?", "q")...)
	if m.footRows() == 1 && m.w < 140 {
		f.below = append([]hint{play}, m.hints("left", "up")...)
		f.below = append(f.below, act)
		f.below = append(f.below, m.hints("g", "enter", "n", "o", "?")...)
		f.above = nil
	}
	if m.w < stripsWidth {
		f.below = append([]hint{play}, m.hints("left", ",", "up", "enter", "?")...)
	}
	f.about = m.selectionHints()
	return f
}

// selectionHints are the keys of what is selected.
func (m *Model) selectionHints() []hint {
	a := m.Session.Action()
	switch {
	case a == nil:
		return nil
	case m.Session.Picked.Action != 0:
		return append([]hint{{m.PickedText(), ""}}, m.hints("+", "0", "m")...)
	case m.footRows() == 1:
		return append([]hint{{a.Label(), ""}}, m.hints("[", "e", "x", "m", "z")...)
	case m.w < 140:
		return append([]hint{{a.Label(), ""}}, m.hints("[", "e", "x", "m", "o", "n")...)
	}
	return []hint{{a.Label(), "selected"}, {"[ ]", "move it 10 ms"}, {"{ }", "100 ms"}, {"( )", "1 ms"}, {"e", "what it sets"}, {"x", "delete"}, {"m", "pick a message, + - slower, faster"}, {"g G", "another"}}
}

// Question is what a first run asks.
func (d *desk) Question() string {
	actions := d.Session.Script.Actions
	if len(actions) < 2 {
		return "Who loses a save? Watch the server lines."
	}
	span := actions[len(actions)-1].At - actions[0].At
	return itoa(len(actions)) + " saves in " + race.MS(span) + " ms. Who loses one? Watch the server lines."
}
