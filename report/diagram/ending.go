package diagram

import (
	"slices"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/sim"
)

// FaultKind is what can befall an action on the way, however well all ends.
type FaultKind uint8

// The faults. To be blocked or queued for a while is none.
const (
	Dropped     FaultKind = iota // thrown away by the client
	Refused                      // the client said no, or the server did
	Lost                         // a leg of its request was lost
	Told                         // the user was told that it did not happen
	Overwritten                  // what it wrote was written over, or deleted, by an older one
	Repeated                     // it left, or came in, more than once
	Unsent                       // it waits in the client to the end
)

// faults are told in a word, and in a sentence of one action.
var faults = [...]struct{ word, says string }{
	Dropped:  {"dropped", "was dropped"},
	Refused:  {"refused", "was refused"},
	Lost:     {"lost", "was lost on the way"},
	Told:     {"reported", "was reported as failed"},
	Repeated: {"repeated", "went more than once"},
	Unsent:   {"unsent", "never left"},

	Overwritten: {"overwritten", ""}, // both of them are told
}

// String returns the word of a fault.
func (k FaultKind) String() string { return faults[k].word }

// Fault is one thing that befell an action.
type Fault struct {
	Kind     FaultKind
	Action   int           // whom it befell; of Overwritten, the newer one
	By       int           // of Overwritten, the older one; else 0
	From, To time.Duration // of Overwritten, until all of it was written anew, or deleted; To is [Forever] if it never was

	leg    sim.Leg      // of Lost
	record int          // of Overwritten
	fields sim.FieldSet // that are written over still
}

// Ending is what happened on the way to the end of a trial, and what stands
// there. It is read from the trace alone: no verdict has a part in it.
type Ending struct {
	Faults  []Fault // in the order in which they happened, each once
	Merged  []int   // the actions of the last request in which the value of one took the place of another's
	Outrun  []int   // those that came in after newer ones, and changed nothing
	Inverse bool    // some took effect in another order than they were pressed in
	Stands  int     // whose value stands at the server, in a field that the last of all this is about; 0: nobody's
}

// Clean reports whether all that was asked for happened, once and in order.
func (e *Ending) Clean() bool {
	return !e.Healed() && len(e.Merged) == 0 && len(e.Outrun) == 0 && !e.Inverse
}

// Healed reports whether an end that is ok is so in spite of something.
func (e *Ending) Healed() bool { return len(e.Faults) > 0 }

// Ending returns what happened on the way. It is not to be changed.
func (l *Lane) Ending() Ending { return l.ending }

// findEnding reads the trace.
func (l *Lane) findEnding() {
	r := endingReader{Lane: l, records: map[int]sim.Record{}, fates: make([]onTheWay, len(l.Script.Actions)+1)}
	for p := range l.Script.Givens() {
		r.records[p+1] = sim.Record{State: l.Script.Start(p)}
	}
	for i := range l.Events {
		r.read(&l.Events[i])
	}
	r.finish()
	l.ending = r.Ending
}

// endingReader goes through a trace.
type endingReader struct {
	*Lane
	Ending
	records map[int]sim.Record
	fates   []onTheWay // by action
	about   int        // the action that is spoken of last
	closed  [sim.MaxClients]bool
}

// onTheWay is what is known of an action.
type onTheWay struct {
	pressed, ended bool // ended: sent, dropped or refused
	sent, came     int  // how often
	missing        sim.FieldSet
	landed         bool
}

// asked reports whether an action is the user's, and no errand of a client.
func (r *endingReader) asked(n int) bool { return n > 0 && n < len(r.fates) }

// fault notes that something befell an action.
func (r *endingReader) fault(f Fault) {
	same := func(g Fault) bool { return g.Kind == f.Kind && g.Action == f.Action && g.leg == f.leg }
	if r.asked(f.Action) && !slices.ContainsFunc(r.Faults, same) {
		r.Faults, r.about = append(r.Faults, f), f.Action
	}
}

// read notes what an event tells of the actions that it is about.
func (r *endingReader) read(e *sim.Event) {
	for _, n := range e.About() {
		if !r.asked(n) {
			continue
		}
		a, f := &r.fates[n], Fault{Action: n, From: e.At, To: e.At}
		switch e.Kind {
		case sim.EventAct:
			a.pressed, a.missing = true, r.Script.Action(n).Sets
			r.leaves(e, a)
			continue
		case sim.EventDrop:
			a.ended, f.Kind = true, Dropped
		case sim.EventRefuse:
			a.ended, f.Kind = true, Refused
		case sim.EventLost:
			if f.Kind, f.leg = Lost, e.Leg; e.Leg == sim.Downlink && r.closed[e.ClientOf(r.Script)] {
				continue // nobody is there to hear it
			}
		case sim.EventTell:
			f.Kind = Told
		case sim.EventSend:
			if a.ended, a.sent = true, a.sent+1; a.sent == 1 {
				continue
			}
			f.Kind = Repeated
		case sim.EventArrive:
			if a.came++; a.came > 1 {
				r.fault(Fault{Kind: Repeated, Action: n, From: e.At, To: e.At})
			}
			if e.Status == 200 {
				continue
			}
			f.Kind = Refused
		default:
			continue
		}
		r.fault(f)
	}
	if e.Kind == sim.EventArrive && e.Status == 200 {
		r.lands(e)
	}
}

// leaves notes that a client is closed by a press, which has happened then, or opened.
func (r *endingReader) leaves(e *sim.Event, a *onTheWay) {
	switch act := r.Script.Action(e.Action); {
	case act.Do == sim.Close:
		a.ended, r.closed[e.ClientOf(r.Script)] = true, true
	case act.Opens:
		r.closed[e.ClientOf(r.Script)] = false
	}
}

// lands notes what a request does to the record that it lands on.
func (r *endingReader) lands(e *sim.Event) {
	for _, n := range e.Request.Actions {
		if r.asked(n) {
			r.fates[n].landed = true
			r.Inverse = r.Inverse || r.fates[n].came == 1 && r.overtaken(e, n)
		}
	}
	if e.Request.Do == sim.Fetch {
		return
	}
	before, was := r.records[e.ID]
	r.records[e.ID] = e.Record
	for f, by := range e.Record.State {
		for n := range r.fates {
			if r.Script.Has(by, n) && r.asked(n) {
				r.fates[n].missing &^= 1 << f
			}
		}
		if was && !before.Deleted {
			r.settle(e, f, before.State[f], by)
		}
	}
	r.unseen(e)
}

// overtaken reports whether something that was pressed later, on the same screen,
// took effect earlier than action n.
func (r *endingReader) overtaken(e *sim.Event, n int) bool {
	for m := n + 1; m < len(r.fates); m++ {
		if r.fates[m].landed && !slices.Contains(e.Request.Actions, m) && r.Script.Action(m).View() == r.Script.Action(n).View() {
			return true
		}
	}
	return false
}

// settle notes that field f of a record goes from one writer to another: what had
// been written over is written anew, or is written over by an older one.
func (r *endingReader) settle(e *sim.Event, f int, was, is sim.Writer) {
	by, last := r.Script.Wrote(is), r.Script.Wrote(was)
	switch {
	case e.Record.Deleted || is == sim.Nobody:
		by = e.Request.Actions[len(e.Request.Actions)-1]
	case is == was:
		return
	case r.Script.Network.Torn && !e.Request.Sets.Has(f):
		by = e.Request.Actions[len(e.Request.Actions)-1] // which wrote the whole row back
	}
	for i := range r.Faults {
		if g := &r.Faults[i]; g.record == e.ID && g.fields.Has(f) {
			if g.fields &^= 1 << f; g.fields == 0 {
				g.To = e.At
			}
		}
	}
	if by < last && (e.Record.Deleted || !r.Script.Has(is, last)) {
		r.overwritten(Fault{Kind: Overwritten, Action: last, By: by, From: e.At, To: Forever, record: e.ID}, f)
	}
}

// overwritten notes that a field was written over by an older action.
func (r *endingReader) overwritten(is Fault, f int) {
	at := slices.IndexFunc(r.Faults, func(g Fault) bool {
		return g.Kind == Overwritten && g.Action == is.Action && g.By == is.By && g.From == is.From && g.record == is.record
	})
	if at < 0 {
		at = len(r.Faults)
		r.Faults, r.about = append(r.Faults, is), is.Action
	}
	r.Faults[at].fields = r.Faults[at].fields.With(f)
}

// unseen notes which of the actions of a request have left nothing in the record
// that they landed on, and never had.
func (r *endingReader) unseen(e *sim.Event) {
	var gone []int
	merged := false
	for _, n := range e.Request.Actions {
		if !r.asked(n) || r.fates[n].missing == 0 || e.Request.Do == sim.Delete || e.Request.Do == sim.Fetch {
			continue
		}
		gone = append(gone, n)
		for f := range r.fates[n].missing.All {
			by := r.Script.Wrote(e.Record.State[f])
			merged = merged || slices.Contains(e.Request.Actions, by) || r.Script.Wrote(e.Request.Body[f]) == by
		}
	}
	switch {
	case len(gone) == 0:
	case merged:
		r.Merged, r.about = slices.Clone(e.Request.Actions), gone[0]
	default:
		r.Outrun, r.about = append(r.Outrun, gone...), gone[0]
	}
}

// finish notes what never left, and who stands.
func (r *endingReader) finish() {
	for n := range r.fates {
		if a := &r.fates[n]; a.pressed && !a.ended {
			r.fault(Fault{Kind: Unsent, Action: n})
		}
	}
	if r.about == 0 {
		return
	}
	about := r.Script.Action(r.about)
	field := r.Field
	for f := range about.Sets.All {
		field = f
		break
	}
	newest := 0
	for id, record := range r.records {
		if !record.Deleted && id > newest && r.belongs(id, &record, about.View()) {
			newest, r.Stands = id, max(r.Script.Wrote(record.State[field]), 0)
		}
	}
}

// belongs reports whether a record is that of a screen and person.
func (r *endingReader) belongs(id int, record *sim.Record, view int) bool {
	if id <= r.Script.Givens() || record.Creator == 0 {
		return id == view%sim.MaxPersons+1
	}
	return r.Script.Action(record.Creator).View() == view
}

// Says puts an ending that is ok into one sentence, as "ends right: u4 stands. On
// the way u2 overwrote u3 (300–562 ms)". Of several things that happened on the way
// it has the latest two.
func (e *Ending) Says(l *Lane) string {
	switch {
	case e.Healed():
		text := "ends right"
		if e.Stands > 0 {
			text += ": " + l.Label(e.Stands) + " stands"
		}
		return text + ". " + e.faults(l)
	case len(e.Merged) > 0:
		return "ends right: " + l.list(e.Merged) + " went as one" + e.stands(l, ", ")
	case len(e.Outrun) > 0:
		return "ends right: " + l.list(e.Outrun) + " came late and changed nothing" + e.stands(l, ", ")
	case e.Inverse:
		return "all you asked for happened, once, though not in order"
	}
	return "all you asked for happened, once and in order"
}

// Short returns what a lane that is ok says beside its picture: the name of the end
// first, and behind it, to be joined by blanks and wrapped, what befell it and who
// stands, as "ok in the end", "u2, u3 dropped;", "u4 stands".
func (e *Ending) Short(l *Lane) []string {
	if !e.Healed() {
		return []string{"ok"}
	}
	is := e.Faults[len(e.Faults)-1]
	text := strings.Join(l.labels(e.last()), ", ") + " " + is.Kind.String()
	if is.Kind == Overwritten {
		if text = l.Label(is.By) + " over " + l.Label(is.Action); is.To != Forever {
			text += " for " + tell.Rounded(is.To-is.From) + " ms"
		}
	}
	if e.Stands == 0 {
		return []string{"ok in the end", text}
	}
	return []string{"ok in the end", text + ";", l.Label(e.Stands) + " stands"}
}

// last returns whom the last fault and those of its kind right before it befell.
func (e *Ending) last() (actions []int) {
	kind := e.Faults[len(e.Faults)-1].Kind
	for _, f := range slices.Backward(e.Faults) {
		if f.Kind != kind {
			break
		}
		actions = append(actions, f.Action)
	}
	slices.Reverse(actions)
	return actions
}

// stands says who stands, behind other words.
func (e *Ending) stands(l *Lane, before string) string {
	if e.Stands == 0 {
		return ""
	}
	return before + l.Label(e.Stands) + " stands"
}

// faults tells the latest two faults.
func (e *Ending) faults(l *Lane) string {
	latest := e.Faults[max(len(e.Faults)-2, 0):]
	if len(latest) == 2 && latest[0].Kind == latest[1].Kind && latest[0].leg == latest[1].leg && latest[0].Kind != Overwritten {
		return l.fault(&latest[0], latest[0].Action, latest[1].Action)
	}
	var clauses []string
	before, joint := "", ", "
	for i, f := range latest {
		if f.Kind != Overwritten {
			text := l.fault(&f, f.Action)
			if rest, again := strings.CutPrefix(text, l.Label(f.Action)+" "); again && i > 0 && strings.HasPrefix(clauses[0], l.Label(f.Action)+" ") {
				text, joint = rest, " and "
			}
			clauses = append(clauses, text)
			continue
		}
		before = "On the way "
		did := " overwrote "
		if l.Script.Action(f.By).Do == sim.Delete {
			did = " deleted "
		}
		text := l.Label(f.By) + did + l.Label(f.Action)
		if f.To != Forever {
			text += " (" + tell.Rounded(f.From) + "–" + tell.Rounded(f.To) + " ms)"
		}
		clauses = append(clauses, text)
	}
	return before + strings.Join(clauses, joint)
}

// fault says what befell one action, or two.
func (l *Lane) fault(f *Fault, actions ...int) string {
	labels, says := l.list(actions), faults[f.Kind].says
	switch {
	case f.Kind == Lost && f.leg == sim.Downlink:
		return "no answer came to " + labels
	case len(actions) > 1:
		says = strings.Replace(says, "was", "were", 1)
	}
	return labels + " " + says
}

// labels returns the short names of actions.
func (l *Lane) labels(actions []int) (labels []string) {
	for _, n := range actions {
		labels = append(labels, l.Label(n))
	}
	return labels
}

// list joins the short names of actions, as "u2, u3 and u4"; of more than four the
// first three, and how many more there are.
func (l *Lane) list(actions []int) string {
	return tell.AndMore(l.labels(actions), 4, 3)
}
