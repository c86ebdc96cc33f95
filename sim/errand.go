package sim

import "slices"

// MaxErrands bounds the errands of a trial. Past it nobody knows how the trial
// ends.
const MaxErrands = 1_000

// Errand says why a client reads without being asked to. As an action it is a
// fetch numbered above [MaxActions], whose Pressed in the ledger is when the
// client went to ask.
type Errand struct {
	Cause *Action // the action in whose wake it is; nil: of none
	Count int     // from 1: how many of that cause there have been on that screen
	Own   bool    // it is of a client that is not ours: its requests are among [Ledger].Requests
	News  bool    // nobody asked: the server sent what another client had saved, and Pressed is when
	poll  bool    // it is a client's that reads every so often
}

// label returns "f·u2" for the first errand of u2 and "f·u2·2" for the second, "<u2@1"
// for the news of it on client 1, and without a cause "f·1". Behind it stands whose it
// is, as far as that is not the cause's own: "f·1@2/3".
func (e *Errand) label(a *Action) string {
	label, client, person := "f·"+itoa(e.Count), uint8(0), uint8(0)
	if e.Cause != nil {
		label, client, person = "f·"+e.Cause.Label(), e.Cause.Client, e.Cause.Person
		if e.News {
			label = "<" + e.Cause.Label()
		}
		if e.Count > 1 {
			label += "·" + itoa(e.Count)
		}
	}
	if a.Client != client || e.News {
		label += "@" + itoa(int(a.Client)+1)
	}
	if a.Person != person {
		label += "/" + itoa(int(a.Person)+1)
	}
	return label
}

// luck returns the luck of one attempt at an errand. It depends on the seed, on
// the errand's cause, screen and count, and on the attempt, in bits that no
// action's luck uses.
func (e *Errand) luck(l luck, a *Action, attempt int) luck {
	cause := 0
	if e.Cause != nil {
		cause = e.Cause.Number
	}
	key := 1<<31 | uint64(cause)<<20 | uint64(a.View())<<16 | uint64(e.Count)
	return luck(mix(uint64(l) + key<<32 + uint64(attempt)<<8))
}

// errand returns a new errand on a screen; nil if there have been [MaxErrands].
func (w *World) errand(view int, cause *Action) *Action {
	l := &w.ledger
	n := len(l.Errands)
	if n == MaxErrands {
		return nil
	}
	if n == len(w.errands) {
		w.errands = append(w.errands, &Action{
			Number: MaxActions + n + 1, Do: Fetch, Up: Unpinned, Down: Unpinned, Errand: new(Errand),
		})
	}
	a := w.errands[n]
	a.Client, a.Person = uint8(view/MaxPersons), uint8(view%MaxPersons)
	a.At = w.now
	*a.Errand = Errand{Cause: cause}
	a.Errand.Count = l.errands(view, cause) + 1
	l.Errands = append(l.Errands, a)
	return a
}

// errands returns how many errands of a cause there have been on a screen.
func (l *Ledger) errands(view int, cause *Action) int {
	for i := len(l.Errands) - 1; i >= 0; i-- {
		if a := l.Errands[i]; a.Errand.Cause == cause && a.View() == view {
			return a.Errand.Count
		}
	}
	return 0
}

// asks notes that a client goes on an errand.
func (w *World) asks(a *Action, m Moment) {
	w.ledger.Fates[a.Number].Pressed = m
	if w.tracing {
		w.note(Event{Kind: EventAsk, Action: a.Number}, w.foreign != nil)
	}
}

// readable reports whether a client can read a person: it is open, has the id, and a
// network.
func (w *World) readable(view int) bool {
	client := view / MaxPersons
	return w.ledger.Views[view].ID != 0 && !w.offline.Has(client) && !w.closed.Has(client)
}

// ask lets a client read a person, unasked, in the wake of an action or of none, and
// returns the errand; nil if there is none. Nobody is asked how it leaves: it goes past
// the queues of the strategy, and needs but a connection.
func (w *World) ask(view int, cause *Action) *Action {
	if !w.readable(view) {
		return nil
	}
	return w.goAsk(view, cause)
}

// goAsk is ask, whether or not the client has the id or a network.
func (w *World) goAsk(view int, cause *Action) *Action {
	a := w.errand(view, cause)
	if a == nil {
		w.tooMany("more than " + itoa(MaxErrands) + " reads that nobody asked for")
		return nil
	}
	w.asks(a, w.passes())
	r := w.unasked(a)
	r.ID = w.ledger.Views[view].ID
	w.send(r, false)
	return a
}

func (w *World) unasked(a *Action) *Request {
	r := w.newRequest()
	r.Do, r.key, r.Own = Fetch, a, true
	r.Actions = append(r.Actions, a)
	return r
}

// tooMany ends a trial of which there is too much: nobody knows how it would go on.
func (w *World) tooMany(why string) {
	l := &w.ledger
	l.Bounded, l.Why = true, why
	w.pending, w.still.others, w.acting = w.pending[:0], 0, nil
	w.bound, w.heed = 0, 0
}

// errand reports whether the request is one that the world has made, of an errand or
// of news.
func (r *Request) errand() bool { return r.key.Errand != nil && r.own == nil }

// happensTo is happens for what befalls a request.
func (w *World) happensTo(r *Request) Moment {
	if w.habits == 0 || !r.errand() {
		w.ledger.Settled = w.now
	}
	return w.passes()
}

// reread lets the client read once more what the request was to change, now that it
// has heard of the end of it.
func (w *World) reread(r *Request) {
	if r.Do != Fetch && r.status != 0 && (r.Do != Delete || r.status != 200) {
		w.ask(r.First().View(), r.First())
	}
}

// read gives the client what an errand has brought. It is no matter of the
// strategy's, which would take it for the reply to what itself has asked: unless
// that is a [Reader] it is taken. A refusal is nothing to anybody.
func (w *World) read(r *Request) {
	if r.status != 200 {
		return
	}
	w.inHand = r.First().View()
	reply := &w.handed
	reply.Request, reply.Status, reply.Version, reply.TimedOut, reply.Unsent = r, 200, r.version, false, false
	if r.void != 0 {
		reply.Version = 0
	}
	if reader, ok := under[Reader](w.strategy, w.inHand); ok {
		reader.Read(&w.client, reply)
		return
	}
	w.client.Take(reply)
}

// cancelReads makes the reads of a view void that are under way as an action is pressed,
// or runs after all: what they bring would be older than it.
func (w *World) cancelReads(a *Action, pressed Moment) {
	view := a.View()
	for _, r := range w.requests[:w.posted] {
		by := r.First()
		if r.Do != Fetch || r.ended || by.View() != view && !(by.Lists && by.Client == a.Client) || by.Errand != nil && by.Errand.News {
			continue
		}
		waits := slices.Contains(w.wires[a.Client].waiting, r) && w.ledger.Fates[by.Number].Pressed < pressed
		if waits || r.left != 0 && r.left < pressed {
			r.void = r.void.With(view)
		}
	}
}

// PressedSince reports whether an action was pressed since the client asked for what a
// read has brought; of news, since the server sent it.
func (c *Client) PressedSince(a *Action, r *Reply) bool {
	fates := &c.w.ledger.Fates
	return a != nil && fates[r.First().Number].Pressed < fates[a.Number].Pressed
}

// Reread lets the client read the person anew, unasked, if it knows the id.
func (c *Client) Reread() { c.w.ask(c.w.inHand, nil) }

// Action returns the action of that number: the script's, or an errand.
func (l *Ledger) Action(s *Script, n int) *Action {
	if n > MaxActions {
		return l.Errands[n-MaxActions-1]
	}
	return &s.Actions[n-1]
}

// Script returns what the trial was of, with its errands and its sums:
// [Script.Action] finds the ones by number, and [Script.Value] the values of the
// others. What it returns stays as it is.
func (l *Ledger) Script(s *Script) *Script {
	if len(l.Errands) == 0 && len(l.Sums) == 0 {
		return s
	}
	c := *s
	if c.withSums(l.Sums); len(l.Errands) == 0 {
		return &c
	}
	all := make([]Action, MaxActions+len(l.Errands))
	c.Actions = all[:copy(all, s.Actions)]
	for i, a := range l.Errands {
		e := *a.Errand
		all[MaxActions+i] = *a
		all[MaxActions+i].Errand = &e
	}
	return &c
}
