package learn

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
)

// breaking lets somebody make a strategy lose, by being the network or by
// moving the clicks; or say that nobody can.
type breaking struct {
	attempt
	g     *lesson.Game
	at    int // the move in view, or the click, from 0
	tries int
	sight sight
	end   time.Duration // of the axis: it must not move under the hand

	weighing bool
	sure     int
	held     bool // a claim stands, and whether it is right the teacher has to show
}

func newBreaking(m *Model) page {
	p := &breaking{attempt: newAttempt(m), g: m.run.Game()}
	script, s := p.g.Script(), p.step.Scenario
	p.sight = sightOf([]*report.Trial{report.Replay(s.Name, script, lesson.Entry(p.step.Strategies[0]), s.ReplaySeed())})
	if p.step.By == lessons.Clicks {
		p.at = min(1, len(script.Actions)-1)
	}
	p.end = p.lane().end
	if a, _ := m.run.Answered(); a.Claimed {
		p.held, p.sure = m.closed(), a.Confidence
	}
	return p
}

func (p *breaking) begin(m *Model) tea.Cmd {
	if a, _ := m.run.Answered(); p.done && !p.held && !a.Broke {
		return p.tell(m)
	}
	return m.prepare()
}

func (p *breaking) shown(m *Model) tea.Cmd {
	p.held, p.weighing = false, false
	return p.attempt.shown(m)
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
	all = append(all, p.hintKeys(m)...)
	if m.o.Present {
		return append(all, m.revealKeys()...)
	}
	all = append(all, bind("n", "nobody can", then(func() { p.weighing = true }), "n"))
	return append(all, p.giveUpKeys(m, p.left == 0 && p.tries >= enough)...)
}

// enough is after how many moves somebody without a hint may be shown.
const enough = 6

func (p *breaking) things() int {
	if p.step.By == lessons.Clicks {
		return len(p.g.Script().Actions)
	}
	return len(p.g.Moves())
}

func (p *breaking) playKeys(m *Model) []binding {
	n := p.things()
	next := then1(func(k string) { walk(&p.at, n, k) })
	if p.step.By == lessons.Clicks {
		shift := func(k string, by time.Duration) { p.did(m, p.g.Shift(p.at+1, time.Duration(strides[k])*by)) }
		move := then1(func(k string) { shift(k, p.cell()) })
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

// cell is how far a key moves a click: about a cell of the axis.
func (p *breaking) cell() time.Duration {
	for _, ms := range []time.Duration{5, 10, 20, 50, 100} {
		if d := ms * time.Millisecond; d*40 >= p.end {
			return d
		}
	}
	return 200 * time.Millisecond
}

func (p *breaking) did(m *Model, err error) {
	if err != nil {
		m.message = err.Error()
		return
	}
	p.tries++
	if p.g.Broken() {
		p.g.Finish()
		p.done = true
		m.does(Did)
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
		m.does(Doubting)
		m.keep()
		if p.held {
			return nil
		}
		return p.tell(m)
	}
	return sureKeys(&p.sure, claim, bind("esc", "go on trying", then(func() { p.weighing = false }), "esc"))
}
