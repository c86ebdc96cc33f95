package learn

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios/lessons"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// changed compares the first check with the last: the answers, and the ideas behind
// the wrong ones.
type changed struct{ at int }

func (p *changed) ideas(m *Model) []lesson.Idea {
	return lesson.Ideas(shelf(), m.progress.of(lessons.FirstCheck).Marks, m.progress.of(lessons.LastCheck).Marks)
}

// begin works out what whoever left right after a check has not waited for.
func (p *changed) begin(m *Model) tea.Cmd {
	var cmds []tea.Cmd
	for _, l := range checks() {
		cmds = append(cmds, m.settle(m.book(l).Resume(m.progress.of(l.Name).State), l.Name))
	}
	return tea.Batch(cmds...)
}

func (p *changed) keys(m *Model) []binding {
	all := []binding{bind("enter", "all lessons", func(string) tea.Cmd { return m.toContents() }, "enter")}
	ideas := p.ideas(m)
	if n := len(ideas); n > 0 {
		all = append(all, bind("↑ ↓", "idea", then1(func(k string) { walk(&p.at, n, k) }), "up", "down", "k", "j"))
		if i := &ideas[min(p.at, n-1)]; i.Lesson != nil {
			all = append(all, bind("l", "where it was met", func(string) tea.Cmd { return m.lookAgainAt(i.Lesson, i.Step) }, "l"))
		}
	}
	all = append(all, bind("t", "what was true before", func(string) tea.Cmd { return m.tellFirst() }, "t"))
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
	a, sureA, unknownA := lesson.Tally(first.Marks)
	b, sureB, unknownB := lesson.Tally(last.Marks)
	y = sc.text(x, y+2, sc.H-1, itoa(a)+" of "+itoa(len(first.Marks))+" right before, "+
		itoa(b)+" of "+itoa(len(last.Marks))+" now.", accent)
	says := "Sure and wrong: " + itoa(sureA) + " before, " + itoa(sureB) + " now."
	if unknownA+unknownB > 0 {
		says += " Did not know: " + itoa(unknownA) + " before, " + itoa(unknownB) + " now."
	}
	y = sc.text(x, y, sc.H-1, says, plain)
	p.list(sc, p.ideas(sc.m), x, y+min(1, max(sc.H-20, 0)))
}

// list shows the ideas behind the wrong answers: had before, met in, and how they stand.
func (p *changed) list(sc drawing, known []lesson.Idea, x, y int) {
	if len(known) == 0 {
		return
	}
	if y+1+len(known) < sc.H-1 {
		sc.Put(x, y, "ideas behind it", faint)
		sc.Put(x+31, y, "before", faint)
		sc.Put(x+39, y, "now", faint)
		if sc.W > 70 {
			sc.Put(x+52, y, "met in", faint)
		}
		y++
	}
	first, rows := sc.List(x-3, y, 1, len(known), sc.H-1-y, p.at)
	for i := first; i < first+rows; i++ {
		k := &known[i]
		s := sc.row(x, y, i == p.at)
		sc.Put(x, y, "“"+k.Name+"”", s)
		before := "no"
		if k.Before {
			before = "yes"
		}
		sc.Put(x+31, y, before, dim)
		of := map[lesson.Standing]ink.Style{lesson.Gone: good, lesson.Kept: {FG: ink.Loud, Bold: true}, lesson.Unsure: dim}
		sc.Put(x+39, y, string(k.Now), of[k.Now])
		if k.Lesson != nil && sc.W > 70 {
			sc.Put(x+52, y, ink.Cut(clean(k.Lesson.Title), sc.W-x-53), dim)
		}
		y++
	}
}

// tellFirst goes through the check before the first lesson once more, and tells what it
// did not tell then.
func (m *Model) tellFirst() tea.Cmd {
	told := *checks()[0]
	told.Steps = slices.Clone(told.Steps)
	for n := range told.Steps {
		if told.Steps[n].Kind == lessons.Predict {
			told.Steps[n].Kind = lessons.Check
		}
	}
	kept := m.progress.of(lessons.FirstCheck).State
	m.aside = &aside{run: m.run, slot: m.slot, page: m.page}
	m.run, m.slot = lesson.Open(&told).Resume(lesson.State{Answers: kept.Answers}), ""
	return m.turn()
}

func (p *changed) mark(sc drawing, x, y int, all []lesson.Mark, i int) {
	if i >= len(all) {
		sc.Put(x, y, "–", faint)
		return
	}
	text, s := "not yet", dim
	switch {
	case all[i].Right:
		text, s = "✓ right", good
	case all[i].Unknown:
		text = "did not know"
	}
	x = sc.Put(x, y, text, s)
	if c := all[i].Confidence; c >= 1 && c <= 4 {
		sc.Put(x, y, ink.Cut(", "+lesson.Confidences[c], 14), faint)
	}
}
