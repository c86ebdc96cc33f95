package learn

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// For a wall: few words, large. What is true is shown by R, pressed twice with
// nothing between, and by no other key; enter only goes on.

// revealer is a page that can be asked to show what is true.
type revealer interface {
	shown(m *Model) tea.Cmd
}

// revealKeys are those of a page on which something is still hidden.
func (m *Model) revealKeys() []binding {
	what := "twice: reveal"
	if m.armed {
		what = "once more: reveal"
	}
	return []binding{bind("R", what, func(string) tea.Cmd {
		if m.armed = !m.armed; m.armed {
			return nil
		}
		if r, ok := m.page.(revealer); ok {
			return r.shown(m)
		}
		return nil
	}, "R")}
}

// curtain is what a reveal looks like before it.
func (sc screen) curtain(p *reveal) {
	if sc.m.class != nil {
		sc.voted(p.q)
		return
	}
	if room := sc.m.room; room != nil && room.q == p.q {
		room.present(sc)
		return
	}
	sc.question(p.q, nil, -1, 0)
}

// present shows a question on a wall, and what the room says.
func (p *asking) present(sc screen) {
	if sc.m.class != nil {
		sc.voted(p.q)
		return
	}
	at := p.at
	if !p.asked {
		at = -1
	}
	y := sc.question(p.q, p.picks, at, p.number)
	if rows := len(p.step.Scenario.Script.Actions) + 3; y+rows+2 <= sc.H-2 { // for whom large letters are not enough
		p.clicks(sc, max(sc.W/20, 2), sc.H-2-rows, sc.H-1)
	}
}

// question shows a question in large letters, and what there is to pick from.
// at is the choice in view, -1 if none is. It returns the row behind all that.
func (sc screen) question(q *lesson.Question, picks []bool, at int, number float64) int {
	x := max(sc.W/20, 2)
	choices := len(q.Choices)
	below := sc.H - 3 - choices
	gap := 1
	if sc.H-4-2*choices > 12 {
		below, gap = sc.H-3-2*choices, 2
	}
	if q.Form == lesson.Number {
		below = sc.H - 8
	}
	y := sc.big(q.Ask, 2, below, bold) + 1
	if q.Form == lesson.Number {
		if at >= 0 {
			sc.slider(x, min(y+2, sc.H-4), q, number, accent)
		}
		y += 4
	}
	for i, c := range q.Choices {
		s := bold
		if picks != nil && picks[i] {
			s = accent
			sc.Put(x-2, y, "▶", accent)
		}
		end := sc.Chip(x, y, " "+itoa(i+1)+" ", ink.Accent, false)
		end = sc.Put(end+2, y, ink.Cut(spaced(c, sc.W-end-4), sc.W-end-4), s)
		if picks != nil && picks[i] {
			sc.Put(end+2, y, "●", accent)
		}
		y += gap
	}
	return y
}

// spaced puts a blank between letters, where there is room.
func spaced(text string, room int) string {
	if 2*ink.Width(text) > room {
		return text
	}
	out := ""
	for i, r := range text {
		if i > 0 {
			out += " "
		}
		out += string(r)
	}
	return out
}

// large shows a text to read on a wall: its words, one sentence a paragraph
// apart.
func (sc screen) large(all []paragraph) {
	text := ""
	for i := range all {
		if i > 0 {
			text += "\n"
		}
		for j, w := range all[i].words {
			if j > 0 && !w.glued {
				text += " "
			}
			text += w.text
		}
	}
	sc.big(text, 2, sc.H-2, bold)
}
