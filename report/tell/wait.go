package tell

import (
	"slices"
	"strconv"

	"photofinish/sim"
)

// Waits says that action n waits after event i, and for whom, as
// "u3 waits for u2"; "" if it does not wait.
func (t *Teller) Waits(n, i int) string {
	if !t.waiting(n, i) {
		return ""
	}
	text := Label(t.Script, n) + " " + kinds[sim.EventHold].word
	if m := t.behind(n, i); m != 0 {
		text += " for " + Label(t.Script, m)
	}
	return text
}

// Fate says, behind a sentence about the server, where action n has got to by event i; ""
// if it has not been pressed, or n is 0.
func (t *Teller) Fate(n, i int) string {
	for k := i; k >= 0 && n > 0; k-- {
		e := &t.Events[k]
		if !e.Concerns(n) {
			continue
		}
		label, word, at := Label(t.Script, n), kinds[e.Kind].word, Rounded(e.At)+" ms"
		switch e.Kind {
		case sim.EventHold, sim.EventMerge, sim.EventBlock:
			return label + " still " + kinds[sim.EventHold].word + " in the client."
		case sim.EventDrop:
			return label + " was " + word + " at " + at + " and never leaves."
		case sim.EventRefuse:
			return label + " was " + word + " at " + at + "."
		case sim.EventFail:
			return label + " could not leave: its client was offline."
		case sim.EventSend:
			return label + " is on its way."
		case sim.EventLost:
			if e.Leg == sim.Uplink {
				return label + " was " + Lost(e.Leg) + "."
			}
		case sim.EventArrive:
			if e.Status != 200 {
				return "It refused " + label + " at " + at + ": " + Status(e.Status) + "."
			}
			return label + " landed on record " + strconv.Itoa(e.ID) + " at " + at + "."
		case sim.EventAct:
			return label + " has just been " + word + "."
		}
	}
	return ""
}

// waiting reports whether action n waits in the client after event i.
func (t *Teller) waiting(n, i int) bool {
	for k := i; k >= 0; k-- {
		if e := &t.Events[k]; e.Concerns(n) {
			switch e.Kind {
			case sim.EventBlock, sim.EventHold, sim.EventMerge:
				return true
			case sim.EventAct, sim.EventDrop, sim.EventRefuse, sim.EventSend:
				return false
			}
		}
	}
	return false
}

// behind returns the action on whose answer n waits after event i, 0 if it
// waits for none that is under way: the oldest of its person on its client. What
// waits for an id waits for a create first; what is held, if for nobody else, for
// another person; and what waits for the clock for nobody.
func (t *Teller) behind(n, i int) int {
	a, reason, forID := t.Script.Action(n), "", false
	for k := range t.Events[:i+1] {
		if e := &t.Events[k]; e.Action == n {
			reason = e.Reason
			forID = e.Kind == sim.EventBlock || reason == "queued" || reason == "merged"
		}
	}
	if reason == "waits for a pause" || reason == "the batch is open" {
		return 0
	}
	found, best := 0, 0
	for _, r := range t.flying(i) {
		m, near := r.Actions[0], 0
		b := t.Script.Action(m)
		switch {
		case m == n || b.Client != a.Client:
		case b.Person != a.Person && (reason == "held" || reason == "no connection free"):
			near = 1
		case b.Person == a.Person && forID && b.Do == sim.Create:
			near = 3
		case b.Person == a.Person:
			near = 2
		}
		if near > best {
			found, best = m, near
		}
	}
	return found
}

// flying returns the requests that the clients still wait for after event i,
// oldest first. They wait for what is lost too: they cannot know.
func (t *Teller) flying(i int) (open []*sim.Sent) {
	for k := range t.Events[:i+1] {
		switch e := &t.Events[k]; e.Kind {
		case sim.EventSend:
			open = append(open, e.Request)
		case sim.EventReply, sim.EventTimeout:
			open = slices.DeleteFunc(open, func(r *sim.Sent) bool { return r.Number == e.Request.Number })
		}
	}
	return open
}
