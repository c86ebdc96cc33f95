package diagram

import (
	"slices"
	"strconv"
	"time"

	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// Message is one leg of a request.
type Message struct {
	Actions  []int
	Request  int // its number
	Up       bool
	From, To time.Duration // To is [Forever] if it was still on its way when the trial was stopped
	Status   int           // of the answer; on an uplink, what the server will say
	Lost     bool          // it never arrives: To is only where it is drawn to
	Taken    bool          // the answer brought the client something: an id, a body
	Create   bool
	Late     bool // the answer came after the client had given up
	Over     int  // the newer action whose value this one replaces; 0: none
	Under    int  // another client's action that stays over this one, by a later stamp; 0: none
	Writes   bool // it changes what the server holds
	Errand   bool // nobody pressed for it: the client has read by itself
	News     bool // it is no answer: the server sent it for another client's save
	Beacon   bool // nobody waits for its answer
	Copy     bool // the network has delivered the request once before
	Event    int  // the place of its end in the trace
}

// Lands reports whether the message is known to arrive.
func (m *Message) Lands() bool { return !m.Lost && m.To != Forever }

// lostFor is how long a message is drawn that never arrives.
const lostFor = 60 * time.Millisecond

// flight is a leg that has begun.
type flight struct {
	from time.Duration
	sent *sim.Sent
	up   bool
}

// findMessages pairs every send with its arrival, and that with its answer.
func (l *Lane) findMessages() {
	open := map[int]flight{}        // by request
	sent := map[int]time.Duration{} // when it left
	beacons := map[int]bool{}
	for i := range l.Events {
		e := &l.Events[i]
		if e.Kind == sim.EventPush {
			l.Messages = append(l.Messages, l.news(i))
		}
		if e.Request == nil {
			continue
		}
		n := e.Request.Number
		m := Message{
			Actions: e.Request.Actions, Request: n, From: open[n].from, To: e.At,
			Status: e.Status, Create: e.Request.Do == sim.Create, Event: i,
			Errand: l.Script.Action(e.First()).Errand != nil, Beacon: beacons[n],
		}
		switch e.Kind {
		case sim.EventSend:
			open[n], sent[n], beacons[n] = flight{e.At, e.Request, true}, e.At, e.Beacon
			continue
		case sim.EventArrive:
			m.Up, m.Over, m.Under, m.From = true, l.covers(i), l.stays(i), sent[n]
			m.Writes = e.Status == 200 && e.Request.Do != sim.Fetch
			if m.Copy = !open[n].up; m.Beacon {
				delete(open, n)
			} else if !m.Copy {
				open[n] = flight{e.At, e.Request, false}
			}
		case sim.EventReply:
			m.Over = l.replaces(i)
			m.Taken = m.Create && e.Status == 200 && !e.Ignored && !e.Late
			m.Late = e.Late
			delete(open, n)
		case sim.EventLost:
			if errand := l.Script.Action(e.First()).Errand; errand != nil && errand.News {
				m.News, m.From = true, l.newsLeft(errand, e.At)
			}
			m.Up, m.Lost, m.To = e.Leg == sim.Uplink, true, e.At+lostFor
			delete(open, n)
		default:
			continue
		}
		l.Messages = append(l.Messages, m)
	}
	for n := range len(l.Events) + 1 {
		if f, flying := open[n]; flying {
			l.Messages = append(l.Messages, Message{
				Actions: f.sent.Actions, Request: n, Up: f.up, From: f.from, To: Forever, Create: f.sent.Do == sim.Create, Event: len(l.Events),
			})
		}
	}
}

// news returns the message that event i, the arrival of a push, ends. It was sent when
// the server carried out what it tells of.
func (l *Lane) news(i int) Message {
	e := &l.Events[i]
	m := Message{Actions: []int{e.Action}, From: e.At, To: e.At, Status: 200, Errand: true, News: true, Over: l.replaces(i), Event: i}
	if errand := l.Script.Action(e.Action).Errand; errand != nil {
		m.From = l.newsLeft(errand, e.At)
	}
	return m
}

// Flies adds news to the picture that is on its way still: action is the errand that
// brings it, of which no event tells before it arrives.
func (l *Lane) Flies(action int) {
	if errand := l.Script.Action(action).Errand; errand != nil {
		l.Messages = append(l.Messages, Message{
			Actions: []int{action}, From: l.newsLeft(errand, 0), To: Forever, Errand: true, News: true, Event: len(l.Events),
		})
	}
}

// newsLeft returns when news was sent: when the server carried out what it tells of.
func (l *Lane) newsLeft(errand *sim.Errand, unknown time.Duration) time.Duration {
	left, count := unknown, 0
	if errand.Cause == nil {
		return left
	}
	for k := range l.Events {
		if a := &l.Events[k]; a.Kind == sim.EventArrive && a.Status == 200 && a.First() == errand.Cause.Number {
			if count++; count == errand.Count {
				left = a.At
			}
		}
	}
	return left
}

// covers returns the newer action that the older write of event i lands on.
func (l *Lane) covers(i int) int {
	e := &l.Events[i]
	if e.Status != 200 || e.Request.Do == sim.Create {
		return 0
	}
	before := l.recordBefore(i, e.ID)
	for f := range e.Request.Sets.All {
		was, is := before[f], e.Record.State[f]
		n := l.Script.Wrote(was)
		if l.overrides(l.Script.Wrote(is), n) && l.Script.Value(was, f) != l.Script.Value(is, f) && !l.Script.Has(is, n) {
			return n
		}
	}
	return 0
}

// overrides reports whether a write that lands on another should not have: it
// is older, or it is another client's, which had not seen it.
func (l *Lane) overrides(is, was int) bool {
	if is < 1 || was < 1 || l.Script.Action(is).View() == l.Script.Action(was).View() {
		return was > is
	}
	return slices.ContainsFunc(l.Anomalies, func(a judge.Anomaly) bool {
		return a.Kind == judge.LostUpdate && a.Actions[0] == was && a.Actions[1] == is
	})
}

// stays returns the action of another client that stands after event i, though
// the write which has just come was newer.
func (l *Lane) stays(i int) int {
	e := &l.Events[i]
	for _, a := range l.Anomalies {
		if a.Kind != judge.LostUpdate || e.Status != 200 || !slices.Contains(e.Request.Actions, a.Actions[0]) {
			continue
		}
		for f := range e.Request.Sets.All {
			if l.Script.Has(e.Record.State[f], a.Actions[1]) {
				return a.Actions[1]
			}
		}
	}
	return 0
}

// recordBefore returns what a record held before event i.
func (l *Lane) recordBefore(i, id int) sim.State {
	for k := i - 1; k >= 0; k-- {
		if e := &l.Events[k]; e.Kind == sim.EventArrive && e.ID == id && e.Status == 200 {
			return e.Record.State
		}
	}
	return sim.State{}
}

// replaces returns the newer edit that the answer of event i, if it is taken, wipes
// off the screen.
func (l *Lane) replaces(i int) int {
	e := &l.Events[i]
	if e.Ignored || e.Late {
		return 0
	}
	for f, was := range l.Before(i).State {
		n := l.Script.Wrote(was)
		if n < 1 || l.Script.Action(n).View() != l.of(i).View() {
			continue // what another client had written is no edit of this screen
		}
		is := l.Shown(i).State[f]
		if l.Script.Value(was, f) != l.Script.Value(is, f) && l.Newer(was, is) && !l.Script.Has(is, n) {
			return n
		}
	}
	return 0
}

// Note says what was wrong about the end of a message, in more and in fewer
// words and with its gravity; "" if nothing was.
func (l *Lane) Note(m *Message) (long, short string, of judge.Verdict) {
	other := m.Over
	switch {
	case m.Up && m.Status >= 400:
		text := "✗ " + strconv.Itoa(m.Status)
		return text, text, l.Gravity(m.Actions...)
	case m.Up && m.Over != 0:
		long, short = tell.Overwrites(l.Label(m.Over))
	case m.Under != 0:
		other, long = m.Under, tell.Stays(l.Label(m.Under))
		short = long
	case m.Over != 0:
		long, short = tell.Replaces(l.Label(m.Over))
	default:
		return "", "", judge.OK
	}
	return long, short, l.Gravity(append([]int{other}, m.Actions...)...)
}

// Spent reports whether an answer landed that the client had no use for: it had
// given up, or did not take the id that it brought.
func (m *Message) Spent() bool { return !m.Up && (m.Late || m.Create && !m.Taken) }

// Crossing is where two requests cross.
type Crossing struct {
	Rail    int // of the screen that both come from
	At      time.Duration
	Depth   float64 // 0 at the screen, 1 at the server
	By      time.Duration
	Gravity judge.Verdict
	Apart   bool // they come from two screens, of which not both are on the rails
}

// Crossings returns where requests cross that have arrived. By is when the
// later of the two arrives.
func (l *Lane) Crossings() (out []Crossing) {
	for i, a := range l.Messages {
		for _, b := range l.Messages[i+1:] {
			if !a.Up || !b.Up || !a.Lands() || !b.Lands() || l.RailOf(&a) != l.RailOf(&b) {
				continue
			}
			if a.From > b.From {
				a, b = b, a
			}
			if a.From == b.From || a.To <= b.To {
				continue
			}
			// Both fall at a constant rate; they meet where they are equally low.
			fa, fb := float64(a.To-a.From), float64(b.To-b.From)
			part := float64(b.From-a.From) / (fa - fb)
			apart := l.Script.Action(a.Actions[0]).View() != l.Script.Action(b.Actions[0]).View()
			out = append(out, Crossing{l.RailOf(&a), a.From + time.Duration(part*fa), part, a.To, l.Gravity(slices.Concat(a.Actions, b.Actions)...), apart})
		}
	}
	return out
}

// Leg names a message: one leg of the request that an action is the first of.
// The zero value names none.
type Leg struct {
	Action int
	Leg    sim.Leg
}

// Leg returns the name of the message.
func (m *Message) Leg() Leg {
	if m.Up {
		return Leg{m.Actions[0], sim.Uplink}
	}
	return Leg{m.Actions[0], sim.Downlink}
}
