package sim

import "time"

// poll is what is known of a client that reads every so often: see [Network].Poll.
type poll struct {
	whiles int   // so many have passed
	reads  int   // so often it has read
	more   int   // but for once when nothing else was to come
	due    bool  // it is to read once more, since nothing else is to come
	when   int32 // and has done so last at this count of effects; else -1
}

// startPolling lets each client read when the first while is over.
func (w *World) startPolling() {
	w.quieted = -1
	for c := range w.script.Clients() {
		w.polls[c] = poll{when: -1}
		w.pollAgain(c)
	}
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
	w.still.changes++
	if !due {
		q.more++
	}
	last := due || !w.busy()
	if last {
		w.still.reads++
		q.when = w.still.effects()
	}
	for views := w.script.Views(); views != 0; views &= views - 1 {
		if v := views.First(); v/MaxPersons == c {
			if a := w.ask(v, nil); a != nil {
				a.Errand.last = last
			}
		}
	}
}

// pollLast lets each client read once more, when nothing else is to come, and reports
// whether there is one that does. Who has done so, and nothing has come of it but what
// it read, has done with it.
func (w *World) pollLast() (some bool) {
	if w.habits&Polls == 0 || w.ledger.Bounded {
		return false
	}
	w.quieted = w.still.effects()
	for c := range w.polls {
		q := &w.polls[c]
		for i := range w.pending {
			p := w.pending[i]
			if p.What != PollDue || p.poller() != c || q.due || q.when == w.quieted || !w.couldPoll(c) {
				continue
			}
			w.pending = append(w.pending[:i], w.pending[i+1:]...)
			w.schedule(p.At, PollDue, int(p.N)) // anew, since what made it quiet has caused it
			q.due, some = true, true
			break
		}
	}
	return some
}

// Quiet lets clients poll once more, for no timer that is left would change anything,
// and reports whether any of them does. Without anybody's word that is so when all of
// them have fired in vain.
func (w *World) Quiet() bool { return w.still.others == 0 && w.pollLast() }

// Hushed reports whether that would let any of them poll.
func (w *World) Hushed() bool {
	if w.habits&Polls == 0 || w.still.others > 0 {
		return false
	}
	for c := range w.script.Clients() {
		if w.polls[c].when != w.still.effects() && w.couldPoll(c) {
			return true
		}
	}
	return false
}

// Due reports whether a pending event is a poll that is to come since nothing else is.
func (w *World) Due(p *Pending) bool {
	if p.What != PollDue {
		return false
	}
	c := p.poller()
	return w.polls[c].due
}

// Polled returns how often a client has polled, but for once when nothing else was to
// come.
func (w *World) Polled(client int) int { return w.polls[client].more }

// Pending returns what may happen next, as a [Chooser] gets it.
func (w *World) Pending() []Pending { return w.pending }

// couldPoll reports whether a client has anybody to read.
func (w *World) couldPoll(client int) bool { return w.polled(client) >= 0 }

// polled returns the first view that a client would read; -1 if there is none.
func (w *World) polled(client int) int {
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
	view := max(w.polled(c), c*MaxPersons)
	a := Action{Client: uint8(c), Person: uint8(view % MaxPersons), Errand: &Errand{Count: w.ledger.errands(view, nil) + 1}}
	return a.Label()
}

// idlePoll reports whether nothing would come of a poll: there is nobody to read, or
// the last has been read.
func (w *World) idlePoll(p *Pending) bool {
	c := p.poller()
	return !w.polls[c].due && (w.quieted == w.still.effects() || !w.couldPoll(c))
}

// busy reports whether anything is to come beside timers, and what clients read last.
func (w *World) busy() bool {
	if w.acting != 0 && !w.choosing {
		return true
	}
	for i := range w.pending {
		if p := &w.pending[i]; p.What != TimerFires && p.What != PollDue && !w.lastly(p) {
			return true
		}
	}
	return false
}

// lastly reports whether a pending event is of what a client reads last.
func (w *World) lastly(p *Pending) bool {
	r := w.of(p)
	return r != nil && r.First().Errand != nil && r.First().Errand.last
}
