package learn

import (
	"context"
	"math"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// spread shows what the same clicks come to on other networks, and lets one change by
// how much messages differ while their mean stays.
type spread struct {
	s    *lesson.Spreads // nil: not known yet
	at   int             // the spread in view
	back page
}

func spreadKey(m *Model) binding {
	return bind("N", "other networks", func(string) tea.Cmd {
		p := &spread{back: m.page}
		m.page = p
		return m.work(p, func(ctx context.Context, b *lesson.Book, n int) func() {
			s, err := b.Spreads(ctx, n)
			if err != nil || s == nil {
				return nil
			}
			return func() { p.s, p.at = s, len(s.Spread)-1 }
		})
	}, "N")
}

func (p *spread) keys(m *Model) []binding {
	back := bind("enter", "back", then(func() { m.page = p.back }), "enter", "esc", "N")
	if p.s == nil || len(p.s.Spread) == 0 {
		return []binding{back}
	}
	change := then1(func(k string) {
		by := map[string]int{"+": 1, "right": 1, "-": -1, "left": -1}[k]
		p.at = min(max(p.at+by, 0), len(p.s.Spread)-1)
	})
	return []binding{bind("+ −", "more or less spread", change, "+", "-", "left", "right"), back}
}

func (p *spread) draw(sc drawing) {
	x, y := sc.left(), 2
	y = sc.text(x, y, sc.H-1, "The same clicks on other networks: how many of 100 end badly", bold) + 1
	if p.s == nil {
		sc.Put(x, y, "Counting …", dim)
		return
	}
	for i := range p.s.Networks {
		p.bar(sc, x, y, &p.s.Networks[i], p.s.Networks[i].Here)
		y++
	}
	if len(p.s.Spread) == 0 {
		return
	}
	y = sc.text(x, y+1, sc.H-1, "And with its mean, but another spread. A message takes", bold)
	first, rows := sc.List(x-3, y, 1, len(p.s.Spread), sc.H-1-y, p.at)
	for i := first; i < first+rows; i++ {
		s := sc.row(x, y, i == p.at)
		sc.Put(x, y, ink.Cut(p.s.Spread[i].Name, 42), s)
		if i == p.at {
			sc.Right(x+min(sc.room(), 60), y, itoa(int(math.Round(p.s.Spread[i].Bad)))+" of 100", accent)
		}
		y++
	}
	sc.text(x, y+min(1, max(sc.H-20, 0)), sc.H-1, "Where every message takes the same time, what is sent first lands first. It is the spread that lets one overtake another.", dim)
}

func (p *spread) bar(sc drawing, x, y int, e *lesson.Elsewhere, here bool) {
	s := dim
	if here {
		s = accent
	}
	sc.Put(x, y, e.Name, s)
	room := min(sc.room(), 60) - 24
	n := int(math.Round(e.Bad / 100 * float64(room)))
	sc.Repeat(x+16, y, n, '█', s)
	sc.Put(x+17+n, y, itoa(int(math.Round(e.Bad))), s)
}
