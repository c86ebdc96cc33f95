package network

import (
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/game"
	"photofinish/tui/ink"
)

// option is something that may happen next, in words.
type option struct {
	game.Option
	tell.Next
}

// pick is something that has been chosen, in words.
type pick struct {
	press  bool // the user pressed a button: that is not the network's doing
	action int
	label  string
	text   string
}

// tellerOf returns who tells what has happened in a game.
func tellerOf(p *game.Position) *tell.Teller {
	return &tell.Teller{Script: p.Script, Events: p.Events, Fit: ink.Printable}
}

// picksOf puts what has happened into words, step by step.
func picksOf(t *game.Turn, p *game.Position) (picks []pick) {
	teller, losses := tellerOf(p), t.Losses
	lost := func(upto int) {
		for len(losses) > 0 && losses[0].After <= upto {
			out := pick{text: tell.Lost(losses[0].Leg)}
			if of := teller.Sent(losses[0].Request); len(of) > 0 {
				out.action, out.label = of[0], tell.Labels(p.Script, of)
			}
			picks, losses = append(picks, out), losses[1:]
		}
	}
	for k, i := range p.Before {
		lost(k)
		if i < len(p.Events) {
			e := &p.Events[i]
			picks = append(picks, pick{e.Kind == sim.EventAct, e.First(), tell.About(p.Script, e), teller.Picked(i)})
		}
	}
	lost(len(p.Before))
	return picks
}
