package learn

import (
	"strconv"

	"charm.land/bubbles/v2/key"

	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// Class is what a model that teaches or follows shows of the class around it.
// As a message it replaces what was shown.
type Class struct {
	Head string // in the first line, as who is here
	Says string // below a question, as how many have voted
	Bars []Bar  // beside it: how the class has voted; nil: nobody may see that yet

	// Keys are those which whoever shows the model takes before it. The model
	// only names them.
	Keys []key.Binding
}

// Bar is how many of a class have said the same.
type Bar struct {
	Label       string
	Votes, Most int    // of them, and in the longest bar
	Says        string // how many in words, as "12 (40 %)"
	Was         string // how many it had been before; may be empty
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
		y = sc.bars(q, x, y, gap)
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

// shortest is how many cells the longest bar has at least.
const shortest = 12

// bars draws how a class has voted.
func (sc screen) bars(q *lesson.Question, x, y, gap int) int {
	c, wide, says, was := sc.m.class, 0, 0, 0
	for _, b := range c.Bars {
		wide, says, was = max(wide, ink.Width(clean(b.Label))), max(says, ink.Width(b.Says)), max(was, ink.Width(b.Was))
	}
	if was > 0 {
		was += len("before ") + 2
	}
	wide = min(wide, max(sc.W/3, sc.W-x-says-was-shortest-10))
	for i, b := range c.Bars {
		at := x
		if q.Form != lesson.Number {
			at = sc.Chip(x, y, " "+itoa(i+1)+" ", ink.Hue(i+1), false) + 2
		}
		sc.Put(at, y, ink.Cut(clean(b.Label), wide), bold)
		at += wide + 2
		room := max(min(sc.W-at-says-was-3, 100), 1)
		n := b.Votes * room / max(b.Most, 1)
		if b.Votes > 0 {
			n = max(n, 1)
		}
		sc.Repeat(at, y, n, '█', ink.Style{FG: ink.Dim})
		sc.Put(at+n+min(n, 1), y, b.Says, bold)
		if b.Was != "" {
			sc.Right(sc.W-1, y, "before "+b.Was, dim)
		}
		y += gap
	}
	return y
}
