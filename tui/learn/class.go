package learn

import (
	"slices"

	"charm.land/bubbles/v2/key"

	"photofinish/scenarios/lessons"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// Class is a message about the class around a model that teaches or follows: it
// replaces what was shown of it.
type Class struct {
	Head   string        // in the first line, as who is here
	Says   string        // below a question, as how many have voted
	Bars   []frame.Tally // below it: how the class has voted, by round; nil: nobody may see that yet
	Closed bool          // no votes are taken now
	// Message stands in the foot until a key is pressed; "": what stood there stays.
	Message string

	// Keys belong to whoever shows the model. The model only names them.
	Keys []key.Binding
}

// Doing is how far somebody is with a break or a mend.
type Doing uint8

// How far one can be.
const (
	Trying   Doing = iota
	Did            // what was to be brought about has been
	Doubting       // they say that nobody can
	GivenUp
)

func (m *Model) does(how Doing) {
	if m.o.Doing != nil {
		m.o.Doing(m.run.At(), how)
	}
}

// Covered reports whether help lies over the page and has the keys.
func (m *Model) Covered() bool { return m.over != nil }

// Disarm forgets that a key was pressed once that takes two, and what stood in the foot.
// It is for keys that do not reach the model.
func (m *Model) Disarm() { m.armed, m.message = "", "" }

// postedOf returns the question of a reveal as it stands before a class while nothing
// true is shown.
func postedOf(q *lesson.Question, step *lessons.Step, a lesson.Answer) *asking {
	p := &asking{q: q, step: step, at: -1, draft: q.Draft(nil), fixed: true}
	if answered(a) {
		p.draft = q.Draft(&a)
	}
	return p
}

// answered reports whether somebody has said something, be it that they do not know.
func answered(a lesson.Answer) bool { return !a.Passed && (a.Unknown || a.Confidence > 0) }

// posted shows a question to a class from its opening to the end of its step, with
// all that is known before the answer, and below it how the class has voted once
// that may be seen. The bars take a row a choice, the clicks stay, and what is asked
// is cut last.
func (p *asking) posted(sc drawing) {
	c := sc.m.class
	x, y, below := sc.left(), 1+ink.One(sc.H >= 20), sc.H-2
	if sc.m.o.Present {
		x = max(sc.W/20, 2)
	}
	answers := p.answerRows(c, below-y-1-p.clickRows(sc))
	needs, told := p.clickRows(sc)+answers, p.toldRows(c.Bars != nil)
	if y+min(sc.lines(p.q.Ask), 2)+needs+told >= below { // it stands beside the bars
		told = 0
	}
	needs += told
	y = p.ask(sc, x, y, max(below-needs, y+1))
	gap := min(max((below-y-needs)/(3+ink.One(told > 0)), 0), 2)
	y = p.clicks(sc, x, y+gap, below-answers-told) + gap
	switch {
	case c.Bars != nil:
		if told > 0 {
			y = p.toldOf(sc, x, y) + gap
		}
		p.bars(sc, x, y, answers, 1+ink.One(y+2*answers+1 < below), told == 0)
	case p.q.Form == lesson.Number && sc.m.o.Present:
		sc.Put(x, y, numberFrom(p.q), plain)
	case p.q.Form == lesson.Number:
	default:
		p.choices(sc, x, y, below)
	}
	sc.Put(x, sc.H-2, ink.Cut(clean(c.Says), sc.W-x-1), accent)
}

// answerRows is how many rows the answers take before a class: of a number a line, and
// once the votes are shown a bar each; where there is no room for all of a number's, one for
// each that somebody has voted for.
func (p *asking) answerRows(c *Class, room int) int {
	number := p.q.Form == lesson.Number
	switch {
	case c.Bars == nil && number:
		return 1
	case c.Bars == nil:
		return p.rows()
	case number && len(c.Bars[0].Bars) > room:
		return len(frame.Voted(c.Bars)[0].Bars)
	}
	return len(c.Bars[0].Bars)
}

// ask writes the question: large on a wall, where there is room.
func (p *asking) ask(sc drawing, x, y, below int) int {
	if !sc.m.o.Present {
		return sc.text(x, y, below, p.q.Ask, bold)
	}
	large, ok := ink.BigWrap(clean(p.q.Ask), sc.W-2*x)
	if ok && len(large) <= max(sc.H/6, 4) && 2+len(large)*ink.BigRows <= below {
		return sc.big(p.q.Ask, 2, below, bold)
	}
	return sc.wrapped(x, y, below, sc.W-2*x, p.q.Ask, bold)
}

// toldRows is how many rows it takes to say of each page what has been told of it,
// where the choices themselves do not say it.
func (p *asking) toldRows(bars bool) (n int) {
	for i := range p.q.Choices {
		n += ink.One(bars && p.told(i) != "")
	}
	return n
}

func (p *asking) toldOf(sc drawing, x, y int) int {
	wide := 0
	for _, c := range p.q.Choices {
		wide = max(wide, ink.Width(c))
	}
	for i, c := range p.q.Choices {
		if text := p.told(i); text != "" {
			sc.Put(x, y, c, bold)
			sc.Put(x+wide+2, y, ink.Cut(text, sc.W-x-wide-3), dim)
			y++
		}
	}
	return y
}

// bars draws in so many bars how the class has voted; what this student has said is
// marked. Beside puts what has been told of a page behind its bar.
func (p *asking) bars(sc drawing, x, y, bars, gap int, beside bool) {
	rounds, n, wide := sc.m.class.Bars, len(p.q.Choices), sc.W
	if bars < len(rounds[0].Bars) {
		rounds = frame.Voted(rounds)
	}
	if beside = beside && p.toldRows(true) > 0; beside {
		wide = min(x+44, sc.W*2/3)
	}
	part := drawing{frame.Frame{Canvas: new(ink.Canvas)}, sc.m}
	part.Resize(wide, min(gap*bars, sc.H-2-y))
	part.Bars(x, 0, gap, rounds, func(i, row int) int {
		if beside && i < n {
			sc.Put(wide+1, y+row, ink.Cut(p.told(i), sc.W-wide-2), dim)
		}
		key := rounds[0].Bars[i].Key
		if slices.Contains(p.draft.Picks, i) || p.draft.Unknown && key == "i" || p.draft.None && key == "0" {
			part.Put(x-2, row, "▸", accent)
		}
		switch {
		case p.q.Form == lesson.Number:
			return x
		case key != "":
			return part.Chip(x, row, " "+key+" ", ink.Dim, false) + 2
		}
		return part.number(i, x, row)
	})
	sc.Stamp(0, y, part.Canvas)
}
