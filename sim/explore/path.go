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
	down    int          // the same for the replies
	enters  bool         // that a request gets to the server is an event of its own
	begins  bool         // and that the server begins with it
	workers int          // with so many at most at once; 0: any number

	at    int  // the current step
	dead  bool // this order has no normal form
	stray bool // it could not be repeated
	holds bool // the timer that was taken last kept others waiting
	last  sim.Pending
	old   bool                  // it should have come before an event that came before it
	newer [sim.MaxClients]newer // at each client, what may happen next

	seen      int32        // the latest scheduled event that is known
	happened  [sites]int32 // events so far, at each client and at the server
	requested []int32      // by request: the events at its client up to the one that sent it
	replied   []int32      // by request: the events at the server up to its arrival
	acted     int          // the step of the last event of the script
	actor     int          // and the client
	acts      int32        // and its events up to then

	polls [sim.MaxClients]polls // of each client
	other [sites]int32          // the events of each site up to the last one that is of no poll
	hush  [sites]int32          // the same when all was quiet
	early bool                  // a poll that is due now is to be one more before that

	told [sim.MaxClients]int32 // the events of the server up to the last that may have sent a client news

	offline [sim.MaxClients]int32 // the events of each client up to where it last went offline or was back
}

// Events happen at one of the clients or, the last site, at the server.
const (
	server = sim.MaxClients
	sites  = sim.MaxClients + 1
)

// newer bounds what may happen at a client after an event at a later site:
// only what that event, or one after it, has scheduled. Nothing else is bounded.
type newer struct {
	order int32 // of scheduling, up to that event; else -1
	step  int   // of that event
}

// step is one choice: the one taken, of how many.
type step struct {
	taken, of int16
	timers    bool  // nothing but timers, and polls, was left to choose from
	fires     int16 // so many timers, which are tried first
	stirred   bool  // one of them changed something
	hushed    bool  // if none does, clients poll once more: that is tried last

	place int16       // of the one taken among the events that were pending, from 1; 0: it is still to be found
	is    sim.Pending // that event
}

// event counts, for the orders of a class, how many events of each other site
// must come before it.
type event struct {
	site  int
	after [sites]int32
}

// over takes from a script who may overtake whom.
func (p *path) over(s *sim.Script) {
	p.up, p.down = 0, 0
	p.enters = s.Enters()
	if p.begins, p.workers = s.Begins(), 0; p.begins && !p.enters { // else it is the server that minds its workers
		p.workers = s.Network.Workers
	}
	if !s.Network.Fifo {
		return
	}
	p.up, p.down = 1, 1
	if s.TakesTime() && !p.enters && !p.begins { // then they can overtake each other inside it
		p.up = s.Network.Workers
	}
}

func (p *path) begin() {
	p.at, p.dead, p.stray, p.holds = 0, false, false, false
	for c := range p.newer {
		p.newer[c] = newer{order: -1}
	}
	p.choices, p.events = p.choices[:0], p.events[:0]
	p.last = sim.Pending{}
	p.seen, p.happened = 0, [sites]int32{}
	p.acted, p.actor, p.acts = 0, 0, 0
	p.offline, p.told = [sim.MaxClients]int32{}, [sim.MaxClients]int32{}
	p.polls, p.other, p.early = [sim.MaxClients]polls{}, [sites]int32{}, false
	p.requested, p.replied = p.requested[:0], p.replied[:0]
}

// next varies the last choice that can be varied, and reports whether there
// was one.
func (p *path) next() bool {
	for n := len(p.steps); n > p.fixed; n-- {
		s := &p.steps[n-1]
		if s.taken++; s.taken < s.of {
			s.place = 0
			return true
		}
		p.steps = p.steps[:n-1]
	}
	return false
}

// Choose repeats the choices so far and then takes the first that may come.
func (p *path) Choose(w *sim.World, pending []sim.Pending) int {
	if p.last.What == sim.TimerFires {
		if p.holds {
			w.Count()
		}
		if w.FiredInVain() {
			return -1
		}
		p.steps[p.at-1].stirred = true
		if p.old {
			p.dead = true
			return -1
		}
	}
	p.look(w, pending)
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
	s := &p.steps[p.at]
	if n := int(s.place); n > 0 && n <= len(pending) && pending[n-1] == s.is {
		p.take(w, pending, n-1)
		return n - 1
	}
	quiet := s.hushed && s.taken == s.of-1
	if s.timers && s.taken >= s.fires && s.stirred == quiet {
		p.dead = true // where a timer changes something all is not quiet yet; where none does, it is
		return -1
	}
	if quiet {
		w.Quiet()
		pending = w.Pending()
		p.look(w, pending)
	}
	i := p.pick(w, pending, s, quiet)
	if i < 0 {
		p.stray = true
		return -1
	}
	if !s.timers && !p.early {
		s.place, s.is = int16(i+1), pending[i]
	}
	p.take(w, pending, i)
	return i
}

// pick finds the event that was taken at a step. Where nothing but timers and polls was
// left, the timers come first; where all is quiet now, it is the first poll that is due.
func (p *path) pick(w *sim.World, pending []sim.Pending, s *step, quiet bool) int {
	k := s.taken
	for polls := false; ; polls = true {
		for i := range pending {
			e := &pending[i]
			switch {
			case quiet && w.Due(e):
				return i
			case quiet, (s.timers && e.What == sim.PollDue) != polls, !p.may(w, pending, i, s.timers):
			case k == 0:
				return i
			default:
				k--
			}
		}
		if polls {
			return p.pickEarly(w, pending, int(k))
		}
	}
}

// open begins a new step and takes the first event that may come.
func (p *path) open(w *sim.World, pending []sim.Pending) int {
	s, first := step{timers: true}, -1
	for i := range pending {
		e := &pending[i]
		s.timers = s.timers && (e.What == sim.TimerFires || e.What == sim.PollDue && !w.Due(e) || e.What == sim.WriteVisible && w.Idle(e))
	}
	for i := range pending {
		if p.may(w, pending, i, s.timers) {
			if s.of++; first < 0 {
				first = i
			}
			if pending[i].What == sim.TimerFires {
				s.fires++
			}
		}
		if p.mayBeEarly(w, pending, &pending[i]) {
			s.of++
		}
	}
	if s.hushed = s.timers && w.Hushed(); s.hushed {
		s.of++
	}
	if s.of == 0 {
		p.dead = true
		return -1
	}
	if !s.timers && first >= 0 {
		s.place, s.is = int16(first+1), pending[first]
	}
	p.steps = append(p.steps, s)
	if s.place == 0 {
		return p.repeat(w, pending)
	}
	p.take(w, pending, first)
	return first
}

// may reports whether pending event i may come next, by three rules: it is an
// event, which a firing that only sets the timer again is not; its order is the
// normal one of its class; and its link delivers it. Where nothing but timers is
// left, the second is asked later: each is tried, to see whether it would change
// anything.
func (p *path) may(w *sim.World, pending []sim.Pending, i int, timers bool) bool {
	e := &pending[i]
	if e.What == sim.PollDue && !w.Due(e) && w.Polled(w.Client(e)) >= maxPolls {
		return false
	}
	return !w.Idle(e) && (timers && e.What == sim.TimerFires || p.normal(w, e)) && p.inTurn(w, pending, i)
}

// due: of two timers of a client that is not ours, the one that was set no later
// and for no longer does not fire later. (That the one which is due first fires
// first would be too much: messages take no time here, and a pause that a
// reply begins can end before or after one that a click began.)
func (p *path) due(w *sim.World, pending []sim.Pending, i int) bool {
	for k := range pending {
		if k != i && w.Before(&pending[k], &pending[i]) {
			return false
		}
	}
	return true
}

// normal: of each class the one order is run in which no event stands directly
// behind one at a later site that it could be exchanged with. It could if it was
// scheduled before that one; a click could if the click before it came before.
func (p *path) normal(w *sim.World, e *sim.Pending) bool {
	if atServer(e.What) || e.What == sim.SpanEnds {
		return true // no site is later than the server, which a client that goes offline shares it with
	}
	n := &p.newer[w.Client(e)]
	if e.What == sim.UserActs {
		return n.order < 0 || n.step <= p.acted
	}
	return e.Order() > n.order
}

// inTurn: latencies are free, but on a fifo link a message overtakes only what is
// inside the server, with a worker of its own. Of a request and its copy, which
// nobody can tell apart, it is the request that arrives first.
func (p *path) inTurn(w *sim.World, pending []sim.Pending, i int) bool {
	e, may := &pending[i], p.up
	switch e.What {
	case sim.RequestArrives, sim.RequestEnters, sim.RequestBegins:
	case sim.DuplicateArrives, sim.DuplicateEnters, sim.DuplicateBegins:
		first := twin(e.What)
		if p.begins && e.What == sim.DuplicateArrives {
			return true // they have been told apart
		}
		if slices.ContainsFunc(pending, func(o sim.Pending) bool { return o.What == first && o.N == e.N }) {
			return false
		}
	case sim.ReplyArrives, sim.PushArrives:
		may = p.down
	case sim.TimerFires:
		return p.due(w, pending, i)
	default:
		return true
	}
	if p.workers > 0 && (e.What == sim.RequestBegins || e.What == sim.DuplicateBegins) && w.Begun() >= p.workers {
		return false
	}
	leg := p.link(e.What)
	if may == 0 || leg == sim.NoLeg {
		return true
	}
	for k := range pending {
		if o := &pending[k]; p.link(o.What) == leg && o.Order() < e.Order() && w.Client(o) == w.Client(e) {
			may--
		}
	}
	return may > 0
}

// twin returns what happens to a request, of what happens to its copy.
func twin(w sim.What) sim.What {
	switch w {
	case sim.DuplicateEnters:
		return sim.RequestEnters
	case sim.DuplicateBegins:
		return sim.RequestBegins
	}
	return sim.RequestArrives
}

// atServer reports whether an event happens at the server, and nowhere else.
func atServer(w sim.What) bool {
	switch w {
	case sim.RequestArrives, sim.DuplicateArrives, sim.RequestEnters, sim.DuplicateEnters,
		sim.RequestBegins, sim.DuplicateBegins, sim.WriteVisible:
		return true
	}
	return false
}

// link returns the link that a message is on, if it is one.
func (p *path) link(w sim.What) sim.Leg {
	switch w {
	case sim.RequestArrives, sim.DuplicateArrives:
		if p.enters || p.begins {
			return sim.NoLeg // it is in the server
		}
		return sim.Uplink
	case sim.RequestBegins, sim.DuplicateBegins:
		if p.enters {
			return sim.NoLeg
		}
		return sim.Uplink
	case sim.RequestEnters, sim.DuplicateEnters:
		return sim.Uplink
	case sim.ReplyArrives, sim.PushArrives:
		return sim.Downlink
	}
	return sim.NoLeg
}

// look notes what caused the messages that are new: the last event did.
func (p *path) look(w *sim.World, pending []sim.Pending) {
	seen := p.seen
	for i := range pending {
		e := &pending[i]
		if e.Order() <= p.seen {
			continue
		}
		seen = max(seen, e.Order())
		switch e.What {
		case sim.RequestArrives, sim.DuplicateArrives, sim.RequestEnters, sim.DuplicateEnters, sim.RequestBegins, sim.DuplicateBegins, sim.WriteVisible:
			if p.link(e.What) == sim.Uplink || int(e.N) >= len(p.requested) { // else it has come in by now
				p.requested = put(p.requested, int(e.N), p.happened[w.Client(e)])
			}
		case sim.ReplyArrives, sim.PushArrives:
			p.replied = put(p.replied, int(e.N), p.happened[server])
		case sim.PollDue:
			if w.Due(e) {
				p.hush = p.other
			}
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

func (p *path) take(w *sim.World, pending []sim.Pending, i int) {
	e := pending[i]
	c := w.Client(&e)
	p.last, p.old = e, e.What == sim.TimerFires && !p.normal(w, &e)
	p.holds = e.What == sim.TimerFires && slices.ContainsFunc(pending, func(o sim.Pending) bool { return w.Before(&e, &o) })
	p.at++
	p.choices = append(p.choices, e.Choice())
	if p.early {
		p.choices[len(p.choices)-1].N, p.early = -int(e.N), false
	}
	p.events = append(p.events, event{site: c})
	event := &p.events[len(p.events)-1]
	switch e.What {
	case sim.RequestArrives, sim.DuplicateArrives, sim.RequestEnters, sim.DuplicateEnters, sim.RequestBegins, sim.DuplicateBegins, sim.WriteVisible:
		event.site, event.after[c] = server, p.requested[e.N]
		for c, events := range p.offline {
			event.after[c] = max(event.after[c], events)
		}
	case sim.ReplyArrives, sim.PushArrives:
		event.after[server] = p.replied[e.N]
	case sim.PollDue:
		p.poll(event, w.Due(&e))
	case sim.SpanEnds:
		event.after[server] = p.happened[server]
		p.offline[c] = p.happened[c] + 1
		p.script(event, c)
	case sim.UserActs:
		p.script(event, c)
	}
	p.tell(event, w.Tells(&e))
	p.happened[event.site]++
	if !w.OfPoll(&e) {
		p.other[event.site] = p.happened[event.site]
	}
}

// tell bounds what may happen after an event, which may have the server send a client
// news, or -1 nobody: then it is an event of that client too.
func (p *path) tell(e *event, client int) {
	if e.site < server {
		e.after[server] = max(e.after[server], p.told[e.site])
	}
	p.bound(e.site, p.last.What == sim.SpanEnds)
	if client >= 0 {
		e.after[client] = max(e.after[client], p.happened[client])
		p.told[client] = p.happened[server] + 1
		p.newer[client].order = -1
	}
}

// script notes that an event is the next one of the script.
func (p *path) script(e *event, client int) {
	if p.actor != client {
		e.after[p.actor] = p.acts
	}
	p.acted, p.actor, p.acts = p.at, client, p.happened[client]+1
}

// bound bounds what may happen at the sites that are earlier than one at which
// something has happened; of what has happened at the server too, at all others.
func (p *path) bound(site int, serverToo bool) {
	for c := range p.newer {
		switch {
		case c == site:
			p.newer[c].order = -1
		case c < site || serverToo:
			p.newer[c] = newer{p.seen, p.at}
		}
	}
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
	return s.timers && !s.stirred && !s.hushed && s.taken == s.fires-1
}
