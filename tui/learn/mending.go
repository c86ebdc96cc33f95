package learn

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/scenarios/lessons"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// mending lets somebody choose a client, or another order of clicks, that
// never ends badly.
type mending struct {
	step    *lessons.Step
	names   []string
	at      int   // the strategy in view
	order   []int // of the clicks; nil: as they are
	click   int   // the click in view, from 0
	clicks  bool  // the clicks are in view, not the strategies
	tried   map[string]*lesson.Remedied
	last    *lesson.Remedied
	trying  bool
	done    bool
	hint    string
	left    int
	truth   *lesson.Truth
	waiting bool
}

func newMending(m *Model) page {
	s := m.run.Step()
	p := &mending{step: s, names: s.Strategies, tried: map[string]*lesson.Remedied{}, left: len(s.Hints)}
	for _, t := range m.run.Tries() {
		p.tried[keyOf(t.Remedy)], p.last = t, t
	}
	_, p.done = m.run.Answered()
	return p
}

// keyOf names a remedy.
func keyOf(r lesson.Remedy) string { return fmt.Sprint(r.Strategy, r.Order) }

func (p *mending) begin(m *Model) tea.Cmd { return nil }

func (p *mending) remedy() lesson.Remedy {
	return lesson.Remedy{Strategy: p.names[p.at], Order: p.order}
}

// triedMsg says what came of a remedy.
type triedMsg struct {
	page *mending
	r    *lesson.Remedied
	err  error
}

// try works out what comes of the remedy in view.
func (p *mending) try(m *Model) tea.Cmd {
	if t := p.tried[keyOf(p.remedy())]; t != nil {
		p.last = t
		return nil
	}
	p.trying = true
	book, n, r := m.run.Book(), m.run.At(), p.remedy()
	return m.work(func(ctx context.Context) tea.Msg {
		out, err := book.Remedy(ctx, n, r)
		return triedMsg{p, out, err}
	})
}

func (p *mending) take(m *Model, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case triedMsg:
		if msg.page != p {
			return nil
		}
		p.trying = false
		if msg.err != nil {
			m.message = msg.err.Error()
			return nil
		}
		m.run.Tried(msg.r)
		p.tried[keyOf(msg.r.Remedy)], p.last = msg.r, msg.r
		p.done = p.done || msg.r.Holds
		m.keep()
	case preparedMsg:
		if p.waiting {
			return p.tell(m)
		}
	}
	return nil
}

// tell shows what holds, to somebody who gave up.
func (p *mending) tell(m *Model) tea.Cmd {
	t, err := m.run.Truth()
	if p.waiting = errIs(err, lesson.ErrNotReady); p.waiting {
		return m.prepare()
	}
	p.truth = t
	m.say(true)
	return nil
}

func (p *mending) shown(m *Model) tea.Cmd {
	m.run.Pass()
	p.done = true
	return p.tell(m)
}

func (p *mending) keys(m *Model) []binding {
	if p.trying || p.waiting {
		return nil
	}
	try := bind("enter", "try it", func(string) tea.Cmd { return p.try(m) }, "enter", "space")
	var all []binding
	switch {
	case p.done:
		all = append(all, m.goOn(), bind("space", "try this one too", func(string) tea.Cmd { return p.try(m) }, "space"))
	case m.o.Present:
		all = append(all, bind("space", "try it", func(string) tea.Cmd { return p.try(m) }, "space"))
	default:
		all = append(all, try)
	}
	all = append(all, bind("↑ ↓", "choose", then1(p.walk), "up", "down", "k", "j"))
	if p.composable() {
		all = append(all, bind("+", "another layer over it", then(p.compose), "+"))
	}
	if p.step.Clicks {
		all = append(all, bind("tab", "pick a click", then(func() { p.click = (p.click + 1) % len(p.step.Scenario.Script.Actions) }), "tab"),
			bind("[ ]", "move it", then1(p.swap), "[", "]"))
	}
	if p.left > 0 && !p.done {
		all = append(all, bind("h", "hint", then(func() { p.hint, p.left = m.run.Hint() }), "h"))
	}
	if !p.done && !m.o.Present && (p.left == 0 || len(p.tried) >= len(p.names)) {
		all = append(all, bind("g", "show me", func(string) tea.Cmd { return p.shown(m) }, "g"))
	}
	if !p.done && m.o.Present {
		all = append(all, m.revealKeys()...)
	}
	return all
}

func (p *mending) walk(k string) {
	p.at = (p.at + len(p.names) + map[string]int{"up": -1, "k": -1, "down": 1, "j": 1}[k]) % len(p.names)
}

// composable reports whether the client in view is offered with a layer too,
// or without.
func (p *mending) composable() bool {
	client, _, _ := strings.Cut(p.names[p.at], "+")
	n := 0
	for _, name := range p.names {
		if c, _, _ := strings.Cut(name, "+"); c == client {
			n++
		}
	}
	return n > 1
}

// compose goes to the same client with the next layer over it.
func (p *mending) compose() {
	client, _, _ := strings.Cut(p.names[p.at], "+")
	for i := 1; i <= len(p.names); i++ {
		k := (p.at + i) % len(p.names)
		if c, _, _ := strings.Cut(p.names[k], "+"); c == client {
			p.at = k
			return
		}
	}
}

// swap lets a click change places with its neighbour.
func (p *mending) swap(k string) {
	n := len(p.step.Scenario.Script.Actions)
	if p.order == nil {
		for i := range n {
			p.order = append(p.order, i+1)
		}
	}
	to := p.click + map[string]int{"[": -1, "]": 1}[k]
	if to < 0 || to >= n {
		return
	}
	p.order = slices.Clone(p.order)
	p.order[p.click], p.order[to] = p.order[to], p.order[p.click]
	p.click = to
	if slices.IsSorted(p.order) {
		p.order = nil
	}
}

func (p *mending) draw(sc screen) {
	x := sc.left()
	y := sc.text(x, 2, sc.H-8, "Choose what never ends badly: not today, not in any order.", bold)
	p.drawOrder(sc, x, y)
	if y++; sc.H > 20 {
		y++
	}
	y = p.table(sc, x, y)
	switch {
	case p.trying || p.waiting:
		sc.Put(x, y+1, "Trying all orders …", dim)
	case p.truth != nil:
		y = sc.text(x, y+1, sc.H-2, sentence(p.truth.Says), good)
		sc.text(x, y, sc.H-1, p.step.Say, bold)
	case p.last != nil && !p.last.Holds && p.last.Lost != nil && p.shownNow():
		p.counter(sc, x, y)
	case p.done:
		y = sc.text(x, y+1, sc.H-2, "✓ It holds: "+sentence(p.best()), good)
		sc.text(x, y+1, sc.H-1, p.step.Say, bold)
	case p.hint == "":
		sc.text(x, y+1, sc.H-1, clean(entry(p.names[p.at]).Rule)+".", dim)
	}
	if p.hint != "" && !p.done {
		sc.text(x, sc.H-2, sc.H-1, "Hint: "+p.hint, bold)
	}
}

// shownNow reports whether what was tried last is what is in view.
func (p *mending) shownNow() bool { return keyOf(p.last.Remedy) == keyOf(p.remedy()) }

// best says what holds.
func (p *mending) best() string {
	for _, t := range p.tried {
		if t.Holds && (p.last == nil || !p.last.Holds || p.last == t) {
			return t.Strategy + " is " + t.Says
		}
	}
	return "what you chose before"
}

// drawOrder shows the order of the clicks.
func (p *mending) drawOrder(sc screen, x, y int) {
	at := x
	actions := p.step.Scenario.Script.Actions
	room := (sc.W-x)/len(actions) - 6
	for i := range actions {
		a := &actions[i]
		if p.order != nil {
			a = &actions[p.order[i]-1]
		}
		held := p.step.Clicks && i == p.click
		if held {
			at = sc.Put(at, y, "◂", accent)
		}
		at = sc.Chip(at, y, a.Label(), ink.Hue(a.Number), false)
		if held {
			at = sc.Put(at, y, "▸", accent)
		}
		says := clean(strings.TrimPrefix(report.Describe(p.step.Scenario.Script, a), a.Label()+" "))
		at = sc.Put(at+1, y, ink.Cut(says, room), dim) + 3
	}
}

// table lists what may be chosen, with what came of it and what it costs.
func (p *mending) table(sc screen, x, y int) int {
	wide := 0
	for _, n := range p.names {
		wide = max(wide, ink.Width(n))
	}
	found := x + wide + 5
	sc.Put(found, y, "all orders", faint)
	cost := found + 16
	costly := cost+32 < sc.W
	if costly {
		sc.Put(cost, y, "messages", faint)
		sc.Put(cost+10, y, "held up", faint)
		sc.Put(cost+20, y, "done after", faint)
	}
	rows := min(len(p.names), sc.H-y-4)
	first := min(max(p.at-rows/2, 0), len(p.names)-rows)
	for i := first; i < first+rows; i++ {
		y++
		s := plain
		if i == p.at {
			s = accent
			sc.Put(x-2, y, "▶", accent)
		}
		t := p.tried[keyOf(lesson.Remedy{Strategy: p.names[i], Order: p.order})]
		sc.Put(x+3, y, p.names[i], s)
		if t == nil {
			sc.Put(x, y, "·", dim)
			continue
		}
		mark, of, text := "✗", ink.Style{FG: ink.Wrong, Bold: true}, fmt.Sprintf("%d of %d badly", t.Orders.Bad(), t.Orders.Classes)
		if t.Holds {
			mark, of, text = "✓", good, fmt.Sprintf("all %d well", t.Orders.Classes)
		}
		sc.Put(x, y, mark, of)
		sc.Put(found, y, text, of)
		if costly {
			sc.Put(cost, y, fmt.Sprintf("%.1f", t.Requests), dim)
			sc.Put(cost+10, y, report.Rounded(t.Blocked), dim)
			sc.Put(cost+20, y, report.Rounded(t.Settled), dim)
		}
	}
	return y + 1
}

// counter shows the shortest order that ends badly.
func (p *mending) counter(sc screen, x, y int) {
	f := p.last.Lost
	pl := newPlayer(lanesOf([]*report.Trial{f.Trial}))
	pl.finish()
	pl.pointed, pl.point = f.Event >= 0, f.At
	if rows := sc.H - 3 - y; rows >= 8 {
		pl.draw(sc, y, sc.H-3)
	}
	text := p.last.Strategy + ": " + sentence(f.Says)
	if p.hint == "" {
		sc.text(x, sc.H-1-min(sc.lines(text), 2), sc.H-1, text, plain)
	}
}
