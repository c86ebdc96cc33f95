package sim

// A list is one fetch of all persons of a client: its request has no id, and its reply
// every record of theirs that lives, as they are at one instant.

// Row is a record in the reply to a list.
type Row struct {
	ID   int
	Body State

	Shown bool     // a screen of the client took it
	View  int      // which
	Kept  FieldSet // but for these fields

	was     Moment // it had been so just before, if it was read from a copy
	version Version
}

// lists reports whether the request reads all persons of its client.
func (r *Request) lists() bool { return r.key.Lists && r.Do == Fetch && r.own == nil }

// needsNone reports whether the action in hand needs no id.
func (w *World) needsNone() bool {
	a := w.woken
	if w.acted > 0 {
		a = w.script.Action(w.acted)
	}
	return a != nil && (a.Lists || a.Opens)
}

func (w *World) list(r *Request) {
	r.read, r.rows, r.replyID = State{}, r.rows[:0], 0
	if w.habits&(Torn|Lags) != 0 {
		r.readAt = w.readingAt()
	}
	from := w.copies()
	for i := range from {
		rec := &from[i]
		theirs := i < w.script.Givens() || rec.Creator > 0 && w.script.Action(rec.Creator).Client == r.First().Client
		if theirs && !rec.Deleted {
			r.rows = append(r.rows, Row{ID: i + 1, Body: rec.State, was: w.been(i + 1), version: rec.Version})
		}
	}
}

// row returns what the reply to a list has of the person of a view: the record whose
// id the client knows now. Nil if it knows none, or there is no such record in it.
func (w *World) row(r *Request, view int) *Row {
	id := w.ledger.Views[view].ID
	for i := range r.rows {
		if r.rows[i].ID == id {
			return &r.rows[i]
		}
	}
	return nil
}

// listed returns the version that a list brings of the person of a view; 0 if it says
// nothing of them, or they take no more what it says.
func (w *World) listed(r *Request, view int) Version {
	if row := w.row(r, view); row != nil && !r.void.Has(view) {
		return row.version
	}
	return 0
}

// handAround gives the other persons of a client what a list has of them, once the
// strategy has had the reply. Whose strategy takes reads that it did not ask for in its
// own way does so; all others take it if it was taken.
func (w *World) handAround(r *Request) {
	taken, first := w.taken, w.inHand
	for views := w.script.Views() &^ (1 << first); views != 0; views &= views - 1 {
		view := views.First()
		if view/MaxPersons != int(r.First().Client) {
			continue
		}
		w.inHand, w.handed.Version = view, w.listed(r, view)
		if reader, ok := under[Reader](w.strategy, view); ok {
			reader.Read(&w.client, &w.handed)
		} else if taken {
			w.client.Take(&w.handed)
		}
	}
	w.inHand = first
}

// takeRow merges what a list has of the person in hand.
func (w *World) takeRow(r *Request, keep FieldSet) {
	row := w.row(r, w.inHand)
	if row == nil {
		return // who is not in it stays as they are
	}
	r.was = row.was
	kept := w.show(r, &row.Body, row.ID, w.inHand, keep)
	if w.tracing {
		e := &w.trace.Events[w.shown.Index()]
		for i := range e.Rows {
			if e.Rows[i].ID == row.ID {
				e.Rows[i].Shown, e.Rows[i].View, e.Rows[i].Kept = true, w.inHand, kept
			}
		}
	}
}
