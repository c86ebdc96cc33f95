package sim

// push sends what the request has changed of records that clients share to all other
// clients that show them. That a record is deleted, or was written to once more as it
// is, is no news.
func (w *World) push(r *Request) {
	from, views := int(r.First().Client), w.script.Views()
	for p := range MaxPersons {
		if p >= len(w.ledger.Records) || !w.script.Shared(p+1) {
			continue
		}
		rec, told := &w.ledger.Records[p], &w.told[p]
		news := !rec.Deleted && (told.Deleted || told.State != rec.State)
		told.Deleted, told.State = rec.Deleted, rec.State
		for c := range MaxClients {
			if view := c*MaxPersons + p; news && c != from && views.Has(view) {
				w.sendNews(view, r, p+1)
			}
		}
	}
}

// Shared reports whether clients have the record of that id in common: what was given.
func (s *Script) Shared(id int) bool { return id <= s.Givens() }

// Tells returns the client to which the server may send news as a pending event happens;
// -1 if there is none. To that client it matters whether the server does so before or
// after what happens there: an edit that is pressed, or heard to be saved, in between is
// one that the news does not know of.
func (w *World) Tells(p *Pending) (client int) {
	if w.habits&Pushes == 0 {
		return -1
	}
	return w.tells(p)
}

// tells is Tells where the server sends news.
func (w *World) tells(p *Pending) (client int) {
	if p.What != RequestArrives && p.What != DuplicateArrives {
		return -1
	}
	r := w.requests[p.N-1]
	client = MaxClients - 1 - int(r.First().Client)
	saves := r.Do != Fetch && r.Do != Delete && r.ID > 0 && w.script.Shared(r.ID)
	if r.Header.Seq == 0 && !(saves && w.script.Views().Has(client*MaxPersons+r.ID-1)) {
		return -1
	}
	return client
}

// sendNews sends a record to a client that has not asked for it.
func (w *World) sendNews(view int, of *Request, id int) {
	a := w.errand(view, of.First())
	if a == nil {
		w.tooMany("more than " + itoa(MaxErrands) + " reads that nobody asked for")
		return
	}
	a.Errand.News = true
	rec, now := &w.ledger.Records[id-1], Moment(w.ledger.Events)
	fate := &w.ledger.Fates[a.Number]
	fate.Pressed, fate.Landed, fate.Status, fate.Record = now, now, 200, int16(id)
	r := w.unasked(a)
	r.ID, r.replyID, r.status, r.handled = id, id, 200, true
	r.attempt, r.left, r.read, r.version = 1, now, rec.State, rec.Version
	net := &w.script.Network
	r.fortune = net.fortune(a.Errand.luck(w.luck, a, 1), Fetch)
	if w.away(r) || w.closed.Has(view/MaxPersons) || r.luck.chance(drawLostDown, net.Loss) {
		w.lose(r, Downlink)
		return
	}
	w.schedule(w.toClient(r), PushArrives, r.Number)
}

func (w *World) pushed(r *Request) {
	m := w.passes()
	n := r.First().Number
	w.ledger.Fates[n].Replied = m
	r.ended = true
	if w.tracing {
		w.note(Event{Kind: EventPush, Action: n, ID: r.replyID, Body: r.read}, false)
	}
	w.shown, w.taken, w.kept = m, false, 0
	w.read(r)
	if w.tracing {
		e := &w.trace.Events[m.Index()]
		e.Ignored, e.Kept = !w.taken, w.kept
	}
}
