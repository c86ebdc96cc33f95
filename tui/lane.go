package tui

import (
	"slices"
	"strings"
	"time"

	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// lane is one strategy's trial, prepared for drawing. It does not change
// while time passes.
type lane struct {
	name, rule string
	script     *sim.Script
	events     []sim.Event
	verdict    judge.Verdict
	anomalies  []judge.Anomaly
	settled    time.Duration // the last event that is no timer
	field      int           // the field in view

	messages []message
	screen   []hold // what the screen shows, from when on
	server   []hold // what the server holds
	marks    []mark // what happens to actions that do not go out at once
	waits    []wait
}

// message is one leg of a request.
type message struct {
	actions  []int
	up       bool
	from, to time.Duration
	status   int  // of the answer; on an uplink, what the server will say
	lost     bool // it never arrives: to is only where it is drawn to
	taken    bool // the answer brought the client something: an id, a body
	create   bool
	late     bool // the answer came after the client had given up
	over     int  // the newer action whose value this one replaces; 0: none
	writes   bool // it changes what the server holds
	event    int  // the place of its end in the trace
}

// hold is what one side holds of the field in view from an instant on.
type hold struct {
	at     time.Duration
	exists bool
	writer sim.Writer
	state  sim.State // all fields
	press  int       // the action that the user pressed to bring it about; 0: none
	event  int       // the place of the event in the trace
}

// mark is a word at an instant in the waiting row.
type mark struct {
	at     time.Duration
	symbol string // with the label: "…u2"
	word   string
	of     colour
	label  string
	action int
	wake   bool // a timer that found nothing to do
}

// wait is how long an action waits in the client.
type wait struct {
	action   int
	from, to time.Duration // to is forever if it never leaves
	leaves   bool
}

const forever = time.Duration(1<<63 - 1)

// lostFor is how long a message is drawn that never arrives.
const lostFor = 60 * time.Millisecond

// newLane runs a trial and prepares it.
func newLane(w *sim.World, j *judge.Judge, e strategies.Entry, script *sim.Script, seed uint64, field int) *lane {
	ledger := w.Run(script, e.New(), seed, sim.Options{Trace: true})
	found := j.Judge(script, ledger)
	l := &lane{
		name: e.Name, rule: e.Rule, script: script, events: w.Trace().Events,
		verdict: found.Verdict, settled: ledger.Settled, field: field,
	}
	for _, a := range found.Anomalies {
		l.anomalies = append(l.anomalies, judge.Anomaly{Kind: a.Kind, Actions: slices.Clone(a.Actions), Proof: slices.Clone(a.Proof)})
	}
	l.findMessages()
	l.findHolds()
	l.findMarks()
	return l
}

func (l *lane) label(n int) string {
	if n <= 0 {
		return ""
	}
	return l.script.Action(n).Label()
}

func (l *lane) labels(actions []int) string {
	out := make([]string, len(actions))
	for i, n := range actions {
		out[i] = l.label(n)
	}
	return strings.Join(out, "+")
}

// findMessages pairs every send with its arrival, and that with its answer.
func (l *lane) findMessages() {
	open := map[int]time.Duration{} // request → when its current leg began
	for i := range l.events {
		e := &l.events[i]
		if e.Request == nil {
			continue
		}
		m := message{actions: e.Request.Actions, from: open[e.Request.Number], to: e.At, status: e.Status, create: e.Request.Do == sim.Create, event: i}
		switch e.Kind {
		case sim.EventSend:
			open[e.Request.Number] = e.At
			continue
		case sim.EventArrive:
			m.up, m.over = true, l.covers(i)
			m.writes = e.Status == 200 && e.Request.Do != sim.Fetch
		case sim.EventReply:
			m.over = l.replaces(i)
			m.taken = m.create && e.Status == 200 && !e.Ignored && !e.Late
			m.late = e.Late
		case sim.EventLost:
			m.up, m.lost, m.to = e.Leg == sim.Uplink, true, e.At+lostFor
		default:
			continue
		}
		open[e.Request.Number] = e.At
		l.messages = append(l.messages, m)
	}
}

// covers returns the newer action that the older write of event i lands on.
func (l *lane) covers(i int) int {
	e := &l.events[i]
	if e.Status != 200 || e.Request.Do == sim.Create {
		return 0
	}
	before := l.recordBefore(i, e.ID)
	for f := range e.Request.Sets.All {
		was, is := before[f], e.Record.State[f]
		if was > is && l.script.Value(was, f) != l.script.Value(is, f) {
			return was.Action()
		}
	}
	return 0
}

// recordBefore returns what a record held before event i.
func (l *lane) recordBefore(i, id int) sim.State {
	for k := i - 1; k >= 0; k-- {
		if e := &l.events[k]; e.Kind == sim.EventArrive && e.ID == id && e.Status == 200 {
			return e.Record.State
		}
	}
	return sim.State{}
}

// replaces returns the newer edit that the answer to a fetch, event i, wipes
// off the screen.
func (l *lane) replaces(i int) int {
	e := &l.events[i]
	if i == 0 || e.Request.Do != sim.Fetch || e.Ignored || e.Late {
		return 0
	}
	for f, was := range l.events[i-1].Person.State {
		if is := e.Person.State[f]; was > is && l.script.Value(was, f) != l.script.Value(is, f) {
			return was.Action()
		}
	}
	return 0
}

// gravity returns the colour for what happened to some actions: red only if
// an anomaly that is wrong names one of them.
func (l *lane) gravity(actions ...int) colour {
	worst := judge.OK
	for _, a := range l.anomalies {
		if slices.ContainsFunc(a.Actions, func(n int) bool { return slices.Contains(actions, n) }) {
			worst = max(worst, judge.Kinds[a.Kind].Verdict)
		}
	}
	if worst == judge.OK {
		return dim
	}
	return verdictColour[worst]
}

// The mark and the colour of each verdict.
var (
	verdictMark   = [...]string{"✓", "!", "?", "…", "✗"}
	verdictColour = [...]colour{good, loud, unknown, stuck, wrong}
)

// findHolds follows the field in view on both sides.
func (l *lane) findHolds() {
	records := map[int]sim.Record{}
	if l.script.Given {
		w := sim.Nobody
		if l.script.GivenSets.Has(l.field) {
			w = sim.Given
		}
		var r sim.Record
		for f := range l.script.GivenSets.All {
			r.State[f] = sim.Given
		}
		records[1] = r
		l.screen = append(l.screen, hold{exists: true, writer: w, state: r.State})
		l.server = append(l.server, hold{exists: true, writer: w, state: r.State})
	}
	newest, blocked := len(records), map[int]bool{}
	for i := range l.events {
		e := &l.events[i]
		if e.Kind == sim.EventArrive && e.ID > 0 && e.Status == 200 {
			records[e.ID] = e.Record
			newest = max(newest, e.ID)
			l.server = change(l.server, alive(records, newest, l.field, e.At))
		}
		h := hold{at: e.At, exists: !e.Person.Deleted && e.Person.State != sim.State{}, writer: e.Person.State[l.field], state: e.Person.State, event: i}
		if n := l.pressedBy(i, blocked); n != 0 {
			h.press = n
			l.screen = append(l.screen, h)
		} else {
			l.screen = change(l.screen, h)
		}
	}
}

// pressedBy returns the action that event i shows on the screen for the
// first time: at its press, or, if it was blocked then, at what becomes of it
// next. It keeps blocked in step.
func (l *lane) pressedBy(i int, blocked map[int]bool) int {
	e := &l.events[i]
	n := e.Action
	if e.Request != nil {
		n = e.Request.Actions[0]
	}
	switch e.Kind {
	case sim.EventAct:
		if i+1 < len(l.events) {
			if next := &l.events[i+1]; next.Action == n && (next.Kind == sim.EventBlock || next.Kind == sim.EventRefuse) {
				return 0
			}
		}
		return n
	case sim.EventBlock:
		blocked[n] = true
	case sim.EventSend, sim.EventDrop, sim.EventHold:
		if blocked[n] {
			delete(blocked, n)
			return n
		}
	}
	return 0
}

// alive returns what the server holds: the newest record that is alive.
func alive(records map[int]sim.Record, newest, field int, at time.Duration) hold {
	for id := newest; id > 0; id-- {
		if r, ok := records[id]; ok && !r.Deleted {
			return hold{at: at, exists: true, writer: r.State[field], state: r.State}
		}
	}
	return hold{at: at}
}

// change appends h if it differs from what is held already.
func change(holds []hold, h hold) []hold {
	was := hold{}
	if n := len(holds); n > 0 {
		was = holds[n-1]
	}
	if was.exists == h.exists && was.state == h.state {
		return holds
	}
	return append(holds, h)
}

// differ returns the fields of which both sides hold other values, or all if
// only one of them holds anybody.
func (l *lane) differ(a, b hold) (set sim.FieldSet) {
	if a.exists != b.exists {
		return 1<<sim.NumFields - 1
	}
	for f := range sim.NumFields {
		if a.exists && l.script.Value(a.state[f], f) != l.script.Value(b.state[f], f) {
			set = set.With(f)
		}
	}
	return set
}

// held returns what is held at t.
func held(holds []hold, t time.Duration) hold {
	h := hold{}
	for _, next := range holds {
		if next.at > t {
			break
		}
		h = next
	}
	return h
}

// findMarks collects the waiting row.
func (l *lane) findMarks() {
	for i := range l.events {
		e := &l.events[i]
		n := e.Action
		switch e.Kind {
		case sim.EventDrop:
			l.mark(e.At, "✗", "dropped", l.gravity(n), n)
			l.leave(n, e.At, false)
		case sim.EventRefuse:
			l.mark(e.At, "!"+l.label(n), "refused", loud, n)
		case sim.EventBlock:
			l.waitFrom(e.At, "■", "blocked", n)
		case sim.EventMerge:
			l.waitFrom(e.At, "+", "merged", n)
		case sim.EventHold:
			l.waitFrom(e.At, symbolOf(e.Reason), e.Reason, n)
		case sim.EventSend:
			for _, n := range e.Request.Actions {
				l.leave(n, e.At, true)
			}
		case sim.EventTell:
			word := "failed"
			if e.Status == 0 {
				word = "no answer"
			}
			l.mark(e.At, "!"+l.labels(e.Request.Actions), word, loud, e.Request.Actions[0])
		case sim.EventWake:
			if i+1 < len(l.events) && l.events[i+1].Kind == sim.EventSend && l.events[i+1].Request.Actions[0] == n {
				l.mark(e.At, l.label(n), "goes", hue(n), n)
				continue
			}
			l.marks = append(l.marks, mark{at: e.At, symbol: "?", of: hue(n), action: n, wake: true})
		}
	}
}

func symbolOf(reason string) string {
	switch reason {
	case "merged":
		return "+"
	case "busy":
		return "?"
	}
	return "…"
}

func (l *lane) mark(at time.Duration, symbol, word string, of colour, n int) {
	l.marks = append(l.marks, mark{at: at, symbol: symbol, word: word, of: of, label: l.label(n), action: n})
}

func (l *lane) waitFrom(at time.Duration, symbol, word string, n int) {
	l.mark(at, symbol+l.label(n), word, hue(n), n)
	l.waits = append(l.waits, wait{action: n, from: at, to: forever})
}

// leave ends an action's wait.
func (l *lane) leave(n int, at time.Duration, leaves bool) {
	for i := range l.waits {
		if w := &l.waits[i]; w.action == n && w.to == forever {
			w.to, w.leaves = at, leaves
		}
	}
}

// standing is what a lane's header says at an instant.
type standing struct {
	open    bool // nothing is proved yet, and not all is quiet
	verdict judge.Verdict
	kind    string // the name of the gravest anomaly
	says    string // its sentence
}

// standingAt returns what has been proved by t. A verdict other than ok comes
// with the last event that proves it; ok comes when all is quiet.
func (l *lane) standingAt(t time.Duration) standing {
	var worst *judge.Anomaly
	quiet := t >= l.settled
	for i := range l.anomalies {
		a := &l.anomalies[i]
		if m := a.At().Index(); m >= 0 && m < len(l.events) && l.events[m].At > t {
			continue
		}
		if v := judge.Kinds[a.Kind].Verdict; v == judge.Stuck && !quiet {
			continue
		}
		if worst == nil || judge.Kinds[a.Kind].Verdict > judge.Kinds[worst.Kind].Verdict {
			worst = a
		}
	}
	switch {
	case worst != nil:
		all := *worst
		if len(worst.Actions) == 1 {
			all.Actions = nil
			for _, a := range l.anomalies {
				if a.Kind == worst.Kind && len(a.Actions) == 1 {
					all.Actions = append(all.Actions, a.Actions[0])
				}
			}
		}
		return standing{verdict: judge.Kinds[all.Kind].Verdict, kind: all.Kind.String(), says: all.Says(l.script)}
	case !quiet:
		return standing{open: true, kind: "in flight"}
	case l.verdict == judge.Unknown:
		return standing{verdict: judge.Unknown, kind: "unknown", says: "stopped before the end: this is not a promise"}
	}
	return standing{kind: "ok", says: "all you asked for happened, once and in order"}
}

// symbol returns the mark of a verdict, and its colour.
func (s standing) symbol() (string, colour) {
	if s.open {
		return "·", dim
	}
	return verdictMark[s.verdict], verdictColour[s.verdict]
}
