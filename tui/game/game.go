// Package game lets somebody be the network: time stands still, and they choose
// what happens next, in any order that can be. It knows no screen, and puts
// nothing into words.
//
//	g := game.New(strategy, seed)
//	g.Open(game.Turn{Script: script}) // nothing has happened yet
//	g.Now.Next                        // what may happen next
//	g.Pick(0)                         // the first of it does
//	g.Back()                          // and did not
package game

import (
	"errors"
	"slices"
	"time"

	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// Game is an order in the making, pick by pick. It is for one goroutine.
type Game struct {
	Turns []Turn   // the last one is the present; never changed in place
	Now   Position // of the present turn

	strategy func(*sim.Script) sim.Strategy
	seed     uint64
	world    sim.World
	judge    judge.Judge
}

// Turn is a script and what has been chosen to happen in it. Neither is ever
// changed in place.
type Turn struct {
	Script  *sim.Script
	Choices []sim.Choice
	Losses  []Loss
}

// Loss is a message that has been lost, after so many choices. That it is lost
// stands in the script; this is when it was said.
type Loss struct {
	Request int
	Leg     sim.Leg
	After   int
}

// most bounds the choices of an order that a game brings to its end by itself.
const most = 1000

// New returns a game of a strategy, which begins when it is opened. The seed is
// that of what luck decides besides latencies.
func New(strategy func(*sim.Script) sim.Strategy, seed uint64) *Game {
	return &Game{strategy: strategy, seed: seed}
}

// Copy returns the same game, for another goroutine.
func (g *Game) Copy() *Game {
	return &Game{Turns: slices.Clone(g.Turns), Now: g.Now, strategy: g.strategy, seed: g.seed}
}

// Open goes to the last of some turns; the others can be gone back to.
func (g *Game) Open(turns ...Turn) {
	g.Turns = turns
	g.Now, _ = g.play(*g.Turn())
}

// Turn returns the present turn.
func (g *Game) Turn() *Turn { return &g.Turns[len(g.Turns)-1] }

// Step makes a turn the present one. An error means that it cannot be played.
func (g *Game) Step(t Turn) error {
	now, ok := g.play(t)
	if !ok {
		return errors.New("that cannot be: it would change what has happened already")
	}
	g.Turns, g.Now = append(g.Turns, t), now
	return nil
}

// Pick lets one of what may happen next happen.
func (g *Game) Pick(i int) error {
	if i < 0 || i >= len(g.Now.Next) {
		return errors.New("there is no such message")
	}
	return g.Step(g.Turn().With(g.Now.Next[i].Choice))
}

// With returns the turn with one more choice.
func (t *Turn) With(c sim.Choice) Turn {
	return Turn{t.Script, append(slices.Clip(t.Choices), c), t.Losses}
}

// Stepwise returns a turn for each of some choices, with all those before it.
func Stepwise(script *sim.Script, choices []sim.Choice) (turns []Turn) {
	for i := range choices {
		turns = append(turns, Turn{Script: script, Choices: choices[: i+1 : i+1]})
	}
	return turns
}

// errUnasked says why nothing can befall what a client reads by itself: a script
// says what does, and has only actions.
var errUnasked = errors.New("only what somebody has asked for can be lost, or refused: this is read by the client itself")

// Lose loses one of what may happen next: a message on its way.
func (g *Game) Lose(i int) error {
	switch {
	case i >= len(g.Now.Next) || g.Now.Next[i].Choice.What != sim.RequestArrives && g.Now.Next[i].Choice.What != sim.ReplyArrives:
		return errors.New("only a request can be lost, or its answer")
	case g.Now.Next[i].again():
		return errors.New("only the first request of an action can be lost")
	case g.Now.Next[i].Action > sim.MaxActions:
		return errUnasked
	}
	o, t, leg := &g.Now.Next[i], *g.Turn(), sim.Uplink
	if o.Choice.What == sim.ReplyArrives {
		leg = sim.Downlink
	}
	t.Script = t.Script.Copy()
	t.Script.Action(o.Action).Lose = leg
	t.Losses = append(slices.Clip(t.Losses), Loss{o.Choice.N, leg, len(t.Choices)})
	return g.Step(t)
}

// Fail lets one of what may happen next arrive, a request, and the server answer
// 500 to it.
func (g *Game) Fail(i int) error {
	switch {
	case i >= len(g.Now.Next) || g.Now.Next[i].Choice.What != sim.RequestArrives:
		return errors.New("only a request on its way can be answered with 500")
	case g.Now.Next[i].again():
		return errors.New("only the first request of an action can be answered with 500")
	case g.Now.Next[i].Action > sim.MaxActions:
		return errUnasked
	}
	o := &g.Now.Next[i]
	t := g.Turn().With(o.Choice)
	t.Script = t.Script.Copy()
	t.Script.Action(o.Action).Status = 500
	return g.Step(t)
}

// Back takes the last turn back, and reports whether there was one before it.
func (g *Game) Back() bool {
	if len(g.Turns) < 2 {
		return false
	}
	g.Open(g.Turns[:len(g.Turns)-1]...)
	return true
}

// Finish lets happen what is left, the first of what may each time, as one turn.
func (g *Game) Finish() {
	if !g.Now.Over() {
		g.Step(Turn{g.Turn().Script, g.Rest(), g.Turn().Losses})
	}
}

// Rest returns the present choices and what could follow them, to the end or
// to 1,000 choices: the first of what may happen each time.
func (g *Game) Rest() []sim.Choice {
	t, next := *g.Turn(), g.Now.Next
	for len(next) > 0 && len(t.Choices) < most {
		t = t.With(next[0].Choice)
		next = g.look(t, &chooser{})
	}
	return t.Choices
}

// InTime returns the present order to its end, for what is left as time has it.
func (g *Game) InTime() explore.Schedule {
	c := chooser{choices: g.Turn().Choices, then: sim.ByTime{}.Choose}
	g.run(atOnce(g.Turn().Script), &c)
	return c.useful()
}

// InOrder returns the choices that make a schedule happen in a script.
func (g *Game) InOrder(script *sim.Script, schedule explore.Schedule) []sim.Choice {
	c := chooser{then: following(schedule)}
	g.run(atOnce(script), &c)
	return c.made
}

// Schedule returns the present choices by name, without what changes nothing.
func (g *Game) Schedule() explore.Schedule { return g.Now.Named }

// Happened returns what has happened in a script by an instant, and the script
// in which it can be chosen to happen. Timers that fired in vain are left out:
// without them the same happens.
func (g *Game) Happened(script *sim.Script, by time.Duration) (*sim.Script, []sim.Choice) {
	timed := chooser{then: until(by)}
	g.run(script, &timed)
	script = Certain(script, g.world.Trace().Events)
	return script, g.InOrder(script, timed.useful())
}

// Trial returns what happens if a turn's choices are made and then, if it goes
// on, what time brings. The ledger is good until the next one.
func (g *Game) Trial(t Turn, on bool) ([]sim.Event, *sim.Ledger) {
	c := chooser{choices: t.Choices}
	if on {
		c.then = sim.ByTime{}.Choose
	}
	l := g.run(atOnce(t.Script), &c)
	return g.world.Trace().Events, l
}
