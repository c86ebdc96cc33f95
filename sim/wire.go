package sim

import "time"

// newRequest returns an empty request with the next number.
func (w *World) newRequest() *Request {
	n := w.posted
	if w.posted++; n == len(w.requests) {
		w.requests = append(w.requests, &Request{Number: w.posted})
	}
	r := w.requests[n]
	// Field by field: a whole Request would be built first and copied then.
	r.Actions, r.rows = r.Actions[:0], r.rows[:0]
	r.ID, r.Sets, r.Adds, r.Own = 0, 0, 0, false
	r.Body = State{}
	r.Header = Header{}
	r.story = story{}
	r.replyID, r.version, r.readAt = 0, 0, 0
	return r
}

// send puts a request on the wire.
func (w *World) send(r *Request, byStrategy bool) {
	net := &w.script.Network
	first := r.key
	if w.away(r) {
		w.fail(r, byStrategy)
		return
	}
	if r.Do == Create && !r.Own {
		w.fillCreate(r)
	}
	if w.habits&Parents != 0 && r.Do == Create {
		w.bind(r)
	}
	fate := &w.ledger.Fates[first.Number]
	fate.Attempts++
	r.attempt, r.fails = int(fate.Attempts), int32(fate.Fails)
	if net.Connections > 0 && !r.beacon {
		w.wire(r).underWay++
	}
	if w.habits == 0 || !r.errand() {
		w.ledger.Requests++ // that of an errand costs nobody anything
	}
	m := w.happensTo(r)
	r.left = m
	for _, a := range r.Actions {
		f := &w.ledger.Fates[a.Number]
		f.Sent, f.Waits = m, 0
		for s := a.Sets; s != 0; s &= s - 1 {
			i := s.First()
			if by := r.Body[i]; by == By(a.Number) || w.brings(r, a, i) {
				f.Carried |= 1 << i
			}
		}
	}
	if w.tracing {
		w.note(Event{Kind: EventSend, Request: w.sent(r), ID: r.ID, Beacon: r.beacon}, byStrategy)
	}
	switch {
	case first.Errand != nil:
		r.fortune = net.fortune(first.Errand.luck(w.luck, first, r.attempt), r.Do)
	case r.attempt > 1:
		r.fortune = net.fortune(w.luck.of(first.Number, r.attempt), r.Do)
	default:
		r.fortune = w.ahead[first.Number-1]
		if (r.Do == Fetch) != (first.Do == Fetch) {
			r.up, r.down = net.pinned(first, r.luck, r.Do)
		}
	}
	if net.Timeout > 0 && !r.beacon {
		w.schedule(w.now+net.Timeout, ClientGivesUp, r.Number)
	}
	if first.Lose == Uplink && r.attempt == 1 || r.luck.chance(drawLostUp, net.Loss) {
		w.lose(r, Uplink)
		return
	}
	at := w.now + r.up
	if net.Fifo {
		at = inOrder(at, &w.wire(r).lastUp)
	}
	if w.enters {
		w.schedule(at, RequestEnters, r.Number)
	} else if w.habits&begins != 0 {
		w.schedule(at, RequestBegins, r.Number)
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

// sendCopy puts a request on the wire once more, as the network does that
// duplicates it.
func (w *World) sendCopy(r *Request) {
	net := &w.script.Network
	up, _ := net.legs(r.Do)
	at := w.now + up.draw(r.luck, drawDuplicateUp)
	if net.Fifo {
		at = inOrder(at, &w.wire(r).lastUp)
	}
	switch {
	case w.enters:
		w.schedule(at, DuplicateEnters, r.Number)
	case w.habits&begins != 0:
		w.schedule(at, DuplicateBegins, r.Number)
	default:
		w.schedule(at, DuplicateArrives, r.Number)
	}
}

// fillCreate puts the person's attributes, as they are now, into a create.
func (w *World) fillCreate(r *Request) {
	r.Body = w.person(r.First()).State
	r.Body[Permissions] = Nobody
	r.Sets, r.Adds = 0, 0
	for f, by := range r.Body {
		if by == Nobody {
			continue
		}
		r.Sets |= 1 << f
		for by != Nobody {
			n, below := w.ledger.Sums.Last(by)
			if by = below; n > 0 {
				w.ledger.Fates[n].Carried |= 1 << f
			}
		}
	}
}

// inOrder keeps the messages of a fifo link in order: none arrives before the
// last one.
func inOrder(at time.Duration, last *time.Duration) time.Duration {
	*last = max(at, *last)
	return *last
}

// lose drops a message on the way.
func (w *World) lose(r *Request, leg Leg) {
	w.happensTo(r)
	if w.tracing {
		w.note(Event{Kind: EventLost, Request: w.sent(r), Leg: leg}, false)
	}
}

// reply brings a reply to the client.
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

// stopWaiting ends a request without a reply.
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

// handOver gives the strategy a reply.
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
	if timedOut || r.void != 0 {
		reply.Version = 0
	}
	list := w.habits&Lists != 0 && status == 200 && r.lists()
	if list {
		reply.Version = w.listed(r, w.inHand)
	}
	w.strategy.Reply(&w.client, reply)
	if list {
		w.handAround(r)
	}
	if w.habits&Rereads != 0 && !timedOut {
		w.reread(r)
	}
}

// end ends a request.
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

// sent describes a request for the trace.
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
