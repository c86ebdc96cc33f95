// Package network is the page on which the user is the network of one lane: the
// game of tui/game as a picture, a list of what can happen next, and counts of the
// orders that are left.
package network

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
	"photofinish/tui/game"
	"photofinish/tui/page"
)

// Network lets the user be the network of the lane in view: time stands still,
// and the user chooses what happens next, in any order that can be.
//
// What is on the screen is a function of the present turn alone; the words for
// it are kept so as not to look for them for every frame.
type Network struct {
	page.Base
	*game.Game
	entry strategies.Entry
	seed  uint64
	from  page.Page   // where it was opened
	base  *sim.Script // what the lane has
	shown int         // with so many turns it is the order that b has shown
	next  []option    // what may happen next
	picks []pick      // what has happened
	at    int         // which of the options is chosen

	busy    bool // the game goes on in the background
	job     int  // of what is worked out in the background; other results are stale
	ctx     context.Context
	cancel  context.CancelFunc
	outlook *explore.Outlook // of the orders from here; nil: not known yet
	all     *explore.Result  // of all orders of a script
	of      *sim.Script      // that script
}

// Open stops time and lets the user be the network, from where the lane
// in view is at the cursor.
func (n *Network) Open() tea.Cmd {
	if len(n.Session.Script.Actions) == 0 {
		n.Message = "nothing is on its way: c creates a person"
		return nil
	}
	n.Pause()
	n.begin()
	of, now, asked := n.Session.Script, n.Session.Now, n.Page
	return n.work(func(g *game.Game) error {
		g.Open(beginning(g, of, now)...)
		return nil
	}, func(error) tea.Cmd {
		if n.Page != asked || n.Over != nil || n.Session.Script != of {
			return nil // the user is somewhere else by now
		}
		n.base = n.Turns[0].Script
		return n.open()
	})
}

// begin prepares for the lane in view.
func (n *Network) begin() {
	n.stale()
	n.entry, n.seed, n.from = n.Entries[n.Session.Lane], n.Session.Seed, n.Page
	n.Game = game.New(n.entry.For, n.seed)
	n.all, n.of = nil, nil
}

// beginning returns the turns that lead to what has happened by an instant: one for
// each event, so that each can be taken back. If nothing has happened yet, or all
// has, it is the first event: the user's first press.
func beginning(g *game.Game, script *sim.Script, by time.Duration) []game.Turn {
	script, choices := g.Happened(script, by)
	if g.Open(game.Turn{Script: script, Choices: choices}); g.Now.Over() || len(choices) == 0 {
		g.Open(game.Turn{Script: script})
		choices = nil
		if !g.Now.Over() {
			choices = []sim.Choice{g.Now.Next[0].Choice}
		}
	}
	if len(choices) == 0 {
		return []game.Turn{{Script: script}}
	}
	return game.Stepwise(script, choices)
}

// open shows the page.
func (n *Network) open() tea.Cmd {
	if len(n.Turn().Choices) == 0 {
		if n.Message = "nothing can happen here"; n.Now.Failed != nil {
			n.Message = n.entry.Name + " failed: " + tell.Clean(n.Now.Failed.Error())
		}
		return nil
	}
	n.shown, n.Page = 0, n
	return n.did(nil)
}

// Follow begins anew where the user's own client is another program now.
func (n *Network) Follow() tea.Cmd {
	i := slices.IndexFunc(n.Entries, func(e strategies.Entry) bool { return e.Name == n.entry.Name })
	if i < 0 || n.Entries[i].Own() == n.entry.Own() {
		return nil
	}
	n.stale()
	n.entry, n.all, n.of = n.Entries[i], nil, nil
	e, seed, script := n.entry, n.seed, n.Session.Script
	return n.work(func(g *game.Game) error {
		*g = *game.New(e.For, seed)
		g.Open(beginning(g, script, 0)...)
		return nil
	}, func(error) tea.Cmd {
		n.base, n.shown = n.Turns[0].Script, 0
		n.Message = e.Name + " is another program now: this is the beginning"
		return n.did(nil)
	})
}

// Wheel does nothing: time stands still.
func (n *Network) Wheel(int, time.Duration) tea.Cmd { return nil }

// goBack goes back to where the page was opened, and stops what is being worked
// out for it.
func (n *Network) goBack() tea.Cmd {
	n.stale()
	n.Page = n.from
	return n.Changed()
}

// Tall is from how many rows on the foot has two lines.
func (*Network) Tall() int { return 20 }

// Profile lets only those shared commands work that any page has.
func (*Network) Profile() (heading string, traits page.Trait) { return "you are the network", page.Any }

// Commands has the picks instead of the clicks on time, and two that open it.
func (n *Network) Commands() []page.Command {
	return []page.Command{
		{Keys: "1 2 3 4 5 6 7 8 9", Show: "1 … 9", Does: "this one arrives", Do: n.pick},
		{Keys: "up|k down|j", Show: "↑ ↓", Does: "choose one", Do: n.choose},
		{Keys: "enter", Does: "the chosen one arrives", Short: "it arrives", Do: func(int) tea.Cmd { return n.pick(n.at) }},
		{Keys: "x", Does: "lose it", Names: "lose the chosen message", Do: page.Once(n.lose)},
		{Keys: "e", Does: "answer 500", Names: "the server answers 500 to the chosen request", Do: page.Once(n.fail)},
		{Keys: "z", Does: "take the pick back", Names: "take the last pick back", Do: page.Once(n.back)},
		{Keys: "b", Does: "the shortest way to break", Short: "the shortest way to break it",
			Names: "show the shortest way to break this strategy", Do: page.Once(n.hunt)},
		{Keys: "space", Does: "let time decide", Names: "let time decide the rest", Do: page.Once(n.letTime)},
		{Keys: "t", Does: "put it on the timeline", Short: "onto the timeline",
			Names: "put what was picked onto the timeline", Do: page.Once(n.onTimeline)},
		{Keys: "esc|n", Does: "leave", Names: "stop being the network", Do: page.Once(n.goBack)},
		{Group: page.OfChance, After: "r R", In: page.Timed,
			Keys: "n", Does: "be the network", Do: page.Once(n.Open), Names: "be the network: pick what arrives next"},
		{Group: page.OfChance, After: "n", In: page.Timed,
			Keys: "b", Does: "can it be broken?", Short: "break it", Do: page.Once(n.Break),
			Names: "can this lane be broken? the shortest way, or a proof"},
	}
}
