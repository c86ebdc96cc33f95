package learn

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/lesson"
)

// mending lets somebody choose a client, or another order of clicks, that
// never ends badly.
type mending struct {
	attempt
	names  []string
	at     int   // the strategy in view
	order  []int // of the clicks; nil: as they are
	click  int   // the click in view, from 0
	tried  map[string]*lesson.Remedied
	last   *lesson.Remedied
	trying bool
}

func newMending(m *Model) page {
	p := &mending{attempt: newAttempt(m), names: m.run.Step().Strategies, tried: map[string]*lesson.Remedied{}}
	for _, t := range m.run.Tries() {
		p.tried[keyOf(t.Remedy)], p.last = t, t
	}
	return p
}

func keyOf(r lesson.Remedy) string { return fmt.Sprint(r.Strategy, r.Order) }

func (p *mending) begin(m *Model) tea.Cmd {
	if a, _ := m.run.Answered(); p.done && a.Passed {
		return p.tell(m)
	}
	return nil
}

func (p *mending) remedy() lesson.Remedy {
	return lesson.Remedy{Strategy: p.names[p.at], Order: p.order}
}

func (p *mending) try(m *Model) tea.Cmd {
	if t := p.tried[keyOf(p.remedy())]; t != nil {
		p.last = t
		return nil
	}
	p.trying = true
	r := p.remedy()
	return m.work(p, func(ctx context.Context, b *lesson.Book, n int) func() {
		out, err := b.Remedy(ctx, n, r)
		return func() { p.did(m, out, err) }
	})
}

// did takes what has come of a remedy.
func (p *mending) did(m *Model, r *lesson.Remedied, err error) {
	p.trying = false
	if err != nil {
		m.message = err.Error()
		return
	}
	m.run.Tried(r)
	p.tried[keyOf(r.Remedy)], p.last = r, r
	if p.done = p.done || r.Holds; r.Holds {
		m.does(Did)
	}
	m.keep()
	if p.done {
		m.say(true)
	}
}

func (p *mending) keys(m *Model) []binding {
	if p.trying || p.waiting {
		return nil
	}
	try := func(string) tea.Cmd { return p.try(m) }
	all := []binding{bind("enter", "try it", try, "enter", "space")}
	switch {
	case p.done:
		all = []binding{m.goOn(), bind("space", "try this one too", try, "space")}
	case m.o.Present:
		all = []binding{bind("space", "try it", try, "space")}
	}
	all = append(all, bind("↑ ↓", "choose", then1(func(k string) { walk(&p.at, len(p.names), k) }), "up", "down", "k", "j"))
	if k := p.layered(); k != p.at {
		all = append(all, bind("+", "another layer over it", then(func() { p.at = k }), "+"))
	}
	if p.step.Clicks {
		n := len(p.step.Scenario.Script.Actions)
		all = append(all, bind("tab", "pick a click", then1(func(k string) { walk(&p.click, n, k) }), "tab"),
			bind("[ ]", "move it", then1(p.swap), "[", "]"))
	}
	all = slices.Concat(all, p.hintKeys(m), p.giveUpKeys(m, len(p.tried) >= min(2, len(p.names)-1)))
	if !p.done && m.o.Present {
		all = append(all, m.revealKeys()...)
	}
	return all
}

// layered returns the place of the client in view with the next layer over it,
// or without one: its own if it is offered once.
func (p *mending) layered() int {
	client, _, _ := strings.Cut(p.names[p.at], "+")
	for i := range p.names {
		k := (p.at + 1 + i) % len(p.names)
		if c, _, _ := strings.Cut(p.names[k], "+"); c == client {
			return k
		}
	}
	return p.at
}

func (p *mending) swap(k string) {
	n := len(p.step.Scenario.Script.Actions)
	to := p.click + strides[k]
	if to < 0 || to >= n {
		return
	}
	p.order = slices.Clone(p.order)
	for i := len(p.order); i < n; i++ {
		p.order = append(p.order, i+1)
	}
	p.order[p.click], p.order[to] = p.order[to], p.order[p.click]
	p.click = to
	if slices.IsSorted(p.order) {
		p.order = nil
	}
}
