package diagram

import (
	"slices"
	"time"

	"photofinish/sim"
)

// Spaced returns the events of a trial that no time decided at times at which they can be
// seen: what happens in one step together, and the next one ten milliseconds later.
func Spaced(events []sim.Event) []sim.Event {
	const step = 10 * time.Millisecond
	events = slices.Clone(events)
	at := -step
	for i := range events {
		e := &events[i]
		switch e.Kind {
		case sim.EventAct, sim.EventArrive, sim.EventReply, sim.EventTimeout, sim.EventWake, sim.EventPush,
			sim.EventOffline, sim.EventOnline, sim.EventBegin, sim.EventVisible:
			at += step
		case sim.EventAsk: // a poll; others come with what caused them
			if i == 0 || events[i-1].Kind != sim.EventReply && events[i-1].Kind != sim.EventAct {
				at += step
			}
		}
		e.At = max(at, 0)
	}
	return events
}
