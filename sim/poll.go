package sim

import "time"

// poll is what is known of a client that reads every so often: see [Network].Poll.
type poll struct {
	due  bool  // it is to read once more, since nothing else is to come
	when int32 // and has done so last at this count of effects; else -1
}

// startPolling lets each client read when the first while is over.
func (w *World) startPolling() {
	w.quieted = -1
	for c := range w.script.Clients() {
		w.polls[c] = poll{when: -1}
		w.pollAgain(c, 1)
	}
}

// pollAgain schedules the k-th poll of a client. It does not keep a trial going.
func (w *World) pollAgain(client, k int) {
	w.insert(time.Duration(k)*w.script.Network.Poll, PollDue, (k-1)*MaxClients+client+1)
}

// poller returns the client that a poll is of, and which of its polls it is.
func (p *Pending) poller() (client, k int) {
	return int(p.N-1) % MaxClients, int(p.N-1)/MaxClients + 1
}

// poll lets a client read each person of whom it has the id.
func (w *World) poll(p *Pending) {
	c, k := p.poller()
	q := &w.polls[c]
	nothing := w.Idle(p)
	if q.due {
		q.due = false
		w.still.others--
	}
	if k >= MaxEvents {
		w.tooMany("more than " + itoa(MaxEvents) + " polls")
		return
	}
	w.pollAgain(c, k+1)
	if nothing {
		return
	}
	w.still.changes++
	last := !w.busy()
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
			if by, _ := p.poller(); p.What != PollDue || by != c || q.due || q.when == w.quieted || !w.couldPoll(c) {
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
	c, _ := p.poller()
	view := max(w.polled(c), c*MaxPersons)
	a := Action{Client: uint8(c), Person: uint8(view % MaxPersons), Errand: &Errand{Count: w.ledger.errands(view, nil) + 1}}
	return a.Label()
}

// idlePoll reports whether nothing would come of a poll: there is nobody to read, or
// the last has been read.
func (w *World) idlePoll(p *Pending) bool {
	c, _ := p.poller()
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
