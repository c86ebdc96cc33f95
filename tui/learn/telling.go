package learn

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/tui/lesson"
	"photofinish/tui/prose"
)

func (m *Model) goOn() binding {
	b := bind("enter", "go on", func(string) tea.Cmd { return m.next() }, "enter")
	b.quiet = m.o.Follows // the teacher does
	return b
}

type telling struct{ text []prose.Paragraph }

func (p *telling) keys(m *Model) []binding { return []binding{m.goOn()} }

func (p *telling) draw(sc drawing) {
	if sc.m.o.Present {
		sc.big(prose.Text(p.text), 2, sc.H-2, bold)
		return
	}
	tall := prose.Rows(p.text, sc.room())
	y := min(max((sc.H-tall)/3, 2), 8)
	prose.Draw(sc.Frame, p.text, sc.left(), y, sc.H-1, sc.room())
}

type watch struct {
	*playback
	say string
}

func newWatch(m *Model) page {
	s := m.run.Step()
	var trials []*report.Trial
	for _, name := range s.Strategies {
		trials = append(trials, lesson.Replay(s, name))
	}
	return &watch{newPlayback(trials), s.Say}
}

func (p *watch) keys(m *Model) []binding { return p.playback.keys(m.goOn()) }

func (p *watch) draw(sc drawing) {
	y := sc.text(sc.left(), 2, sc.H-8, p.say, bold)
	p.playback.draw(sc, y+1, sc.H-5)
	l := p.lanes[p.at]
	if is := l.At(p.now); p.over() && !is.Open {
		sc.text(sc.left(), sc.H-4, sc.H-1, l.Name+": "+is.Says+".", dim)
	}
}
