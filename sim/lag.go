package sim

import "slices"

// Commit is what a request has made of a record. The ledger has them where that is
// asked for later: where reads lag behind, or requests are not isolated.
type Commit struct {
	Action  int      // the first that the request carried
	ID      int      // of the record
	Began   Moment   // the server began to work at the request, if that is another moment
	Landed  Moment   // and was done
	Sets    FieldSet // the fields that it set, and did not only add to, and that the server set because of it
	Record  Record   // as it was then
	Visible bool     // reads show it, as far as they lag behind
}

// commit notes what a request has just made of a record. It lands at once.
func (w *World) commit(r *Request, rec *Record) {
	sets := r.Sets &^ r.Adds
	for _, a := range r.Actions {
		sets |= a.Saves
	}
	l := &w.ledger
	l.Commits = append(l.Commits, Commit{
		Action: r.First().Number, ID: r.replyID, Began: r.began, Landed: Moment(l.Events + 1), Sets: sets, Record: *rec,
	})
	if w.habits&Lags != 0 {
		w.seenUntil = max(w.seenUntil, w.now+w.script.Network.Lag.draw(r.luck, drawLag))
		w.insert(w.seenUntil, WriteVisible, r.Number)
		w.turns = append(w.turns, w.seq)
	}
}

// look replies to the read of a record, where it is not the record as it is in the end that it shows.
// It returns the status.
func (w *World) look(r *Request, id int) (status int) {
	r.readAt, r.was, r.behind = w.readingAt(), w.been(id), false
	from := w.copies()
	there := func(all []Record) bool { return id > 0 && id <= len(all) && !all[id-1].Deleted }
	if !there(from) {
		r.behind = there(w.ledger.Records)
		return 404
	}
	r.read, r.version = from[id-1].State, from[id-1].Version
	return 200
}

// readingAt is the moment of a read that the server makes now.
func (w *World) readingAt() Moment {
	if w.habits&Torn != 0 {
		return Moment(w.ledger.Events) // it has begun
	}
	return Moment(w.ledger.Events + 1) // it lands at once
}

// been is the moment just before which a record had been as a read of now shows it.
func (w *World) been(id int) Moment {
	if w.habits&Lags != 0 {
		return w.lastVisible(id) + 1
	}
	return w.readingAt()
}

// whenRead returns when the server read the record in the reply to a request, of which
// action n is the last, and just before which moment it had been so.
func (w *World) whenRead(r *Request, n int) (landed, was Moment) {
	if r.readAt != 0 {
		return r.readAt, r.was
	}
	landed = w.ledger.Fates[n].Landed
	return landed, landed
}

// copies returns the records as reads show them.
func (w *World) copies() []Record {
	if w.habits&Lags != 0 {
		return w.copied
	}
	return w.ledger.Records
}

// lastVisible returns when what reads show of a record was written; 0 if it was given.
func (w *World) lastVisible(id int) (m Moment) {
	for i := range w.ledger.Commits {
		if c := &w.ledger.Commits[i]; c.ID == id && c.Visible {
			m = c.Landed
		}
	}
	return m
}

// hidden returns what becomes visible with a pending event.
func (w *World) hidden(p *Pending) *Commit {
	i := slices.Index(w.turns, p.seq)
	return &w.ledger.Commits[i]
}

// becomesVisible lets reads show from now on what a request has written. It is no event where
// nobody will read it.
func (w *World) becomesVisible(p *Pending) {
	c, idle := w.hidden(p), w.Idle(p)
	c.Visible = true
	for len(w.copied) < c.ID {
		w.copied = append(w.copied, Record{Deleted: true})
	}
	w.copied[c.ID-1] = c.Record
	if idle {
		return
	}
	w.passes()
	if w.tracing {
		w.note(Event{Kind: EventVisible, Request: w.sent(w.requests[p.N-1]), ID: c.ID}, false)
	}
}

// nextVisible reports whether that a write becomes visible may be the next such event:
// they come in the order of the writes, without those that nobody will read.
func (w *World) nextVisible(p *Pending) bool {
	mine := w.hidden(p)
	for i := range w.ledger.Commits {
		if c := &w.ledger.Commits[i]; !c.Visible && !w.unread(c) {
			return c == mine
		}
	}
	return false
}

// unread reports whether no read of what a request has written is under way or to
// come. It goes by the clicks and by what has reached the server alone: so it stays the
// same, whatever happens at the clients meanwhile.
func (w *World) unread(c *Commit) bool {
	if w.foreign != nil || w.habits&Polls != 0 {
		return false // they read whenever they like
	}
	for i := range w.script.Actions {
		a := &w.script.Actions[i]
		if a.Skip || !w.concerns(a, c.ID) {
			continue
		}
		if a.Do == Fetch && w.readsYet(a, c) || w.habits&Rereads != 0 && w.rereadsYet(a) {
			return false
		}
	}
	for _, e := range w.ledger.Errands {
		if !e.Errand.News && w.ledger.Fates[e.Number].Landed == 0 && w.concerns(e, c.ID) {
			return false
		}
	}
	return true
}

// concerns reports whether an action may be about a record.
func (w *World) concerns(a *Action, id int) bool {
	of := func(b *Action) bool {
		return a.View() == b.View() || (a.Opens || a.Lists) && a.Client == b.Client
	}
	if by := w.ledger.Records[id-1].Creator; by > 0 && of(w.script.Action(by)) {
		return true
	}
	return id <= w.script.Givens() && (int(a.Person) == id-1 || a.Opens || a.Lists)
}

// readsYet reports whether a fetch is still to be read for, or again. One that was
// thrown away when it was pressed, before the write was, has nothing to do with that.
func (w *World) readsYet(a *Action, c *Commit) bool {
	f := &w.ledger.Fates[a.Number]
	if f.Landed != 0 {
		return f.Status >= 500 || w.script.Network.Timeout > 0 || w.habits&(Offlines|Closes) != 0
	}
	never := max(f.Dropped, f.Refused) == f.Pressed+1
	return !never || c.Action < a.Number
}

// rereadsYet reports whether a save is still to be read after. The news of it are for
// others, and what was asked for before it landed is of an earlier attempt.
func (w *World) rereadsYet(a *Action) bool {
	f := &w.ledger.Fates[a.Number]
	if a.Do == Fetch || a.Do == Close || a.Do == Delete && f.Status == 200 {
		return false
	}
	for _, e := range w.ledger.Errands {
		by, g := e.Errand.Cause, &w.ledger.Fates[e.Number]
		if by != nil && !e.Errand.News && f.Landed != 0 && g.Landed != 0 && g.Pressed > f.Landed && w.ledger.Fates[by.Number].Landed == f.Landed {
			return false
		}
	}
	return true
}
