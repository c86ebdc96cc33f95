package learn

import (
	"charm.land/bubbles/v2/key"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// Class is a message about the class around a model that teaches or follows: it
// replaces what was shown of it.
type Class struct {
	Head string        // in the first line, as who is here
	Says string        // below a question, as how many have voted
	Bars []frame.Tally // beside it: how the class has voted, by round; nil: nobody may see that yet

	// Keys belong to whoever shows the model. The model only names them.
	Keys []key.Binding
}

// Covered reports whether help lies over the page and has the keys.
func (m *Model) Covered() bool { return m.over != nil }

// Disarm forgets that R was pressed once. It is for keys that do not reach the
// model.
func (m *Model) Disarm() { m.armed = false }

// voted shows a question to a class, and its votes once they may be seen.
func (sc drawing) voted(q *lesson.Question) {
	c := sc.m.class
	var y int
	if c.Bars == nil {
		y = sc.question(q, -1, lesson.Answer{})
	} else {
		x, from, gap := sc.posed(q, len(c.Bars[0].Bars))
		y = sc.Bars(x, from, gap, c.Bars, func(i, y int) int {
			if q.Form == lesson.Number {
				return x
			}
			return sc.number(i, x, y)
		})
	}
	x := max(sc.W/20, 2)
	sc.Put(x, min(y+1, sc.H-2), ink.Cut(clean(c.Says), sc.W-x-1), accent)
}
