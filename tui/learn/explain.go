package learn

import (
	"photofinish/strategies"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// explaining shows a strategy: its rule, its source and its code.
type explaining struct {
	e     strategies.Entry
	say   string
	file  int
	from  int // the first line that is shown
	lines [][]strategies.Line
}

func newExplain(m *Model) page {
	p := &explaining{e: lesson.Entry(m.run.Step().Strategies[0]), say: m.run.Step().Say, from: behindPackage}
	for _, name := range p.e.Files() {
		p.lines = append(p.lines, strategies.Lines(name))
	}
	return p
}

func (p *explaining) keys(m *Model) []binding {
	scroll := then1(func(k string) { p.from = max(min(p.from+strides[k], len(p.lines[p.file])-5), 0) })
	all := []binding{m.goOn(), bind("↑ ↓", "scroll", scroll, "up", "down", "k", "j", "pgup", "pgdown")}
	if len(p.lines) > 1 {
		other := then(func() { p.file, p.from = (p.file+1)%len(p.lines), behindPackage })
		all = append(all, bind("tab", "the other file", other, "tab"))
	}
	return all
}

// behindPackage is the first line of a file that is worth reading.
const behindPackage = 2

// codeWidth is the widest line of a strategy's code, in cells; a test holds it.
const codeWidth = 48

func (p *explaining) draw(sc drawing) {
	if sc.W < codeWidth+32 {
		y := p.words(sc, 3, 2, sc.W-6, sc.H/2)
		p.code(sc, 3, y+1, sc.W-4)
		return
	}
	left := 2
	room := min(sc.W-codeWidth-9, 44)
	if sc.W >= 110 {
		left = max((sc.W-room-codeWidth-9)/2, 2)
	}
	p.words(sc, left, 2, room, sc.H-1)
	p.code(sc, left+room+2, 2, codeWidth+5)
}

func (p *explaining) words(sc drawing, x, y, room, below int) int {
	sc.Put(x, y, ink.Cut(p.e.Name, room), accent)
	y = sc.wrapped(x, y+2, below, room, sentence(p.e.Rule), bold)
	if p.say != "" {
		y = sc.wrapped(x, y+1, below, room, p.say, plain)
	}
	if p.e.Source != "" {
		y = sc.wrapped(x, y+1, below, room, p.e.Source, faint)
	}
	return y
}

func (p *explaining) code(sc drawing, x, y, room int) {
	lines := p.lines[p.file]
	at := sc.Put(x, y, "strategies/"+clean(p.e.Files()[p.file]), dim)
	sc.Repeat(at+1, y, x+room-at-1, '─', ink.Style{FG: ink.Rule})
	y++
	for i := p.from; i < len(lines) && y < sc.H-1; i++ {
		sc.Right(x+3, y, itoa(i+1), faint)
		at := sc.Put(x+4, y, ink.Cut(lines[i].Code, room-4), plain)
		sc.Put(at, y, ink.Cut(lines[i].Comment, x+room-at), dim)
		y++
	}
	if y == sc.H-1 && p.from+5 < len(lines) {
		sc.Right(x+room, sc.H-2, "↓", faint)
	}
}
