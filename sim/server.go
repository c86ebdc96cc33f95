package sim

import (
	"slices"
	"time"
)

// work returns how long the server works at a request.
func (w *World) work(r *Request) time.Duration {
	if pin := r.key.Processing; pin > 0 && r.attempt == 1 {
		return pin
	}
	return w.script.Network.processing(r.Do).draw(r.luck, drawProcessing)
}

// enter gives a request to a worker, if one is free. What is done is seen when
// it is done, as an arrival.
func (w *World) enter(p Pending) {
	net := &w.script.Network
	if net.Workers > 0 {
		if w.working == net.Workers {
			w.inbox = append(w.inbox, p)
			return
		}
		w.working++
	}
	r, first := w.requests[p.N-1], p.What == RequestEnters
	switch {
	case w.habits&begins != 0 && first:
		w.scheduleNext(w.now, RequestBegins, r.Number)
	case w.habits&begins != 0:
		w.scheduleNext(w.now, DuplicateBegins, r.Number)
	case first:
		w.schedule(w.now+w.work(r), RequestArrives, r.Number)
	default:
		w.schedule(w.now+net.processing(r.Do).draw(r.luck, drawDuplicateProcessing), DuplicateArrives, r.Number)
	}
}

// nextWork lets the worker that has just become free take what has waited
// longest.
func (w *World) nextWork() {
	w.working--
	if len(w.inbox) > 0 {
		p := w.inbox[0]
		w.inbox = append(w.inbox[:0], w.inbox[1:]...)
		w.enter(p)
	}
}

// arriveInOrder lets the server handle a numbered request when those before it
// have come, and with it those that have waited for it. What comes early is not
// seen to arrive until then.
func (w *World) arriveInOrder(r *Request) {
	wire := w.wire(r)
	applied := &wire.applied
	if r.deaf != 0 {
		applied = &wire.former[r.deaf-1]
	}
	if r.Header.Seq > *applied && !slices.Contains(wire.early, r) {
		wire.early = append(wire.early, r)
	}
	for i := 0; i < len(wire.early); i++ {
		if next := wire.early[i]; next.deaf == r.deaf && next.Header.Seq == *applied+1 {
			wire.early = slices.Delete(wire.early, i, i+1)
			*applied++
			w.arrive(next)
			i = -1
		}
	}
}

// arrives lets the server handle a request, or its copy, whose time has come.
func (w *World) arrives(p Pending) {
	switch r := w.requests[p.N-1]; {
	case w.habits&begins != 0:
		w.finish(r, p.What == DuplicateArrives)
		return
	case r.Header.Seq == 0:
		w.arrive(r)
	default:
		w.arriveInOrder(r)
	}
	if w.script.Network.Workers > 0 {
		w.nextWork()
	}
}

// arrive lets the server handle a request, and sends the reply on its way.
// Of a request that the network has duplicated, the copy that comes second is
// handled too but not replied to.
func (w *World) arrive(r *Request) {
	if r.handled {
		w.arriveAgain(r)
		return
	}
	r.handled = true
	r.status = w.handle(r)
	w.land(r, r.status, r.replyID, false)
	w.answer(r)
	if w.habits&Pushes != 0 {
		w.push(r)
	}
}

// answer sends the reply to a request on its way.
func (w *World) answer(r *Request) {
	net := &w.script.Network
	if r.beacon {
		return
	}
	if r.deaf != 0 || r.key.Lose == Downlink && r.attempt == 1 || r.luck.chance(drawLostDown, net.Loss) {
		w.lose(r, Downlink)
		return
	}
	if w.away(r) {
		w.lose(r, Downlink)
		w.unplug(r)
		return
	}
	at := w.now + r.down
	if net.Fifo {
		at = inOrder(at, &w.wire(r).lastDown)
	}
	w.schedule(at, ReplyArrives, r.Number)
}

// arriveAgain lets the server handle the second copy. The reply on its way is
// that to the first.
func (w *World) arriveAgain(r *Request) {
	first := r.answer
	r.rows, w.rows = w.rows[:0], r.rows
	status := w.handle(r)
	id := r.replyID
	r.answer = first
	r.rows, w.rows = w.rows, r.rows
	w.land(r, status, id, true)
	if w.habits&Pushes != 0 {
		w.push(r)
	}
}

// handle is the server. It returns the status of its answer.
func (w *World) handle(r *Request) (status int) {
	if w.habits&Torn != 0 {
		return w.writeBack(r)
	}
	var do deed
	if w.habits == 0 { // a call less: every trial comes by here
		do, status = w.decideOn(r)
	} else {
		do, status = w.decide(r)
	}
	if do != nothing {
		w.carryOut(r, do)
	}
	return status
}

// deed is what the server has decided to do for a request.
type deed uint8

const (
	nothing deed = iota // it only answers
	makes               // a record
	changes             // the record, or deletes it
)

// decide returns what the server is to do for a request, or else with which status it
// answers; and the request has in it what else is in the answer.
func (w *World) decide(r *Request) (do deed, status int) {
	if w.habits&Closes != 0 && r.ID == 0 && r.opens() {
		return w.find(r)
	}
	return w.decideOn(r)
}

// decideOn is decide for the record of the id that the request has.
func (w *World) decideOn(r *Request) (do deed, status int) {
	known := r.replyID // if this is the copy
	r.replyID = r.ID
	if w.scripted {
		if s := r.refused(w.script); s != 0 {
			r.reason = true
			return nothing, s
		}
	}
	if r.own != nil && r.own.List {
		r.ID = w.whomever(r)
		r.replyID = r.ID
	}
	if r.luck.chance(drawError, w.script.Network.Errors) {
		r.reason = true
		return nothing, 500
	}
	if r.Header.Key != 0 {
		if done := w.done(r); done != nil {
			if r.answer, r.rows = done.answer, append(r.rows[:0], done.rows...); done == r {
				r.replyID = known
			}
			return nothing, 200
		}
	}
	if w.habits&Lists != 0 && r.lists() {
		w.list(r)
		return nothing, 200
	}
	if w.habits&Parents != 0 && r.Do == Create && w.orphan(r) {
		return nothing, 422
	}
	if r.Do == Create && r.ID == 0 {
		return makes, 200
	}
	if r.ID == 0 && r.own != nil && r.own.List {
		return nothing, 200
	}
	if w.habits&(Torn|Lags) != 0 && r.Do == Fetch {
		return nothing, w.look(r)
	}
	if r.ID == 0 || r.ID > len(w.ledger.Records) || w.ledger.Records[r.ID-1].Deleted {
		return w.missing(r)
	}
	return w.allow(r, &w.ledger.Records[r.ID-1])
}

// allow is decide for a record that is there.
func (w *World) allow(r *Request, rec *Record) (do deed, status int) {
	r.version = rec.Version
	if m := r.Header.Match; m != 0 && m != rec.Version {
		return nothing, 412
	}
	switch r.Do {
	case Create:
		if !r.Header.Put {
			r.version = 0
			return nothing, 409
		}
	case Update:
		if by := rec.State[Permissions]; by != Nobody && w.script.Value(by, Permissions) == int(w.script.ReadOnly) {
			r.version = 0
			return nothing, 403
		}
	case Fetch:
		r.read = rec.State
		return nothing, 200
	}
	return changes, 200
}

// carryOut does what has been decided.
func (w *World) carryOut(r *Request, do deed) {
	if do == makes {
		w.create(r)
	} else {
		rec := &w.ledger.Records[r.ID-1]
		switch r.Do {
		case Create:
			rec.Creator = r.First().Number // whoever was too early
			w.write(rec, r)
		case Update, SetPermissions:
			w.write(rec, r)
		case Delete:
			rec.Deleted = true
		}
	}
	rec := &w.ledger.Records[r.replyID-1]
	r.version = rec.Version
	if w.script.Network.Echo || r.own != nil {
		r.read = rec.State
	}
	if w.habits&(Torn|Lags) != 0 {
		w.commit(r, rec)
	}
}

// refused returns the status with which the script lets a request be refused; 0
// if it does not. One below 500 is a standing no: to whatever request carries
// that action, all of it, at every attempt. From 500 on it is the luck of the
// first attempt.
func (r *Request) refused(s *Script) int {
	for _, a := range r.Actions {
		if a.Status != 0 && a.Status < 500 {
			return a.Status
		}
	}
	first := r.First()
	if r.own != nil {
		if status := r.forbidden(s); status != 0 {
			return status
		}
		first = r.key
	}
	if r.attempt == 1 {
		return first.Status
	}
	return 0
}

// missing is decide for a record that is not there. A create whose id the client has
// made is not the record's second one.
func (w *World) missing(r *Request) (do deed, status int) {
	first := r.ID > len(w.ledger.Records) || r.ID > 0 && w.ledger.Records[r.ID-1].Version == 0
	if r.ID > 0 && (r.Header.Put && r.Sets != 0 || r.Do == Create && first) {
		return makes, 200
	}
	return nothing, 404
}

// newID returns the next id that neither a record has nor a client has made.
func (w *World) newID() int { return max(len(w.ledger.Records), w.minted) + 1 }

// create makes the record, with the id that the client has made for it or else the
// next one.
func (w *World) create(r *Request) {
	if r.replyID = r.ID; r.ID == 0 {
		r.replyID = w.newID()
	}
	for len(w.ledger.Records) < r.replyID {
		w.ledger.Records = append(w.ledger.Records, Record{Deleted: true}) // minted, and not here yet
	}
	rec := &w.ledger.Records[r.replyID-1]
	*rec = Record{Creator: r.First().Number, Version: rec.Version + 1}
	rec.State.merge(&r.Body, r.Sets)
	for f := range r.Sets.All {
		if n := rec.State[f].Action(); n > 0 {
			rec.State[f] = w.script.Kept(n, f)
		}
	}
	if w.habits&Adds != 0 {
		w.beginSums(rec, r)
	}
	for _, a := range r.Actions {
		w.revise(rec, a, false)
	}
}

// write puts the body into the record.
func (w *World) write(rec *Record, r *Request) {
	rec.Version++
	if w.habits&Adds != 0 {
		w.writeSums(rec, r)
	} else if !r.Header.Newer {
		rec.State.merge(&r.Body, r.Sets)
	} else {
		for f := range r.Sets.All {
			if w.script.later(r.Body[f], rec.State[f]) {
				rec.State[f] = r.Body[f]
			}
		}
	}
	if w.scripted {
		for _, a := range r.Actions {
			w.revise(rec, a, r.Header.Newer)
		}
	}
}

// revise writes what the server makes of an action that has just been written,
// save where another one has the last word.
func (w *World) revise(rec *Record, a *Action, newer bool) {
	for f := range a.Saves.All {
		by := rec.State[f]
		switch {
		case w.habits&Adds != 0:
			rec.State[f] = w.reviseSum(by, a, f, newer)
		case by == By(a.Number) || !a.Sets.Has(f) && (!newer || !w.script.later(by, By(a.Number))):
			rec.State[f] = SavedBy(a.Number)
		}
	}
}

// done returns the client's request with the same key that was carried out,
// if one was.
func (w *World) done(again *Request) *Request {
	for _, r := range w.requests[:w.posted] {
		if r.Header.Key == again.Header.Key && r.First().Client == again.First().Client && r.handled && r.status == 200 {
			return r
		}
	}
	return nil
}

// land notes that the server has handled a request.
func (w *World) land(r *Request, status, id int, again bool) {
	m := w.happensTo(r)
	for _, a := range r.Actions {
		if f := &w.ledger.Fates[a.Number]; f.Status != 200 && r.own == nil || r.own != nil && !w.settled(r, a, f, status) {
			f.Landed, f.Status, f.Record, f.Reason = m, int16(status), int16(id), r.reason
			if w.habits != 0 {
				f.Parent, f.Began, f.Behind = int16(r.parent), r.began, r.behind
			}
			if status == 200 && r.Header.Newer {
				f.Beaten = w.beaten(r, a, id)
			}
		}
	}
	if r.Do == Create && status == 200 && !again {
		for f, by := range r.Body {
			for by != Nobody {
				n, below := w.ledger.Sums.Last(by)
				if by = below; n > 0 {
					fate := &w.ledger.Fates[n]
					fate.Rode |= 1 << f
					fate.RodeAt, fate.RodeOn = m, int16(id)
				}
			}
		}
	}
	if w.tracing {
		e := Event{Kind: EventArrive, Request: w.sent(r), ID: id, Status: status}
		if id > 0 && id <= len(w.ledger.Records) {
			e.Record = w.ledger.Records[id-1]
		}
		w.note(e, false)
	}
}

// beaten returns the fields of an action that another request had written, by
// its stamp, later.
func (w *World) beaten(r *Request, a *Action, id int) (set FieldSet) {
	if r.Do != Update && r.Do != SetPermissions {
		return 0
	}
	for f := range (a.Sets | a.Saves).All {
		by := w.ledger.Records[id-1].State[f]
		if !slices.ContainsFunc(r.Actions, func(b *Action) bool {
			return (b == a || !a.Adds.Has(f) || !b.Adds.Has(f)) && w.ledger.Sums.Has(by, b.Number)
		}) {
			set = set.With(f)
		}
	}
	return set
}
