package learn

import (
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"

	"photofinish/exercises"
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
	if names := exercisesOf()[l.Name]; names != nil && l.File == "" && !sc.m.o.Follows {
		y = sc.text(x, y+1, sc.H-1, "Write one yourself: photofinish exercise "+strings.Join(names, ", or ")+".", plain)
	}
	if _, n, _ := lesson.Tally(sc.m.run.Marks()); n > 0 && l.Name != lessons.FirstCheck { // that tells nothing
		sc.text(x, y+2, sc.H-1, "You were sure of "+count(n, "answer")+" here, and it was otherwise. "+
			"In the list of lessons, a leads there.", dim)
	} else if l.Source != "" {
		sc.text(x, y+2, sc.H-1, "From: "+l.Source, dim)
	}
}

var exercisesOf = sync.OnceValue(func() map[string][]string {
	of := map[string][]string{}
	for _, e := range exercises.All() {
		of[e.Lesson] = append(of[e.Lesson], e.Name)
	}
	return of
})
