package sim

// Habits is a set of what a script asks of the world beyond clicks and messages. Of a
// script that asks for nothing of it, it is 0, and nothing of it is looked at.
type Habits uint16

// The habits.
const (
	Rereads  Habits = 1 << iota // [Network].Reread
	Polls                       // [Network].Poll
	Pushes                      // [Network].Push
	Cancels                     // [Network].Cancel
	Lags                        // [Network].Lag
	Torn                        // [Network].Torn
	UsesKeys                    // [Network].KeyInUse
	Offlines                    // [Script].Offline
	Closes                      // a client is closed, or opened
	Adds                        // an update adds, or appends
	Lists                       // a step reads all persons
	Parents                     // a create needs the record of another one
)

// Begins reports whether it matters when the server begins to work at a request: that is
// an event of its own then, before that of the end.
func (s *Script) Begins() bool { return s.Network.Torn || s.Network.KeyInUse }

// Enters reports whether it matters when a request gets to the server, and is not lost
// any more if its client goes offline: before the server begins with it, or is done.
func (s *Script) Enters() bool {
	return len(s.Offline) > 0 && s.TakesTime() && (!s.Begins() || s.Network.Workers > 0)
}

// reaching returns with which event a request gets to the server.
func (w *World) reaching() What {
	switch {
	case w.script.Network.Workers > 0, w.habits&Offlines != 0 && w.script.Enters():
		return RequestEnters
	case w.habits&begins != 0:
		return RequestBegins
	}
	return RequestArrives
}

// Habits returns those of a script.
func (s *Script) Habits() Habits {
	h := s.setting()
	for i := range s.Actions {
		h |= s.Actions[i].habits()
	}
	return h
}

// setting returns the habits that the script has whatever is done.
func (s *Script) setting() (h Habits) {
	n := &s.Network
	h.note(Rereads, n.Reread)
	h.note(Polls, n.Poll > 0)
	h.note(Pushes, n.Push)
	h.note(Cancels, n.Cancel)
	h.note(Lags, n.Lag.Dist != Constant || n.Lag.A != 0)
	h.note(Torn, n.Torn)
	h.note(UsesKeys, n.KeyInUse)
	h.note(Offlines, len(s.Offline) > 0)
	return h
}

func (a *Action) habits() (h Habits) {
	h.note(Closes, a.Do == Close || a.Opens)
	h.note(Lists, a.Lists)
	h.note(Parents, a.Parent != 0)
	h.note(Adds, a.Adds != 0)
	return h
}

// note adds a habit, if the script has it.
func (h *Habits) note(habit Habits, has bool) {
	if has {
		*h |= habit
	}
}

// follow does what comes right behind an event.
func (w *World) follow() {
	if len(w.unsent) > 0 {
		w.tellUnsent()
	}
	if w.habits&Polls != 0 {
		w.hush()
	}
	if w.tracing {
		w.sealed = max(0, min(w.sealed, len(w.trace.Events)-1)) // the last event has what the step leaves
		w.seal()
	}
}

// passesBy lets a pending event happen that no trial is kept going by, and reports
// whether it is one. It returns the event, so that nobody has to keep it meanwhile.
func (w *World) passesBy(p Pending) (same Pending, passes bool) {
	switch p.What {
	case PollDue:
		w.poll(&p)
	case WriteVisible:
		w.becomesVisible(&p)
	case RequestEnters, DuplicateEnters:
		return p, false
	default:
		if w.OfPoll(&p) {
			w.still.changes-- // which is counted: no timer has to do with it
		}
		return p, false
	}
	return p, true
}

// startHabits does what the habits do before anything has happened.
func (w *World) startHabits() {
	if w.habits&Polls != 0 {
		w.startPolling()
	}
	if w.habits&Lags != 0 {
		w.copied, w.turns = append(w.copied[:0], w.ledger.Records...), w.turns[:0]
	}
	if w.habits&Pushes != 0 {
		copy(w.told[:], w.ledger.Records)
	}
}

// live forgets what became of the habits of the last script. A client that is not ours
// reads by itself, and of what it has not asked for it has no way to hear: reads that
// nobody presses, and what becomes of them, are its own affair.
func (w *World) live() {
	if w.foreign != nil {
		w.habits &^= Rereads | Polls | Pushes | Cancels
	}
	w.closed, w.shuts = 0, [MaxClients]int32{}
	w.ended, w.offline, w.unsent = spanEnd{n: -1}, 0, w.unsent[:0]
	w.jobs, w.job, w.seenUntil = w.jobs[:0], job{}, 0
}
