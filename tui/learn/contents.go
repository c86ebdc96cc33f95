package learn

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios/lessons"
	"photofinish/tui/ink"
)

type contents struct{ at int }

// newContents picks the lesson to go on with: the one that was open, or, if
// that is done, the first that is not.
func newContents(m *Model) *contents {
	i := slices.IndexFunc(shelf(), func(l *lessons.Lesson) bool { return l.Name == m.progress.data.At })
	if i < 0 || m.progress.of(shelf()[i].Name).Done {
		i = slices.IndexFunc(shelf(), func(l *lessons.Lesson) bool { return !m.progress.of(l.Name).Done })
	}
	return &contents{max(i, 0)}
}

func (p *contents) keys(m *Model) []binding {
	if m.o.Follows {
		return nil
	}
	l := m.progress.of(shelf()[p.at].Name)
	what := "begin"
	switch {
	case l.Done:
		what = "once more"
	case l.State.At > 0:
		what = "go on"
	}
	all := []binding{
		bind("enter", what, func(string) tea.Cmd { return m.open(shelf()[p.at], false) }, "enter"),
		bind("↑ ↓", "another lesson", then1(func(k string) { walk(&p.at, len(shelf()), k) }), "up", "down", "k", "j"),
	}
	if what == "go on" {
		all = append(all, bind("r", "from its beginning", func(string) tea.Cmd { return m.open(shelf()[p.at], true) }, "r"))
	}
	if len(m.again()) > 0 {
		all = append(all, bind("a", "look again", func(string) tea.Cmd { m.page = &lookAgain{}; return nil }, "a"))
	}
	return all
}

func (p *contents) draw(sc drawing) {
	m, x, y := sc.m, max(sc.left()-2, 3), 2
	if m.o.Follows {
		sc.Put(sc.left(), 3, "The teacher has not begun yet.", dim)
		return
	}
	wide, done, minutes := 0, 0, 0
	for _, l := range shelf() {
		wide = min(max(wide, ink.Width(clean(l.Title))), 34)
		minutes += l.Minutes
		if m.progress.of(l.Name).Done {
			done++
		}
	}
	text := itoa(done) + " of " + itoa(len(shelf())) + " done"
	if done == 0 {
		text = itoa(minutes) + " minutes, a few at a time. Begin at the top."
	}
	if sc.H > len(shelf())+5 {
		sc.Put(x, y, text, dim)
		y += 2
	}
	first, rows := sc.List(x-3, y, 1, len(shelf()), sc.H-1-y, p.at)
	for i := first; i < first+rows; i++ {
		p.line(sc, shelf()[i], i, x, y, wide)
		y++
	}
	if n := len(m.again()); n > 0 && y+1 < sc.H-1 {
		sc.Put(x, y+1, count(n, "answer")+" to look at again: you were sure, and it was otherwise.", dim)
	}
}

// line writes one lesson: how far, its title, its sentence once it is done.
func (p *contents) line(sc drawing, l *lessons.Lesson, i, x, y, wide int) {
	k := sc.m.progress.of(l.Name)
	s := sc.row(x, y, i == p.at)
	mark, of := "·", dim
	note, ns := itoa(l.Minutes)+" min", faint
	if n := l.InClass(); n > 0 {
		note += ", " + itoa(n) + " in a class"
	}
	switch {
	case k.Done:
		mark, of, note, ns = "✓", good, clean(l.Remember), dim
	case k.State.At > 0:
		mark, of, note, ns = "▸", accent, "step "+itoa(k.State.At+1)+" of "+itoa(len(l.Steps)), dim
	}
	sc.Put(x, y, mark, of)
	sc.Put(x+2, y, ink.Cut(clean(l.Title), wide), s)
	sc.Put(x+wide+5, y, ink.Cut(note, sc.W-x-wide-6), ns)
}
