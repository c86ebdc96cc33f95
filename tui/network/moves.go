package network

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/desk"
	"photofinish/tui/game"
)

// tell puts the present position into words.
func (n *Network) tell() {
	n.at, n.next = 0, nil
	teller := tellerOf(&n.Now)
	for _, o := range n.Now.Next {
		n.next = append(n.next, option{o, teller.Next(o.Choice, o.Whole())})
	}
	n.picks = picksOf(n.Turn(), &n.Now)
}

func (n *Network) did(err error) tea.Cmd {
	if err != nil {
		n.Message = err.Error()
		return nil
	}
	n.tell()
	return n.count()
}

func (n *Network) choose(v int) tea.Cmd {
	n.at = min(max(n.at+desk.Sign(v), 0), max(len(n.next)-1, 0))
	return nil
}

var errQuiet = errors.New("all is quiet: z takes a pick back")

// pick lets an option happen.
func (n *Network) pick(i int) tea.Cmd {
	if n.Now.Over() {
		return n.did(errQuiet)
	}
	return n.play(func(g *game.Game) error { return g.Pick(i) })
}

func (n *Network) lose() tea.Cmd {
	at := n.at
	return n.play(func(g *game.Game) error { return g.Lose(at) })
}

// fail lets the chosen request arrive, and the server answer 500 to it.
func (n *Network) fail() tea.Cmd {
	at := n.at
	return n.play(func(g *game.Game) error { return g.Fail(at) })
}

// play lets the game go on, and shows what comes of it.
func (n *Network) play(how func(*game.Game) error) tea.Cmd { return n.work(how, n.did) }

// work lets the game go on. That of the user's own client, which may take its time
// for it, goes on in the background, and nothing else is begun until it has.
func (n *Network) work(how func(*game.Game) error, then func(error) tea.Cmd) tea.Cmd {
	if n.Own(n.entry.Name) == nil {
		return then(how(n.Game))
	}
	if n.busy {
		n.Message = "one thing after the other: " + n.entry.Name + " is still at the last …"
		return nil
	}
	n.busy = true
	g, job := n.Game.Copy(), n.job
	return func() tea.Msg {
		err := how(g)
		return networkMsg{job, func() tea.Cmd {
			n.busy, n.Game = false, g
			return then(err)
		}}
	}
}

// Act lets the user press a button in between: the action stands in the
// script before all that has not been pressed yet.
func (n *Network) Act(do sim.Do) tea.Cmd {
	now := n.Turn()
	script := now.Script.Copy()
	pressed, at := 0, time.Duration(0)
	for _, c := range now.Choices {
		switch c.What {
		case sim.UserActs:
			pressed = max(pressed, c.N)
			at = max(at, script.Action(c.N).At)
		case sim.SpanEnds:
			o := &script.Offline[(c.N-1)/2]
			if at = max(at, o.From); c.N%2 == 0 {
				at = max(at, o.To)
			}
		}
	}
	for i := pressed; i < len(script.Actions); i++ {
		script.Actions[i].At = max(script.Actions[i].At, at+time.Millisecond)
	}
	s := n.Session
	s.Script, s.Now = script, at
	s, err := s.Act(do)
	if err != nil {
		n.Message = err.Error()
		return nil
	}
	t := now.With(sim.Choice{What: sim.UserActs, N: pressed + 1})
	t.Script = s.Script
	return n.play(func(g *game.Game) error { return g.Step(t) })
}

func (n *Network) back() tea.Cmd {
	if len(n.Turns) < 2 {
		n.Message = "this is the beginning: nothing more to take back"
		return nil
	}
	return n.play(func(g *game.Game) error {
		g.Back()
		return nil
	})
}

// letTime lets happen what is left, the earliest first, as one pick.
func (n *Network) letTime() tea.Cmd {
	if n.Now.Over() {
		return n.did(errQuiet)
	}
	return n.play(func(g *game.Game) error {
		t := *g.Turn()
		t.Choices = g.InOrder(t.Script, g.InTime())
		return g.Step(t)
	})
}

// Command returns what replays the order that was picked, if nothing is left
// to happen in it and nothing of the script was changed.
func (n *Network) Command() (string, error) {
	if command, err := n.Base.Command(); err != nil {
		return command, err
	}
	if !n.Now.Over() || n.Turn().Script != n.base {
		return "", errors.New("this order is not in any file: t puts it onto the timeline, s saves that")
	}
	schedule := tell.Quote(n.Schedule().String())
	return "photofinish replay " + tell.Quote(n.Session.Scenario.Ref()) + report.Naming(n.entry) + " --schedule " + schedule, nil
}
