package game

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// Position says of a turn what has happened in it, step by step, and what may
// happen next. Each thing that was chosen, and each loss, is a step, from 0.
type Position struct {
	Script *sim.Script      // the turn's, with what a client has read by itself: see [sim.Ledger.Script]
	Failed error            // why a client of the user's own could not go on
	Named  explore.Schedule // the turn's choices, without what changes nothing
	Events []sim.Event
	Step   []int // of each event
	Steps  int   // how many there are
	Before []int // of each choice, how many events there were
	Lost   []int // the step of each of the turn's losses
	Next   []Option
	Judged judge.Judgement // at the end, when nothing is left to happen
}

// Over reports whether nothing is left to happen.
func (p *Position) Over() bool { return len(p.Next) == 0 }

// Option is something that may happen next.
type Option struct {
	Choice sim.Choice
	Label  string // as in a schedule: "u2", "u2>", "<c1"
	Action int    // whose it is
}

// Message reports whether it is a request or an answer on its way.
func (o *Option) Message() bool {
	switch o.Choice.What {
	case sim.RequestArrives, sim.ReplyArrives, sim.PushArrives, sim.RequestBegins:
		return true
	}
	return false
}

// again reports whether it is of a second attempt, or a later one.
func (o *Option) again() bool { return strings.Contains(o.Label, "#") }

// Name returns the short names of its actions: "u2", or "u2+u3"; of news, those of the
// save that it tells of.
func (o *Option) Name() string {
	name := o.Whole()
	if o.Choice.What == sim.PushArrives {
		name, _, _ = strings.Cut(name, "@")
	}
	return name
}

// Whole returns the name, of news with the client that it goes to: "u1@2".
func (o *Option) Whole() string {
	name, _, _ := strings.Cut(strings.Trim(o.Label, "<>!~|"), "#")
	return name
}

// play runs a turn, and returns false if its choices cannot be made.
func (g *Game) play(t Turn) (p Position, ok bool) {
	var c chooser
	p.Next = g.look(t, &c)
	if len(c.made) < len(t.Choices) {
		return p, false
	}
	p.Events, p.Before = c.events, c.before
	p.Script, p.Failed, p.Named = c.script, c.failed, c.useful()
	if p.Over() {
		_, ledger := g.Trial(t, true) // timers that ask in vain
		found := g.judge.Judge(t.Script, ledger)
		if ledger.Readings > 1 {
			o := sim.Options{Trace: true, Chooser: (&chooser{choices: t.Choices, then: sim.ByTime{}.Choose}).Again()}
			_, found = g.judge.Run(&g.world, atOnce(t.Script), g.strategy(t.Script), g.seed, o)
		}
		p.Judged.Verdict = found.Verdict
		for _, a := range found.Anomalies { // they outlive the judge's next trial
			p.Judged.Anomalies = append(p.Judged.Anomalies, a.Clone())
		}
	}
	p.count(t.Losses)
	return p, true
}

// look runs a turn with a chooser, and returns what may happen next in it:
// messages in the order in which their requests were sent, then the user's next
// press, then timers, then timeouts.
func (g *Game) look(t Turn, c *chooser) (next []Option) {
	c.choices = t.Choices
	c.then = func(w *sim.World, pending []sim.Pending) int {
		for _, i := range explore.Next(w, pending, t.Script) {
			next = append(next, optionOf(w, &pending[i]))
		}
		return -1
	}
	l := g.run(atOnce(t.Script), c)
	c.events, c.script, c.failed = g.world.Trace().Events, l.Script(t.Script), l.Failed
	next = slices.DeleteFunc(next, func(o Option) bool { return o.Choice.What == sim.TimerFires && g.vain(t, o.Choice) })
	place := [...]int{
		sim.RequestBegins: 0, sim.RequestArrives: 0, sim.ReplyArrives: 0, sim.PushArrives: 0, sim.UserActs: 1, sim.SpanEnds: 1, sim.PollDue: 2, sim.TimerFires: 2,
		sim.ClientGivesUp: 3, sim.WriteVisible: 3, sim.DuplicateBegins: 4, sim.DuplicateArrives: 4,
	}
	slices.SortStableFunc(next, func(a, b Option) int {
		if d := place[a.Choice.What] - place[b.Choice.What]; d != 0 {
			return d
		}
		return a.Choice.N - b.Choice.N
	})
	return next
}

func optionOf(w *sim.World, p *sim.Pending) Option {
	o := Option{Choice: sim.Choice{What: p.What, N: int(p.N)}, Label: w.Label(p), Action: int(p.N)}
	switch p.What {
	case sim.UserActs:
	case sim.SpanEnds, sim.PollDue:
		o.Action = 0 // nobody's
	case sim.TimerFires:
		o.Action, _ = strconv.Atoi(o.Name()[1:])
	default:
		o.Action = w.Carries(p)
	}
	return o
}

// vain reports whether a timer would change nothing but itself.
func (g *Game) vain(t Turn, timer sim.Choice) bool {
	c := chooser{choices: t.With(timer).Choices}
	g.run(atOnce(t.Script), &c)
	return c.vain[len(c.vain)-1]
}

// count gives each event its step. What the user lost is a step of its own.
func (p *Position) count(losses []Loss) {
	for k, l := range losses {
		p.Lost = append(p.Lost, l.After+k)
	}
	p.Steps = len(p.Before) + len(losses)
	k := -1
	for i := range p.Events {
		for k+1 < len(p.Before) && p.Before[k+1] <= i {
			k++
		}
		p.Step = append(p.Step, stepOf(k, losses))
	}
}

func stepOf(k int, losses []Loss) int {
	step := k
	for _, l := range losses {
		if l.After <= k {
			step++
		}
	}
	return max(step, 0)
}

// chooser makes choices and then does what then says, or stops. It notes what
// was chosen, and where in the trace that begins.
type chooser struct {
	choices []sim.Choice
	then    func(*sim.World, []sim.Pending) int // nil: it stops

	made   []sim.Choice
	labels []string
	vain   []bool // a timer that changed nothing
	before []int  // how many events there were
	events []sim.Event
	script *sim.Script
	failed error
}

// Again returns one that makes the same choices, from the beginning.
func (c *chooser) Again() sim.Chooser { return &chooser{choices: c.choices, then: c.then} }

// Choose makes the next choice.
func (c *chooser) Choose(w *sim.World, pending []sim.Pending) int {
	c.wake(w)
	i := -1
	if k := len(c.made); k < len(c.choices) {
		want := c.choices[k]
		i = slices.IndexFunc(pending, func(e sim.Pending) bool { return e.What == want.What && int(e.N) == want.N })
	} else if c.then != nil {
		i = c.then(w, pending)
	}
	if i >= 0 {
		c.made = append(c.made, sim.Choice{What: pending[i].What, N: int(pending[i].N)})
		c.labels = append(c.labels, w.Label(&pending[i]))
		c.vain = append(c.vain, false)
		c.before = append(c.before, len(w.Trace().Events))
	}
	return i
}

// wake notes whether what was chosen last was a timer that fired in vain.
func (c *chooser) wake(w *sim.World) {
	if n := len(c.made); n > 0 && c.made[n-1].What == sim.TimerFires {
		c.vain[n-1] = w.FiredInVain()
	}
}

// useful returns the labels of what was chosen, save timers that fired in vain
// and requests that began to wait for a worker.
func (c *chooser) useful() (labels explore.Schedule) {
	for i, label := range c.labels {
		if !c.vain[i] && c.made[i].What != sim.RequestEnters {
			labels = append(labels, label)
		}
	}
	return labels
}

// until lets time decide, up to an instant. A copy that the network made of a
// request is no part of any order: it ends there.
func until(t time.Duration) func(*sim.World, []sim.Pending) int {
	return func(_ *sim.World, pending []sim.Pending) int {
		if pending[0].At > t || pending[0].What == sim.DuplicateArrives || pending[0].What == sim.DuplicateEnters {
			return -1
		}
		return 0
	}
}

// following lets happen what some labels name, as far as it can.
func following(labels []string) func(*sim.World, []sim.Pending) int {
	return func(w *sim.World, pending []sim.Pending) int {
		if len(labels) == 0 {
			return -1
		}
		want := labels[0]
		labels = labels[1:]
		return slices.IndexFunc(pending, func(e sim.Pending) bool { return w.Label(&e) == want })
	}
}

func (g *Game) run(script *sim.Script, c *chooser) *sim.Ledger {
	l := g.world.Run(script, g.strategy(script), g.seed, sim.Options{Trace: true, Chooser: c})
	c.wake(&g.world)
	return l
}

// atOnce returns the script for a server that needs no time: that a request
// arrives and that it is handled is one event of an order.
func atOnce(s *sim.Script) *sim.Script {
	slow := func(a sim.Action) bool { return a.Processing > 0 }
	if s.Network.Workers == 0 && s.Network.Processing == (sim.Latency{}) && !slices.ContainsFunc(s.Actions, slow) {
		return s
	}
	c := s.Copy()
	c.Network.Workers, c.Network.Processing = 0, sim.Latency{}
	for i := range c.Actions {
		c.Actions[i].Processing = 0
	}
	return c
}

// Certain returns the script without what chance does to a message. What it has
// done already, as the events show, is part of the script.
func Certain(s *sim.Script, events []sim.Event) *sim.Script {
	c := s.Copy()
	c.Network.Loss, c.Network.Duplicates, c.Network.Errors = 0, 0, 0
	for i := range events {
		e := &events[i]
		if e.Request == nil {
			continue
		}
		if e.First() > sim.MaxActions {
			continue // the script says nothing of what is read unasked
		}
		switch a := c.Action(e.First()); {
		case e.Kind == sim.EventLost && a.Lose == sim.NoLeg:
			a.Lose = e.Leg
		case e.Kind == sim.EventArrive && e.Status == 500 && a.Status == 0:
			a.Status = 500
		}
	}
	return c
}
