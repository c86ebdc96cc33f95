package lesson

import (
	"context"
	"slices"
	"strings"

	"photofinish/report"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// background is for what ends by its own bounds.
var background = context.Background()

// Move is something that may happen next, when the user is the network.
type Move struct {
	What   sim.What // the user acts, a request arrives, an answer arrives, …
	Action int      // whose it is
	Label  string   // as in a schedule: "u2", "u2>", "<c1"
	Says   string   // in words: "u2 reaches the server"

	choice sim.Choice
}

// player makes the choices of the user, and then does what then says.
type player struct {
	choices []sim.Choice
	then    func(*sim.World, []sim.Pending) int
	next    int
	vain    bool // the last choice was a timer that changed nothing
	timer   bool
}

// Choose makes the next choice.
func (p *player) Choose(w *sim.World, pending []sim.Pending) int {
	if p.next == len(p.choices) {
		if p.timer {
			p.vain, p.timer = w.FiredInVain(), false
		}
		return p.then(w, pending)
	}
	want := p.choices[p.next]
	p.next++
	p.timer = p.next == len(p.choices) && want.What == sim.TimerFires
	return slices.IndexFunc(pending, func(e sim.Pending) bool { return e.What == want.What && int(e.N) == want.N })
}

// stop ends the trial where the choices end; byTime lets time decide.
func stop(*sim.World, []sim.Pending) int   { return -1 }
func byTime(*sim.World, []sim.Pending) int { return 0 }

// run runs some choices, and what then says; nil stands for time.
func (g *Game) run(script *sim.Script, choices []sim.Choice, then func(*sim.World, []sim.Pending) int) *report.Trial {
	if then == nil {
		then = byTime
	}
	l := g.world.Run(script, g.strategy.For(script), 1, sim.Options{Trace: true, Chooser: &player{choices: choices, then: then}})
	t := &report.Trial{
		Scenario: g.step.Scenario.Name, Script: script, Strategy: g.strategy.Name, Seed: 1,
		Events: slices.Clone(g.world.Trace().Events),
	}
	ledger := *l
	ledger.Reads, ledger.Records = slices.Clone(l.Reads), slices.Clone(l.Records)
	t.Ledger = &ledger
	var j judge.Judge
	t.Judgement = j.Judge(script, t.Ledger)
	return t
}

// look finds what may happen next.
func (g *Game) look(s *scene) {
	see := func(w *sim.World, pending []sim.Pending) int {
		for _, i := range explore.Next(w, pending, s.script) {
			s.moves = append(s.moves, moveOf(w, &pending[i], s.script))
		}
		return -1
	}
	g.run(s.script, s.choices, see)
	s.moves = slices.DeleteFunc(s.moves, func(m Move) bool { return m.What == sim.TimerFires && g.inVain(s, m) })
	// Messages first, in the order in which they were sent, then the user.
	rank := func(m Move) int {
		switch m.What {
		case sim.RequestArrives, sim.ReplyArrives:
			return 0
		case sim.UserActs:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(s.moves, func(a, b Move) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return a.choice.N - b.choice.N
	})
}

// inVain reports whether a timer would change nothing but itself.
func (g *Game) inVain(s *scene, m Move) bool {
	p := &player{choices: append(slices.Clip(s.choices), m.choice), then: stop}
	g.world.Run(s.script, g.strategy.For(s.script), 1, sim.Options{Chooser: p})
	return p.vain
}

// maxPicks bounds a game: no lesson comes near it.
const maxPicks = 1000

// rest returns the choices of a scene and what could follow them, to the end:
// the first of the moves each time.
func (g *Game) rest(s *scene) []sim.Choice {
	c := scene{script: s.script, choices: s.choices, moves: s.moves}
	for !c.over() && len(c.choices) < maxPicks {
		c.choices = append(slices.Clip(c.choices), c.moves[0].choice)
		c.moves = nil
		g.look(&c)
	}
	return c.choices
}

// moveOf puts a pending event into words.
func moveOf(w *sim.World, p *sim.Pending, s *sim.Script) Move {
	m := Move{What: p.What, Action: int(p.N), Label: w.Label(p), choice: sim.Choice{What: p.What, N: int(p.N)}}
	name := strings.Trim(m.Label, "<>!~|")
	switch p.What {
	case sim.UserActs:
		m.Says = "you press " + report.Clean(report.Describe(s, s.Action(m.Action)))
	case sim.RequestArrives, sim.RequestEnters:
		m.Action, m.Says = w.Carries(p), name+" reaches the server"
	case sim.ReplyArrives:
		m.Action, m.Says = w.Carries(p), "the answer to "+name+" comes back"
	case sim.ClientGivesUp:
		m.Action, m.Says = w.Carries(p), "the client gives up waiting for "+name
	case sim.TimerFires:
		m.Says = "the timer of " + name + " goes off"
		if i := slices.IndexFunc(s.Actions, func(a sim.Action) bool { return a.Label() == name }); i >= 0 {
			m.Action = i + 1
		}
	default:
		m.Action, m.Says = w.Carries(p), "a copy of "+name+" reaches the server"
	}
	return m
}
