package explore

import (
	"slices"

	"photofinish/sim"
)

// path chooses the events of one order after the other, depth first. It is a
// [sim.Chooser]: of the events that may come next at a step it remembers which
// one was taken, and no more.
type path struct {
	steps   []step       // the choices to repeat, and then to vary
	fixed   int          // how many of them are only repeated
	cut     int          // after how many steps to stop; 0: at the end
	choices []sim.Choice // what was chosen
	events  []event      // the same, with causes
	up      int          // of the requests that are under way, how many may be the next; 0: any
	down    int          // the same for the answers

	at    int  // the current step
	dead  bool // this order has no normal form
	last  sim.Pending
	old   bool  // it should have come before the event at the server before it
	newer int32 // after an event at the server: at the client only what was scheduled later may happen

	seen      int32    // the latest scheduled event that is known
	happened  [2]int32 // events so far, at the client and at the server
	requested []int32  // by request: the events at the client up to the one that sent it
	answered  []int32  // by request: the events at the server up to its arrival
}

// step is one choice: the one taken, of how many.
type step struct {
	taken, of int16
	timers    bool // nothing but timers was left to choose from
	stirred   bool // one of them changed something
}

// event is what counting the orders of a class needs to know: where it
// happens, and how many events of the other side must come before it.
type event struct {
	server bool
	after  int32
}

// over takes from a script who may overtake whom.
func (p *path) over(s *sim.Script) {
	p.up, p.down = 0, 0
	if !s.Network.Fifo {
		return
	}
	p.up, p.down = 1, 1
	if takesTime(s) {
		p.up = s.Network.Workers
	}
}

// takesTime reports whether the server does, so that requests can overtake
// each other inside it.
func takesTime(s *sim.Script) bool {
	return s.Network.Processing != (sim.Latency{}) ||
		slices.ContainsFunc(s.Actions, func(a sim.Action) bool { return a.Processing > 0 })
}

// begin starts a new order.
func (p *path) begin() {
	p.at, p.dead, p.newer = 0, false, -1
	p.choices, p.events = p.choices[:0], p.events[:0]
	p.last = sim.Pending{}
	p.seen, p.happened = 0, [2]int32{}
	p.requested, p.answered = p.requested[:0], p.answered[:0]
}

// next varies the last choice that can be varied, and reports whether there
// was one.
func (p *path) next() bool {
	for n := len(p.steps); n > p.fixed; n-- {
		s := &p.steps[n-1]
		if s.taken++; s.taken < s.of {
			return true
		}
		p.steps = p.steps[:n-1]
	}
	return false
}

// Choose repeats the choices so far and then takes the first that may come.
func (p *path) Choose(w *sim.World, pending []sim.Pending) int {
	if p.last.What == sim.TimerFires {
		if w.FiredInVain() {
			return -1
		}
		p.steps[p.at-1].stirred = true
		if p.old {
			p.dead = true
			return -1
		}
	}
	p.look(pending)
	if p.cut > 0 && p.at == p.cut {
		return -1
	}
	if p.at < len(p.steps) {
		return p.repeat(w, pending)
	}
	return p.open(w, pending)
}

// repeat takes the event that was taken at this step, or is to be taken next.
func (p *path) repeat(w *sim.World, pending []sim.Pending) int {
	k := p.steps[p.at].taken
	for i := range pending {
		if !p.may(w, pending, i, p.steps[p.at].timers) {
			continue
		}
		if k == 0 {
			p.take(pending, i)
			return i
		}
		k--
	}
	panic("explore: the same choices led to another place: the strategy keeps state that Reset does not forget")
}

// open begins a new step and takes the first event that may come.
func (p *path) open(w *sim.World, pending []sim.Pending) int {
	s, first := step{timers: true}, -1
	for i := range pending {
		s.timers = s.timers && pending[i].What == sim.TimerFires
	}
	for i := range pending {
		if p.may(w, pending, i, s.timers) {
			if s.of++; first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		p.dead = true
		return -1
	}
	p.steps = append(p.steps, s)
	p.take(pending, first)
	return first
}

// may reports whether pending event i may come next. Where nothing but timers
// is left, each may, to see whether it would change anything.
func (p *path) may(w *sim.World, pending []sim.Pending, i int, timers bool) bool {
	e := &pending[i]
	switch e.What {
	case sim.RequestArrives:
		return within(p.up, pending, i)
	case sim.DuplicateArrives:
		return within(p.up, pending, i) && !original(pending, e.N)
	}
	switch {
	case timers:
		return !w.Idle(e)
	case e.Order() <= p.newer:
		return false
	case e.What == sim.AnswerArrives:
		return within(p.down, pending, i)
	case e.What == sim.TimerFires:
		return !w.Idle(e)
	}
	return true
}

// original reports whether the request itself, and not only its copy, is still
// under way. Nobody can tell the two apart, so it is the first to arrive.
func original(pending []sim.Pending, n int32) bool {
	return slices.ContainsFunc(pending, func(e sim.Pending) bool { return e.What == sim.RequestArrives && e.N == n })
}

// within reports whether a message is one of the first n that are under way on
// its link. Any is if n is 0.
func within(n int, pending []sim.Pending, i int) bool {
	if n == 0 {
		return true
	}
	for k := range pending {
		if link(pending[k].What) == link(pending[i].What) && pending[k].Order() < pending[i].Order() {
			n--
		}
	}
	return n > 0
}

// link returns the link that a message is on, if it is one.
func link(w sim.What) sim.Leg {
	switch w {
	case sim.RequestArrives, sim.DuplicateArrives:
		return sim.Uplink
	case sim.AnswerArrives:
		return sim.Downlink
	}
	return sim.NoLeg
}

// look notes what caused the messages that are new: the last event did.
func (p *path) look(pending []sim.Pending) {
	seen := p.seen
	for i := range pending {
		e := &pending[i]
		if e.Order() <= p.seen {
			continue
		}
		seen = max(seen, e.Order())
		switch e.What {
		case sim.RequestArrives, sim.DuplicateArrives:
			p.requested = put(p.requested, int(e.N), p.happened[0])
		case sim.AnswerArrives:
			p.answered = put(p.answered, int(e.N), p.happened[1])
		}
	}
	p.seen = seen
}

// put sets list[i], growing the list if need be.
func put(list []int32, i int, v int32) []int32 {
	for len(list) <= i {
		list = append(list, 0)
	}
	list[i] = v
	return list
}

// take notes the choice.
func (p *path) take(pending []sim.Pending, i int) {
	e := pending[i]
	p.last, p.old = e, e.What == sim.TimerFires && e.Order() <= p.newer
	p.at++
	p.choices = append(p.choices, sim.Choice{What: e.What, N: int(e.N)})
	p.newer = -1
	switch e.What {
	case sim.RequestArrives, sim.DuplicateArrives:
		p.events = append(p.events, event{true, p.requested[e.N]})
		p.happened[1]++
		p.newer = p.seen
		return
	case sim.AnswerArrives:
		p.events = append(p.events, event{false, p.answered[e.N]})
	default:
		p.events = append(p.events, event{})
	}
	p.happened[0]++
}

// ended reports whether the trial that has just ended was an order. It was
// none if it has no normal form, or if its last event was a timer that changed
// nothing: then the order without that event is one, provided that only timers
// were left and none of them would have changed anything.
func (p *path) ended(w *sim.World) bool {
	if p.dead {
		return false
	}
	if p.last.What != sim.TimerFires || !w.FiredInVain() {
		return !p.old
	}
	s := p.steps[p.at-1]
	p.choices, p.events = p.choices[:p.at-1], p.events[:p.at-1]
	return s.timers && !s.stirred && s.taken == s.of-1
}
