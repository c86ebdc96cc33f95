package network

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/sim"
	"photofinish/tui/desk"
)

// tell puts the present position into words.
func (n *Network) tell() {
	n.at, n.next = 0, nil
	teller := tellerOf(n.Turn(), &n.Now)
	for _, o := range n.Now.Next {
		n.next = append(n.next, option{o, teller.Next(o.Choice, o.Name())})
	}
	n.picks = picksOf(n.Turn(), &n.Now)
}

// did shows the position after a move, or why there was none.
func (n *Network) did(err error) tea.Cmd {
	if err != nil {
		n.Message = err.Error()
		return nil
	}
	n.tell()
	return n.count()
}

// choose goes up or down in the list.
func (n *Network) choose(v int) tea.Cmd {
	n.at = min(max(n.at+desk.Sign(v), 0), max(len(n.next)-1, 0))
	return nil
}

// errQuiet says that nothing is left to happen.
var errQuiet = errors.New("all is quiet: z takes a pick back")

// pick lets an option happen.
func (n *Network) pick(i int) tea.Cmd {
	if n.Now.Over() {
		return n.did(errQuiet)
	}
	return n.did(n.Pick(i))
}

func (n *Network) lose() tea.Cmd { return n.did(n.Lose(n.at)) }

// fail lets the chosen request arrive, and the server answer 500 to it.
func (n *Network) fail() tea.Cmd { return n.did(n.Fail(n.at)) }

// Act lets the user press a button in between: the action stands in the
// script before all that has not been pressed yet.
func (n *Network) Act(do sim.Do) tea.Cmd {
	now := n.Turn()
	script := now.Script.Copy()
	pressed, at := 0, time.Duration(0)
	for _, c := range now.Choices {
		if c.What == sim.UserActs {
			pressed = max(pressed, c.N)
			at = max(at, script.Action(c.N).At)
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
	return n.did(n.Step(t))
}

func (n *Network) back() tea.Cmd {
	if !n.Back() {
		n.Message = "this is the beginning: nothing more to take back"
		return nil
	}
	return n.did(nil)
}

// letTime lets happen what is left, the earliest first, as one pick.
func (n *Network) letTime() tea.Cmd {
	if n.Now.Over() {
		return n.did(errQuiet)
	}
	t := *n.Turn()
	t.Choices = n.InOrder(t.Script, n.InTime())
	return n.did(n.Step(t))
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
	schedule := report.Quote(n.Schedule().String())
	return "photofinish replay " + report.Quote(n.Session.Scenario.Ref()) + " --strategy " + n.entry.Name + " --schedule " + schedule, nil
}
