package learn

import (
	"slices"
	"strings"
	"time"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

const breakRows = 9

func (p *breaking) draw(sc drawing) {
	x := sc.left()
	head := "Make " + p.step.Strategies[0] + " lose. You are the network: what happens next is up to you."
	if p.step.By == lessons.Clicks {
		head = "Make " + p.step.Strategies[0] + " lose. Move the clicks: the network stays as it is."
	}
	top, from := 2, sc.H-min(breakRows, 2+max(p.things()+2, 6))
	if sc.H < 20 {
		head = strings.Split(head, ":")[0] + "."
		top, from = 1, sc.H-1-max(p.things()+2, 4)
	}
	y := sc.text(x, top, sc.H-breakRows, head, bold)
	if p.waiting {
		sc.text(x, y+1, sc.H-1, "Trying all orders …", dim)
		return
	}
	pl := p.lane()
	pl.draw(sc, y+min(1, max(sc.H-20, 0)), from-min(1, max(sc.H-19, 0)))
	switch {
	case p.held:
		y = sc.text(x, from, sc.H-1, "You said: nobody can make it lose ("+lesson.Confidences[p.sure]+").", bold)
		sc.text(x, y, sc.H-1, "The teacher shows whether that is so.", dim)
	case p.done:
		p.outcome(sc, x, from)
	case p.weighing:
		sc.Put(x, from, "Nobody can make it lose. How sure are you?", bold)
		sc.confidences(x, from, p.sure)
	case p.step.By == lessons.Clicks:
		p.clicks(sc, x, from)
	default:
		p.moves(sc, x, from)
	}
}

// lane stands still at what has happened; after a wrong claim, at what shows it.
func (p *breaking) lane() *playback {
	t, over := p.g.Trial(), p.g.Over()
	if p.truth != nil {
		t, over = p.truth.Lanes[0].Trial, true
	}
	if p.step.By == lessons.Network {
		t = inOrder(t)
	}
	l := laneOf(t, p.sight)
	l.Stopped = !over
	pl := &playback{lanes: []*diagram.Lane{l}, ordered: p.step.By == lessons.Network}
	if n := len(t.Events); n > 0 {
		pl.now = t.Events[n-1].At
	}
	l.Settled = pl.now
	if !over {
		pl.now += step * 8 / 10
	}
	pl.settled = pl.now
	pl.end = max(diagram.EndOfAxis(max(pl.now, 6*step)), p.end)
	if f := p.loser(); f != nil && f.Event >= 0 && f.Event < len(t.Events) {
		pl.pointed, pl.point = true, t.Events[f.Event].At
	}
	return pl
}

// step is the time of a step in a picture of an order, where there is none.
const step = 10 * time.Millisecond

// inOrder returns a trial in which each step comes a while after the one
// before, whatever its time was: where the user is the network there is none.
func inOrder(t *report.Trial) *report.Trial {
	out, script, now := *t, *t.Script, -step
	out.Events, script.Actions = slices.Clone(t.Events), slices.Clone(t.Script.Actions)
	for i := range script.Actions {
		script.Actions[i].At = diagram.Forever
	}
	for i := range out.Events {
		e := &out.Events[i]
		switch e.Kind {
		case sim.EventAct, sim.EventArrive, sim.EventReply, sim.EventLost, sim.EventTimeout, sim.EventWake:
			now += step
		}
		if e.At = max(now, 0); e.Kind == sim.EventAct {
			script.Actions[e.Action-1].At = e.At
		}
	}
	out.Script = &script
	return &out
}

func (p *breaking) loser() *lesson.Finding {
	switch {
	case p.truth != nil && p.truth.Lanes[0].Bad:
		return &p.truth.Lanes[0]
	case p.truth == nil && p.done:
		return p.g.Lost()
	}
	return nil
}

func (p *breaking) moves(sc drawing, x, y int) {
	moves := p.g.Moves()
	if len(moves) == 0 {
		sc.Put(x, y, "All is quiet, and nothing is wrong: this order ends well.", plain)
		sc.Put(x, y+1, "Take a pick back, or all of them (r), and try another.", dim)
		p.hinted(sc, x, y+3)
		return
	}
	sc.Put(x, y, "What happens next?", bold)
	first, rows := sc.List(x-3, y+1, 1, len(moves), sc.H-y-3, p.at)
	for i := range rows {
		m := &moves[first+i]
		s := sc.row(x, y+1+i, first+i == p.at)
		at := sc.Chip(x, y+1+i, " "+itoa(first+i+1)+" ", ink.Hue(m.Action), false)
		sc.Put(at+1, y+1+i, ink.Cut(clean(m.Says), sc.W-at-2), s)
	}
	p.hinted(sc, x, max(y+1+rows, sc.H-4))
}

func (p *breaking) clicks(sc drawing, x, y int) {
	at := x
	for i, a := range p.g.Script().Actions {
		text := a.Label() + " at " + tell.Rounded(a.At) + " ms"
		if at+ink.Width(text)+4 > sc.W {
			break
		}
		at = sc.click(&a, at, y, i == p.at)
		at = sc.Put(at+1, y, tell.Rounded(a.At)+" ms", plain) + 3
	}
	p.hinted(sc, x, y+2)
}

// hinted shows the hint that was asked for; after some tries, that there is one.
func (p *breaking) hinted(sc drawing, x, y int) {
	switch {
	case p.hint != "":
		sc.text(x, y, sc.H-1, "Hint: "+p.hint, bold)
	case p.left > 0 && p.tries >= 8:
		sc.text(x, y, sc.H-1, "Stuck? h gives a hint. If you think that it cannot be broken, n says so.", dim)
	}
}

func (p *breaking) outcome(sc drawing, x, y int) {
	f := p.loser()
	switch {
	case p.truth != nil && sc.m.run.Right():
		y = sc.text(x, y, sc.H-1, "✓ You are right: "+sentence(p.truth.Says), good)
	case p.truth != nil && f == nil:
		y = sc.text(x, y, sc.H-1, "So it is: "+sentence(p.truth.Says), bold)
	case p.truth != nil:
		says, known := strings.CutPrefix(sentence(p.truth.Says), "it can be broken")
		if !known {
			says = ". " + says
		}
		y = sc.text(x, y, sc.H-1, "It can be broken"+says, bold)
	default:
		y = sc.text(x, y, sc.H-1, "You have broken it.", good)
	}
	if f != nil && f.Says != "" {
		sc.Put(x, y, "▲", accent)
		y = sc.wrapped(x+2, y, sc.H-1, sc.room()-2, sentence(f.Says), plain)
	}
	sc.text(x, y+min(1, max(sc.H-19, 0)), sc.H-1, p.step.Say, bold)
}

func sentence(text string) string {
	if text = clean(text); text != "" && text[len(text)-1] != '.' {
		text += "."
	}
	return text
}
