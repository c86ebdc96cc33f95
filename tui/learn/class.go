package learn

import (
	"strconv"

	"charm.land/bubbles/v2/key"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// Class is what a model that teaches or follows shows of the class around it.
// As a message it replaces what was shown.
type Class struct {
	Head string      // in the first line, as who is here
	Says string      // below a question, as how many have voted
	Bars []frame.Bar // beside it: how the class has voted; nil: nobody may see that yet

	// Keys are those which whoever shows the model takes before it. The model
	// only names them.
	Keys []key.Binding
}

// Covered reports whether help lies over the page and has the keys.
func (m *Model) Covered() bool { return m.over != nil }

// Disarm forgets that R was pressed once. It is for keys that do not reach the
// model.
func (m *Model) Disarm() { m.armed = false }

// classKeys are those that the model only names.
func (m *Model) classKeys() (all []binding) {
	if m.class == nil {
		return nil
	}
	for _, b := range m.class.Keys {
		all = append(all, binding{Binding: b, do: then(func() {})})
	}
	return all
}

// voted shows a question to a class, and how it has voted once that may be
// seen.
func (sc screen) voted(q *lesson.Question) {
	c, x := sc.m.class, max(sc.W/20, 2)
	rows := max(len(q.Choices), len(c.Bars), 1)
	below := sc.H - 2 - rows - 2
	gap := 1
	if sc.H-6-2*rows > 12 {
		below, gap = below-rows, 2
	}
	y := sc.big(q.Ask, 2, below, bold)
	y = min(y, below+1)
	switch {
	case c.Bars != nil:
		y = sc.Bars(x, y, gap, c.Bars, func(i, y int) int {
			if q.Form == lesson.Number {
				return x
			}
			return sc.Chip(x, y, " "+itoa(i+1)+" ", ink.Hue(i+1), false) + 2
		})
	case q.Form == lesson.Number:
		sc.Put(x, y, "a number from "+strconv.FormatFloat(q.Low, 'f', -1, 64)+" to "+inWords(q, nil, q.High), plain)
		y += gap
	default:
		for i, choice := range q.Choices {
			end := sc.Chip(x, y, " "+itoa(i+1)+" ", ink.Hue(i+1), false) + 2
			sc.Put(end, y, ink.Cut(spaced(choice, sc.W-end-2), sc.W-end-2), bold)
			y += gap
		}
	}
	sc.Put(x, min(y+1, sc.H-2), ink.Cut(clean(c.Says), sc.W-x-1), accent)
}
