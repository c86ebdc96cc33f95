package markdown

import (
	"slices"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim"
)

// flying is a message on its way.
type flying struct {
	request *sim.Sent
	up      bool
}

// overtakings says of each arrival what it has overtaken, as "u3 overtook u2": what
// was sent before it from the same screen, the same way, and is still on its way.
// It says nothing where nobody could tell the difference.
func overtakings(t *report.Trial) map[*sim.Event]string {
	says := map[*sim.Event]string{}
	var air []flying // in the order in which they were sent
	for i := range t.Events {
		e := &t.Events[i]
		if e.Request == nil {
			continue
		}
		up := e.Kind == sim.EventArrive
		at := slices.IndexFunc(air, func(f flying) bool { return f.request.Number == e.Request.Number })
		switch e.Kind {
		case sim.EventSend:
			air = append(air, flying{e.Request, true})
		case sim.EventLost:
			if at >= 0 { // no news, which nobody sent, and not what was lost before
				air = slices.Delete(air, at, at+1)
			}
		case sim.EventArrive, sim.EventReply:
			if at < 0 || air[at].up != up {
				continue // the second copy of a request
			}
			if text := overtaken(t, air[:at], e, up); text != "" {
				says[e] = text
			}
			air = slices.Delete(air, at, at+1)
			if up {
				air = append(air, flying{e.Request, false})
			}
		}
	}
	return says
}

// overtaken says which of the messages before it event e has overtaken.
func overtaken(t *report.Trial, before []flying, e *sim.Event, up bool) string {
	is := tell.Labels(t.Script, e.Request.Actions)
	var slower []string
	for _, f := range before {
		was := tell.Labels(t.Script, f.request.Actions)
		if f.up == up && was != is && matters(t, f.request, e.Request, up) && !slices.Contains(slower, was) {
			slower = append(slower, was)
		}
	}
	if len(slower) == 0 {
		return ""
	}
	them := tell.AndMore(slower, 3, 2) // more of a burst
	if up {
		return is + " overtook " + them
	}
	return "the answer to " + is + " overtook that to " + them
}

// matters reports whether somebody can tell in which order two messages of one
// screen arrived: requests of which one changes what the other is about, and
// answers of which both show the record.
func matters(t *report.Trial, a, b *sim.Sent, up bool) bool {
	if t.Script.Action(a.Actions[0]).View() != t.Script.Action(b.Actions[0]).View() {
		return false
	}
	if !up {
		return shows(t.Script, a) && shows(t.Script, b)
	}
	switch {
	case a.Do != b.Do:
		return true
	case a.Do == sim.Fetch:
		return false
	}
	return a.Do != sim.Update || a.Sets&b.Sets != 0
}

// shows reports whether the answer to a request carries the record.
func shows(s *sim.Script, r *sim.Sent) bool {
	return r.Do == sim.Fetch || s.Network.Echo && r.Do != sim.Delete
}
