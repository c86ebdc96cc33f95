package learn

import (
	"strings"

	"photofinish/strategies"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// explaining shows a strategy: its rule, its source and its code, in Go and, if it is
// written over fetch too, in JavaScript.
type explaining struct {
	e     strategies.Entry
	say   string
	file  int
	from  int // the first line that is shown
	files []listing
}

type listing struct {
	name  string
	lines []strategies.Line // without what is not worth reading at the beginning
	first int               // the number of the first of them
}

// behindPackage is the first line of a file of Go that is worth reading.
const behindPackage = 2

func newExplain(m *Model) page {
	p := &explaining{e: lesson.Entry(m.run.Step().Strategies[0]), say: m.run.Step().Say}
	for _, name := range p.e.Files() {
		p.files = append(p.files, listing{name, strategies.Lines(name)[behindPackage:], behindPackage + 1})
	}
	if name, _ := strategies.JavaScript(p.e.Name); name != "" {
		p.files = append(p.files, listing{name, strategies.Lines(name), 1})
	}
	return p
}

func (p *explaining) keys(m *Model) []binding {
	longest := 0
	for _, f := range p.files {
		longest = max(longest, len(f.lines))
	}
	scroll := then1(func(k string) { p.from = max(min(p.from+strides[k], longest-5), 0) })
	all := []binding{m.goOn(), bind("↑ ↓", "scroll", scroll, "up", "down", "k", "j", "pgup", "pgdown")}
	n := len(p.files)
	if p.both(m.term.Width) {
		n-- // it is there
	}
	if n > 1 {
		what := "the other file"
		if strings.HasPrefix(p.files[(p.file+1)%n].name, "javascript/") {
			what = "in JavaScript"
		}
		other := then(func() { p.file, p.from = (p.file+1)%n, 0 })
		all = append(all, bind("tab", what, other, "tab"))
	}
	return all
}

// codeWidth is the widest line of a strategy's code, in cells; a test holds it.
const codeWidth = 48

// both reports whether there is a file in JavaScript, and room for it beside the other.
func (p *explaining) both(width int) bool {
	last := p.files[len(p.files)-1].name
	return width >= 2*codeWidth+50 && strings.HasPrefix(last, "javascript/")
}

func (p *explaining) draw(sc drawing) {
	if sc.W < codeWidth+32 {
		y := p.words(sc, 3, 2, sc.W-6, sc.H/2)
		p.code(sc, 3, y+1, sc.W-4, p.file)
		return
	}
	shown := []int{p.file}
	if last := len(p.files) - 1; p.both(sc.W) {
		shown = []int{min(p.file, last-1), last}
	}
	const each = codeWidth + 7
	left, room := 2, min(sc.W-len(shown)*each-2, 44)
	if sc.W >= 110 {
		left = max((sc.W-room-len(shown)*each-2)/2, 2)
	}
	p.words(sc, left, 2, room, sc.H-1)
	for i, file := range shown {
		p.code(sc, left+room+2+i*each, 2, each-2, file)
	}
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

func (p *explaining) code(sc drawing, x, y, room, file int) {
	f := &p.files[file]
	at := sc.Put(x, y, "strategies/"+clean(f.name), dim)
	sc.Repeat(at+1, y, x+room-at-1, '─', ink.Style{FG: ink.Rule})
	y++
	for i := p.from; i < len(f.lines) && y < sc.H-1; i++ {
		sc.Right(x+3, y, itoa(i+f.first), faint)
		at := sc.Put(x+4, y, ink.Cut(f.lines[i].Code, room-4), plain)
		sc.Put(at, y, ink.Cut(f.lines[i].Comment, x+room-at), dim)
		y++
	}
	if y == sc.H-1 && p.from+5 < len(f.lines) {
		sc.Right(x+room, sc.H-2, "↓", faint)
	}
}
