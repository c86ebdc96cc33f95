package tui

import "charm.land/bubbles/v2/key"

// hint is a key and what it does, at the foot of the screen.
type hint struct{ keys, what string }

func hintOf(b key.Binding) hint { return hint{b.Help().Key, b.Help().Desc} }

// hints returns the keys that matter now, most useful first. above is the
// upper of two lines: what there is to say, or the keys that act.
func (m *Model) hints(above bool) []hint {
	k := &m.keys
	along, across := "← →", "↑ ↓"
	if m.isDown() {
		along, across = across, along
	}
	act := hint{"c u d p f", "act now"}
	switch {
	case m.message != "" && (above || m.oneLine()):
		return []hint{{m.message, ""}}
	case m.firstRun && m.playing && (above || m.oneLine()):
		return []hint{{m.question(), ""}, {"u", "save again"}, {"space", "stop time"}, {"?", "help"}, {"q", "quit"}}
	case above:
		return []hint{act, {"space", "play, pause"}, {across, "lane"}, {along, "time"}, {", .", "event"}}
	}
	again := hint{"space", "play"}
	switch {
	case m.playing:
		again.what = "stop time"
	case m.over():
		again.what = "again"
	}
	hints := []hint{again, {along, "time"}, {", .", "event"}, {across, "lane"}, act, hintOf(k.Open), {"r", "reseed"}, {"< >", "speed"}, {"z", "undo"}, hintOf(k.Help), hintOf(k.Quit)}
	if !m.oneLine() {
		hints = []hint{hintOf(k.Open), hintOf(k.Seed), {"< >", "speed"}, {"z Z", "undo, redo"}, {"v", "future"}, {"w", "layout"}, hintOf(k.Help), hintOf(k.Quit)}
	} else if m.w < 80 {
		hints = []hint{again, {along, "time"}, {across, "lane"}, {"?", "help"}, {"q", "quit"}}
	} else if m.w < 140 {
		hints = []hint{again, {along, "time"}, {", .", "event"}, {across, "lane"}, act, {"O", "open"}, {"r", "reseed"}, {"?", "help"}, {"q", "quit"}}
	}
	return hints
}

// question is what a first run asks.
func (m *Model) question() string {
	actions := m.session.Script.Actions
	if len(actions) < 2 {
		return "Who loses a save? Watch the server lines."
	}
	span := actions[len(actions)-1].At - actions[0].At
	return itoa(len(actions)) + " saves in " + ms(span) + " ms. Who loses one? Watch the server lines."
}

// footRows returns how many lines of hints the window has room for.
func (m *Model) footRows() int {
	tall := wideHeight
	if layoutFor(m.w, m.h, m.choice) == oneStrip {
		tall = 22
	}
	if m.h < tall {
		return 1
	}
	return 2
}

func (m *Model) oneLine() bool { return m.footRows() == 1 }
