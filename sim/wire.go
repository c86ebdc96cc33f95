package sim

import "time"

// newRequest returns an empty request with the next number.
func (w *World) newRequest() *Request {
	if w.posted == len(w.requests) {
		w.requests = append(w.requests, &Request{Number: w.posted + 1})
	}
	r := w.requests[w.posted]
	w.posted++
	// Field by field: a whole Request would be built first and copied then.
	r.Actions = r.Actions[:0]
	r.ID, r.Sets, r.Adds, r.Own = 0, 0, 0, false
	r.Body = State{}
	r.Header = Header{}
	r.story = story{}
	r.replyID, r.version, r.readAt = 0, 0, 0
	return r
}

// send puts a request on the wire, if its client has one, and a connection is free.
func (w *World) send(r *Request, byStrategy bool) {
	net := &w.script.Network
	first := r.key
	if w.away(r) {
		w.fail(r, byStrategy)
		return
	}
	if net.Connections > 0 && !w.connects(r) {
		return
	}
	if r.Do == Create {
		w.fillCreate(r)
	}
	fate := &w.ledger.Fates[first.Number]
	fate.Attempts++
	r.attempt, r.fails = int(fate.Attempts), int32(fate.Fails)
	if w.habits == 0 || !r.errand() {
		w.ledger.Requests++ // that of an errand costs nobody anything
		w.ledger.Settled = w.now
	}
	m := w.passes()
	r.left = m
	for _, a := range r.Actions {
		f := &w.ledger.Fates[a.Number]
		f.Sent, f.Waits = m, 0
		for s := a.Sets; s != 0; s &= s - 1 {
			i := s.First()
			if r.Body[i] == By(a.Number) || w.brings(r, a, i) {
				f.Carried |= 1 << i
			}
		}
	}
	if w.tracing {
		w.note(Event{Kind: EventSend, Request: w.sent(r), ID: r.ID, Beacon: r.beacon}, byStrategy)
	}
	if r.attempt > 1 || first.Errand != nil {
		r.fortune = net.fortune(w.luckOf(r), r.Do)
	} else if r.fortune = w.ahead[first.Number-1]; r.Do != first.Do && (r.Do == Fetch) != (first.Do == Fetch) {
		net.pin(&r.fortune, first, r.Do)
	}
	if net.Timeout > 0 && !r.beacon {
		w.schedule(w.now+net.Timeout, ClientGivesUp, r.Number)
	}
	if first.Lose == Uplink && r.attempt == 1 || r.luck.chance(drawLostUp, net.Loss) {
		w.lose(r, Uplink)
		return
	}
	at := w.toServer(r, r.up)
	if w.reaches != RequestArrives {
		w.schedule(at, w.reaches, r.Number)
	} else {
		work := first.Processing // as w.work has it, without a call: every trial comes by here
		if work == 0 || r.attempt > 1 {
			work = net.processing(r.Do).draw(r.luck, drawProcessing)
		}
		w.schedule(at+work, RequestArrives, r.Number)
	}
	if first.Twice && r.attempt == 1 || r.luck.chance(drawDuplicate, net.Duplicates) {
		w.sendCopy(r)
	}
}

// connects reports whether a request gets a connection, or needs none. Else it waits for
// one, and what the user has asked for with it.
func (w *World) connects(r *Request) bool {
	if r.beacon {
		return true
	}
	wire := w.wire(r)
	if wire.underWay < w.script.Network.Connections {
		wire.underWay++
		return true
	}
	for _, a := range r.Actions {
		if !r.errand() {
			w.wait(EventHold, a, "no connection free")
		}
	}
	wire.waiting = append(wire.waiting, r)
	return false
}

// luckOf returns the luck of a request that is an errand's, or not the first attempt.
func (w *World) luckOf(r *Request) luck {
	if e := r.key.Errand; e != nil {
		return e.luck(w.luck, r.key, r.attempt)
	}
	return w.luck.of(r.key.Number, r.attempt)
}

// sendCopy puts a request on the wire once more, as the network does that
// duplicates it.
func (w *World) sendCopy(r *Request) {
	net := &w.script.Network
	up, _ := net.legs(r.Do)
	at := w.toServer(r, up.draw(r.luck, drawDuplicateUp))
	w.schedule(at, copies[w.reaches], r.Number)
}

// copies has what happens to a copy, by what happens to the request.
var copies = [...]What{RequestArrives: DuplicateArrives, RequestEnters: DuplicateEnters, RequestBegins: DuplicateBegins}

// fillCreate puts the person's attributes, as they are now, into a create, unless it has
// its own, and says whose record it needs.
func (w *World) fillCreate(r *Request) {
	if w.habits&Parents != 0 {
		w.bind(r)
	}
	if r.Own {
		return
	}
	r.Body = w.person(r.First()).State
	r.Body[Permissions] = Nobody
	r.Sets, r.Adds = 0, 0
	for f, by := range r.Body {
		if by == Nobody {
			continue
		}
		r.Sets |= 1 << f
		for n := range w.ledger.Sums.All(by) {
			if n > 0 {
				w.ledger.Fates[n].Carried |= 1 << f
			}
		}
	}
}

// toServer returns when a request arrives that leaves now and takes so long. On a fifo
// link none arrives before the last one.
func (w *World) toServer(r *Request, takes time.Duration) time.Duration {
	at := w.now + takes
	if w.script.Network.Fifo {
		at = max(at, w.wire(r).lastUp)
		w.wire(r).lastUp = at
	}
	return at
}

// toClient is toServer for the way back.
func (w *World) toClient(r *Request) time.Duration {
	at := w.now + r.down
	if w.script.Network.Fifo {
		at = max(at, w.wire(r).lastDown)
		w.wire(r).lastDown = at
	}
	return at
}

func (w *World) lose(r *Request, leg Leg) {
	w.happensTo(r)
	if w.tracing {
		w.note(Event{Kind: EventLost, Request: w.sent(r), Leg: leg}, false)
	}
}

func (w *World) reply(r *Request) {
	late := r.ended
	m := w.happensTo(r)
	if w.tracing {
		e := Event{Kind: EventReply, Request: w.sent(r), ID: r.replyID, Status: r.status, Late: late}
		if w.shows(r) {
			e.Body = r.read
		}
		if w.habits&Lists != 0 && r.status == 200 && r.lists() {
			e.Rows = append(e.Rows, r.rows...)
		}
		w.note(e, false)
	}
	w.shown, w.taken, w.kept = m, false, 0
	if !late {
		for _, a := range r.Actions {
			f := &w.ledger.Fates[a.Number]
			f.Replied = m
			f.end(w.now, r.status == 200)
		}
		w.end(r)
		if w.script.Network.Timeout > 0 {
			w.cancel(r)
		}
		w.handOver(r, r.status, false)
	}
	if w.tracing {
		e := &w.trace.Events[m.Index()]
		e.Ignored = !w.taken && (w.shows(r) || r.status == 200 && r.Do == Create)
		e.Kept = w.kept
		if r.own != nil && w.taken {
			e.Body = r.read
		}
	}
}

// shows reports whether the reply to a request carries the record.
func (w *World) shows(r *Request) bool {
	return r.status == 200 && (r.Do == Fetch || w.script.Network.Echo && r.Do != Delete)
}

// giveUp ends a request that was not replied to in time.
func (w *World) giveUp(r *Request) {
	w.stopWaiting(r)
	w.handOver(r, 0, true)
}

func (w *World) stopWaiting(r *Request) {
	m := w.happensTo(r)
	for _, a := range r.Actions {
		w.ledger.Fates[a.Number].TimedOut = m
	}
	if w.tracing {
		w.note(Event{Kind: EventTimeout, Request: w.sent(r)}, false)
	}
	w.end(r)
}

func (w *World) handOver(r *Request, status int, timedOut bool) {
	if w.habits != 0 && r.errand() {
		if !timedOut {
			w.read(r)
		}
		return
	}
	w.inHand = r.First().View()
	reply := &w.handed
	reply.Request, reply.Status, reply.Version, reply.TimedOut, reply.Unsent = r, status, r.version, timedOut, r.unsent
	if timedOut {
		reply.Version = 0
	} else if w.habits != 0 {
		reply.Version = w.brought(reply)
	}
	w.strategy.Reply(&w.client, reply)
	if w.habits&(Lists|Rereads) != 0 {
		w.afterReply(reply)
	}
}

// brought returns the version that a reply brings of the person in hand; 0 if none that
// they take.
func (w *World) brought(reply *Reply) Version {
	switch r := reply.Request; {
	case reply.Status == 200 && r.lists():
		return w.listed(r, w.inHand)
	case r.void != 0:
		return 0
	default:
		return r.version
	}
}

// afterReply does what follows once the strategy has had a reply.
func (w *World) afterReply(reply *Reply) {
	if w.habits&Lists != 0 && reply.Status == 200 && reply.lists() {
		w.handAround(reply.Request)
	}
	if w.habits&Rereads != 0 && !reply.TimedOut {
		w.reread(reply.Request)
	}
}

func (w *World) end(r *Request) {
	r.ended = true
	if w.script.Network.Connections > 0 && !r.unplugged {
		w.free(r)
	}
}

// free lets the next request that waits have the connection of one that has ended.
func (w *World) free(r *Request) {
	wire := w.wire(r)
	wire.underWay--
	if len(wire.waiting) > 0 {
		next := wire.waiting[0]
		wire.waiting = append(wire.waiting[:0], wire.waiting[1:]...)
		w.send(next, false)
	}
}

func (w *World) sent(r *Request) *Sent {
	s := &Sent{Number: r.Number, Do: r.Do, ID: r.ID, Sets: r.Sets, Adds: r.Adds, Body: r.Body, Parent: r.parent, Unsent: r.unsent}
	if r.own != nil {
		s.Or = r.own.Or
	}
	for _, a := range r.Actions {
		s.Actions = append(s.Actions, a.Number)
	}
	return s
}
