package sim

import (
	"slices"
	"time"
)

// Foreign is a strategy whose program is not ours: a user's own client. Nobody
// shows its person what the user asks for, or knows whose request it sends,
// unless it says so; it does that of a [Host], which no other strategy gets.
type Foreign interface {
	Strategy
	Poster                   // nobody else decides how its messages leave; it is never asked to
	Start(h *Host, view int) // the trial begins, before any action, on that screen
	End(h *Host, view int)   // all is quiet: what still waits may be dropped
}

// A Watcher is a foreign client that sees whether its client has a network, as the page
// in a browser does.
type Watcher interface {
	Watch(c *Client, online bool)
}

// Horizon is how far a timer of a foreign client may be ahead to fire in orders;
// in life one that is further ahead fires too, but nobody waits for it unless an
// action does, and no longer than Patience.
const (
	Horizon  = 30 * time.Second
	Patience = 10 * time.Minute
)

// Countdown is how often in a row a timer of a foreign client may do nothing but
// set itself again before that is taken for all that it will ever do: it may count.
// In orders once is enough, and what would come of it is not known.
const Countdown = 100

// Host is what a foreign client works on, beside its [Client]: like that one it
// is about the screen whose action, reply or timer is in hand.
type Host struct {
	w        *World
	explored bool
	reading  int                       // what is left of the choices between readings
	clocks   [MaxClients]time.Duration // in orders, the time that each client has seen
	parts    [MaxActions + 1]FieldSet  // by action that is sent in parts, the fields of which a request has succeeded
	source   Source                    // the line of its program that does what is done now
}

// pause is what is known of a timer of a foreign client, all of whose timers have
// one: see [Host.After].
type pause struct {
	set   time.Duration // for how long it was set, above 0
	due   time.Duration // and when it fires by that client's clock
	again int32         // set again by a firing that only read, at this count of effects; else -1
}

func (w *World) startForeign(o Options) {
	w.pauses = w.pauses[:0]
	w.host = Host{w: w, explored: w.choosing, reading: o.Reading}
	for v := range w.script.Views().All {
		w.inHand = v
		w.foreign.Start(&w.host, v)
	}
}

// quiet lets foreign clients say what became of what they never sent. It is
// nothing that happens: neither the time nor what comes next depends on it.
func (w *World) quiet() {
	settled, still := w.ledger.Settled, w.still
	w.seal()
	for v := range w.script.Views().All {
		w.inHand = v
		w.foreign.End(&w.host, v)
	}
	w.seal()
	w.ledger.Settled, w.still = settled, still
}

// pressed moves the client's clock to a click.
func (h *Host) pressed(a *Action) {
	h.clocks[a.Client] = max(h.clocks[a.Client], a.At)
}

// fired moves it to a timer.
func (h *Host) fired(t Timer) {
	h.clocks[t.Action.Client] = max(h.clocks[t.Action.Client], h.w.pauses[t.Number-1].due)
}

// Script returns what the trial runs.
func (h *Host) Script() *Script { return h.w.script }

// View returns the place of the screen in hand: see [Action.View].
func (h *Host) View() int { return h.w.inHand }

// Explored reports whether somebody else than time decides what comes next.
func (h *Host) Explored() bool { return h.explored }

// Traced reports whether anybody will read the trace.
func (h *Host) Traced() bool { return h.w.tracing }

// Seed returns a number that only the seed of the trial decides.
func (h *Host) Seed() uint64 { return mix(uint64(h.w.luck)) >> 12 }

// Now returns the time since the start, by the client's clock. Where time does
// not decide, it is that of the client's own clicks and timers: then nothing
// that another client does moves it.
func (h *Host) Now() time.Duration {
	if h.explored {
		return h.clocks[h.w.inHand/MaxPersons]
	}
	return h.w.now
}

// From says which line of the client's program does what is done next.
func (h *Host) From(s Source) { h.w.host.source = s }

// Fate returns what has become of an action by now.
func (h *Host) Fate(n int) Fate { return h.w.ledger.Fates[n] }

// Screen returns what the screen in hand shows.
func (h *Host) Screen() Person { return h.w.ledger.Views[h.w.inHand] }

// Show says what it shows from now on.
func (h *Host) Show(p Person) {
	if now := &h.w.ledger.Views[h.w.inHand]; *now != p {
		h.w.seal()
		*now = p
		h.w.still.changes++
	}
}

// Stir says that something has changed that nobody sees: a timer that fires did
// not do so in vain.
func (h *Host) Stir() { h.w.still.changes++ }

// Ask says of a timer that fires that it is not yet known to do more than read.
func (h *Host) Ask() {
	h.w.still.changes++
	h.w.still.reads++
}

// Block says that the button was disabled: what the user has just asked for has
// not happened yet.
func (h *Host) Block(a *Action) { h.w.block(a) }

// Unblock lets a blocked action happen.
func (h *Host) Unblock(a *Action) {
	h.w.still.changes++
	h.w.unblock(a)
}

// Refuse says no to the user, aloud: the action never happens.
func (h *Host) Refuse(a *Action, reason string) {
	h.w.still.changes++
	h.w.refuse(a, reason)
}

// Message is a request as a foreign client makes it.
type Message struct {
	Do      Do
	ID      int       // the record it is for; 0: none that there is
	List    bool      // of a fetch: whoever this screen has made, wherever they are
	Actions []*Action // what it carries; none: an errand
	Cause   *Action   // of an errand; nil: it has none
	Sets    FieldSet  // the fields in its body
	Body    State     // and who wrote them
	Key     *Action   // whose pins it obeys, and whose luck it has; nil: the first it carries
	Or      []int     // the actions of which it carries one or the other, if it cannot be told which
}

// Send lets a request leave. It is nil if [MaxErrands] errands have been sent before
// it: then the trial has to [Host.Fail].
func (h *Host) Send(m Message) *Request {
	w := h.w
	if len(m.Actions) == 0 {
		a := w.errand(w.inHand, m.Cause)
		if a == nil {
			return nil
		}
		w.asks(a, w.happens())
		a.Errand.Own = true
		m.Actions = []*Action{a}
	}
	r := w.newRequest()
	r.Do, r.ID, r.Sets, r.Body = m.Do, m.ID, m.Sets, m.Body
	r.Own, r.own, r.key = true, &m, m.Key
	if m.Key == nil {
		r.key = m.Actions[0]
	}
	r.Actions = append(r.Actions, m.Actions...)
	for _, n := range m.Or {
		a, b := w.script.Action(n), w.script.Action(m.Or[0])
		w.ledger.Doubt = w.ledger.Doubt || a.Status != b.Status || a.Lose != b.Lose
	}
	for f := range m.Sets.All {
		if n := m.Body[f].Action(); n > 0 && w.script.Action(n).View() == w.inHand && !w.away(r) {
			w.ledger.Fates[n].Carried |= 1 << f
		}
	}
	before := w.still.changes
	w.client.Send(r)
	if r.First().Errand != nil {
		w.still.reads += w.still.changes - before
	}
	return r
}

// Abort says that the client waits for a reply no longer.
func (h *Host) Abort(r *Request) {
	if r.ended {
		return
	}
	h.w.still.changes++
	h.w.cancel(r)
	h.w.stopWaiting(r)
}

// Record returns the record in a reply, as the server had it, and its id; false
// if there is none.
func (h *Host) Record(r *Reply) (State, int, bool) {
	ok := r.Status == 200 && r.Do != Delete && r.replyID != 0
	return r.read, r.replyID, ok
}

// Took says that the screen has taken some fields of the record in a reply, and
// what it had shown before. Of a create, the id is taken in any case.
func (h *Host) Took(r *Reply, fields FieldSet, before State) {
	w := h.w
	w.still.changes++
	w.taken = true
	if r.replyID == 0 || fields == 0 && r.Do != Fetch {
		return
	}
	n := r.Actions[len(r.Actions)-1].Number
	var there FieldSet
	for f, by := range r.read {
		if by != Nobody {
			there = there.With(f)
		}
	}
	w.kept = there &^ fields
	w.ledger.Away &^= 1 << w.inHand
	landed, was := w.whenRead(r.Request, n)
	w.ledger.Reads = append(w.ledger.Reads, Read{
		Action: n, View: uint8(r.First().View()), Landed: landed, Was: was, Shown: w.shown,
		Record: r.replyID, Body: r.read, Before: before, Kept: w.kept,
	})
}

// After sets a timer for an action, and returns its number. One beyond the
// [Horizon] is none in orders: then the number is 0.
func (h *Host) After(d time.Duration, a *Action) int {
	if h.explored && d > Horizon {
		return 0
	}
	w := h.w
	w.pauses = append(w.pauses, pause{max(d, 1), h.Now() + d, w.still.again()})
	w.timers = append(w.timers, Timer{len(w.timers) + 1, a, w.still.idle()})
	w.insert(w.now+d, TimerFires, len(w.timers))
	return len(w.timers)
}

// Clear takes a timer back.
func (h *Host) Clear(timer int) {
	h.w.pending = slices.DeleteFunc(h.w.pending, func(p Pending) bool { return p.What == TimerFires && int(p.N) == timer })
}

// Read returns which of n ways to read a request is to be taken, from 0.
func (h *Host) Read(n int) int {
	h.w.ledger.Readings = max(h.w.ledger.Readings, 1) * n
	i := h.w.host.reading % n
	h.w.host.reading /= n
	return i
}

// Fail ends the trial: nobody knows how it would have gone on. The first reason
// stands.
func (h *Host) Fail(err error) {
	l := &h.w.ledger
	if l.Failed == nil {
		l.Failed, l.Bounded = err, true
		h.w.pending, h.w.still.others, h.w.acting = h.w.pending[:0], 0, nil // nothing else is to come
	}
}

// Wonder says at the end why nobody knows how the trial would have gone on:
// "a timer of 60 s was not waited for". The first reason stands.
func (h *Host) Wonder(why string) {
	l := &h.w.ledger
	if l.Bounded = true; l.Why == "" {
		l.Why = why
	}
}

// Failed reports whether the trial has failed.
func (h *Host) Failed() bool { return h.w.ledger.Failed != nil }

// forbidden returns the standing no to an action of which only a value rides in
// the request; 0 if there is none.
func (r *Request) forbidden(s *Script) int {
	for f := range r.Sets.All {
		if n := r.Body[f].Action(); n > 0 {
			if status := s.Action(n).Status; status >= 400 && status < 500 {
				return status
			}
		}
	}
	return 0
}

// settled reports whether what became of an action stays as it is, now that
// another request that carries it has landed: after a success it does. One that
// leaves in parts, with some of its fields in each request, has succeeded when
// each of them has, and has failed if the last request of one of them has.
func (w *World) settled(r *Request, a *Action, f *Fate, status int) bool {
	if a.Errand != nil {
		return f.Status == 200
	}
	done := &w.host.parts[a.Number]
	part := a.Sets & r.Sets
	switch whole := part == 0 || part == a.Sets; {
	case status == 200 && whole:
		*done = 0
	case status == 200 && (f.Status != 200 || *done != 0):
		*done |= part
		return f.Status == 200 || f.Status >= 400 && *done != a.Sets
	case status != 200 && *done != 0:
		return part&^*done == 0
	}
	return f.Status == 200
}

// listsOwn reports whether the request is of a client that is not ours, and reads
// whomever its screen has made.
func (r *Request) listsOwn() bool { return r.own != nil && r.own.List }

// whomever returns the record of the person on whose screen the request was
// made, if they are there: who was given, or else the youngest that was made
// there.
func (w *World) whomever(r *Request) int {
	view := r.First().View()
	from := w.copies()
	for id := len(from); id > 0; id-- {
		switch rec := &from[id-1]; {
		case rec.Deleted:
		case rec.Creator == 0 && view%MaxPersons == id-1, rec.Creator > 0 && w.script.Action(rec.Creator).View() == view:
			return id
		}
	}
	return 0
}

// patient reports whether a timer that did nothing but set itself again may count.
func (w *World) patient() bool { return !w.choosing && w.still.vain < Countdown }

// far reports whether a timer is one that nobody waits for. They are beyond the
// horizon, unless an action waits.
func (w *World) far(p *pause) bool {
	if p.set <= Horizon || w.now > Patience {
		return p.set > Horizon
	}
	for i := range w.script.Actions {
		if f := &w.ledger.Fates[i+1]; f.Pressed != 0 && f.Waits != 0 {
			return false
		}
	}
	return true
}

// due returns which pending event happens next: the one that is chosen, or else the
// first. But where nothing is under way save reads that nobody asked for, what they
// bring is waited for before others follow that would bring the same.
func (w *World) due(choose Chooser) (next int) {
	switch {
	case choose != nil:
		return choose.Choose(w, w.pending)
	case w.acting != nil, !w.Idle(&w.pending[0]):
		return 0
	}
	for i := range w.pending {
		switch p := &w.pending[i]; {
		case w.reads(p):
			if next == 0 {
				next = i
			}
		case !w.Idle(p):
			return 0
		}
	}
	return next
}

// met takes note of an event that a foreign client may have to do with.
func (w *World) met(i int) {
	p := &w.pending[i]
	if w.foreign == nil || p.What == TimerFires {
		return
	}
	w.still.vain = 0
	if p.What < RequestEnters && w.reads(p) {
		w.still.reads++
	}
}

// reads reports whether a pending event is of a read that nobody asked for.
func (w *World) reads(p *Pending) bool {
	r := w.of(p)
	return r != nil && r.First().Errand != nil
}
