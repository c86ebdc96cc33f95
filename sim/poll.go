package sim

import (
	"slices"
	"time"
)

// poll is what is known of a client that reads every so often: see [Network].Poll.
//
// Polls keep no trial going. All is quiet once nothing is to come but polls, and what
// they bring. From then on each client polls once more.
type poll struct {
	whiles int   // so many have passed
	reads  int   // so often it has read
	more   int   // but for when all was quiet
	due    bool  // all is quiet, and it has not polled since
	early  bool  // it polls before that: see [World.Early]
	since  int32 // the place of the next poll in the order of scheduling, if it is not the last
	when   int32 // the count of changes when it polled last with nothing else to come; else -1
}

// startPolling lets each client read when the first while is over.
func (w *World) startPolling() {
	w.hushed = -1
	for c := range w.script.Clients() {
		w.polls[c] = poll{when: -1}
		w.pollAgain(c)
	}
	w.hush()
}

// pollAgain schedules the next poll of a client, which has the same name until the client
// has read. It does not keep a trial going.
func (w *World) pollAgain(client int) {
	q := &w.polls[client]
	q.whiles++
	w.insert(time.Duration(q.whiles)*w.script.Network.Poll, PollDue, q.reads*MaxClients+client+1)
}

// poller returns the client that a poll is of.
func (p *Pending) poller() int { return int(p.N-1) % MaxClients }

// poll lets a client read each person of whom it has the id.
func (w *World) poll(p *Pending) {
	c := p.poller()
	q := &w.polls[c]
	nothing, due := w.Idle(p), q.due
	if due {
		q.due = false
		w.still.others--
	}
	switch {
	case q.whiles >= MaxEvents:
		w.tooMany("more than " + itoa(MaxEvents) + " polls")
		return
	case nothing:
		w.pollAgain(c)
		return
	}
	q.reads++
	w.pollAgain(c)
	if !due {
		q.more++
	}
	switch {
	case q.early:
		q.early, w.hushed = false, -1 // it is to poll once more yet
	case due || !w.busy():
		q.when = w.still.changes
	}
	for views := w.script.Views(); views != 0; views &= views - 1 {
		if v := views.First(); v/MaxPersons == c {
			if a := w.ask(v, nil); a != nil {
				a.Errand.poll = true
			}
		}
	}
}

// hush lets clients poll once more if all is quiet now.
func (w *World) hush() {
	if w.hushed == w.still.changes || w.busy() {
		return
	}
	for i := range w.pending {
		if p := &w.pending[i]; p.What == TimerFires && !w.Idle(p) {
			return
		}
	}
	w.Quiet()
}

// Quiet lets clients poll once more, for somebody knows that no timer that is left would
// change anything. Without anybody's word that is so when all have fired in vain.
func (w *World) Quiet() {
	w.hushed = w.still.changes
	for c := range w.script.Clients() {
		q := &w.polls[c]
		if q.due || q.when == w.hushed || !w.couldPoll(c) {
			continue
		}
		i := slices.IndexFunc(w.pending, func(p Pending) bool { return p.What == PollDue && p.poller() == c })
		if i < 0 {
			continue // there were too many
		}
		p := w.pending[i]
		q.since = p.seq
		w.pending = append(w.pending[:i], w.pending[i+1:]...)
		w.schedule(p.At, PollDue, int(p.N)) // anew, for it comes of what made it quiet
		q.due = true
	}
}

// Hushed reports whether Quiet would let any of them poll, when nothing but timers and
// polls is to come.
func (w *World) Hushed() bool {
	if w.habits&Polls == 0 || w.still.others > 0 {
		return false
	}
	for c := range w.script.Clients() {
		if w.polls[c].when != w.still.changes && w.couldPoll(c) {
			return true
		}
	}
	return false
}

// Early lets a poll that is due as the last one be one more before that, to come now. In
// another order of the same events all was not quiet yet when the client polled.
func (w *World) Early(p *Pending) {
	if q := &w.polls[p.poller()]; q.due {
		q.due, q.early = false, true
		w.still.others--
	}
}

// Since returns the place that a poll which is due would have in the order of scheduling,
// if it were not the last.
func (w *World) Since(p *Pending) int32 { return w.polls[p.poller()].since }

// Due reports whether a pending event is a poll that comes once all is quiet.
func (w *World) Due(p *Pending) bool { return p.What == PollDue && w.polls[p.poller()].due }

// Polled returns how often a client has polled, but for once all was quiet.
func (w *World) Polled(client int) int { return w.polls[client].more }

// OfPoll reports whether a pending event is a client's poll, or of what one brings.
func (w *World) OfPoll(p *Pending) bool { return w.habits&Polls != 0 && w.ofPoll(p) }

// ofPoll is OfPoll where clients poll.
func (w *World) ofPoll(p *Pending) bool {
	r := w.of(p)
	return p.What == PollDue || r != nil && r.First().polled()
}

// polled reports whether an action is of a client's that reads every so often.
func (a *Action) polled() bool { return a.Errand != nil && a.Errand.poll }

// Pending returns what may happen next, as a [Chooser] gets it.
func (w *World) Pending() []Pending { return w.pending }

// couldPoll reports whether a client has anybody to read.
func (w *World) couldPoll(client int) bool { return w.toPoll(client) >= 0 }

// toPoll returns the first view that a client would read; -1 if there is none.
func (w *World) toPoll(client int) int {
	for views := w.script.Views(); views != 0; views &= views - 1 {
		if v := views.First(); v/MaxPersons == client && w.readable(v) {
			return v
		}
	}
	return -1
}

// pollLabel names a poll after the first errand that comes of it.
func (w *World) pollLabel(p *Pending) string {
	c := p.poller()
	view := max(w.toPoll(c), c*MaxPersons)
	a := Action{Client: uint8(c), Person: uint8(view % MaxPersons), Errand: &Errand{Count: w.ledger.errands(view, nil) + 1}}
	return a.Label()
}

// idlePoll reports whether nothing would come of a poll: there is nobody to read, or
// the last has been read.
func (w *World) idlePoll(p *Pending) bool {
	c := p.poller()
	q := &w.polls[c]
	return !q.due && !q.early && (w.hushed == w.still.changes || !w.couldPoll(c))
}

// busy reports whether anything is to come beside timers, and polls.
func (w *World) busy() bool {
	other := func(p Pending) bool { return p.What != TimerFires && !w.OfPoll(&p) }
	if w.acting != nil && !w.choosing || slices.ContainsFunc(w.pending, other) || slices.ContainsFunc(w.inbox, other) {
		return true
	}
	for c := range w.wires {
		if slices.ContainsFunc(w.wires[c].waiting, func(r *Request) bool { return !r.First().polled() }) {
			return true
		}
	}
	return false
}
