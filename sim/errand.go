package sim

// MaxErrands bounds the errands of a trial. Past it nobody knows how the trial
// ends.
const MaxErrands = 1_000

// Errand says why a client reads without being asked to. As an action it is a
// fetch numbered above [MaxActions], whose Pressed in the ledger is when the
// client went to ask.
type Errand struct {
	Cause *Action // the action in whose wake it is; nil: of none
	Count int     // from 1: how many of that cause there have been on that screen
}

// label returns "f·u2" for the first errand of u2, "f·u2·2" for the second;
// without a cause "f·1", and whose it is.
func (e *Errand) label(a *Action) string {
	label := "f·"
	switch {
	case e.Cause == nil:
		label += itoa(e.Count)
	case e.Count == 1:
		return label + e.Cause.Label()
	default:
		return label + e.Cause.Label() + "·" + itoa(e.Count)
	}
	if a.Client > 0 {
		label += "@" + itoa(int(a.Client)+1)
	}
	if a.Person > 0 {
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

// errand returns a new errand on the screen in hand.
func (w *World) errand(cause *Action) *Action {
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
	a.Client, a.Person = uint8(w.inHand/MaxPersons), uint8(w.inHand%MaxPersons)
	a.At, a.Errand.Cause, a.Errand.Count = w.now, cause, 1
	for _, b := range l.Errands {
		if b.Errand.Cause == cause && b.View() == a.View() {
			a.Errand.Count++
		}
	}
	l.Errands = append(l.Errands, a)
	l.Fates[a.Number].Pressed = w.happens()
	if w.tracing {
		w.note(Event{Kind: EventAsk, Action: a.Number}, true)
	}
	return a
}

// Action returns the action of that number: the script's, or an errand.
func (l *Ledger) Action(s *Script, n int) *Action {
	if n > MaxActions {
		return l.Errands[n-MaxActions-1]
	}
	return &s.Actions[n-1]
}

// Script returns what the trial was of, with its errands: [Script.Action] finds
// them by number. What it returns stays as it is.
func (l *Ledger) Script(s *Script) *Script {
	if len(l.Errands) == 0 {
		return s
	}
	c, all := *s, make([]Action, MaxActions+len(l.Errands))
	c.Actions = all[:copy(all, s.Actions)]
	for i, a := range l.Errands {
		e := *a.Errand
		all[MaxActions+i] = *a
		all[MaxActions+i].Errand = &e
	}
	return &c
}
