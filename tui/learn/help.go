package learn

import (
	"photofinish/tui/ink"
)

// help lists the keys of the page that it lies over, and how to read a lane.
type help struct {
	from int
	more bool // than fits: it can be scrolled
}

func (h *help) key(m *Model, k string) {
	if !h.more {
		m.over = nil
		return
	}
	switch k {
	case "down", "j", "pgdown", "space":
		h.from++
	case "up", "k", "pgup":
		h.from = max(h.from-1, 0)
	default:
		m.over = nil
	}
}

// signs say how a lane is read.
var signs = [][2]string{
	{"c1 u2 d3", "your clicks: create, update, delete; f fetch, p permissions"},
	{"━━━", "what screen or server holds, in the colour of its click"},
	{"╌╌╌", "nothing there"},
	{"⠉⠒⠤", "a message: heavy to the server, thin its answer; ● on its way"},
	{"▼u2", "it lands; ✗ overwrites u3: on something newer"},
	{"▲", "an answer is back; ▲id: with the id"},
	{"…u2", "waits in the page; ■ behind a grey button, + merged, ✗ dropped"},
	{"= ≠", "screen and server hold the same, or not"},
	{"· ✓ ✗", "not known yet; well; wrong, and nobody was told"},
	{"! …", "the user was told; something waits for ever"},
}

func (h *help) draw(sc drawing) {
	x := max(sc.left()-2, 2)
	var lines [][2]string
	for _, b := range sc.m.bindings() {
		if k := b.Help(); k.Desc != "" {
			lines = append(lines, [2]string{k.Key, k.Desc})
		}
	}
	lines = append(lines, [2]string{}, [2]string{"", "how to read a lane"})
	lines = append(lines, signs...)
	sc.Header("help")
	rows := sc.H - 3
	h.from = min(h.from, max(len(lines)-rows, 0))
	for i, l := range lines[h.from:min(h.from+rows, len(lines))] {
		sc.Put(x, 2+i, l[0], bold)
		sc.Put(x+13, 2+i, ink.Cut(l[1], sc.W-x-14), dim)
	}
	foot := "any key closes it"
	if h.more = len(lines) > rows; h.more {
		foot = "↑ ↓ more   any other key closes it"
	}
	sc.Put(1, sc.H-1, foot, dim)
}
