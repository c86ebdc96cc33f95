package tui

import (
	"slices"
	"time"

	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// scene is what a turn has come to: what has happened, step by step, and what
// may happen next.
type scene struct {
	events []sim.Event
	step   []int // of each event: each thing that was chosen is a step, from 0
	steps  int   // how many there are
	lost   []int // the step of each of the turn's losses
	picks  []pick
	next   []option
	judged judge.Judgement // at the end, when nothing is left to happen
}

// over reports whether nothing is left to happen.
func (s *scene) over() bool { return len(s.next) == 0 }

// player makes choices and then does what then says, or stops. It notes what
// was chosen, and where in the trace that begins.
type player struct {
	choices []sim.Choice
	then    func(*sim.World, []sim.Pending) int
	stop    func(*sim.World, []sim.Pending) // sees what could happen next

	made   []sim.Choice
	labels []string
	vain   []bool // a timer that changed nothing
	before []int  // how many events there were
}

// Choose makes the next choice.
func (p *player) Choose(w *sim.World, pending []sim.Pending) int {
	p.look(w)
	i := -1
	switch k := len(p.made); {
	case k < len(p.choices):
		want := p.choices[k]
		i = slices.IndexFunc(pending, func(e sim.Pending) bool { return e.What == want.What && int(e.N) == want.N })
	case p.then != nil:
		i = p.then(w, pending)
	case p.stop != nil:
		p.stop(w, pending)
	}
	if i >= 0 {
		p.made = append(p.made, sim.Choice{What: pending[i].What, N: int(pending[i].N)})
		p.labels = append(p.labels, w.Label(&pending[i]))
		p.vain = append(p.vain, false)
		p.before = append(p.before, len(w.Trace().Events))
	}
	return i
}

// look notes whether what was chosen last was a timer that fired in vain.
func (p *player) look(w *sim.World) {
	if n := len(p.made); n > 0 && p.made[n-1].What == sim.TimerFires {
		p.vain[n-1] = w.FiredInVain()
	}
}

// useful returns the labels of what was chosen, save timers that fired in vain
// and requests that began to wait for a worker.
func (p *player) useful() (labels explore.Schedule) {
	for i, label := range p.labels {
		if !p.vain[i] && p.made[i].What != sim.RequestEnters {
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

// run runs a script with a player.
func (n *network) run(m *Model, script *sim.Script, p *player) *sim.Ledger {
	return n.runTimed(m, atOnce(script), p)
}

func (n *network) runTimed(m *Model, script *sim.Script, p *player) *sim.Ledger {
	l := m.World.Run(script, n.entry.For(script), n.seed, sim.Options{Trace: true, Chooser: p})
	p.look(&m.World)
	return l
}

// atOnce returns the script for a server that needs no time: that a request
// arrives and that it is handled is one event of an order.
func atOnce(s *sim.Script) *sim.Script {
	slow := func(a sim.Action) bool { return a.Processing > 0 }
	if s.Network.Workers == 0 && s.Network.Processing == (sim.Latency{}) && !slices.ContainsFunc(s.Actions, slow) {
		return s
	}
	c := altered(s)
	c.Network.Workers, c.Network.Processing = 0, sim.Latency{}
	for i := range c.Actions {
		c.Actions[i].Processing = 0
	}
	return c
}

// happened returns what had happened by the cursor in the lane in view, and
// the script in which it can be chosen to happen. Timers that fired in vain
// are left out: without them the same happens.
func (n *network) happened(m *Model) (*sim.Script, []sim.Choice) {
	timed := player{then: until(m.Session.Now)}
	n.runTimed(m, m.Session.Script, &timed)
	script := certain(m.Session.Script, m.World.Trace().Events)
	again := player{then: following(timed.useful())}
	n.run(m, script, &again)
	return script, again.made
}

// certain returns the script without what chance does to a message. What it
// has done already, as the events show, is part of the script.
func certain(s *sim.Script, events []sim.Event) *sim.Script {
	c := altered(s)
	c.Network.Loss, c.Network.Duplicates, c.Network.Errors = 0, 0, 0
	for i := range events {
		e := &events[i]
		if e.Request == nil {
			continue
		}
		switch a := c.Action(e.Request.Actions[0]); {
		case e.Kind == sim.EventLost && a.Lose == sim.NoLeg:
			a.Lose = e.Leg
		case e.Kind == sim.EventArrive && e.Status == 500 && a.Status == 0:
			a.Status = 500
		}
	}
	return c
}

// altered returns a copy of the script of which the actions may be changed.
func altered(s *sim.Script) *sim.Script {
	c := *s
	c.Actions = slices.Clone(s.Actions)
	return &c
}

// play runs a turn and returns its scene, and false if its choices cannot be
// made.
func (n *network) play(m *Model, t turn) (scene, bool) {
	var s scene
	p := player{choices: t.choices}
	p.stop = func(w *sim.World, pending []sim.Pending) { s.next = optionsOf(w, pending, t.script) }
	n.run(m, t.script, &p)
	if len(p.made) < len(t.choices) {
		return s, false
	}
	s.events = m.World.Trace().Events
	s.next = slices.DeleteFunc(s.next, func(o option) bool { return o.choice.What == sim.TimerFires && n.vain(m, t, o.choice) })
	if s.over() {
		rest := player{choices: t.choices, then: sim.ByTime{}.Choose} // timers that ask in vain
		found := m.Judge.Judge(t.script, n.run(m, t.script, &rest))
		s.judged = judge.Judgement{Verdict: found.Verdict, Anomalies: lasting(found.Anomalies)}
	}
	s.count(&p, &t)
	s.tell(&p, &t)
	for i := range s.next {
		s.next[i].describe(t.script, s.events)
	}
	return s, true
}

// lasting returns anomalies that outlive the judge's next trial.
func lasting(list []judge.Anomaly) (out []judge.Anomaly) {
	for _, a := range list {
		out = append(out, a.Clone())
	}
	return out
}

// vain reports whether a timer would change nothing but itself.
func (n *network) vain(m *Model, t turn, timer sim.Choice) bool {
	p := player{choices: append(slices.Clip(t.choices), timer)}
	n.run(m, t.script, &p)
	return p.vain[len(p.vain)-1]
}

// count gives each event its step. What the user lost is a step of its own.
func (s *scene) count(p *player, t *turn) {
	for k, l := range t.losses {
		s.lost = append(s.lost, l.after+k)
	}
	s.steps = len(p.made) + len(t.losses)
	k := -1
	for i := range s.events {
		for k+1 < len(p.before) && p.before[k+1] <= i {
			k++
		}
		s.step = append(s.step, stepOf(k, t.losses))
	}
}

// stepOf returns the step of choice k.
func stepOf(k int, losses []loss) int {
	step := k
	for _, l := range losses {
		if l.after <= k {
			step++
		}
	}
	return max(step, 0)
}

// optionsOf lists what may happen next: messages in the order in which their
// requests were sent, then the user's next press, then timers, then timeouts.
func optionsOf(w *sim.World, pending []sim.Pending, s *sim.Script) (out []option) {
	for _, i := range explore.Next(w, pending, s) {
		e := &pending[i]
		o := option{choice: sim.Choice{What: e.What, N: int(e.N)}, label: w.Label(e), action: int(e.N)}
		switch e.What {
		case sim.RequestArrives, sim.ReplyArrives, sim.ClientGivesUp:
			o.action = w.Carries(e)
		}
		out = append(out, o)
	}
	place := [...]int{sim.RequestArrives: 0, sim.ReplyArrives: 0, sim.UserActs: 1, sim.TimerFires: 2, sim.ClientGivesUp: 3, sim.DuplicateArrives: 4}
	slices.SortStableFunc(out, func(a, b option) int {
		if d := place[a.choice.What] - place[b.choice.What]; d != 0 {
			return d
		}
		return a.choice.N - b.choice.N
	})
	return out
}
