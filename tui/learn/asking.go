package learn

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
)

// asking puts a question, and then asks how sure one is. It knows no truth.
type asking struct {
	q      *lesson.Question
	step   *lessons.Step
	answer lesson.Answer // with the confidence in view, 0: none yet, for an enter too many must not say it
	at     int           // the choice in view

	weighing bool // the answer stands; how sure?
	given    bool // it has been given before
	fixed    bool // and what is true has been shown
	asked    bool // something was picked
}

// newAsking returns the page of a predict or a check, or, of a check that has
// been answered, what is true of it.
func newAsking(m *Model) page {
	p := &asking{q: m.run.Question(), step: m.run.Step()}
	p.answer.Number = p.q.Middle()
	if a, ok := m.run.Answered(); ok && !m.o.Present {
		if p.step.Kind == lessons.Check && !(m.o.Follows && m.closed()) {
			return newReveal(m)
		}
		p.given, p.asked = true, !a.Passed
		p.take(a)
		p.fixed = a.Passed || errors.Is(m.run.Answer(a), lesson.ErrRevealed)
	}
	if m.o.Present {
		m.room = p
	}
	return p
}

func (p *asking) take(a lesson.Answer) {
	if n := len(a.Picks); n > 0 {
		p.at = a.Picks[n-1]
	}
	if !a.Passed {
		p.answer.Picks, p.answer.Number = a.Picks, a.Number
	}
	p.answer.Confidence = max(a.Confidence, 1)
}

func (p *asking) begin(m *Model) tea.Cmd { return m.prepare() }

func (p *asking) keys(m *Model) []binding {
	switch {
	case p.fixed:
		return []binding{m.goOn()}
	case p.weighing:
		back := bind("esc", "change the answer", then(func() { p.weighing = false }), "esc", "backspace", "b")
		return sureKeys(&p.answer.Confidence, func() tea.Cmd { return p.give(m) }, back)
	}
	all := p.choosingKeys()
	enter := bind("enter", "answer", then(p.confirm), "enter")
	if p.q.Form == lesson.Some {
		enter.SetHelp("enter", "done")
	}
	if m.o.Present {
		if m.class != nil && m.class.Bars == nil {
			return nil // the class votes
		} else if m.class != nil {
			all = nil
		}
		enter = bind("enter", "go on", func(string) tea.Cmd { return m.next() }, "enter")
		if p.step.Kind == lessons.Check {
			return append(all, m.revealKeys()...)
		}
		return append([]binding{enter}, all...)
	}
	return append(all, enter)
}

func (p *asking) choosingKeys() []binding {
	n := len(p.q.Choices)
	next := then1(func(k string) {
		if walk(&p.at, n, k); p.q.Form == lesson.One {
			p.pick(p.at)
		}
	})
	pick := then1(func(k string) { p.at = digit(k); p.pick(p.at) })
	switch p.q.Form {
	case lesson.Number:
		by := "by ten"
		if p.q.Step != 1 {
			by = "by " + itoa(int(10*p.q.Step))
		}
		return []binding{
			bind("← →", "slide", then1(func(k string) { p.slide(strides[k]) }), "left", "right"),
			bind("↑ ↓", by, then1(func(k string) { p.slide(-10 * strides[k]) }), "up", "down"),
		}
	case lesson.Some:
		return []binding{
			bind(upTo(n)+" space", "tick", pick, digits(n)...),
			bind("↑ ↓", "another", next, "up", "down", "k", "j"),
			silent(then(func() { p.pick(p.at) }), "space", "x"),
		}
	}
	return []binding{
		bind("↑ ↓ "+upTo(n), "choose", pick, digits(n)...),
		silent(next, "up", "down", "k", "j", "space"),
	}
}

// pick picks a choice; where several can be, it may also be let go.
func (p *asking) pick(i int) {
	p.asked = true
	p.q.Pick(&p.answer, i)
}

func (p *asking) slide(by int) {
	p.asked = true
	p.q.Slide(&p.answer, float64(by))
}

func (p *asking) confirm() {
	if p.q.Form == lesson.One && len(p.answer.Picks) == 0 {
		p.pick(p.at) // the one at which the mark stands
	}
	p.weighing = true
}

// sureKeys have no default: an enter too many must not say how sure one is.
func sureKeys(sure *int, give func() tea.Cmd, back binding) []binding {
	all := []binding{
		bind("1–4", "that sure", func(k string) tea.Cmd { *sure = digit(k) + 1; return give() }, digits(4)...),
		silent(then1(func(k string) { *sure = min(max(*sure+strides[k], 1), 4) }), "up", "down", "k", "j"),
		back,
	}
	if *sure > 0 {
		all = append(all, bind("enter", lesson.Confidences[*sure], func(string) tea.Cmd { return give() }, "enter"))
	}
	return all
}

func (p *asking) give(m *Model) tea.Cmd {
	var err error
	if m.o.Answered != nil {
		err = m.o.Answered(m.run.At(), p.answer)
	}
	if err == nil {
		err = m.run.Answer(p.answer)
	}
	if err != nil {
		m.message, p.weighing = err.Error(), false
		return nil
	}
	p.given = true
	if m.o.Follows { // until the teacher goes on it may be changed
		p.weighing = false
		m.keep()
		return nil
	}
	if p.step.Kind == lessons.Check {
		return m.turn() // it tells what is true itself
	}
	return m.next()
}

func (p *asking) shown(m *Model) tea.Cmd {
	if p.step.Kind != lessons.Check {
		return nil
	}
	m.run.Pass()
	r := newReveal(m)
	r.closed = false
	return m.turnTo(r)
}
