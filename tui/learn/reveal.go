package learn

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// reveal tells what is true of a prediction, or of a check: the trace runs,
// then the answer and the truth stand side by side, and the event that decided
// is pointed at.
type reveal struct {
	q      *lesson.Question
	step   *lessons.Step // what was asked
	say    string
	answer lesson.Answer
	truth  *lesson.Truth // nil: not known yet
	right  bool
	*player

	closed bool // for a wall: nothing is shown before R, twice
	failed string
	curve  *curve // odds against the gap; nil: there is none, or not yet
}

// closed reports whether what is true has to wait for the teacher.
func (m *Model) closed() bool {
	return m.o.Present || m.o.Follows && !(m.may.Shown && m.may.Step == m.run.At())
}

func newReveal(m *Model) *reveal {
	p := &reveal{q: m.run.Question(), step: m.run.Step(), say: m.run.Step().Say, closed: m.closed()}
	if s := m.run.Step(); s.Kind == lessons.Reveal {
		p.step = &m.run.Book().Lesson.Steps[s.Of]
	}
	p.answer, _ = m.run.Answered()
	return p
}

func (p *reveal) begin(m *Model) tea.Cmd {
	if p.closed {
		return m.prepare()
	}
	return p.reveal(m)
}

// reveal lets the trace begin, or asks for it.
func (p *reveal) reveal(m *Model) tea.Cmd {
	t, err := m.run.Truth()
	if err != nil {
		return m.prepare()
	}
	p.truth, p.right = t, m.run.Right()
	var trials []*report.Trial
	for i := range t.Lanes {
		trials = append(trials, t.Lanes[i].Trial)
	}
	p.player = newPlayer(trials)
	if p.step.Answer == lessons.Stands {
		for i := range p.lanes {
			p.lanes[i] = laneOf(t.Lanes[i].Trial, sight{p.lanes[i].Rails[0].View, p.step.Field})
		}
	}
	p.at = max(m.run.First(), 0)
	m.say(true)
	if p.step.Answer != lessons.Odds || m.small() {
		return nil
	}
	book, n, ctx := m.run.Book(), m.run.At(), m.ctx
	return func() tea.Msg {
		c, err := book.Curve(ctx, n)
		return curveMsg{p, c, err}
	}
}

// proved reports whether it is about all orders: no single event decides it.
func proved(f *lesson.Finding) bool { return f.Orders != nil && !f.Bad }

type curveMsg struct {
	page *reveal
	c    *report.Curves
	err  error
}

func (p *reveal) take(m *Model, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case preparedMsg:
		switch {
		case msg.err != nil && !errors.Is(msg.err, m.ctx.Err()):
			p.failed = msg.err.Error()
		case msg.book == m.run.Book() && p.truth == nil && !p.closed:
			return p.reveal(m)
		}
	case curveMsg:
		if msg.page == p && msg.c != nil && hasShape(msg.c) {
			p.curve = newCurve(msg.c, p)
		}
	}
	return nil
}

func (p *reveal) shown(m *Model) tea.Cmd {
	if !p.closed {
		return nil
	}
	p.closed = false
	return p.reveal(m)
}

func (p *reveal) keys(m *Model) []binding {
	switch {
	case p.closed && m.o.Follows:
		return nil
	case p.closed:
		return m.revealKeys()
	case p.truth == nil:
		return nil
	}
	onward := m.goOn()
	if p.curve != nil {
		onward = bind("enter", "go on", func(string) tea.Cmd { m.page = p.curve; return nil }, "enter")
	}
	return p.player.keys(onward)
}

func (p *reveal) draw(sc drawing) {
	switch {
	case p.closed && sc.m.o.Follows:
		y := sc.text(sc.left(), 2, sc.H-4, p.q.Ask, bold)
		sc.text(sc.left(), y+1, sc.H-1, "You said: "+said(p.q, p.answer)+". The teacher shows what is true.", dim)
		return
	case p.closed:
		sc.curtain(p)
		return
	case p.truth == nil:
		text, s := "Working it out …", dim
		if p.failed != "" {
			text, s = "This could not be worked out: "+p.failed, plain
		}
		sc.text(sc.left(), 3, sc.H-1, text, s)
		return
	}
	rows := 3 + sc.lines(p.say) + min(sc.lines(p.decides()), 2) // of what is told
	if sc.m.o.Present {
		rows += 2
	}
	rows = min(rows, sc.H-11)
	f := &p.truth.Lanes[p.at]
	p.pointed, p.point = f.Event >= 0 && !proved(f), f.At
	p.player.draw(sc, 2, sc.H-1-rows-1)
	if p.over() {
		p.told(sc, sc.H-1-rows)
		return
	}
	text := "What happens, slowly …"
	switch {
	case p.step.Answer == lessons.Odds && p.truth.Lanes[0].Bad:
		text = "One of those that end badly, slowly …"
	case f.Orders != nil && f.Bad:
		text = "The shortest order that ends badly, slowly …"
	}
	sc.Put(sc.left(), sc.H-1-rows, text, dim)
}

// told puts the answer and the truth side by side.
func (p *reveal) told(sc drawing, y int) {
	x, room := sc.left(), sc.room()
	switch {
	case sc.m.o.Present:
		x, room = max(sc.W/20, 2), sc.W-2*max(sc.W/20, 2)
		y = sc.big(p.isSo(), y, y+bigRows, accent)
	case p.answer.Passed:
		sc.Put(x, y, "it is", dim)
		sc.Put(x+11, y, ink.Cut(p.isSo(), room-11), bold)
		y++
	default:
		y = p.sides(sc, x, y, room)
	}
	if text := p.decides(); text != "" && y < sc.H-1 {
		if sc.Put(x, y, "·", dim); p.pointed {
			sc.Put(x, y, "▲", accent)
		}
		y = sc.wrapped(x+2, y, sc.H-1, room-2, text, plain)
	}
	if p.say != "" && y < sc.H-1 {
		sc.text(x, max(y, min(y+1, sc.H-1-sc.lines(p.say))), sc.H-1, p.say, bold)
	}
}

func (p *reveal) sides(sc drawing, x, y, room int) int {
	sure := ""
	if c := p.answer.Confidence; c >= 1 && c <= 4 {
		sure = lesson.Confidences[c]
	}
	mark, s := "≠ something else", ink.Style{FG: ink.Loud, Bold: true}
	switch {
	case p.right && p.q.Form == lesson.Number && p.answer.Number != p.truth.Number:
		mark, s = "✓ near enough", good
	case p.right:
		mark, s = "✓ as you said", good
	}
	tail := max(ink.Width(mark), ink.Width(sure)) + 2
	sc.Put(x, y, "you said", dim)
	sc.Put(x+11, y, ink.Cut(said(p.q, p.answer), room-11-tail), plain)
	sc.Right(x+room, y, sure, dim)
	sc.Put(x, y+1, "it is", dim)
	sc.Put(x+11, y+1, ink.Cut(p.isSo(), room-11-tail), bold)
	sc.Right(x+room, y+1, mark, s)
	return y + 2
}

// isSo says in words what is true, as the answer is said.
func (p *reveal) isSo() string {
	if len(p.truth.Picks) == 0 && p.q.Form == lesson.One {
		return p.truth.Says
	}
	return p.q.Said(p.truth.Picks, p.truth.Number, ", ")
}

// decides says which event of the lane in view decided.
func (p *reveal) decides() string {
	f := &p.truth.Lanes[p.at]
	text := clean(f.Says)
	if text == "" {
		return ""
	}
	if f.Orders != nil && f.Orders.RaceFree() {
		text = "it ends well in all " + count(f.Orders.Classes, "order") + " in which things can happen"
	}
	if len(p.truth.Lanes) > 1 {
		text = f.Strategy + ": " + text
	}
	if f.Event >= 0 && !proved(f) && !strings.Contains(text, " here") {
		text += fmt.Sprintf(", at %s ms", tell.Rounded(f.At))
	}
	if f.Orders != nil && f.Bad {
		text += "; " + f.Orders.Says()
	}
	return text + "."
}
