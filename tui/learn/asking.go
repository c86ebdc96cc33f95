package learn

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
)

// asking puts a question, and then asks how sure one is. It knows no truth.
type asking struct {
	q      *lesson.Question
	step   *lessons.Step
	picks  []bool
	at     int // the choice in view
	number float64

	weighing bool // the answer stands; how sure?
	sure     int  // the confidence in view, from 1; 0: none yet, for an enter too many must not say it
	given    bool // it has been given before
	fixed    bool // and what is true has been shown
	asked    bool // something was picked
}

// newAsking returns the page of a predict or a check, or, of a check that has
// been answered, what is true of it.
func newAsking(m *Model) page {
	p := &asking{q: m.run.Question(), step: m.run.Step()}
	p.picks = make([]bool, len(p.q.Choices))
	p.number = p.q.Middle()
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
	for _, i := range a.Picks {
		p.picks[i], p.at = true, i
	}
	if p.q.Form == lesson.Number && !a.Passed {
		p.number = a.Number
	}
	p.sure = max(a.Confidence, 1)
}

func (p *asking) begin(m *Model) tea.Cmd { return m.prepare() }

func (p *asking) keys(m *Model) []binding {
	switch {
	case p.fixed:
		return []binding{m.goOn()}
	case p.weighing:
		back := bind("esc", "change the answer", then(func() { p.weighing = false }), "esc", "backspace", "b")
		return sureKeys(&p.sure, func() tea.Cmd { return p.give(m) }, back)
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
	if p.q.Form == lesson.Some {
		p.picks[i] = !p.picks[i]
		return
	}
	clear(p.picks)
	p.picks[i] = true
}

func (p *asking) slide(by int) {
	p.asked = true
	p.number = min(max(p.number+float64(by)*p.q.Step, p.q.Low), p.q.High)
}

func (p *asking) confirm() {
	if p.q.Form == lesson.One && !slices.Contains(p.picks, true) {
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

func (p *asking) answer() lesson.Answer {
	a := lesson.Answer{Confidence: p.sure}
	if p.q.Form == lesson.Number {
		a.Number = p.number
	}
	for i, picked := range p.picks {
		if picked {
			a.Picks = append(a.Picks, i)
		}
	}
	return a
}

func (p *asking) give(m *Model) tea.Cmd {
	a := p.answer()
	var err error
	if m.o.Answered != nil {
		err = m.o.Answered(m.run.At(), a)
	}
	if err == nil {
		err = m.run.Answer(a)
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
