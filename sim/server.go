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
	if r := w.requests[p.N-1]; p.What == RequestEnters {
		w.schedule(w.now+w.work(r), RequestArrives, r.Number)
	} else {
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

// arrive lets the server handle a request, and sends the reply on its way.
// Of a request that the network has duplicated, the copy that comes second is
// handled too but not replied to.
func (w *World) arrive(r *Request) {
	if r.handled {
		w.arriveAgain(r)
		return
	}
	r.handled = true
	r.status, r.replyID = w.handle(r)
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
	version, read := r.version, r.read
	r.rows, w.rows = w.rows[:0], r.rows
	status, id := w.handle(r)
	r.version, r.read = version, read
	r.rows, w.rows = w.rows, r.rows
	w.land(r, status, id, true)
	if w.habits&Pushes != 0 {
		w.push(r)
	}
}

// handle is the server. It returns the status and the id in its reply.
func (w *World) handle(r *Request) (status, id int) {
	if w.habits&Closes != 0 && r.ID == 0 && r.opens() {
		return w.find(r)
	}
	return w.carryOut(r)
}

// carryOut does what a request asks of the record of its id.
func (w *World) carryOut(r *Request) (status, id int) {
	if w.scripted {
		if s := r.refused(w.script); s != 0 {
			r.reason = true
			return s, r.ID
		}
	}
	if r.own != nil && r.own.List {
		r.ID = w.whomever(r)
	}
	if r.luck.chance(drawError, w.script.Network.Errors) {
		r.reason = true
		return 500, r.ID
	}
	if r.Header.Key != 0 {
		if done := w.done(r); done != nil {
			r.read, r.version, r.rows = done.read, done.version, append(r.rows[:0], done.rows...)
			return 200, done.replyID
		}
	}
	if w.habits&Lists != 0 && r.lists() {
		return w.list(r)
	}
	if w.habits&Parents != 0 && r.Do == Create && w.orphan(r) {
		return 422, r.ID
	}
	if r.Do == Create && r.ID == 0 {
		return w.create(r, w.newID())
	}
	if r.ID == 0 && r.own != nil && r.own.List {
		return 200, 0
	}
	if r.ID == 0 || r.ID > len(w.ledger.Records) || w.ledger.Records[r.ID-1].Deleted {
		return w.missing(r)
	}
	rec := &w.ledger.Records[r.ID-1]
	if m := r.Header.Match; m != 0 && m != rec.Version {
		r.version = rec.Version
		return 412, r.ID
	}
	switch r.Do {
	case Create:
		if !r.Header.Put {
			return 409, r.ID
		}
		rec.Creator = r.First().Number // whoever was too early
		w.write(rec, r)
	case Update:
		if by := rec.State[Permissions]; by != Nobody && w.script.Value(by, Permissions) == int(w.script.ReadOnly) {
			return 403, r.ID
		}
		w.write(rec, r)
	case SetPermissions:
		w.write(rec, r)
	case Delete:
		rec.Deleted = true
	case Fetch:
		r.read = rec.State
	}
	r.version = rec.Version
	if w.script.Network.Echo || r.own != nil {
		r.read = rec.State
	}
	return 200, r.ID
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

// missing replies to a request for a record that is not there. A create whose id
// the client has made is not the record's second one.
func (w *World) missing(r *Request) (status, id int) {
	first := r.ID > len(w.ledger.Records) || r.ID > 0 && w.ledger.Records[r.ID-1].Version == 0
	if r.ID > 0 && (r.Header.Put && r.Sets != 0 || r.Do == Create && first) {
		return w.create(r, r.ID)
	}
	return 404, r.ID
}

// newID returns the next id that neither a record has nor a client has made.
func (w *World) newID() int { return max(len(w.ledger.Records), w.minted) + 1 }

// create makes the record of that id.
func (w *World) create(r *Request, id int) (status, _ int) {
	for len(w.ledger.Records) < id {
		w.ledger.Records = append(w.ledger.Records, Record{Deleted: true}) // minted, and not here yet
	}
	rec := &w.ledger.Records[id-1]
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
	r.version = rec.Version
	if w.script.Network.Echo || r.own != nil {
		r.read = rec.State
	}
	return 200, id
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
			f.Parent = int16(r.parent)
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
