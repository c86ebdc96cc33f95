package learn

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
)

// attempt is the common part of the pages on which something is to be brought
// about: hints, and what is true for those who give up.
type attempt struct {
	step    *lessons.Step
	hint    string // the last one
	left    int    // hints that are left
	done    bool
	waiting bool          // for the truth
	truth   *lesson.Truth // once it may be told
}

func newAttempt(m *Model) attempt {
	a, done := m.run.Answered()
	return attempt{step: m.run.Step(), left: len(m.run.Step().Hints), done: done && !(a.Passed && m.closed())}
}

func (p *attempt) tell(m *Model) tea.Cmd {
	t, err := m.run.Truth()
	if p.waiting = errors.Is(err, lesson.ErrNotReady); p.waiting {
		return m.prepare()
	}
	if err == nil {
		p.truth = t
		m.say(true)
	}
	return nil
}

func (p *attempt) prepared(m *Model, _ error) tea.Cmd {
	if p.waiting {
		return p.tell(m)
	}
	return nil
}

func (p *attempt) shown(m *Model) tea.Cmd {
	m.run.Pass()
	p.done = true
	return p.tell(m)
}

func (p *attempt) hintKeys(m *Model) []binding {
	if p.left == 0 || p.done {
		return nil
	}
	return []binding{bind("h", "hint", then(func() { p.hint, p.left = m.run.Hint() }), "h")}
}

// giveUpKeys show what is true, behind the last hint or after enough tries.
func (p *attempt) giveUpKeys(m *Model, enough bool) []binding {
	if m.o.Doing != nil && !p.done && enough && m.closed() {
		return []binding{bind("g", "give up", then(func() {
			m.does(GivenUp)
			m.message = "The teacher shows what is true; until then you may go on trying."
		}), "g")}
	}
	if p.done || m.closed() || !enough && (p.left > 0 || p.hint == "") {
		return nil
	}
	return []binding{bind("g", "show me", func(string) tea.Cmd { return p.shown(m) }, "g")}
}
