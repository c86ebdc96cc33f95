package tui

import (
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/sim"
	"photofinish/sim/explore"
)

// step makes a turn the present one, if it can be played.
func (n *network) step(m *Model, t turn) tea.Cmd {
	s, ok := n.play(m, t)
	if !ok {
		m.Message = "that cannot be: it would change what has happened already"
		return nil
	}
	n.turns = append(n.turns, t)
	n.scene, n.at = s, 0
	return n.count()
}

// chosen returns the option that is chosen, nil if nothing is left to happen.
func (n *network) chosen() *option {
	if n.at >= len(n.scene.next) {
		return nil
	}
	return &n.scene.next[n.at]
}

// choose goes up or down in the list.
func (n *network) choose(by int) tea.Cmd {
	n.at = min(max(n.at+by, 0), max(len(n.scene.next)-1, 0))
	return nil
}

// pick lets an option happen.
func (n *network) pick(m *Model, i int) tea.Cmd {
	if i >= len(n.scene.next) {
		m.Message = "there is no such message"
		if n.scene.over() {
			m.Message = "all is quiet: z takes a pick back"
		}
		return nil
	}
	return n.step(m, n.now().with(n.scene.next[i].choice))
}

// with returns the turn with one more choice.
func (t *turn) with(c sim.Choice) turn {
	return turn{t.script, append(slices.Clip(t.choices), c), t.losses}
}

// lose loses the chosen message.
func (n *network) lose(m *Model) tea.Cmd {
	o := n.chosen()
	if o == nil || !o.isMessage() {
		m.Message = "only a message can be lost"
		return nil
	}
	if o.again {
		m.Message = "only the first request of an action can be lost"
		return nil
	}
	leg := sim.Uplink
	if o.choice.What == sim.ReplyArrives {
		leg = sim.Downlink
	}
	t := *n.now()
	t.script = altered(t.script)
	t.script.Action(o.action).Lose = leg
	t.losses = append(slices.Clip(t.losses), loss{o.choice.N, leg, len(t.choices)})
	return n.step(m, t)
}

// fail lets the chosen request arrive, and the server answer 500 to it.
func (n *network) fail(m *Model) tea.Cmd {
	o := n.chosen()
	if o == nil || o.choice.What != sim.RequestArrives {
		m.Message = "only a request on its way can be answered with 500"
		return nil
	}
	if o.again {
		m.Message = "only the first request of an action can be answered with 500"
		return nil
	}
	t := n.now().with(o.choice)
	t.script = altered(t.script)
	t.script.Action(o.action).Status = 500
	return n.step(m, t)
}

// act lets the user press a button in between: the action stands in the
// script before all that has not been pressed yet.
func (n *network) act(m *Model, do sim.Do) tea.Cmd {
	now := n.now()
	script := altered(now.script)
	pressed, at := 0, time.Duration(0)
	for _, c := range now.choices {
		if c.What == sim.UserActs {
			pressed = max(pressed, c.N)
			at = max(at, script.Action(c.N).At)
		}
	}
	for i := pressed; i < len(script.Actions); i++ {
		script.Actions[i].At = max(script.Actions[i].At, at+time.Millisecond)
	}
	s := m.Session
	s.Script, s.Now = script, at
	s, err := s.Act(do)
	if err != nil {
		m.Message = err.Error()
		return nil
	}
	t := now.with(sim.Choice{What: sim.UserActs, N: pressed + 1})
	t.script = s.Script
	return n.step(m, t)
}

// back takes the last pick back.
func (n *network) back(m *Model) tea.Cmd {
	if len(n.turns) < 2 {
		m.Message = "this is the beginning: nothing more to take back"
		return nil
	}
	n.turns = n.turns[:len(n.turns)-1]
	n.scene, _ = n.play(m, *n.now())
	n.at = 0
	return n.count()
}

// letTime lets happen what is left, the earliest first, as one pick.
func (n *network) letTime(m *Model) tea.Cmd {
	if n.scene.over() {
		m.Message = "all is quiet: z takes a pick back"
		return nil
	}
	t := *n.now()
	t.choices = n.inOrder(m, t.script, n.inTime(m))
	return n.step(m, t)
}

// inTime returns the present order to its end, for what is left as time has
// it.
func (n *network) inTime(m *Model) explore.Schedule {
	p := player{choices: n.now().choices, then: sim.ByTime{}.Choose}
	n.run(m, n.now().script, &p)
	return p.useful()
}

// inOrder returns the choices that make a schedule happen.
func (n *network) inOrder(m *Model, script *sim.Script, schedule explore.Schedule) []sim.Choice {
	p := player{then: following(schedule)}
	n.run(m, script, &p)
	return p.made
}

// command returns what replays the order that was picked, if nothing is left
// to happen in it and nothing of the script was changed.
func (n *network) command(m *Model) (string, error) {
	t := n.now()
	if !n.scene.over() || t.script != n.base {
		return "", errors.New("this order is not in any file: t puts it onto the timeline, s saves that")
	}
	p := player{choices: t.choices}
	n.run(m, t.script, &p)
	schedule := report.Quote(p.useful().String())
	return "photofinish replay " + report.Quote(m.Session.Scenario.Ref()) + " --strategy " + n.entry.Name + " --schedule " + schedule, nil
}
