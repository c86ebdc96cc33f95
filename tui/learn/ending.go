package learn

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios/lessons"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// ending is the last page of a lesson: the sentence to remember.
type ending struct{}

func (p *ending) keys(m *Model) []binding {
	if m.o.Follows {
		return nil
	}
	if m.run.Book().Lesson.Name == lessons.LastCheck && m.progress.of(lessons.FirstCheck).Done {
		return []binding{bind("enter", "what has changed", func(string) tea.Cmd { return m.turnTo(&changed{}) }, "enter")}
	}
	if next := m.following(); next != nil {
		return []binding{
			bind("enter", "next: "+ink.Cut(clean(next.Title), 40), func(string) tea.Cmd { return m.open(next, false) }, "enter"),
			bind("esc", "all lessons", func(string) tea.Cmd { return m.toContents() }, "esc"),
		}
	}
	return []binding{bind("enter", "all lessons", func(string) tea.Cmd { return m.toContents() }, "enter")}
}

func (p *ending) draw(sc drawing) {
	l, x := sc.m.run.Book().Lesson, sc.left()
	if sc.m.o.Present {
		sc.big(clean(l.Remember), 2, sc.H-3, accent)
		return
	}
	sc.Put(x, sc.H/3-1, "remember", faint)
	y := sc.text(x, sc.H/3+1, sc.H-2, l.Remember, accent)
	if _, n := tally(sc.m.run.Marks()); n > 0 && l.Name != lessons.FirstCheck { // that tells nothing
		sc.text(x, y+2, sc.H-1, "You were sure of "+count(n, "answer")+" here, and it was otherwise. "+
			"In the list of lessons, a leads there.", dim)
	} else if l.Source != "" {
		sc.text(x, y+2, sc.H-1, "From: "+l.Source, dim)
	}
}

// tally counts the right answers, and those to look at again.
func tally(all []lesson.Mark) (right, sure int) {
	for i := range all {
		if all[i].Right {
			right++
		}
		if all[i].ConfidentlyWrong() {
			sure++
		}
	}
	return right, sure
}

// changed compares the first check with the last.
type changed struct{}

// begin works out what whoever left right after a check has not waited for.
func (p *changed) begin(m *Model) tea.Cmd {
	var cmds []tea.Cmd
	for _, l := range shelf() {
		if l.Name == lessons.FirstCheck || l.Name == lessons.LastCheck {
			cmds = append(cmds, m.settle(m.book(l).Resume(m.progress.of(l.Name).State), l.Name))
		}
	}
	return tea.Batch(cmds...)
}

func (p *changed) keys(m *Model) []binding {
	all := []binding{bind("enter", "all lessons", func(string) tea.Cmd { return m.toContents() }, "enter")}
	if len(m.again()) > 0 {
		all = append(all, bind("a", "look again", func(string) tea.Cmd { m.run, m.page = nil, &lookAgain{}; return nil }, "a"))
	}
	return all
}

func (p *changed) draw(sc drawing) {
	x, y := sc.left(), 4
	first, last := sc.m.progress.of(lessons.FirstCheck), sc.m.progress.of(lessons.LastCheck)
	sc.Put(x, 2, "What has changed since the first lesson", bold)
	if len(first.Marks) == 0 || len(last.Marks) == 0 {
		sc.Put(x, y, "Working it out …", dim)
		return
	}
	sc.Put(x+12, y, "before", dim)
	sc.Put(x+34, y, "now", dim)
	for i := range max(len(first.Marks), len(last.Marks)) {
		y++
		sc.Put(x, y, "question "+itoa(i+1), plain)
		p.mark(sc, x+12, y, first.Marks, i)
		p.mark(sc, x+34, y, last.Marks, i)
	}
	a, sureA := tally(first.Marks)
	b, sureB := tally(last.Marks)
	y = sc.text(x, y+2, sc.H-1, itoa(a)+" of "+itoa(len(first.Marks))+" right before, "+
		itoa(b)+" of "+itoa(len(last.Marks))+" now.", accent)
	sc.text(x, y, sc.H-1, "Sure and wrong: "+itoa(sureA)+" before, "+itoa(sureB)+" now.", plain)
}

func (p *changed) mark(sc drawing, x, y int, all []lesson.Mark, i int) {
	if i >= len(all) {
		sc.Put(x, y, "–", faint)
		return
	}
	text, s := "≠ otherwise", dim
	if all[i].Right {
		text, s = "✓ right", good
	}
	x = sc.Put(x, y, text, s)
	if c := all[i].Confidence; c >= 1 && c <= 4 {
		sc.Put(x, y, ink.Cut(", "+lesson.Confidences[c], 14), faint)
	}
}
