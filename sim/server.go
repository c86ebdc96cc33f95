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
	if w.habits&Pushes != 0 {
		w.push(r)
	}
}

// unheard reports whether nobody will hear the reply to a request, even if the network
// does not lose it, and sees to what becomes of it.
func (w *World) unheard(r *Request) bool {
	switch {
	case r.beacon:
		return true
	case w.losesReply(r):
		return false
	case r.deaf == 0 && w.away(r):
		w.unplug(r)
	case r.deaf == 0:
		return false
	}
	w.lose(r, Downlink)
	return true
}

// arriveAgain lets the server handle the second copy. The reply on its way is
// that to the first.
func (w *World) arriveAgain(r *Request) {
	first := r.replied
	r.rows, w.rows = w.rows[:0], r.rows
	status := w.handle(r)
	id := r.replyID
	r.replied = first
	r.rows, w.rows = w.rows, r.rows
	w.land(r, status, id, true)
	if w.habits&Pushes != 0 {
		w.push(r)
	}
}

// handle is the server. It returns the status of its reply; and the request has in it
// what else is in that.
func (w *World) handle(r *Request) (status int) {
	if w.habits&Torn != 0 && w.job.decided {
		return w.writeBack(r)
	}
	id := r.ID
	if id == 0 && w.habits&Closes != 0 && r.opens() {
		id = w.find(r)
	}
	if w.scripted {
		if s := r.refused(w.script); s != 0 {
			r.reason, r.replyID = true, id
			return s
		}
	}
	if r.listsOwn() {
		id = w.whomever(r)
		r.ID = id
	}
	if r.luck.chance(drawError, w.script.Network.Errors) {
		r.reason, r.replyID = true, id
		return 500
	}
	if r.Header.Key != 0 {
		if done := w.done(r); done != nil {
			r.replied, r.rows = done.replied, append(r.rows[:0], done.rows...)
			return 200
		}
	}
	r.replyID = id
	if w.habits != 0 {
		if status := w.asked(r, id); status != 0 {
			return status
		}
	}
	records := w.ledger.Records
	if uint(id-1) >= uint(len(records)) || records[id-1].Deleted { // nobody has the id 0
		return w.missing(r, id)
	}
	rec := &records[id-1]
	r.version = rec.Version
	if m := r.Header.Match; m != 0 && m != rec.Version {
		return 412
	}
	switch r.Do {
	case Create:
		if !r.Header.Put {
			r.version = 0
			return 409
		}
	case Update:
		if by := rec.State[Permissions]; by != Nobody && w.script.Value(by, Permissions) == int(w.script.ReadOnly) {
			r.version = 0
			return 403
		}
	case Fetch:
		r.read = rec.State
		return 200
	}
	return w.carryOut(r, rec)
}

// asked replies to what the server's habits have it reply to in a way of their own, and
// returns the status; 0 if that is none of theirs.
func (w *World) asked(r *Request, id int) (status int) {
	switch {
	case w.habits&Lists != 0 && r.lists():
		w.list(r)
		return 200
	case w.habits&Parents != 0 && r.Do == Create && w.orphan(r):
		return 422
	case w.habits&(Torn|Lags) != 0 && r.Do == Fetch && (id != 0 || !r.listsOwn()):
		return w.look(r, id)
	}
	return 0
}

// carryOut does what the request asks for with the record that it is for, or makes it if
// there is none. Where requests are not isolated the server has only begun with it, and
// does so when it is done: see [World.writeBack].
func (w *World) carryOut(r *Request, rec *Record) (status int) {
	if w.habits&Torn != 0 && !w.job.decided {
		w.decide(rec)
		return 200
	}
	switch {
	case rec == nil:
		rec = w.create(r)
	case r.Do == Delete:
		rec.Deleted = true
	default:
		if r.Do == Create {
			rec.Creator = r.First().Number // whoever was too early
		}
		rec.Version++
		if w.habits&Adds == 0 && !r.Header.Newer && !w.scripted {
			rec.State.merge(&r.Body, r.Sets)
		} else {
			w.write(rec, r)
		}
	}
	r.version = rec.Version
	if w.script.Network.Echo || r.own != nil {
		r.read = rec.State
	}
	if w.habits&(Torn|Lags) != 0 {
		w.commit(r, rec)
	}
	return 200
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

// missing is [World.handle] for a record that is not there. A create whose id the client
// has made is not the record's second one.
func (w *World) missing(r *Request, id int) (status int) {
	never := id > len(w.ledger.Records) || id > 0 && w.ledger.Records[id-1].Version == 0
	switch {
	case r.Do == Create && (id == 0 || never), id > 0 && r.Header.Put && r.Sets != 0:
		return w.carryOut(r, nil)
	case id == 0 && r.listsOwn():
		return 200
	}
	return 404
}

// newID returns the next id that neither a record has nor a client has made.
func (w *World) newID() int { return max(len(w.ledger.Records), w.minted) + 1 }

// create makes the record, with the id that the client has made for it or else the
// next one.
func (w *World) create(r *Request) *Record {
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
	return rec
}

// write puts the body into the record.
func (w *World) write(rec *Record, r *Request) {
	switch {
	case w.habits&Adds != 0:
		w.writeSums(rec, r)
	case r.Header.Newer:
		for f := range r.Sets.All {
			if w.script.Later(r.Body[f], rec.State[f]) {
				rec.State[f] = r.Body[f]
			}
		}
	default:
		rec.State.merge(&r.Body, r.Sets)
	}
	for _, a := range r.Actions {
		w.revise(rec, a, r.Header.Newer)
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
		case by == By(a.Number) || !a.Sets.Has(f) && (!newer || !w.script.Later(by, By(a.Number))):
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

// land notes that the server has handled a request, and sends the reply on its way,
// unless it was the copy.
func (w *World) land(r *Request, status, id int, again bool) {
	m := w.happensTo(r)
	if r.own == nil && w.habits == 0 && !r.Header.Newer {
		for _, a := range r.Actions {
			if f := &w.ledger.Fates[a.Number]; f.Status != 200 {
				f.Landed, f.Status, f.Record, f.Reason = m, int16(status), int16(id), r.reason
			}
		}
	} else {
		w.landAside(r, m, status, id)
	}
	if r.Do == Create && status == 200 && !again {
		w.ride(r, m, id)
	}
	if w.tracing {
		e := Event{Kind: EventArrive, Request: w.sent(r), ID: id, Status: status}
		if id > 0 && id <= len(w.ledger.Records) {
			e.Record = w.ledger.Records[id-1]
		}
		w.note(e, false)
	}
	switch {
	case again, w.habits != 0 && w.unheard(r):
	case w.losesReply(r):
		w.lose(r, Downlink)
	default:
		w.schedule(w.toClient(r), ReplyArrives, r.Number)
	}
}

// landAside notes of the actions of a request that they have landed, where there is more
// to say of them, or else the last word may have been said.
func (w *World) landAside(r *Request, m Moment, status, id int) {
	for _, a := range r.Actions {
		if f := &w.ledger.Fates[a.Number]; f.Status != 200 && r.own == nil || r.own != nil && !w.settled(r, a, f, status) {
			f.Landed, f.Status, f.Record, f.Reason = m, int16(status), int16(id), r.reason
			f.Parent, f.Began, f.Behind = int16(r.parent), r.began, r.behind
			if status == 200 && r.Header.Newer {
				f.Beaten, f.Beneath = w.beaten(r, a, id), w.beneath(a, id)
			}
		}
	}
}

// losesReply reports whether the network loses the reply to a request.
func (w *World) losesReply(r *Request) bool {
	return r.key.Lose == Downlink && r.attempt == 1 || r.luck.chance(drawLostDown, w.script.Network.Loss)
}

// ride notes that the values in a create have landed with it.
func (w *World) ride(r *Request, m Moment, id int) {
	for f, by := range r.Body {
		for n := range w.ledger.Sums.All(by) {
			if n > 0 {
				fate := &w.ledger.Fates[n]
				fate.Rode |= 1 << f
				fate.RodeAt, fate.RodeOn = m, int16(id)
			}
		}
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

// beneath returns the fields in which what has been added, by its stamp, later stands on
// what an action has set.
func (w *World) beneath(a *Action, id int) (set FieldSet) {
	for f := range (a.Sets | a.Saves).All {
		if by := w.ledger.Records[id-1].State[f]; by.isSum() && w.ledger.Sums.Base(by).Action() == a.Number {
			set = set.With(f)
		}
	}
	return set
}
