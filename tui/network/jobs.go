package network

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
	"photofinish/tui/game"
	"photofinish/tui/page"
)

// networkMsg brings what was worked out in the background, and what is done with it
// unless it is stale.
type networkMsg struct {
	job  int
	take func() tea.Cmd
}

// broken is the shortest way to break a strategy, or why there is none.
type broken struct {
	asked  page.Page   // where that was asked
	of     *sim.Script // the session's script then
	script *sim.Script // in which it happens
	entry  strategies.Entry
	found  *explore.Counterexample // nil: there is none, or none was found
	says   string
}

// timed is a script that brings an order about by itself; nil if there is none.
type timed struct {
	script *sim.Script
	calm   bool // what its network does by chance had to be taken out
}

// stale lets go of what is being worked out.
func (n *Network) stale() {
	n.Leave()
	n.ctx, n.cancel = context.WithCancel(context.Background())
	n.job++
	n.busy = false
	n.outlook = nil
}

// count begins to count the orders from here, and all of the script's, if it
// is another one.
func (n *Network) count() tea.Cmd {
	n.stale()
	ctx, job, t, e, most := n.ctx, n.job, *n.Turn(), n.entry, n.Classes(n.entry.Name)
	here := func() tea.Msg {
		o := new(explore.Explorer).From(ctx, t.Script, e.For(t.Script), t.Choices, most)
		return networkMsg{job, func() tea.Cmd {
			n.outlook = &o
			return nil
		}}
	}
	if n.of == t.Script {
		return here
	}
	n.all, n.of = nil, nil
	return tea.Batch(here, func() tea.Msg {
		r := new(explore.Explorer).Count(ctx, t.Script, e.For(t.Script), explore.Bounds{Classes: most})
		return networkMsg{job, func() tea.Cmd {
			n.all, n.of = &r, t.Script
			return nil
		}}
	})
}

// Take notes what was worked out, if it is not stale.
func (n *Network) Take(msg tea.Msg) (cmd tea.Cmd, own bool) {
	found, own := msg.(networkMsg)
	if !own || found.job != n.job {
		return nil, own
	}
	return found.take(), true
}

// Leave stops what is being worked out.
func (n *Network) Leave() {
	if n.cancel != nil {
		n.cancel()
	}
}

// Break looks for the shortest order that breaks the lane in view, and shows
// it; or says that there is none.
func (n *Network) Break() tea.Cmd {
	if len(n.Session.Script.Actions) == 0 {
		n.Message = "nothing is on its way: c creates a person"
		return nil
	}
	n.stale()
	return n.look(game.Certain(n.Session.Script, nil), n.Entries[n.Session.Lane])
}

// hunt looks for the shortest order that breaks the strategy on this script.
func (n *Network) hunt() tea.Cmd { return n.look(n.Turn().Script, n.entry) }

// look looks for the shortest bad order in the background.
func (n *Network) look(script *sim.Script, e strategies.Entry) tea.Cmd {
	n.Message = "looking for an order that breaks " + e.Name + " …"
	b := broken{asked: n.Page, of: n.Session.Script, script: script, entry: e}
	ctx, job := n.ctx, n.job
	bounds := explore.Bounds{Classes: n.Classes(e.Name)}
	return func() tea.Msg {
		var x explore.Explorer
		b.found, _ = x.Shortest(ctx, script, e.For(script), bounds)
		if b.found == nil {
			r := x.Count(ctx, script, e.For(script), bounds)
			b.says = e.Name + ": " + proof(&r)
		}
		return networkMsg{job, func() tea.Cmd { return n.takeBroken(&b) }}
	}
}

// proof says what it means that no shortest bad order was found.
func proof(r *explore.Result) string {
	switch {
	case r.Failed != nil:
		return "? it failed, so nobody knows: " + tell.Clean(r.Failed.Error())
	case r.Bad() > 0:
		return fmt.Sprintf("✗ %s of the first %s orders are bad, but there are too many to find the shortest",
			tell.Grouped(r.Bad()), tell.Grouped(r.Classes))
	case r.RaceFree():
		return "✓ " + tell.OfOrders(0, r.Classes, true) + " tried, nobody can break it"
	}
	return fmt.Sprintf("? none of the first %s orders is bad, and there are more: nobody knows", tell.Grouped(r.Classes))
}

// takeBroken shows how a strategy breaks, played to its end, so that it can be
// taken back event by event.
func (n *Network) takeBroken(b *broken) tea.Cmd {
	if n.Over != nil || n.Page != b.asked || n.Session.Script != b.of || n.Page != n && n.Entries[n.Session.Lane].Name != b.entry.Name {
		return nil // the user is somewhere else by now
	}
	if b.found == nil {
		n.Message = b.says
		return nil
	}
	if n.Page != n {
		n.Pause()
		n.begin()
		n.base = b.script
	}
	script, err := b.found.Schedule.Only(b.script)
	if err != nil {
		n.Message = err.Error()
		return nil
	}
	if slices.EqualFunc(script.Actions, b.script.Actions, func(a, b sim.Action) bool { return a.Skip == b.Skip }) {
		script = b.script // the very same
	}
	return n.work(func(g *game.Game) error {
		g.Open(append(g.Turns, game.Stepwise(script, g.InOrder(script, b.found.Schedule))...)...)
		return nil
	}, func(error) tea.Cmd {
		if n.Over != nil || n.Page != b.asked || n.Session.Script != b.of {
			return nil
		}
		cmd := n.open()
		n.shown = len(n.Turns)
		n.Message = "the shortest way to break " + b.entry.Name + ": z steps back through it"
		return cmd
	})
}

// onTimeline looks for clicks and latencies that bring the present order
// about. What is left to happen, time decides.
func (n *Network) onTimeline() tea.Cmd {
	job, script, e, seed := n.job, n.Turn().Script, n.entry, n.seed
	g := n.Game.Copy()
	net := n.Session.Script.Network
	n.Message = "looking for clicks and latencies that bring this order about …"
	return func() tea.Msg {
		t := onClock(script, e, seed, g.InTime(), net)
		return networkMsg{job, func() tea.Cmd { return n.takeTimed(&t) }}
	}
}

// onClock returns a script in which a schedule happens by itself: on the
// network, if its chance leaves the order as it is, or else without chance.
func onClock(script *sim.Script, e strategies.Entry, seed uint64, schedule explore.Schedule, net sim.Network) timed {
	calm := script.Copy()
	calm.Network.Processing = sim.Latency{}
	pinned, ok := explore.Pin(calm, e.For(calm), schedule)
	if !ok {
		return timed{}
	}
	pinned = pressedOnly(pinned)
	chancy := *pinned
	chancy.Network = net
	if sameStory(pinned, &chancy, e, seed) {
		return timed{script: &chancy}
	}
	return timed{script: pinned, calm: true}
}

// pressedOnly returns the script without the actions that are not pressed.
func pressedOnly(s *sim.Script) *sim.Script {
	c := *s
	c.Actions = nil
	for _, a := range s.Actions {
		if !a.Skip {
			a.Number = len(c.Actions) + 1
			c.Actions = append(c.Actions, a)
		}
	}
	return &c
}

func sameStory(a, b *sim.Script, e strategies.Entry, seed uint64) bool {
	var w sim.World
	w.Run(a, e.For(a), seed, sim.Options{Trace: true})
	was := w.Trace().Events
	w.Run(b, e.For(b), seed, sim.Options{Trace: true})
	is := w.Trace().Events
	return slices.EqualFunc(was, is, func(a, b sim.Event) bool { return a.At == b.At && a.Kind == b.Kind && a.Status == b.Status })
}

func (n *Network) takeTimed(t *timed) tea.Cmd {
	if n.Page != n {
		return nil
	}
	if t.script == nil {
		n.Message = "no clicks and latencies bring this order about: a timer stands in its way"
		return nil
	}
	n.stale()
	n.Page = n.Home
	s := n.Session
	s.Script, s.Selected, s.Picked = t.script, 0, diagram.Leg{}
	if t.calm {
		s.Network = ""
	}
	now := "this order is on the timeline now: z takes it back"
	if n.Session.Same(&s) {
		now = "this order is on the timeline already"
	}
	cmd := n.Edit(s)
	n.MoveTo(n.Lane().Settled)
	n.Message = now
	return cmd
}
