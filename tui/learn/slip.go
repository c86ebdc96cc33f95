package learn

import (
	"cmp"

	"photofinish/tui/ink"
	"photofinish/tui/lesson"
	"photofinish/tui/prose"
	"photofinish/tui/slip"
)

// slips reports whether a student's window is too small for a lesson, and large enough
// to vote in.
func (m *Model) slips() bool {
	return m.o.Follows && m.run != nil && !m.run.Over() && m.small() && m.over == nil && slip.Fits(m.term.Width, m.term.Height)
}

func (m *Model) slip() *asking {
	if p, is := m.page.(*asking); is && m.slips() {
		return p
	}
	return nil
}

// where says for the first line of a small window how far the class is.
func (m *Model) where() (title, right string) {
	return clean(m.run.Book().Lesson.Title), itoa(m.run.At()+1) + " of " + itoa(m.run.Len())
}

func (m *Model) brief(sc drawing) {
	title, right := m.where()
	b := slip.Brief{Title: title, Right: right, Foot: "more at 60×16 · q leaves"}
	switch p := m.page.(type) {
	case *telling:
		b.Text = prose.Text(p.text)
	case *reveal:
		if p.closed || p.truth == nil {
			q := postedOf(p.q, p.step, p.answer)
			q.given = answered(p.answer)
			q.slip(sc)
			return
		}
		b.Strong, b.Text = "It is: "+p.q.Said(p.truth.Picks, p.truth.Number, ", ")+".", cmp.Or(p.finding().Says, p.truth.Says)
		switch {
		case p.right:
			b.Strong += " You were right."
		case answered(p.answer):
			b.Strong += " You said: " + said(p.q, p.answer) + "."
		}
	default:
		b.Text = "Look at the wall: this step needs a window of 60×16."
	}
	b.Draw(sc.Frame)
}

// slip draws the question, or what the user does.
func (p *asking) slip(sc drawing) {
	m := sc.m
	title, right := m.where()
	s := slip.Slip{
		Title: title, Right: right, Question: p.q, Draft: &p.draft, Weighing: p.weighing, Given: p.given,
	}
	if m.slip() != nil {
		s.Foot = "c clicks"
	}
	if c := m.class; c != nil {
		s.Closed, s.Votes = c.Closed, c.Bars
	}
	if !p.turned {
		s.Draw(sc.Frame)
		if m.message != "" {
			sc.Repeat(0, sc.H-1, sc.W, ' ', plain)
			sc.Put(1, sc.H-1, ink.Cut(ink.Printable(m.message, 300), sc.W-2), bold)
		}
		return
	}
	slip.Header(sc.Frame, title, right)
	y := 1
	put := func(text string, of ink.Style) {
		if y < sc.H-1 {
			sc.Put(1, y, ink.Cut(clean(text), sc.W-2), of)
			y++
		}
	}
	for _, c := range lesson.Clicks(p.step) {
		legs := " "
		if c.Up != "" {
			legs = " " + c.Up + "↑ " + c.Down + "↓ "
		}
		put(c.Label+" "+c.At+legs+c.Where+" "+c.Do, plain)
	}
	free := lesson.Freely(p.step)
	if free != "" {
		put(free, dim)
	}
	for i := range p.q.Pages {
		if page := &p.q.Pages[i]; len(p.step.Worlds) == 0 || i == 0 {
			put(page.Name+": "+page.Told, dim)
		}
	}
	foot := "c question"
	if free == "" {
		foot += "   ↑ up ↓ back, ms"
	}
	sc.Put(1, sc.H-1, foot, faint)
}
