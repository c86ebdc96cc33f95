package sim

import "time"

// spanEnd is one end of a span offline: which one, as a [Pending] has it in N, and
// when.
type spanEnd struct {
	at time.Duration
	n  int
}

// end returns an end of a span of the script; false if it never comes.
func (s *Script) end(n int) (spanEnd, bool) {
	span := &s.Offline[(n-1)/2]
	if n%2 == 1 {
		return spanEnd{span.From, n}, true
	}
	return spanEnd{span.To, n}, span.To != 0
}

// nextEnd returns the first end of a span behind the one that came last; its number
// is 0 if there is none.
func (s *Script) nextEnd(last spanEnd) (next spanEnd) {
	for n := 1; n <= 2*len(s.Offline); n++ {
		e, comes := s.end(n)
		behind := e.at > last.at || e.at == last.at && n > last.n
		if comes && behind && (next.n == 0 || e.at < next.at) {
			next = e
		}
	}
	return next
}

// scheduleScript schedules what is next in the script, be it action n or the end of a
// span, which comes before an action of the same instant. Here time has them among the
// pending events too.
func (w *World) scheduleScript(n int) {
	w.upcoming = n
	switch end := w.script.nextEnd(w.ended); {
	case end.n > 0 && (n > len(w.script.Actions) || end.at <= w.script.Actions[n-1].At):
		w.scheduleFirst(end.at, SpanEnds, end.n)
	case n <= len(w.script.Actions):
		w.scheduleFirst(w.script.Actions[n-1].At, UserActs, n)
	}
}

func (w *World) spanLabel(p *Pending) string {
	label := "on@"
	if p.N%2 == 1 {
		label = "off@"
	}
	return label + itoa(w.Client(p)+1)
}

// spanEnds lets a client go offline, or be back.
func (w *World) spanEnds(n int) {
	w.ended, _ = w.script.end(n)
	w.scheduleScript(w.upcoming)
	client := int(w.script.Offline[(n-1)/2].Client)
	w.passes()
	if n%2 == 1 {
		w.offline = w.offline.With(client)
		if w.tracing {
			w.note(Event{Kind: EventOffline, Client: uint8(client)}, false)
		}
		w.cut(client, Uplink, Downlink)
		w.strand(client)
		w.watched(client, false)
		return
	}
	w.offline &^= 1 << client
	if w.tracing {
		w.note(Event{Kind: EventOnline, Client: uint8(client)}, false)
	}
	w.watched(client, true)
	for v := range w.script.Views().All {
		if s, has := under[Returner](w.strategy, v); has && v/MaxPersons == client && !w.closed.Has(client) {
			w.inHand = v
			s.Back(&w.client)
		}
	}
}

// watched tells clients that are not ours that they have no network any more, or again.
func (w *World) watched(client int, online bool) {
	if w.foreign == nil {
		return
	}
	for v := range w.script.Views().All {
		if s, has := under[Watcher](w.strategy, v); has && v/MaxPersons == client && !w.closed.Has(client) {
			w.inHand = v
			s.Watch(&w.client, online)
		}
	}
}

// cut loses what is on its way to a client or from it, on these legs, in the order
// of the requests' numbers. What the server has got is not on its way.
func (w *World) cut(client int, legs ...Leg) {
	for {
		next := -1
		for i := range w.pending {
			p := &w.pending[i]
			if leg := w.leg(p); leg == NoLeg || leg != legs[0] && leg != legs[len(legs)-1] || w.Client(p) != client {
				continue
			}
			if next < 0 || p.N < w.pending[next].N || p.N == w.pending[next].N && p.What < w.pending[next].What {
				next = i
			}
		}
		if next < 0 {
			break
		}
		p := w.pending[next]
		w.pending = append(w.pending[:next], w.pending[next+1:]...)
		w.still.others--
		w.lose(w.requests[p.N-1], w.leg(&p))
		if p.What != PushArrives { // it takes none
			w.unplug(w.requests[p.N-1])
		}
	}
	if wire := &w.wires[client]; len(legs) > 1 {
		wire.lastUp, wire.lastDown = 0, 0 // it is another link from now on
	}
}

// leg returns the leg that a pending message is on; none if it is no message, or the
// server has it.
func (w *World) leg(p *Pending) Leg {
	switch p.What {
	case RequestArrives, DuplicateArrives:
		if w.reaches != RequestArrives {
			return NoLeg
		}
		return Uplink
	case RequestBegins, DuplicateBegins:
		if w.reaches == RequestEnters {
			return NoLeg
		}
		return Uplink
	case RequestEnters, DuplicateEnters:
		return Uplink
	case ReplyArrives, PushArrives:
		return Downlink
	}
	return NoLeg
}

// TakesTime reports whether the server does, so that requests are at work in it.
func (s *Script) TakesTime() bool {
	n := &s.Network
	if n.Processing != (Latency{}) || n.Save.Processing.Latency != (Latency{}) || n.Read.Processing.Latency != (Latency{}) {
		return true
	}
	for i := range s.Actions {
		if s.Actions[i].Processing > 0 {
			return true
		}
	}
	return false
}

// Unseen reports whether a pending event is none that anybody sees, or that orders
// have: that a client polls and has nobody to read, or that a request asks for a worker.
// Where a client goes offline while the server is at work, that decides whether the
// request is lost.
func (w *World) Unseen(p *Pending) bool {
	if p.What == WriteVisible || p.What == PollDue {
		return w.Idle(p)
	}
	return (p.What == RequestEnters || p.What == DuplicateEnters) && (w.habits&Offlines == 0 || !w.script.Enters())
}

// unplug frees the connection of a request whose message is lost because its client
// is offline. The client learns nothing of it.
func (w *World) unplug(r *Request) {
	if w.script.Network.Connections > 0 && !r.ended && !r.unplugged {
		r.unplugged = true
		w.wire(r).underWay--
	}
}

// strand lets fail what waits for a connection: there is none to be had.
func (w *World) strand(client int) {
	wire := &w.wires[client]
	for _, r := range wire.waiting {
		if r.ended = true; !r.errand() { // else nobody hears of it
			w.fail(r, false)
		}
	}
	wire.waiting = wire.waiting[:0]
}

// away reports whether the client of a request is offline.
func (w *World) away(r *Request) bool {
	return w.offline != 0 && w.offline.Has(int(r.First().Client))
}

// fail lets a request fail that cannot leave. At the end of the step the strategy
// learns of it.
func (w *World) fail(r *Request, byStrategy bool) {
	m := w.happensTo(r)
	for _, a := range r.Actions {
		f := &w.ledger.Fates[a.Number]
		f.Failed, f.Waits = m, 0
	}
	f := &w.ledger.Fates[r.key.Number]
	f.Fails++
	r.attempt, r.fails = int(f.Attempts), int32(f.Fails)
	r.luck = w.luck.of(r.key.Number, r.Attempt()) // of its jitter
	r.ended, r.unsent = true, true
	if w.tracing {
		w.note(Event{Kind: EventFail, Request: w.sent(r)}, byStrategy)
	}
	if !r.beacon {
		w.unsent = append(w.unsent, r)
	}
}

// tellUnsent gives the strategy what could not leave in this step, and what fails
// while it does.
func (w *World) tellUnsent() {
	for i := 0; i < len(w.unsent) && w.ledger.Events < MaxEvents; i++ {
		w.handOver(w.unsent[i], 0, false)
	}
	w.unsent = w.unsent[:0]
}
