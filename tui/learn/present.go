package learn

import (
	"slices"
	"strconv"
	"strings"

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

// twice reports whether a key that takes two has been pressed for the first time.
func (m *Model) twice(k string) bool {
	if m.armed == k {
		m.armed = ""
		return false
	}
	m.armed = k
	return true
}

func (m *Model) revealKeys() []binding {
	what := "twice: reveal"
	if m.armed == "R" {
		what = "once more: reveal"
	}
	return []binding{bind("R", what, func(string) tea.Cmd {
		if m.twice("R") {
			return nil
		}
		if r, ok := m.page.(revealer); ok {
			return r.shown(m)
		}
		return nil
	}, "R")}
}

// curtain hides what is true until it is revealed.
func (sc drawing) curtain(p *reveal) {
	if sc.m.class != nil {
		postedOf(p.q, p.step, lesson.Answer{Passed: true}).posted(sc)
		return
	}
	if room := sc.m.room; room != nil && room.q == p.q {
		room.present(sc)
		return
	}
	sc.question(p.q, &lesson.Draft{})
}

func (p *asking) present(sc drawing) {
	if sc.m.class != nil {
		p.posted(sc)
		return
	}
	y := sc.question(p.q, &p.draft)
	if rows := len(p.step.Scenario.Script.Actions) + 3; y+rows+2 <= sc.H-2 { // for whom large letters are not enough
		p.clicks(sc, max(sc.W/20, 2), sc.H-2-rows, sc.H-1)
	}
}

// posed writes a question large. It returns where the answers begin, and how far
// apart they are.
func (sc drawing) posed(q *lesson.Question, rows int) (x, y, gap int) {
	x, gap = max(sc.W/20, 2), 1
	below := sc.H - 3 - rows
	if below-rows > 13 {
		below, gap = below-rows, 2
	}
	return x, min(sc.big(q.Ask, 2, below, bold), below) + 1, gap
}

func numberFrom(q *lesson.Question) string {
	return "a number from " + strconv.FormatFloat(q.Low, 'f', -1, 64) + " to " + q.Said(nil, q.High, "")
}

func (sc drawing) number(i, x, y int) int {
	return sc.Chip(x, y, " "+itoa(i+1)+" ", ink.Hue(i+1), false) + 2
}

// question shows a question in large letters, and what there is to pick from.
// It returns the row behind all that.
func (sc drawing) question(q *lesson.Question, d *lesson.Draft) int {
	if q.Form == lesson.Number {
		x, y, _ := sc.posed(q, 5)
		if !d.Moved {
			sc.Put(x, y, numberFrom(q), plain)
			return y + 1
		}
		sc.slider(x, min(y+2, sc.H-4), q, d)
		return y + 4
	}
	x, y, gap := sc.posed(q, len(q.Choices))
	told := 0 // the column in which stands what is told of each
	for i, c := range q.Choices {
		if len(q.Pages) == len(q.Choices) && q.Form == lesson.Some && q.Pages[i].Told != "" {
			told = max(told, x+5+ink.Width(c)+4)
		}
	}
	for i, c := range q.Choices {
		s, end, picked := bold, sc.number(i, x, y), slices.Contains(d.Picks, i)
		if picked {
			s = sc.row(x, y, true)
		}
		text := spaced(c, sc.W-end-2)
		if told != 0 { // the lesson has told of these
			text = c
		}
		if end = sc.Put(end, y, ink.Cut(text, sc.W-end-2), s); picked {
			end = sc.Put(end+2, y, "●", accent)
		}
		if told != 0 {
			sc.Put(max(told, end+1), y, ink.Cut(q.Pages[i].Told, sc.W-max(told, end+1)-2), dim)
		}
		y += gap
	}
	return y
}

func spaced(text string, room int) string {
	if 2*ink.Width(text) > room {
		return text
	}
	return strings.Join(strings.Split(text, ""), " ")
}
