package sim

import "slices"

// begins are the habits of a server of which it matters when it begins to work at a
// request: an event of its own, before that of the end.
const begins = Torn | UsesKeys

// job is a request, or its copy, at which the server has begun to work.
type job struct {
	request *Request
	copied  bool
	began   Moment

	// Where requests are not isolated: what the server has decided, and on what.
	decided bool
	acts    bool // it does more than reply
	there   bool // on a record, which else it makes
	status  int
	replied replied
	row     State // as it was read
}

// begin lets the server begin to work at a request that it has, or at the copy.
func (w *World) begin(p Pending) {
	r := w.requests[p.N-1]
	if r.Header.Seq == 0 || w.itsTurn(r) {
		w.takeUp(r, p.What == DuplicateBegins)
	} else if w.script.Network.Workers > 0 {
		w.nextWork()
	}
}

// itsTurn reports whether all requests that are numbered before one have been done;
// else what is early is put aside until then.
func (w *World) itsTurn(r *Request) bool {
	wire := w.wire(r)
	for i := range w.jobs {
		if o := w.jobs[i].request; o.Header.Seq == r.Header.Seq && o.First().Client == r.First().Client {
			return false // it is at work
		}
	}
	if r.Header.Seq > wire.applied+1 && !slices.Contains(wire.early, r) {
		wire.early = append(wire.early, r)
	}
	return r.Header.Seq == wire.applied+1
}

// takeUp lets the server begin to work at a request, or at its copy. Where requests are
// not isolated it decides now all that it decides, on the record as it is.
func (w *World) takeUp(r *Request, copied bool) {
	j := job{request: r, copied: copied, began: w.happensTo(r)}
	if w.tracing {
		w.note(Event{Kind: EventBegin, Request: w.sent(r)}, false)
	}
	if w.habits&UsesKeys != 0 && w.inUse(r) {
		w.turnAway(r, j.began)
		return
	}
	if w.habits&Torn != 0 {
		first, second := r.replied, r.handled || w.atWork(r)
		if second { // the rows of a list are those that it read first
			r.rows, w.rows = w.rows[:0], r.rows
		}
		w.job = j
		status := w.handle(r)
		if second {
			r.rows, w.rows = w.rows, r.rows
		}
		j = w.job
		j.decided, j.status = true, status
		j.replied, r.replied = r.replied, first
	}
	w.jobs = append(w.jobs, j)
	work, end := w.work(r), RequestArrives
	if copied {
		work, end = w.script.Network.processing(r.Do).draw(r.luck, drawDuplicateProcessing), DuplicateArrives
	}
	w.scheduleNext(w.now+work, end, r.Number)
}

// atWork reports whether the server has begun to work at a request, or its copy.
func (w *World) atWork(r *Request) bool {
	return slices.ContainsFunc(w.jobs, func(j job) bool { return j.request == r })
}

// inUse reports whether a request of the same client and key is at work.
func (w *World) inUse(r *Request) bool {
	for i := range w.jobs {
		if o := w.jobs[i].request; r.Header.Key != 0 && o.Header.Key == r.Header.Key && o.First().Client == r.First().Client {
			return true
		}
	}
	return false
}

// turnAway replies to a request at once that comes while one with its key is at work.
// Nobody waits for the reply to a copy.
func (w *World) turnAway(r *Request, began Moment) {
	again := r.handled || w.atWork(r)
	r.began = began
	if !again {
		r.handled, r.status, r.replyID = true, 409, r.ID
	}
	w.land(r, 409, r.ID, again)
	if w.script.Network.Workers > 0 {
		w.nextWork()
	}
}

// finish lets the server be done with a request at which it has begun to work, or with
// its copy.
func (w *World) finish(r *Request, copied bool) {
	for i := range w.jobs {
		if j := &w.jobs[i]; j.request == r && j.copied == copied {
			w.job = *j
			w.jobs = append(w.jobs[:i], w.jobs[i+1:]...)
			break
		}
	}
	r.began = w.job.began
	w.arrive(r)
	if r.Header.Seq != 0 {
		wire := w.wire(r)
		wire.applied = r.Header.Seq
		for i, next := range wire.early {
			if next.Header.Seq == wire.applied+1 {
				wire.early = append(wire.early[:i], wire.early[i+1:]...)
				w.takeUp(next, false) // the worker goes on with it
				return
			}
		}
	}
	if w.script.Network.Workers > 0 {
		w.nextWork()
	}
}

// decide notes what the server is to do with a record for the request at which it begins
// to work: it makes it if there is none.
func (w *World) decide(rec *Record) {
	w.job.acts, w.job.there = true, rec != nil
	if rec != nil {
		w.job.row = rec.State
	}
}

// writeBack does what the server has decided when it began to work at a request: it
// writes the whole row, as it read it then, with the request's own fields. It returns
// the status of its reply.
func (w *World) writeBack(r *Request) (status int) {
	j := &w.job
	r.replied = j.replied
	switch {
	case !j.acts:
		return j.status
	case !j.there:
		return w.carryOut(r, nil)
	}
	rec := &w.ledger.Records[r.ID-1]
	switch {
	case rec.Deleted:
		r.version = 0
		return 404
	case r.Do == Update || r.Do == SetPermissions:
		rec.State = j.row
	}
	return w.carryOut(r, rec)
}

// Begun returns how many requests the server has begun to work at, where that is an
// event of its own.
func (w *World) Begun() int { return len(w.jobs) }
