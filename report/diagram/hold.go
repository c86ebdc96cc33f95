package diagram

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// Rail is a party of a lane, and what it holds over time.
type Rail struct {
	Name   string // "screen" or "server"; of several screens, with the number of its client
	Server bool
	View   int // of a screen: whose it is, and whom it shows; see [sim.Action.View]
	Holds  []Hold
}

// Hold lasts on its rail from At to the next one. Exists and Writer are of the
// field in view.
type Hold struct {
	At     time.Duration
	Exists bool
	Writer sim.Writer
	State  sim.State // all fields
	ID     int       // of the record; on the screen, the id that the client knows
	Press  int       // the action that the user pressed to bring it about; 0: none
	Event  int       // the place of the event in the trace
	Alive  int       // at the server, how many records of this person are alive: this is the newest
	Closed bool      // the client of this screen is closed
	Opened bool      // it has been opened again, and shows nothing yet
}

// Compared reports whether what a screen shows can be held against the server: a
// screen that is closed, or has shown nothing since it was opened, cannot.
func (h *Hold) Compared() bool { return !h.Closed && !h.Opened }

// Absent says why a screen shows nobody after some holds: "closed", "deleted", or
// "nothing yet".
func Absent(holds []Hold) string {
	text := "nothing yet"
	for i := range holds {
		switch h := &holds[i]; {
		case h.Closed:
			text = "closed"
		case h.Exists:
			text = "deleted"
		case h.Opened:
			text = "nothing yet"
		}
	}
	return text
}

// LookAt puts a screen on the rails, above the server, and others below it.
func (l *Lane) LookAt(view int, others ...int) {
	if len(l.Rails) == 2 && l.View() == view && len(others) == 0 {
		return
	}
	rail := func(view int) Rail {
		r := Rail{Name: "screen", View: view}
		if len(others) > 0 {
			r.Name += " " + strconv.Itoa(view/sim.MaxPersons+1)
		}
		return r
	}
	l.Rails = []Rail{rail(view), {Name: "server", Server: true}}
	for _, other := range others {
		l.Rails = append(l.Rails, rail(other))
	}
	l.findHolds()
}

// Facing returns the same trial with other screens on its rails, where
// [Lane.LookAt] puts them.
func (l *Lane) Facing(view int, others ...int) *Lane {
	is := *l
	is.Rails = nil
	is.LookAt(view, others...)
	return &is
}

// Apart is [Lane.Facing] without what is about other persons than the one that the
// first screen shows.
func (l *Lane) Apart(view int, others ...int) *Lane {
	is := l.Facing(view, others...)
	theirs := func(n int) bool { return n > 0 && l.Script.Action(n).View()%sim.MaxPersons != view%sim.MaxPersons }
	is.Messages = slices.DeleteFunc(slices.Clone(l.Messages), func(m Message) bool { return theirs(m.Actions[0]) })
	is.Marks = slices.DeleteFunc(slices.Clone(l.Marks), func(m Mark) bool { return theirs(m.Action) })
	is.Anomalies = slices.DeleteFunc(slices.Clone(l.Anomalies), func(a judge.Anomaly) bool { return theirs(a.Actions[0]) })
	is.Waits = slices.DeleteFunc(slices.Clone(l.Waits), func(w Wait) bool { return theirs(w.Action) })
	return is
}

// Stranger names whose a message is that belongs to no screen on the rails, as
// "client 2" or "person 2"; "" if it does to one.
func (l *Lane) Stranger(m *Message) string {
	view := l.Script.Action(m.Actions[0]).View()
	if slices.ContainsFunc(l.Rails, func(r Rail) bool { return !r.Server && r.View == view }) {
		return ""
	}
	if person := view % sim.MaxPersons; person != l.View()%sim.MaxPersons {
		return "person " + strconv.Itoa(person+1)
	}
	return "client " + strconv.Itoa(view/sim.MaxPersons+1)
}

// View returns whose screen the first one is.
func (l *Lane) View() int { return l.Rails[0].View }

// Screen returns what the first screen shows, from when on.
func (l *Lane) Screen() []Hold { return l.Rails[0].Holds }

// Server returns what the server holds, from when on.
func (l *Lane) Server() []Hold { return l.Rails[1].Holds }

// RailOf returns the place of the screen that a message leaves or reaches: the
// first one, if its own is not on the rails.
func (l *Lane) RailOf(m *Message) int {
	view := l.Script.Action(m.Actions[0]).View()
	return max(slices.IndexFunc(l.Rails, func(r Rail) bool { return !r.Server && r.View == view }), 0)
}

func (l *Lane) findHolds() {
	records := map[int]sim.Record{}
	newest := 0
	for p := range l.Script.Givens() {
		if !l.showsGiven(p + 1) {
			continue
		}
		given := l.Script.Start(p)
		newest = p + 1
		records[newest] = sim.Record{State: given}
		for i := range l.Rails {
			if r := &l.Rails[i]; r.Server || r.View%sim.MaxPersons == p {
				r.Holds = append(r.Holds, Hold{Exists: true, Writer: given[l.Field], State: given, ID: newest, Event: -1})
			}
		}
	}
	for i := range l.Events {
		e := &l.Events[i]
		if e.Kind == sim.EventArrive && e.ID > 0 && e.Status == 200 && l.holds(e) {
			records[e.ID] = e.Record
			newest = max(newest, e.ID)
			l.Rails[1].Holds = change(l.Server(), l.alive(records, newest, e.At, i))
		}
		for k := range l.Rails {
			if r := &l.Rails[k]; !r.Server {
				l.show(r, i)
			}
		}
	}
}

// show adds to a screen's rail what event i makes it show.
func (l *Lane) show(r *Rail, i int) {
	e := &l.Events[i]
	p := &e.Views[r.View]
	h := Hold{At: e.At, Exists: !p.Deleted && p.State != sim.State{}, Writer: p.State[l.Field], State: p.State, ID: p.ID, Event: i}
	if n := len(r.Holds); n > 0 {
		h.Closed, h.Opened = r.Holds[n-1].Closed, r.Holds[n-1].Opened
	}
	if e.Kind == sim.EventAct && e.ClientOf(l.Script) == r.View/sim.MaxPersons {
		a := l.Script.Action(e.Action)
		h.Closed = a.Do == sim.Close || h.Closed && !a.Opens
		h.Opened = h.Opened || a.Opens
	}
	h.Exists = h.Exists && !h.Closed
	h.Opened = h.Opened && !h.Exists && !h.Closed
	r.Holds = change(r.Holds, h)
	for _, n := range l.happen(i) {
		if l.Script.Action(n).View() == r.View {
			h.Press = n
			r.Holds = append(r.Holds, h)
		}
	}
}

// showsGiven reports whether a record is that of a person who was given, and who is on
// one of the rails.
func (l *Lane) showsGiven(id int) bool {
	return id <= l.Script.Givens() && slices.ContainsFunc(l.Rails, func(r Rail) bool { return !r.Server && r.View%sim.MaxPersons == id-1 })
}

// holds reports whether the record of an arrival is of a person on the rails.
// Who was given keeps their record, though another client make it anew.
func (l *Lane) holds(e *sim.Event) bool {
	if e.ID <= l.Script.Givens() {
		return l.showsGiven(e.ID)
	}
	creator := e.Record.Creator
	return creator != 0 && slices.ContainsFunc(l.Rails, func(r Rail) bool { return !r.Server && r.View == l.Script.Action(creator).View() })
}

// happen returns the actions that happen at event i: the one that is pressed,
// unless it is blocked or refused, and those that were blocked until then.
func (l *Lane) happen(i int) []int {
	e := &l.Events[i]
	if e.Kind != sim.EventAct {
		return e.Unblocked
	}
	if i+1 < len(l.Events) {
		if next := &l.Events[i+1]; next.Action == e.Action && (next.Kind == sim.EventBlock || next.Kind == sim.EventRefuse) {
			return nil
		}
	}
	return []int{e.Action}
}

// alive returns what the server holds: the newest record that is alive.
func (l *Lane) alive(records map[int]sim.Record, newest int, at time.Duration, event int) Hold {
	h, of := Hold{At: at, Event: event}, 0
	for id := newest; id > 0; id-- {
		if r, ok := records[id]; ok && !r.Deleted {
			if !h.Exists {
				h.Exists, h.Writer, h.State, h.ID, of = true, r.State[l.Field], r.State, id, r.Creator
			}
			if of == 0 || r.Creator == 0 || l.Script.Action(of).View() == l.Script.Action(r.Creator).View() {
				h.Alive++
			}
		}
	}
	return h
}

// change appends h if it differs from what is held already.
func change(holds []Hold, h Hold) []Hold {
	was := Hold{}
	if n := len(holds); n > 0 {
		was = holds[n-1]
	}
	if was.Exists == h.Exists && was.State == h.State && was.ID == h.ID && was.Alive == h.Alive && was.Closed == h.Closed && was.Opened == h.Opened {
		return holds
	}
	return append(holds, h)
}

// At returns what is held at t.
func At(holds []Hold, t time.Duration) Hold {
	return last(Until(holds, t))
}

// Upto returns what is held after event i.
func Upto(holds []Hold, i int) Hold {
	return last(Through(holds, i))
}

// Until returns what was held up to t.
func Until(holds []Hold, t time.Duration) []Hold {
	return before(holds, func(h *Hold) bool { return h.At > t })
}

// Through returns what was held up to event i.
func Through(holds []Hold, i int) []Hold {
	return before(holds, func(h *Hold) bool { return h.Event > i })
}

// before returns what is held before something is too late.
func before(holds []Hold, late func(*Hold) bool) []Hold {
	for i := range holds {
		if late(&holds[i]) {
			return holds[:i]
		}
	}
	return holds
}

// last returns the last of some holds, an empty one if there is none.
func last(holds []Hold) (h Hold) {
	if n := len(holds); n > 0 {
		h = holds[n-1]
	}
	return h
}

// Differ returns the fields of which two sides hold other values, or all if
// only one of them holds anybody. What cannot be compared does not differ.
func (l *Lane) Differ(a, b Hold) (set sim.FieldSet) {
	switch {
	case !a.Compared() || !b.Compared():
		return 0
	case a.Exists != b.Exists:
		return 1<<sim.NumFields - 1
	}
	for f := range sim.NumFields {
		if a.Exists && l.Script.Value(a.State[f], f) != l.Script.Value(b.State[f], f) {
			set = set.With(f)
		}
	}
	return set
}

// Touch is something that happens at a rail: an action shows, or a message
// lands.
type Touch struct {
	At      time.Duration
	Event   int
	Press   int      // the action, or
	Message *Message // what lands: an answer at a screen, a request at the server
}

// Touches lists what happens at a rail, in order.
func (l *Lane) Touches(rail int) []Touch {
	var out []Touch
	r := &l.Rails[rail]
	for _, h := range r.Holds {
		if h.Press != 0 {
			out = append(out, Touch{At: h.At, Event: h.Event, Press: h.Press})
		}
	}
	for i := range l.Messages {
		if m := &l.Messages[i]; m.Up == r.Server && m.Lands() && (m.Up || l.Script.Action(m.Actions[0]).View() == r.View) {
			out = append(out, Touch{At: m.To, Event: m.Event, Message: m})
		}
	}
	slices.SortStableFunc(out, func(a, b Touch) int { return cmp.Or(a.Event-b.Event, a.Press-b.Press) }) // an answer before what it lets happen
	return out
}

// Ends returns what the first screen and the server hold when all is over.
func (l *Lane) Ends() (screen, server Hold) {
	return Upto(l.Screen(), len(l.Events)), Upto(l.Server(), len(l.Events))
}

// Holds says what is held of the field in view, and who wrote it, as
// "Ada Byron by u2". Its text is not cleaned.
func (l *Lane) Holds(h Hold) string {
	switch {
	case h.Closed:
		return "nothing: it is closed"
	case !h.Exists:
		return "nobody"
	case h.Writer == sim.Nobody:
		return "no " + l.Script.FieldName(l.Field)
	}
	text := fmt.Sprint(l.Script.Values[l.Script.Value(h.Writer, l.Field)])
	if by := tell.Writers(l.Script, h.Writer); by != "" {
		text += " by " + by
	}
	return text
}
