package learn

import (
	"fmt"
	"slices"
	"strings"

	"photofinish/report/explain"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

func (p *asking) draw(sc drawing) {
	if sc.m.o.Present {
		p.present(sc)
		return
	}
	x, below := sc.left(), sc.H-1
	rows := sc.lines(p.q.Ask) + len(p.step.Scenario.Script.Actions) + max(len(p.q.Choices), 3)
	gap := min(max((below-3-rows)/3, 0), 2)
	y := sc.text(x, 1+min(gap, 1), below, p.q.Ask, bold) + gap
	if !p.weighing || sc.H >= 20 { // what was asked is answered
		y = p.clicks(sc, x, y, below-max(len(p.q.Choices), 2)-gap) + gap
	}
	if p.weighing {
		y = sc.text(x, y, below-5, "You say: "+said(p.q, p.answer), accent)
		if y+6 < below {
			y++
		}
		sc.Put(x, y, "How sure are you?", bold)
		sc.confidences(x, y, p.answer.Confidence)
		return
	}
	text := "" // to a student, of what has become of the answer
	switch {
	case sc.m.o.Follows && sc.m.class != nil:
		text = clean(sc.m.class.Says)
	case sc.m.o.Follows && p.given:
		text = "You have answered, and may change it until the teacher goes on."
	}
	if text != "" {
		sc.Put(x, sc.H-2, ink.Cut(text, sc.W-x-1), dim)
		below--
	}
	if p.fixed {
		sc.Put(x, y, "You have seen what is true of this one: your answer stands.", dim)
		y++
	}
	if p.q.Form == lesson.Number {
		sc.slider(x, y+1, p.q, p.answer.Number, accent)
		return
	}
	p.choices(sc, x, y, below)
}

// clicks lists what the user does, and what is known of the network.
func (p *asking) clicks(sc drawing, x, y, below int) int {
	script := p.step.Scenario.Script
	free := p.step.Answer == lessons.Odds || p.step.Answer == lessons.Possible || p.step.Answer == lessons.RaceFree
	wide := 0
	steps := explain.Steps(script)
	for i := range steps {
		steps[i].Says = strings.TrimSpace(script.Where(script.Action(steps[i].Number)) + " " + steps[i].Says)
		wide = max(wide, ink.Width(clean(steps[i].Says)))
	}
	if wide = min(wide, sc.room()-12); !free {
		wide = min(wide, sc.room()-36)
	}
	for i, s := range steps {
		if y >= below-1 && i < len(steps)-1 {
			sc.Put(x, y, "… and "+itoa(len(steps)-i)+" more", faint)
			return y + 1
		}
		at := sc.Chip(x, y, s.Label, ink.Hue(s.Number), false)
		at = sc.Put(at+1, y, fmt.Sprintf("%8s", clean(s.At)), dim)
		sc.Put(at+2, y, ink.Cut(clean(s.Says), max(wide, 12)), plain)
		if a := script.Action(s.Number); !free && a.Up >= 0 && a.Down >= 0 {
			sc.Put(at+4+max(wide, 12), y, tell.Rounded(a.Up)+" ms up, "+tell.Rounded(a.Down)+" ms back", faint)
		}
		y++
	}
	if y < below && p.q.Form != lesson.Some {
		e := lesson.Entry(p.step.Strategies[0])
		sc.Put(x, y, ink.Cut("the page ("+e.Name+"): "+e.Rule, sc.W-x-1), dim)
		y++
	}
	if free && y < below {
		text := "every order in which the messages can go counts"
		if p.step.Answer == lessons.Odds {
			text = "luck draws: " + plainly.Replace(explain.Network(&script.Network))
		}
		y = sc.text(x, y, below, text, faint)
	}
	return y
}

// plainly says how long messages take in words that need no statistics.
var plainly = strings.NewReplacer("uplink ", "up ", "downlink ", "back ", "exp ", "about ",
	"median ", "about ", "p50 ", "about ", "p90 ", "one in ten over ", "p99 ", "seldom over ")

func (p *asking) choices(sc drawing, x, y, below int) {
	wide := 0
	for _, c := range p.q.Choices {
		wide = max(wide, ink.Width(c))
	}
	first, rows := frame.Window(len(p.q.Choices), below-y, p.at)
	lines := 0 // of the rules, each in as many as it takes
	for _, r := range p.q.Rules {
		lines += len(ink.Wrap(r, max(sc.W-x-wide-9, 1)))
	}
	whole := lines <= below-y
	for i := first; i < first+rows; i++ {
		s := sc.row(x, y, i == p.at && !p.fixed)
		picked := slices.Contains(p.answer.Picks, i)
		mark := map[bool]string{false: "○", true: "●"}[picked]
		if p.q.Form == lesson.Some {
			mark = map[bool]string{false: "[ ]", true: "[x]"}[picked]
		}
		if i < 9 {
			sc.Put(x, y, itoa(i+1), bold)
		}
		at := sc.Put(x+2, y, mark, s) + 1
		sc.Put(at, y, ink.Cut(p.q.Choices[i], sc.W-at-1), s)
		if len(p.q.Rules) > 0 && at+wide+12 < sc.W {
			rule, room := p.q.Rules[i], sc.W-at-wide-3
			if !whole {
				rule = ink.Cut(rule, room)
			}
			y = max(sc.wrapped(at+wide+2, y, below, room, rule, dim)-1, y)
		}
		y++
	}
}

// confidences lists them below a row, with the one in view marked.
func (sc drawing) confidences(x, y, sure int) {
	for i := 1; i <= 4; i++ {
		s := sc.row(x, y+i, i == sure)
		sc.Put(x, y+i, itoa(i), bold)
		sc.Put(x+3, y+i, lesson.Confidences[i], s)
	}
}

func said(q *lesson.Question, a lesson.Answer) string {
	if a.Passed {
		return "nothing"
	}
	return q.Said(a.Picks, a.Number, ", ")
}

func (sc drawing) slider(x, y int, q *lesson.Question, number float64, s ink.Style) {
	says := func(n float64) string { return q.Said(nil, n, "") }
	sc.Slider(x, y, sc.room(), (number-q.Low)/(q.High-q.Low), says(number), says(q.Low), says(q.High), s)
}
