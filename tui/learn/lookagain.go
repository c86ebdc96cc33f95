package learn

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios/lessons"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// aside is where somebody was who looks at a question again: it counts for nothing, and
// they come back.
type aside struct {
	run  *lesson.Run
	slot string
	page page

	of   string // the slot of the lesson that is looked at again
	step int
}

// canLookAgain reports whether a question may be looked at again by itself: not in front
// of a class, and not while one does so already.
func (m *Model) canLookAgain() bool {
	return m.aside == nil && !m.o.Present && !m.o.Follows && m.o.Moved == nil
}

// place returns the step of the question that is answered, or revealed.
func (m *Model) place() int {
	if s := m.run.Step(); s != nil && s.Kind == lessons.Reveal {
		return s.Of
	}
	return m.run.At()
}

// lookAgainAt opens a question of a lesson, and behind it the same idea on another surface.
func (m *Model) lookAgainAt(l *lessons.Lesson, step int) tea.Cmd {
	again := lesson.LookAgain(l, step)
	if again == nil {
		return nil
	}
	m.keep()
	m.aside = &aside{m.run, m.slot, m.page, m.slotOf(l), step}
	m.run, m.slot = lesson.Open(again).Resume(lesson.State{}), ""
	return m.turn()
}

// comeBack leaves what was looked at again. Who was right this time need not look again.
func (m *Model) comeBack() tea.Cmd {
	a := m.aside
	if marks := m.run.Marks(); a.of != "" && len(marks) > 0 && marks[0].Right {
		l := m.progress.of(a.of)
		for i := range l.Marks {
			if l.Marks[i].Step == a.step {
				l.Marks = slices.Clone(l.Marks)
				l.Marks[i].Looked = true
				m.note(a.of, l)
			}
		}
	}
	m.aside, m.run, m.slot, m.page, m.message = nil, a.run, a.slot, a.page, ""
	return nil
}

// lookAgain lists the wrong answers of which somebody was sure.
type lookAgain struct{ at int }

func (p *lookAgain) keys(m *Model) []binding {
	all := m.again()
	back := bind("esc", "all lessons", func(string) tea.Cmd { return m.toContents() }, "esc", "b")
	if len(all) == 0 {
		return []binding{back}
	}
	p.at = min(p.at, len(all)-1)
	keys := []binding{bind("↑ ↓", "choose", then1(func(k string) { walk(&p.at, len(all), k) }), "up", "down")}
	if i := slices.IndexFunc(shelf(), func(l *lessons.Lesson) bool { return l.Name == all[p.at].slot }); i >= 0 {
		again := func(string) tea.Cmd { return m.lookAgainAt(shelf()[i], all[p.at].Step) }
		keys = append([]binding{bind("enter", "look again", again, "enter", "l")}, keys...)
		keys = append(keys, bind("r", "that lesson again", func(string) tea.Cmd { return m.open(shelf()[i], true) }, "r"))
	}
	return append(keys, back)
}

func (p *lookAgain) draw(sc drawing) {
	x := sc.left()
	y := sc.text(x, 2, sc.H-1, "You were sure of these, and it was otherwise. That is where there is most to learn.", bold) + 1
	all := sc.m.again()
	const each = 3
	first, rows := sc.List(x-3, y, each, len(all), (sc.H-1-y)/each, p.at)
	for i := first; i < first+rows; i++ {
		a := &all[i]
		sc.row(x, y, i == p.at)
		sc.Put(x, y, ink.Cut(clean(a.title), 40), bold)
		sc.Right(min(x+sc.room(), sc.W-1), y, "you were "+lesson.Confidences[a.Confidence], dim)
		sc.wrapped(x, y+1, min(y+each, sc.H-1), sc.room(), ink.Cut(clean(a.Ask), 2*sc.room()-4), plain)
		y += each
	}
}
