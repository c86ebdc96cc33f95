package sim

import "slices"

// Beacon sends a patch as a page does that is left: past every layer and every
// connection limit, once, and nobody waits for its reply. It is for [Leaver].
func (c *Client) Beacon(actions ...*Action) {
	w := c.w
	w.still.changes++
	r := c.Request(actions...)
	r.Own, r.beacon = true, true
	w.send(r, true)
}

// Keep says, while the client is being closed, which of the actions that wait the
// strategy keeps: see [Durable].
func (c *Client) Keep(actions ...*Action) {
	for _, a := range actions {
		c.w.keeps |= 1 << (a.Number - 1)
	}
}

// Restore shows again what an action that was kept sets: the screen of a client that
// was closed is empty.
func (c *Client) Restore(a *Action) {
	w := c.w
	w.still.changes++
	w.seal()
	w.apply(w.person(a), a)
}

// comesOrGoes lets the user close a client or open it again, and reports whether
// that, or nothing, is what the user does. On a client that is closed there is no
// button: a script is not to press one.
func (w *World) comesOrGoes(a *Action) bool {
	switch {
	case a.Do == Close:
		w.shut(a)
	case a.Opens:
		w.reopen(a)
	case w.closed.Has(int(a.Client)):
		w.press(a)
		w.refuse(a, "the client is closed")
	default:
		return false
	}
	return true
}

// Orderly reports whether each step that is done finds its client open, or, of an
// open, closed.
func (s *Script) Orderly() bool {
	var closed FieldSet
	for i := range s.Actions {
		a := &s.Actions[i]
		if a.Skip {
			continue
		}
		if closed.Has(int(a.Client)) != a.Opens {
			return false
		}
		switch {
		case a.Do == Close:
			closed = closed.With(int(a.Client))
		case a.Opens:
			closed &^= 1 << a.Client
		}
	}
	return true
}

func (w *World) press(a *Action) {
	w.scheduleAct(a.Number)
	w.ledger.Fates[a.Number].Pressed = w.happens()
	if w.tracing {
		w.note(Event{Kind: EventAct, Action: a.Number}, false)
	}
}

// shut closes the client of a: it may send a last word, and keep what is durable;
// all else of it is gone. What has left arrives, and nobody hears of it.
func (w *World) shut(a *Action) {
	w.press(a)
	client, views := a.Client, w.viewsOf(a.Client)
	if w.closed.Has(int(client)) {
		return
	}
	for v := range views.All {
		if s, ok := under[Leaver](w.strategy, v); ok {
			w.inHand = v
			s.Leave(&w.client)
		}
	}
	w.keeps = 0
	durable := w.putAway(views)
	w.throwAway(client)
	w.hangUp(client)
	for v := range MaxPersons {
		v += int(client) * MaxPersons
		p := &w.ledger.Views[v]
		id := p.ID
		if *p = (Person{}); durable.Has(v) || id == w.given(v) {
			p.ID = id
			continue
		}
		w.mints &^= 1 << v
		w.gone &^= 1 << v
	}
	w.closed = w.closed.With(int(client))
	w.ledger.Away |= views
}

// viewsOf returns the views of a client that the user has to do with.
func (w *World) viewsOf(client uint8) FieldSet {
	return w.script.Views() & ((1<<MaxPersons - 1) << (client * MaxPersons))
}

// given returns the id of the person who was given on a view; 0 if nobody was.
func (w *World) given(view int) int {
	if w.script.Gives(view) {
		return view%MaxPersons + 1
	}
	return 0
}

// putAway ends the strategies of a client's views, with the layer over them, and
// returns the views of those that are durable.
func (w *World) putAway(views FieldSet) (durable FieldSet) {
	for v := range views.All {
		w.inHand = v
		if s, ok := under[Durable](w.strategy, v); ok {
			s.Closed(&w.client)
			durable = durable.With(v)
			continue
		}
		s := w.strategy
		if l, ok := s.(Layer); ok && w.script.Views() != 1 {
			s = l.Under(v) // each view has its own, or each client
		}
		s.Reset()
	}
	return durable
}

// throwAway drops what waits in a client and is not kept.
func (w *World) throwAway(client uint8) {
	for i := range w.script.Actions {
		a := &w.script.Actions[i]
		bit := uint64(1) << i
		fate := &w.ledger.Fates[a.Number]
		if a.Client != client || fate.Waits == 0 || w.keeps&bit != 0 {
			continue
		}
		if w.disabled&bit != 0 {
			w.enable(a)
		}
		fate.Dropped, fate.Waits = w.happens(), 0
		if w.tracing {
			w.note(Event{Kind: EventDrop, Action: a.Number, Reason: "closed"}, false)
		}
	}
}

// hangUp ends what is under way for a client: its replies are lost, its timers and
// timeouts taken back.
func (w *World) hangUp(client uint8) {
	w.shuts[client]++
	w.pending = slices.DeleteFunc(w.pending, func(p Pending) bool {
		ends := p.What == TimerFires || p.What == ClientGivesUp
		if !ends || w.Client(&p) != int(client) {
			return false
		}
		if p.What == ClientGivesUp {
			w.still.others--
		}
		return true
	})
	w.cut(int(client), Downlink)
	for _, r := range w.requests[:w.posted] {
		if r.First().Client == client && r.deaf == 0 {
			r.deaf, r.ended = w.shuts[client], true
		}
	}
	wire := &w.wires[client]
	wire.underWay, wire.waiting = 0, wire.waiting[:0]
	wire.former = append(wire.former, wire.applied)
	wire.applied = 0
	w.wired = true
}

// reopen opens the client of a again. What is durable goes on, and then the client
// reads whom it is about; the others of its persons it reads unasked.
func (w *World) reopen(a *Action) {
	w.press(a)
	w.closed &^= 1 << a.Client
	for v := range w.viewsOf(a.Client).All {
		if s, ok := under[Durable](w.strategy, v); ok {
			w.inHand = v
			s.Opened(&w.client)
		}
	}
	w.inHand = a.View()
	w.before[a.Number-1], w.acted = w.ledger.Views[w.inHand], a.Number
	w.strategy.Act(&w.client, a)
	w.acted = 0
	for v := range w.viewsOf(a.Client).All {
		if v != a.View() && !w.offline.Has(int(a.Client)) {
			w.goAsk(v, a)
		}
	}
}

// opens reports whether a request is the read of a client that was opened.
func (r *Request) opens() bool {
	a := r.First()
	return a.Opens || a.Errand != nil && a.Errand.Cause != nil && a.Errand.Cause.Opens
}

// find returns whom a client that knows no id reads for: the youngest living record that
// was made on that screen; 0 if there is none.
func (w *World) find(r *Request) (id int) {
	view := r.First().View()
	if id = w.youngest(w.copies(), view); id == 0 {
		id = w.youngest(w.ledger.Records, view) // reads may not show it yet
	}
	return id
}

// youngest returns the last of some records that is alive and was made on a view; 0 if
// there is none.
func (w *World) youngest(of []Record, view int) int {
	for n := len(of); n > 0; n-- {
		if rec := &of[n-1]; !rec.Deleted && rec.Creator > 0 && w.script.Action(rec.Creator).View() == view {
			return n
		}
	}
	return 0
}
