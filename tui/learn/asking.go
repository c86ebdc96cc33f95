package learn

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
)

// asking puts a question, and then asks how sure one is. It knows no truth.
type asking struct {
	q     *lesson.Question
	step  *lessons.Step
	draft lesson.Draft // with the confidence in view, 0: none yet, for an enter too many must not say it
	at    int          // the choice in view; -1: none is

	weighing bool // the answer stands; how sure?
	turned   bool // in a small window: what the user does is shown
	given    bool // it has been given before
	fixed    bool // and what is true has been shown
}

// newAsking returns the page of a predict or a check, or, of a check that has
// been answered, what is true of it.
func newAsking(m *Model) page {
	p := &asking{q: m.run.Question(), step: m.run.Step(), at: -1}
	p.draft = p.q.Draft(nil)
	if a, ok := m.run.Answered(); ok && !m.o.Present {
		if p.step.Kind == lessons.Check && !(m.o.Follows && m.closed()) {
			return newReveal(m)
		}
		p.given = true
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
	p.draft = p.q.Draft(&a)
	p.draft.Confidence = max(a.Confidence, 1)
}

// settle goes back to what has been answered: what was being changed when the vote
// closed is none.
func (p *asking) settle(m *Model) {
	a, ok := m.run.Answered()
	if p.weighing, p.given = false, ok; ok && !a.Passed {
		p.take(a)
		return
	}
	p.draft, p.at = p.q.Draft(nil), -1
}

func (p *asking) begin(m *Model) tea.Cmd { return m.prepare() }

func (p *asking) keys(m *Model) []binding {
	switch {
	case m.o.Follows && m.class != nil && m.class.Closed:
		return nil
	case p.fixed:
		return []binding{m.goOn()}
	case p.weighing:
		back := bind("esc", "change the answer", then(func() { p.weighing = false }), "esc", "backspace", "b")
		return sureKeys(&p.draft.Confidence, func() tea.Cmd { return p.give(m) }, back)
	}
	all := p.choosingKeys()
	enter := bind("enter", "answer", then(func() { p.confirm(m) }), "enter")
	if p.q.Form == lesson.Some {
		enter.SetHelp("enter", "done")
	}
	if m.o.Present {
		if m.class != nil {
			return p.roomKeys(m)
		}
		enter = bind("enter", "go on", func(string) tea.Cmd { return m.next() }, "enter")
		if p.step.Kind == lessons.Check {
			return append(all, m.revealKeys()...)
		}
		return append([]binding{enter}, all...)
	}
	unknown := bind("i", "I do not know", func(string) tea.Cmd { return p.doNotKnow(m) }, "i")
	return append(append(all, enter), unknown)
}

func (p *asking) choosingKeys() []binding {
	n := len(p.q.Choices)
	next := then1(func(k string) { p.step1(k) })
	pick := then1(func(k string) { p.at = digit(k); p.q.Pick(&p.draft, p.at) })
	switch p.q.Form {
	case lesson.Number:
		by := "by ten"
		if p.q.Step != 1 {
			by = "by " + itoa(int(10*p.q.Step))
		}
		slide := func(by int) { p.q.Slide(&p.draft, float64(by)) }
		return []binding{
			bind("0–9 ← →", "set", then1(func(k string) { slide(strides[k]) }), "left", "right"),
			silent(then1(func(k string) { p.q.Type(&p.draft, digit(k)+1) }), append(digits(9), "0")...),
			bind("↑ ↓", by, then1(func(k string) { slide(-10 * strides[k]) }), "up", "down"),
		}
	case lesson.Some:
		none := func() { p.at = n; p.q.PickNone(&p.draft) }
		return []binding{
			bind("0–"+itoa(min(n, 9))+" space", "tick", pick, digits(n)...),
			bind("↑ ↓", "another", next, "up", "down", "k", "j"),
			silent(then(none), "0"),
			silent(then(func() {
				if p.at == n {
					none()
				} else if p.at >= 0 {
					p.q.Pick(&p.draft, p.at)
				}
			}), "space", "x"),
		}
	}
	return []binding{
		bind("↑ ↓ "+upTo(n), "choose", pick, digits(n)...),
		silent(next, "up", "down", "k", "j", "space"),
	}
}

// step1 goes on to another choice; from none, to the first or the last. Where one
// can be picked, that is to pick it; where several can be, none is behind the last.
func (p *asking) step1(k string) {
	n := len(p.q.Choices)
	if p.q.Form == lesson.Some {
		n++
	}
	switch {
	case p.at < 0 && strides[k] >= 0:
		p.at = 0
	case p.at < 0:
		p.at = n - 1
	default:
		walk(&p.at, n, k)
	}
	if p.q.Form == lesson.One {
		p.q.Pick(&p.draft, p.at)
	}
}

func (p *asking) confirm(m *Model) {
	if err := p.q.Done(&p.draft); err != nil {
		m.message = err.Error()
		return
	}
	p.weighing = true
}

// doNotKnow is an answer too, and no confidence belongs to it.
func (p *asking) doNotKnow(m *Model) tea.Cmd {
	p.draft = p.q.Draft(nil)
	p.draft.Answer = lesson.DoNotKnow()
	return p.give(m)
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
		err = m.o.Answered(m.run.At(), p.draft.Answer)
	}
	if err == nil {
		err = m.run.Answer(p.draft.Answer)
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

// roomKeys are those of a wall before a class: R reveals from the first close on.
func (p *asking) roomKeys(m *Model) (all []binding) {
	if m.class.Bars != nil && p.step.Kind != lessons.Check {
		all = append(all, bind("enter", "go on", func(string) tea.Cmd { return m.next() }, "enter"))
	}
	if m.class.Closed && (p.step.Kind == lessons.Check || p.reveals(m)) {
		all = append(all, m.revealKeys()...)
	}
	return all
}

// reveals reports whether the next step tells what is true of this one.
func (p *asking) reveals(m *Model) bool {
	steps, n := m.run.Book().Lesson.Steps, m.run.At()
	return n+1 < len(steps) && steps[n+1].Kind == lessons.Reveal && steps[n+1].Of == n
}

func (p *asking) shown(m *Model) tea.Cmd {
	if p.step.Kind != lessons.Check {
		if !m.o.Present || !p.reveals(m) {
			return nil
		}
		cmd := m.next()
		if r, ok := m.page.(*reveal); ok {
			cmd = tea.Batch(cmd, r.shown(m))
		}
		return cmd
	}
	m.run.Pass()
	r := newReveal(m)
	r.closed = false
	return m.turnTo(r)
}
