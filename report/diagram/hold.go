package diagram

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"photofinish/sim"
)

// Hold is what one side holds of the field in view from an instant on.
type Hold struct {
	At     time.Duration
	Exists bool
	Writer sim.Writer
	State  sim.State // all fields
	ID     int       // of the record; on the screen, the id that the client knows
	Press  int       // the action that the user pressed to bring it about; 0: none
	Event  int       // the place of the event in the trace
}

// findHolds follows both sides.
func (l *Lane) findHolds() {
	records := map[int]sim.Record{}
	given := l.Script.Given && l.View%sim.MaxPersons == 0
	if given {
		w := sim.Nobody
		if l.Script.GivenSets.Has(l.Field) {
			w = sim.Given
		}
		var r sim.Record
		for f := range l.Script.GivenSets.All {
			r.State[f] = sim.Given
		}
		records[1] = r
		h := Hold{Exists: true, Writer: w, State: r.State, ID: 1, Event: -1}
		l.Screen, l.Server = append(l.Screen, h), append(l.Server, h)
	}
	newest := len(records)
	for i := range l.Events {
		e := &l.Events[i]
		if e.Kind == sim.EventArrive && e.ID > 0 && e.Status == 200 && l.holds(e, given) {
			records[e.ID] = e.Record
			newest = max(newest, e.ID)
			l.Server = change(l.Server, alive(records, newest, l.Field, e.At, i))
		}
		p := &e.Screens[l.View]
		h := Hold{At: e.At, Exists: !p.Deleted && p.State != sim.State{}, Writer: p.State[l.Field], State: p.State, ID: p.ID, Event: i}
		l.Screen = change(l.Screen, h)
		for _, n := range l.happen(i) {
			if l.Script.Action(n).View() == l.View {
				h.Press = n
				l.Screen = append(l.Screen, h)
			}
		}
	}
}

// holds reports whether the record of an arrival is of the person in view. Who
// was given keeps their record, though another client make it anew.
func (l *Lane) holds(e *sim.Event, given bool) bool {
	if l.Script.Given && e.ID == 1 {
		return given
	}
	creator := e.Record.Creator
	return creator != 0 && l.Script.Action(creator).View() == l.View
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
func alive(records map[int]sim.Record, newest, field int, at time.Duration, event int) Hold {
	for id := newest; id > 0; id-- {
		if r, ok := records[id]; ok && !r.Deleted {
			return Hold{At: at, Exists: true, Writer: r.State[field], State: r.State, ID: id, Event: event}
		}
	}
	return Hold{At: at, Event: event}
}

// change appends h if it differs from what is held already.
func change(holds []Hold, h Hold) []Hold {
	was := Hold{}
	if n := len(holds); n > 0 {
		was = holds[n-1]
	}
	if was.Exists == h.Exists && was.State == h.State && was.ID == h.ID {
		return holds
	}
	return append(holds, h)
}

// At returns what is held at t.
func At(holds []Hold, t time.Duration) Hold {
	h := Hold{}
	for _, next := range holds {
		if next.At > t {
			break
		}
		h = next
	}
	return h
}

// Upto returns what is held after event i.
func Upto(holds []Hold, i int) Hold {
	h := Hold{}
	for _, next := range holds {
		if next.Event > i {
			break
		}
		h = next
	}
	return h
}

// Differ returns the fields of which two sides hold other values, or all if
// only one of them holds anybody.
func (l *Lane) Differ(a, b Hold) (set sim.FieldSet) {
	if a.Exists != b.Exists {
		return 1<<sim.NumFields - 1
	}
	for f := range sim.NumFields {
		if a.Exists && l.Script.Value(a.State[f], f) != l.Script.Value(b.State[f], f) {
			set = set.With(f)
		}
	}
	return set
}

// Touch is something that happens at the screen's rail: an action shows, or an
// answer lands.
type Touch struct {
	At    time.Duration
	Event int
	Press int      // the action, or
	Reply *Message // the answer
}

// Touches lists what happens at the screen's rail, in order.
func (l *Lane) Touches() []Touch {
	var out []Touch
	for _, h := range l.Screen {
		if h.Press != 0 {
			out = append(out, Touch{At: h.At, Event: h.Event, Press: h.Press})
		}
	}
	for i := range l.Messages {
		if m := &l.Messages[i]; !m.Up && !m.Lost && m.To != Forever && l.Script.Action(m.Actions[0]).View() == l.View {
			out = append(out, Touch{At: m.To, Event: m.Event, Reply: m})
		}
	}
	slices.SortFunc(out, func(a, b Touch) int { return cmp.Or(a.Event-b.Event, a.Press-b.Press) }) // an answer before what it lets happen
	return out
}

// Ends returns what both sides hold when all is over.
func (l *Lane) Ends() (screen, server Hold) {
	return Upto(l.Screen, len(l.Events)), Upto(l.Server, len(l.Events))
}

// Holds says what is held of the field in view, and who wrote it, as
// "Ada Byron by u2". Its text is not cleaned.
func (l *Lane) Holds(h Hold) string {
	switch {
	case !h.Exists:
		return "nobody"
	case h.Writer == sim.Nobody:
		return "no " + l.Script.FieldName(l.Field)
	}
	text := fmt.Sprint(l.Script.Values[l.Script.Value(h.Writer, l.Field)])
	if n := h.Writer.Action(); n > 0 {
		text += " by " + l.Label(n)
	}
	return text
}
