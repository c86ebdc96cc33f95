package tui

import (
	"context"

	"photofinish/tui/desk"

	tea "charm.land/bubbletea/v2"

	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
	"photofinish/tui/game"
)

// network lets the user be the network of the lane in view: time stands still,
// and the user chooses what happens next, in any order that can be.
//
// What is on the screen is a function of the present turn alone; the words for
// it are kept so as not to look for them for every frame.
type network struct {
	*game.Game
	entry strategies.Entry
	seed  uint64
	from  place       // where it was opened
	base  *sim.Script // what the lane has
	shown int         // with so many turns it is the order that b has shown
	next  []option    // what may happen next
	picks []pick      // what has happened
	at    int         // which of the options is chosen

	job     int // of what is worked out in the background; other results are stale
	ctx     context.Context
	cancel  context.CancelFunc
	outlook *explore.Outlook // what the orders from here come to; nil: not known yet
	all     *explore.Result  // what all orders of a script come to
	of      *sim.Script      // that script
}

// beNetwork stops time and lets the user be the network, from where the lane
// in view is at the cursor.
func (m *Model) beNetwork() tea.Cmd {
	if len(m.Session.Script.Actions) == 0 {
		m.Message = "nothing is on its way: c creates a person"
		return nil
	}
	m.Pause()
	n := &m.network
	n.begin(m)
	script, choices := n.Happened(m.Session.Script, m.Session.Now)
	n.base = script
	return n.open(m, n.beginning(script, choices))
}

// begin prepares for the lane in view.
func (n *network) begin(m *Model) {
	n.stale()
	n.entry, n.seed, n.from = m.Entries[m.Session.Lane], m.Session.Seed, m.place
	n.Game = game.New(n.entry.For, n.seed)
	n.all, n.of = nil, nil
}

// beginning returns the turns that lead to what has happened: one for each
// event, so that each can be taken back. If nothing has happened yet, or all
// has, it is the first event: the user's first press.
func (n *network) beginning(script *sim.Script, choices []sim.Choice) []game.Turn {
	if n.Open(game.Turn{Script: script, Choices: choices}); n.Now.Over() || len(choices) == 0 {
		n.Open(game.Turn{Script: script})
		choices = nil
		if !n.Now.Over() {
			choices = []sim.Choice{n.Now.Next[0].Choice}
		}
	}
	return game.Stepwise(script, choices)
}

// open shows the view with these turns behind it.
func (n *network) open(m *Model, turns []game.Turn) tea.Cmd {
	if len(turns) == 0 {
		m.Message = "nothing can happen here"
		return nil
	}
	n.Open(turns...)
	n.shown, m.place = 0, onNetwork
	return n.did(m, nil)
}

// leave goes back to where the view was opened, and stops what is being worked
// out for it.
func (n *network) leave(m *Model) tea.Cmd {
	n.stale()
	m.place = n.from
	return m.Changed()
}

// networkCommands are the keys of the network's view.
func (m *Model) networkCommands() []command {
	var digits [][]string
	for d := '1'; d <= '9'; d++ {
		digits = append(digits, []string{string(d)})
	}
	own := func(c command, do func(*network, *Model) tea.Cmd) command {
		c.group, c.in = ofNetwork, onNetwork
		c.do = once(func() tea.Cmd { return do(&m.network, m) })
		return c
	}
	return []command{
		{keys: digits, show: "1 … 9", does: "this one arrives", group: ofNetwork, in: onNetwork,
			do: func(v int) tea.Cmd { return m.network.pick(m, v) }},
		{keys: [][]string{{"up", "k"}, {"down", "j"}}, show: "↑ ↓", does: "choose one", group: ofNetwork, in: onNetwork,
			do: func(v int) tea.Cmd { return m.network.choose(desk.Sign(v)) }},
		own(command{keys: one("enter"), does: "the chosen one arrives", short: "it arrives"},
			func(n *network, m *Model) tea.Cmd { return n.pick(m, n.at) }),
		own(command{keys: one("x"), does: "lose it", names: []string{"lose the chosen message"}}, (*network).lose),
		own(command{keys: one("e"), does: "answer 500", names: []string{"the server answers 500 to the chosen request"}}, (*network).fail),
		own(command{keys: one("z"), does: "take the pick back", names: []string{"take the last pick back"}}, (*network).back),
		own(command{keys: one("b"), does: "the shortest way to break", short: "the shortest way to break it", names: []string{"show the shortest way to break this strategy"}}, (*network).hunt),
		own(command{keys: one("space"), does: "let time decide", names: []string{"let time decide the rest"}}, (*network).letTime),
		own(command{keys: one("t"), does: "put it on the timeline", short: "onto the timeline", names: []string{"put what was picked onto the timeline"}}, (*network).onTimeline),
		own(command{keys: one("esc", "n"), does: "leave", names: []string{"stop being the network"}}, (*network).leave),
	}
}
