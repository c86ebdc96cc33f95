package learn

import (
	"fmt"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

func (p *mending) draw(sc drawing) {
	x := sc.left()
	y := sc.text(x, 2, sc.H-8, "Choose a page that never ends badly.", bold)
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
	case p.last != nil && p.last.Lost != nil && p.last == p.tried[keyOf(p.remedy())]:
		p.counter(sc, x, y)
	case p.done:
		y = sc.text(x, y+1, sc.H-2, "✓ It holds: "+sentence(p.best()), good)
		sc.text(x, y+1, sc.H-1, p.step.Say, bold)
	case p.hint == "":
		y = sc.text(x, y+1, sc.H-1, p.told(sc.m), dim)
		if len(p.tried) == 0 && sc.W >= 80 && sc.H > 20 {
			sc.text(x, y+1, sc.H-1, "What you try is shown with what it costs on average: how many messages, "+
				"how long a click is held up by grey buttons, and when all is done.", faint)
		}
	}
	if p.hint != "" && !p.done {
		sc.text(x, sc.H-2, sc.H-1, "Hint: "+p.hint, bold)
	}
}

// told is what the lesson has told of the page in view; of a lesson that tells of none,
// its rule.
func (p *mending) told(m *Model) string {
	line := clean(p.step.Lines[p.at])
	switch client, layer, over := strings.Cut(p.names[p.at], "+"); {
	case len(m.run.Book().Lesson.Warnings) > 0:
		return clean(lesson.Entry(p.names[p.at]).Rule) + "."
	case line != "" && over && layer == "hold":
		return client + ": " + line + "; and one message at a time."
	case line != "":
		return line + "."
	}
	return ""
}

func (p *mending) best() string {
	for _, t := range p.tried {
		if t.Holds && (p.last == nil || !p.last.Holds || p.last == t) {
			return t.Strategy + " is " + t.Orders.Says()
		}
	}
	return "what you chose before"
}

func (p *mending) drawOrder(sc drawing, x, y int) {
	at := x
	actions := p.step.Scenario.Script.Actions
	room := (sc.W-x)/len(actions) - 6
	for i := range actions {
		a := &actions[i]
		if p.order != nil {
			a = &actions[p.order[i]-1]
		}
		at = sc.click(a, at, y, p.step.Clicks && i == p.click)
		says := clean(strings.TrimPrefix(tell.Action(p.step.Scenario.Script, a), a.Label()+" "))
		at = sc.Put(at+1, y, ink.Cut(says, room), dim) + 3
	}
}

func (p *mending) table(sc drawing, x, y int) int {
	wide := 0
	for _, n := range p.names {
		wide = max(wide, ink.Width(n))
	}
	found, cost := x+wide+5, x+wide+21
	sc.Put(found, y, "all orders", faint)
	costly := cost+32 < sc.W
	if costly {
		sc.Put(cost, y, "messages", faint)
		sc.Put(cost+10, y, "held up", faint)
		sc.Put(cost+20, y, "done after", faint)
	}
	first, rows := sc.List(x-3, y+1, 1, len(p.names), sc.H-y-4, p.at)
	for i := first; i < first+rows; i++ {
		y++
		s := sc.row(x, y, i == p.at)
		t := p.tried[keyOf(lesson.Remedy{Strategy: p.names[i], Order: p.order})]
		sc.Put(x+3, y, p.names[i], s)
		if t == nil {
			sc.Put(x, y, "·", dim)
			continue
		}
		mark, of, text := "✗", ink.Style{FG: ink.Wrong, Bold: true}, fmt.Sprintf("%d of %d badly", t.Orders.Bad(), t.Orders.Classes)
		if t.Holds {
			mark, of, text = "✓", good, fmt.Sprintf("all %d well", t.Orders.Classes)
			if t.Orders.Classes == 1 {
				text = "it ends well"
			}
		}
		sc.Put(x, y, mark, of)
		sc.Put(found, y, text, of)
		if costly {
			sc.Put(cost, y, fmt.Sprintf("%.1f", t.Requests), dim)
			sc.Put(cost+10, y, tell.Rounded(t.Blocked)+" ms", dim)
			sc.Put(cost+20, y, tell.Rounded(t.Settled)+" ms", dim)
		}
	}
	return y + 1
}

func (p *mending) counter(sc drawing, x, y int) {
	f := p.last.Lost
	pl := newPlayback([]*report.Trial{f.Trial})
	pl.finish()
	pl.pointed, pl.point = f.Event >= 0, f.At
	if sc.H-3-y >= 8 {
		pl.draw(sc, y, sc.H-3)
	}
	if text := p.last.Strategy + ": " + sentence(f.Says); p.hint == "" {
		sc.text(x, sc.H-1-min(sc.lines(text), 2), sc.H-1, text, plain)
	}
}
