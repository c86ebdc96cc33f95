package tell

import (
	"slices"

	"photofinish/sim"
)

// Decided tells in a clause what event i was, which decided how its trial ended: "u3
// landed first".
func Decided(s *sim.Script, events []sim.Event, i int) string {
	e := &events[i]
	label := About(s, e)
	switch e.Kind {
	case sim.EventAct:
		return "you pressed " + label
	case sim.EventSend:
		return label + " left"
	case sim.EventArrive:
		switch {
		case e.Status >= 400:
			return label + " got " + Status(e.Status)
		case overtakes(events, i):
			return label + " landed first"
		}
		return label + " landed"
	case sim.EventBegin:
		return label + " began at the server"
	case sim.EventVisible:
		return label + " was visible to reads"
	case sim.EventReply:
		return "the answer to " + label + " came"
	case sim.EventPush:
		return "the news of " + News(s, e) + " came"
	case sim.EventLost:
		if e.Leg == sim.Downlink {
			label = "the answer to " + label
		}
		return label + " was lost"
	case sim.EventTimeout:
		return "nobody waited for " + label + " any more"
	case sim.EventWake:
		if next := Caused(events, i); next != nil && next.Kind == sim.EventSend {
			return About(s, next) + "'s turn came, and it left"
		}
		return label + "'s timer fired"
	case sim.EventOffline, sim.EventOnline:
		return Client(s, e.Client) + " was " + Word(e)
	}
	return label + " " + Does(e)
}

// overtakes reports whether another request was under way when that of event i landed,
// and landed later.
func overtakes(events []sim.Event, i int) bool {
	landed := func(r *sim.Sent, among []sim.Event) bool {
		return slices.ContainsFunc(among, func(e sim.Event) bool { return e.Kind == sim.EventArrive && e.Request.Number == r.Number })
	}
	return slices.ContainsFunc(events[:i], func(e sim.Event) bool {
		return e.Kind == sim.EventSend && e.Request.Number != events[i].Request.Number &&
			!landed(e.Request, events[:i]) && landed(e.Request, events[i+1:])
	})
}

// Caused returns what the strategy did about event i, which stands right behind it; nil
// if it did nothing.
func Caused(events []sim.Event, i int) *sim.Event {
	if i+1 == len(events) || events[i+1].Source.File == "" {
		return nil
	}
	return &events[i+1]
}
