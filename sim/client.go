package sim

import (
	"slices"
	"time"
)

// Client gives a strategy the person on the screen, the way to the server,
// timers, and the user's ear. Where there are several persons, it is about the
// one whose action, reply or timer the strategy has in hand.
type Client struct{ w *World }

// HasID reports whether the client knows the id of the person's record, or needs none
// for the action in hand.
func (c *Client) HasID() bool {
	w := c.w
	return w.ledger.Views[w.inHand].ID != 0 || w.habits&(Lists|Closes) != 0 && w.needsNone()
}

// NoID says why the client knows no id, as a reason to [Client.Drop] what needs
// one: a create may still bring it, a delete has given it up, or neither. While
// nobody keeps a trace it says nothing.
func (c *Client) NoID() string {
	w := c.w
	switch {
	case !w.tracing:
		return ""
	case w.gone.Has(w.inHand):
		return "no id any more"
	case w.creating(w.inHand):
		return "no id yet"
	}
	return "no id"
}

// Post makes a request of the actions and lets it leave. Several updates make
// one patch, in which a later value covers an earlier one. The request is for
// the person's id as it is now, and a delete makes the client forget that id.
// A create carries the person's attributes as they are when it is sent.
func (c *Client) Post(actions ...*Action) { c.Release(c.Request(actions...)) }

// PostOwn is Post, but a create carries only what it sets itself.
func (c *Client) PostOwn(actions ...*Action) {
	r := c.Request(actions...)
	r.Own = true
	c.Release(r)
}

// PostState is Post, but where an action adds to a field the request says the value
// that the screen shows.
func (c *Client) PostState(actions ...*Action) {
	r := c.Request(actions...)
	shown := &c.w.person(actions[0]).State
	for _, a := range actions {
		r.Body.merge(shown, a.Adds)
		r.Adds &^= a.Adds
	}
	c.Release(r)
}

// Request makes the request that Post would, to be released later.
func (c *Client) Request(actions ...*Action) *Request {
	w := c.w
	r := w.newRequest()
	r.Do, r.key = actions[0].Do, actions[0]
	for _, a := range actions {
		r.Actions = append(r.Actions, a)
		if w.habits&Adds != 0 {
			w.join(r, a)
			continue
		}
		r.Body.Put(a.Sets, By(a.Number))
		r.Sets |= a.Sets
	}
	view := actions[0].View()
	id := w.ledger.Views[view].ID
	switch r.Do {
	case Create:
		if w.mints.Has(view) {
			r.ID = id
		}
		w.gone &^= 1 << view
	case Delete:
		r.ID = id
		w.forget(view)
	default:
		if !actions[0].Lists {
			r.ID = id
		}
	}
	return r
}

// Copy makes a request once more. Only its luck is new.
func (c *Client) Copy(r *Request) *Request {
	n := c.w.newRequest()
	n.Do, n.ID, n.Sets, n.Adds, n.Body = r.Do, r.ID, r.Sets, r.Adds, r.Body
	n.Own, n.Header = true, r.Header
	n.Actions, n.key = append(n.Actions, r.Actions...), r.key
	return n
}

// Release lets a request leave: at once, or as the strategy's own Post wants
// it.
func (c *Client) Release(r *Request) {
	if p := c.w.poster; p != nil {
		p.Post(c, r)
		return
	}
	c.Send(r)
}

// Send hands a request to the network.
func (c *Client) Send(r *Request) {
	c.w.still.changes++
	c.w.send(r, true)
}

// Drop throws an action away and tells nobody.
func (c *Client) Drop(a *Action, reason string) {
	w := c.w
	w.still.changes++
	fate := &w.ledger.Fates[a.Number]
	fate.Dropped, fate.Waits = w.happens(), 0
	if w.tracing {
		w.note(Event{Kind: EventDrop, Action: a.Number, Reason: reason}, true)
	}
}

// Queue says that an action waits, until it is posted or dropped.
func (c *Client) Queue(a *Action, reason string) { c.w.wait(EventHold, a, reason) }

// Persist says that the client goes on for ever to try an action that has left, and
// fails. Here it waits from now on, and nobody waits for that: a trial ends without it.
func (c *Client) Persist(a *Action) {
	w := c.w
	w.still.changes++
	w.ledger.Fates[a.Number].Waits = w.happens()
	if w.tracing {
		w.note(Event{Kind: EventHold, Action: a.Number, Reason: "tries for ever"}, true)
	}
}

// Merge says that an action has joined another that waits.
func (c *Client) Merge(a *Action) { c.w.wait(EventMerge, a, "") }

// Hold says that a request waits, with the actions that it carries.
func (c *Client) Hold(r *Request, reason string) {
	for _, a := range r.Actions {
		c.w.wait(EventHold, a, reason)
	}
}

// Block says that the button was disabled: the action that the user has just
// asked for has not happened yet, and the person no longer shows it. What a
// create sets stands in the form all the same.
func (c *Client) Block(a *Action) {
	c.w.takeBack(a)
	c.w.block(a)
}

// Unblock lets a blocked action happen: the person shows it from now on.
func (c *Client) Unblock(a *Action) {
	w := c.w
	w.still.changes++
	w.seal()
	if a.Do == Create {
		w.person(a).Deleted = false
	} else {
		w.before[a.Number-1] = *w.person(a)
		w.apply(w.person(a), a)
	}
	w.unblock(a)
	if w.habits&Cancels != 0 && a.Do < Fetch {
		w.cancelReads(a, Moment(w.ledger.Events)+1)
	}
}

// Refuse says no to the user, aloud. The action never happens, and the person
// does not show it any more.
func (c *Client) Refuse(a *Action, reason string) {
	w := c.w
	w.still.changes++
	if a.Number == w.acted {
		w.takeBack(a)
	} else {
		w.seal()
		w.undo(a)
	}
	w.refuse(a, reason)
}

// Take accepts a successful reply: the id that a create brings, the record
// that a fetch brings, or any save on a network whose replies echo it. Of other
// replies there is nothing to take.
func (c *Client) Take(r *Reply) { c.TakeBut(r, 0) }

// TakeBut is Take, but the screen goes on to show what it has in some fields, if
// the record has them too: what stands there is as if it had not been shown.
func (c *Client) TakeBut(r *Reply, keep FieldSet) {
	w := c.w
	if r.Status != 200 || r.Do != Create && !w.shows(r.Request) {
		return
	}
	list, view := r.lists(), r.First().View()
	if list {
		view = w.inHand
	}
	if r.void.Has(view) {
		return
	}
	if w.habits&Polls == 0 || !r.First().polled() {
		w.still.changes++
	}
	w.taken = true
	if list {
		w.takeRow(r.Request, keep)
		return
	}
	p := w.person(r.First())
	if r.Do == Create || p.ID == 0 && r.ID == 0 && r.opens() {
		p.ID = r.replyID
	}
	if w.shows(r.Request) {
		w.kept = w.show(r.Request, &r.read, r.replyID, view, keep)
	}
}

// show merges a record that the reply to a request has into what a view shows, but
// for some fields. It returns those of them that the record has.
func (w *World) show(r *Request, read *State, id, view int, keep FieldSet) (kept FieldSet) {
	written := FieldSet(0)
	for f := range w.script.fields().All {
		if read[f] != Nobody {
			written |= 1 << f
		}
	}
	kept = keep & written
	p := &w.ledger.Views[view]
	n := r.Actions[len(r.Actions)-1].Number
	w.ledger.Away &^= 1 << w.inHand
	landed, was := w.whenRead(r, n)
	w.ledger.Reads = append(w.ledger.Reads, Read{
		Action: n, View: uint8(view), Landed: landed, Was: was, Shown: w.shown,
		Record: id, Body: *read, Before: p.State, Kept: kept,
	})
	p.State.merge(read, written&^kept)
	return kept
}

// Moment returns that of the latest event.
func (c *Client) Moment() Moment { return Moment(c.w.ledger.Events) }

// Tell lets the user know that what the request carried did not happen, or,
// after a timeout, that nobody knows.
func (c *Client) Tell(r *Reply) {
	w := c.w
	w.still.changes++
	if r.First().Errand != nil {
		w.still.reads++
	}
	m := w.happens()
	for _, a := range r.Actions {
		f := &w.ledger.Fates[a.Number]
		f.Told = m
		f.end(w.now, false)
	}
	if w.tracing {
		w.note(Event{Kind: EventTell, Request: w.sent(r.Request), Status: r.Status}, true)
	}
}

// Mint gives the person an id of the client's own making, which nobody else
// has. The request for a create names it from then on, and the server takes it
// over.
func (c *Client) Mint() {
	w := c.w
	w.seal()
	w.minted = w.newID()
	w.ledger.Views[w.inHand].ID = w.minted
	w.mints = w.mints.With(w.inHand)
}

// Forget makes the client forget the person's id.
func (c *Client) Forget() { c.w.forget(c.w.inHand) }

// Stop takes back the timers that are set for an action.
func (c *Client) Stop(a *Action) {
	w := c.w
	w.pending = slices.DeleteFunc(w.pending, func(p Pending) bool {
		return p.What == TimerFires && w.timers[p.N-1].Action == a
	})
}

// Jitter returns from half of d to d, by the luck of the request, so that
// clients which failed together do not come again together.
func (c *Client) Jitter(d time.Duration, r *Request) time.Duration {
	by := time.Duration(r.luck.bits(drawJitter) % uint64(d/2+1))
	return (d - by).Truncate(time.Microsecond)
}

// After sets a timer for an action. It fires once, with Wake.
func (c *Client) After(d time.Duration, a *Action) {
	w := c.w
	w.timers = append(w.timers, Timer{Number: len(w.timers) + 1, Action: a, idle: w.still.idle()})
	w.insert(w.now+d, TimerFires, len(w.timers))
}
