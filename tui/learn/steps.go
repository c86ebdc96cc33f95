package learn

import (
	"context"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
	"photofinish/tui/prose"
)

func (m *Model) book(l *lessons.Lesson) *lesson.Book {
	if m.books[l] == nil {
		open := m.o.Book
		if open == nil {
			open = lesson.Open
		}
		m.books[l] = open(l)
	}
	return m.books[l]
}

// slotOf returns under which name the progress of a lesson is kept: its own
// if it is shipped, else where its file is. What has no slot is not kept.
func (m *Model) slotOf(l *lessons.Lesson) string {
	if slices.Contains(shelf(), l) {
		return l.Name
	}
	path, err := filepath.Abs(l.File)
	if err != nil || l.File == "" || l.File == "-" {
		return ""
	}
	return "file:" + path
}

func (m *Model) open(l *lessons.Lesson, anew bool) tea.Cmd {
	m.keep()
	m.aside = nil
	m.slot = m.slotOf(l)
	kept := m.progress.of(m.slot)
	if kept.Done || anew || m.o.Present {
		kept.State = lesson.State{}
	}
	m.run = m.book(l).Resume(kept.State)
	if m.o.Answers != nil {
		m.run = m.book(l).Rejoin(m.o.Answers(l))
	}
	return m.turn()
}

func (m *Model) turn() tea.Cmd {
	m.message = ""
	m.keep()
	m.say(false)
	return m.turnTo(m.pageOf())
}

func (m *Model) turnTo(p page) tea.Cmd {
	m.page = p
	if p, ok := p.(beginner); ok {
		return p.begin(m)
	}
	return nil
}

func (m *Model) pageOf() page {
	if m.run.Over() {
		return &ending{}
	}
	switch m.run.Step().Kind {
	case lessons.Tell:
		return &telling{prose.Parse(m.run.Step().Say)}
	case lessons.Watch:
		return newWatch(m)
	case lessons.Predict, lessons.Check:
		return newAsking(m)
	case lessons.Reveal:
		return newReveal(m)
	case lessons.Break:
		return newBreaking(m)
	case lessons.Mend:
		return newMending(m)
	default:
		return newExplain(m)
	}
}

func (m *Model) next() tea.Cmd {
	if m.o.Follows && m.run.At() >= m.may.Step {
		m.message = "the teacher goes on"
		return nil
	}
	if m.o.Present && m.run.Step() != nil && m.run.Step().Asks() {
		m.run.Pass() // nobody in particular answers
	}
	if err := m.run.Next(); err != nil {
		m.message = err.Error()
		return nil
	}
	switch {
	case !m.run.Over():
		return m.turn()
	case m.aside != nil:
		return m.comeBack()
	}
	return tea.Batch(m.turn(), m.settle(m.run, m.slot))
}

func (m *Model) back() tea.Cmd {
	m.run.Back()
	return m.turn()
}

// toContents shows all lessons, with the open one picked.
func (m *Model) toContents() tea.Cmd {
	if m.aside != nil {
		return m.comeBack()
	}
	m.message = ""
	m.keep()
	c := newContents(m)
	if m.run != nil {
		c.at = max(slices.Index(shelf(), m.run.Book().Lesson), 0)
		if m.run.Over() && m.following() != nil {
			c.at++
		}
	}
	m.run, m.page = nil, c
	if m.o.Moved != nil {
		m.told = At{}
		m.o.Moved(m.told)
	}
	return nil
}

// following returns the shipped lesson after the open one, nil if there is
// none.
func (m *Model) following() *lessons.Lesson {
	if i := slices.Index(shelf(), m.run.Book().Lesson); i >= 0 && i+1 < len(shelf()) {
		return shelf()[i+1]
	}
	return nil
}

// foundMsg brings what has been worked out for a page, if anything.
type foundMsg struct {
	page page
	then func()
}

// work works something out about the present step in the background; then it does what
// comes of it, if the page is in view by then.
func (m *Model) work(p page, find func(ctx context.Context, b *lesson.Book, n int) (then func())) tea.Cmd {
	book, n, ctx := m.run.Book(), m.run.At(), m.ctx
	return func() tea.Msg { return foundMsg{p, find(ctx, book, n)} }
}

type preparedMsg struct {
	book *lesson.Book
	err  error
}

func (m *Model) prepare() tea.Cmd {
	book, n, ctx := m.run.Book(), m.run.At(), m.ctx
	if book.Ready(n) {
		return nil
	}
	return func() tea.Msg { return preparedMsg{book, book.Prepare(ctx, n)} }
}

type marksMsg struct {
	run  *lesson.Run
	slot string
}

func (m *Model) settle(run *lesson.Run, slot string) tea.Cmd {
	if slot == "" || m.o.Present {
		return nil
	}
	book, ctx, n := run.Book(), m.ctx, run.Len()
	return func() tea.Msg {
		for i := range n {
			if book.Prepare(ctx, i) != nil {
				return nil
			}
		}
		return marksMsg{run, slot}
	}
}

// say tells whoever wants to know where the model is.
func (m *Model) say(shown bool) {
	if m.o.Moved == nil || m.run == nil {
		return
	}
	now := At{m.run.Book().Lesson, m.run.At(), shown}
	if now != m.told {
		m.told = now
		m.o.Moved(now)
	}
}

func (m *Model) follow(to At) tea.Cmd {
	if !m.o.Follows {
		return nil
	}
	var cmd tea.Cmd
	if to.Lesson != nil && (m.run == nil || m.run.Book().Lesson != to.Lesson) {
		cmd = m.open(to.Lesson, false)
	}
	if m.run == nil {
		return nil
	}
	was := m.run.At()
	m.may = to
	for m.run.At() > to.Step && m.run.Back() {
	}
	for m.run.At() < to.Step && !m.run.Over() {
		if m.run.Step().Asks() {
			m.run.Pass() // what has been answered stays
		}
		if m.run.Next() != nil {
			break
		}
	}
	if m.run.At() != was {
		cmd = m.turn()
	}
	if p, ok := m.page.(revealer); ok && to.Shown && m.run.At() == to.Step {
		cmd = tea.Batch(cmd, p.shown(m))
	}
	return cmd
}
