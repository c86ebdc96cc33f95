package session

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"photofinish/scenarios"
	"photofinish/sim"
)

// ErrClosed refuses what is pressed on a client that is closed at the cursor.
var ErrClosed = errors.New("closed: X opens it")

var errIdle = errors.New("nothing is done on this client yet: act there first")

var errSpans = errors.New("16 spans without network are as many as fit: z takes the last one back")

// An end of a span without network is selected by a number behind all actions: see
// [Session.SpanEnd].
const firstEnd = sim.MaxActions + 1

// EndNumber returns the number by which an end of span i is selected: where it begins,
// or where the client is back.
func EndNumber(i int, back bool) int {
	if back {
		return firstEnd + 2*i + 1
	}
	return firstEnd + 2*i
}

// SpanEnd returns the span of which an end is selected, and whether it is where the
// client is back; ok is false if none is.
func (s *Session) SpanEnd() (span int, back, ok bool) {
	n := s.Selected - firstEnd
	span, back = n/2, n%2 == 1
	return span, back, n >= 0 && span < len(s.Script.Offline) && (!back || s.Script.Offline[span].To != 0)
}

// EndLabel names an end of a span, as schedules do: "off@1", "on@2".
func EndLabel(o *sim.Span, back bool) string {
	at := "@" + string(rune('1'+o.Client))
	if back {
		return "on" + at
	}
	return "off" + at
}

func (s *Session) client() uint8 { return uint8(s.View / sim.MaxPersons) }

// Offline reports whether the client in view has no network at the cursor, and by
// which span.
func (s *Session) Offline() (span int, is bool) {
	span = slices.IndexFunc(s.Script.Offline, func(o sim.Span) bool {
		return o.Client == s.client() && o.From <= s.Now && (o.To == 0 || s.Now < o.To)
	})
	return span, span >= 0
}

// ToggleOffline takes the network from the client in view at the cursor, until it next
// has none anyway, or gives it back.
func (s Session) ToggleOffline() (Session, error) {
	script, at := copied(s.Script), min(s.Now.Truncate(time.Millisecond), latest)
	if i, is := s.Offline(); is {
		if o := &script.Offline[i]; o.From < at {
			o.To = at
		} else {
			script.Offline = slices.Delete(script.Offline, i, i+1)
		}
		return s.with(script).Select(0), nil
	}
	next := slices.IndexFunc(script.Offline, func(o sim.Span) bool { return o.Client == s.client() && o.From > s.Now })
	switch {
	case int(s.client()) >= script.Clients():
		return s, errIdle
	case next >= 0:
		script.Offline[next].From = at
	case len(script.Offline) >= scenarios.MaxSpans:
		return s, errSpans
	default:
		script.Offline = append(script.Offline, sim.Span{Client: s.client(), From: at})
		slices.SortStableFunc(script.Offline, func(a, b sim.Span) int { return cmp.Compare(a.From, b.From) })
	}
	return s.with(script).Select(0), nil
}

// moveEnd moves the end of a span that is selected, no further than to its other end
// or to the next span of its client.
func (s Session) moveEnd(by time.Duration) Session {
	i, back, _ := s.SpanEnd()
	script := copied(s.Script)
	o := &script.Offline[i]
	at, least, most := &o.From, time.Duration(0), time.Duration(latest)
	if back {
		at, least = &o.To, o.From+time.Millisecond
	} else if o.To != 0 {
		most = o.To - time.Millisecond
	}
	for k := range script.Offline {
		switch b := &script.Offline[k]; {
		case k == i || b.Client != o.Client:
		case k < i && !back:
			least = max(least, b.To)
		case k > i && back:
			most = min(most, b.From)
		}
	}
	to := min(max(*at+by, least), most)
	if to == *at {
		return s
	}
	*at = to
	next := s.with(script)
	next.Selected = s.Selected
	return next
}

func (s Session) deleteSpan() Session {
	i, _, _ := s.SpanEnd()
	script := copied(s.Script)
	script.Offline = slices.Delete(script.Offline, i, i+1)
	return s.with(script).Select(0)
}

// Closed reports whether the client in view is closed at the cursor.
func (s *Session) Closed() bool { return closedAt(s.Script, s.client(), s.Now) }

// closedAt reports whether a client is closed behind what is done up to an instant.
func closedAt(script *sim.Script, client uint8, at time.Duration) (closed bool) {
	for i := range script.Actions {
		if a := &script.Actions[i]; a.Client == client && a.At <= at && (a.Do == sim.Close || a.Opens) {
			closed = a.Do == sim.Close
		}
	}
	return closed
}

// ToggleClosed closes the client in view at the cursor, or opens it. It stays closed
// until the next thing that is done there, before which it is opened.
func (s Session) ToggleClosed() (Session, error) {
	if len(s.Script.Actions)+1 >= sim.MaxActions {
		return s, ErrFull
	}
	script, at, opening := copied(s.Script), min(s.Now.Truncate(time.Millisecond), latest), s.Closed()
	a := sim.Action{Do: sim.Close, Client: s.client(), At: at, Up: sim.Unpinned, Down: sim.Unpinned}
	open := a
	open.Do, open.Opens = sim.Fetch, true
	if opening {
		a = open
	}
	n := insert(script, a, len(script.Actions))
	then := slices.IndexFunc(script.Actions[n:], func(b sim.Action) bool { return b.Client == a.Client })
	if then >= 0 {
		switch b := &script.Actions[n+then]; {
		case opening && b.Opens: // it was opened later: now it is
			script.Actions = slices.Delete(script.Actions, n+then, n+then+1)
		case !opening && b.Do == sim.Close: // it was closed later
			script.Actions = slices.Delete(script.Actions, n+then, n+then+1)
		case !opening:
			open.At = b.At
			script.Actions = slices.Insert(script.Actions, n+then, open)
		}
	}
	return s.with(script).Select(0), nil
}

// reachable returns the script without what concerns a client on which nothing is done:
// a file cannot say it.
func reachable(script *sim.Script) *sim.Script {
	nobody := func(o sim.Span) bool { return int(o.Client) >= script.Clients() }
	if alone := script.Clients() == 1 && script.Network.Push; !alone && !slices.ContainsFunc(script.Offline, nobody) {
		return script
	}
	c := copied(script)
	c.Offline = slices.DeleteFunc(c.Offline, nobody)
	c.Network.Push = c.Network.Push && c.Clients() > 1
	return c
}

// coherent reports whether nothing is done on a client that is closed, and none is
// opened that is not.
func coherent(script *sim.Script) bool {
	var closed [sim.MaxClients]bool
	for i := range script.Actions {
		a := &script.Actions[i]
		if closed[a.Client] != a.Opens {
			return false
		}
		closed[a.Client] = a.Do == sim.Close
	}
	return true
}

// pair returns the number of the action that opens what action n closes, or closed what
// it opens; 0 if there is none.
func pair(script *sim.Script, n int) int {
	a := script.Action(n)
	if a.Opens {
		for m := n - 1; m > 0; m-- {
			if b := script.Action(m); b.Client == a.Client && b.Do == sim.Close {
				return m
			}
		}
		return 0
	}
	if a.Do == sim.Close {
		for m := n + 1; m <= len(script.Actions); m++ {
			if b := script.Action(m); b.Client == a.Client && b.Opens {
				return m
			}
		}
	}
	return 0
}
