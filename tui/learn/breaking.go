package learn

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
)

// breaking lets somebody make a strategy lose, by being the network or by
// moving the clicks; or say that nobody can.
type breaking struct {
	g        *lesson.Game
	strategy string
	say      string
	at       int // the move in view, or the click, from 0
	tries    int
	sight    sight
	end      time.Duration // of the axis: it must not move under the hand

	hint     string
	left     int // hints that are left
	weighing bool
	sure     int
	done     bool
	held     bool          // a claim stands, and whether it is right the teacher has to show
	truth    *lesson.Truth // after a claim, or when they gave up
	differ   *lesson.Finding
	right    bool
	waiting  bool
}

func newBreaking(m *Model) page {
	s := m.run.Step()
	p := &breaking{g: m.run.Game(), strategy: s.Strategies[0], say: s.Say, left: len(s.Hints)}
	p.sight = sightOf([]*report.Trial{report.Replay(s.Scenario.Name, p.g.Script(), lesson.Entry(p.strategy), s.Scenario.ReplaySeed())})
	if p.g.By() == lessons.Clicks {
		p.at = min(1, len(p.g.Script().Actions)-1)
	}
	p.end = p.lane().end
	a, done := m.run.Answered()
	p.done = done && !(a.Passed && m.closed())
	p.held = a.Claimed && m.closed()
	if a.Claimed {
		p.sure = a.Confidence
	}
	return p
}

func (p *breaking) begin(m *Model) tea.Cmd {
	if a, _ := m.run.Answered(); p.done && !p.held && !a.Broke {
		return p.tell(m)
	}
	return m.prepare()
}

// tell shows what is true, once it is known.
func (p *breaking) tell(m *Model) tea.Cmd {
	p.waiting = false
	t, err := m.run.Truth()
	if errors.Is(err, lesson.ErrNotReady) {
		p.waiting = true
		return m.prepare()
	}
	if err == nil {
		p.truth, p.right = t, m.run.Right()
		p.differ = &t.Lanes[0]
		m.say(true)
	}
	return nil
}

func (p *breaking) take(m *Model, msg tea.Msg) tea.Cmd {
	if _, ok := msg.(preparedMsg); ok && p.waiting {
		return p.tell(m)
	}
	return nil
}

func (p *breaking) shown(m *Model) tea.Cmd {
	m.run.Pass()
	p.done, p.held, p.weighing = true, false, false
	return p.tell(m)
}

func (p *breaking) keys(m *Model) []binding {
	switch {
	case p.waiting, p.held:
		return nil
	case p.done:
		return []binding{m.goOn()}
	case p.weighing:
		return p.weighingKeys(m)
	}
	all := p.playKeys(m)
	back := func() { p.at = min(p.at, max(p.things()-1, 0)) }
	all = append(all, bind("z", "take back", then(func() { p.g.Undo(); back() }), "z"),
		hidden(bind("r", "all back", then(func() { p.g.Restart(); back() }), "r")))
	if p.left > 0 {
		all = append(all, bind("h", "hint", then(func() { p.hint, p.left = m.run.Hint() }), "h"))
	}
	if m.o.Present {
		return append(all, m.revealKeys()...)
	}
	all = append(all, bind("n", "nobody can", then(func() { p.weighing = true }), "n"))
	if !m.closed() && p.left == 0 && (p.hint != "" || p.tries >= enough) {
		all = append(all, bind("g", "show me", func(string) tea.Cmd {
			m.run.Pass()
			p.done = true
			return p.tell(m)
		}, "g"))
	}
	return all
}

// enough is after how many moves somebody without a hint may be shown.
const enough = 6

// things returns how many moves or clicks there are.
func (p *breaking) things() int {
	if p.g.By() == lessons.Clicks {
		return len(p.g.Script().Actions)
	}
	return len(p.g.Moves())
}

// playKeys are those of the network, or of the clicks.
func (p *breaking) playKeys(m *Model) []binding {
	n := p.things()
	next := then1(func(k string) { walk(&p.at, n, k) })
	if p.g.By() == lessons.Clicks {
		shift := func(k string, by time.Duration) { p.did(m, p.g.Shift(p.at+1, time.Duration(strides[k])*by)) }
		move := then1(func(k string) { shift(k, p.stride()) })
		return []binding{
			bind("← →", "move "+p.g.Script().Actions[p.at].Label(), move, "left", "right", "shift+left", "shift+right"),
			hidden(bind(", .", "move it by 1 ms", then1(func(k string) { shift(k, time.Millisecond) }), ",", ".")),
			bind("tab", "next click", next, "tab", "shift+tab", "up", "down"),
		}
	}
	if n == 0 {
		return nil
	}
	pick := func(i int) { p.did(m, p.g.Pick(i)); p.at = 0 }
	all := []binding{bind(upTo(n), "lets it happen", then1(func(k string) { pick(digit(k)) }), digits(n)...)}
	return append(all,
		hidden(bind("↑ ↓", "the one in view", next, "up", "down")),
		hidden(bind("enter", "let the one in view happen", then(func() { pick(p.at) }), "enter")))
}

// stride is how far a key moves a click: about a cell of the axis.
func (p *breaking) stride() time.Duration {
	for _, ms := range []time.Duration{5, 10, 20, 50, 100} {
		if d := ms * time.Millisecond; d*40 >= p.end {
			return d
		}
	}
	return 200 * time.Millisecond
}

// did notes what came of a move.
func (p *breaking) did(m *Model, err error) {
	if err != nil {
		m.message = err.Error()
		return
	}
	p.tries++
	if p.g.Broken() {
		if p.g.By() == lessons.Network {
			p.g.Finish()
		}
		p.done = true
		m.keep()
		m.say(true)
	}
}

func (p *breaking) weighingKeys(m *Model) []binding {
	claim := func() tea.Cmd {
		p.weighing = false
		if err := m.run.Claim(p.sure); err != nil {
			m.message = err.Error()
			return nil
		}
		p.done, p.held = true, m.closed()
		m.keep()
		if p.held {
			return nil
		}
		return p.tell(m)
	}
	return sureKeys(&p.sure, claim, bind("esc", "go on trying", then(func() { p.weighing = false }), "esc"))
}
