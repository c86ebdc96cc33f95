package sim

import (
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// EventKind is the kind of an event in a trace.
type EventKind uint8

// The events of a trace.
const (
	EventAct     EventKind = iota // the user acts
	EventBlock                    // the button is disabled: the action has not happened yet
	EventHold                     // the action waits in the client
	EventMerge                    // it joined another that waits
	EventDrop                     // it is thrown away, silently
	EventRefuse                   // the client says no to the user
	EventSend                     // a request leaves
	EventArrive                   // it reaches the server, which handles it
	EventReply                    // its reply reaches the client
	EventLost                     // a leg of it was lost
	EventTimeout                  // the client stops waiting for the reply
	EventWake                     // a timer fires
	EventTell                     // the user is told that something did not happen
	EventAsk                      // the client goes to read, unasked
	EventPush                     // news of a save reaches another client
	EventFail                     // a request cannot leave: its client is offline
	EventOffline                  // a client has no network from now on
	EventOnline                   // it has
	EventBegin                    // the server begins to work at a request
	EventVisible                  // reads show from now on what a request has written
	EventRevert                   // the client takes an action off the screen
)

var eventNames = [...]string{
	"act", "block", "hold", "merge", "drop", "refuse", "send", "arrive", "reply", "lost", "timeout", "wake", "tell", "ask",
	"push", "fail", "offline", "online", "begin", "visible", "revert",
}

// String returns the word for k that the JSON of a trace uses.
func (k EventKind) String() string { return eventNames[k] }

// Event is one thing that happened. Fields that its kind has no use for are
// zero.
type Event struct {
	At      time.Duration
	Kind    EventKind
	Action  int      // act, block, hold, merge, drop, refuse, wake, ask, push, revert
	Request *Sent    // send, arrive, reply, lost, timeout, tell, fail, begin, visible
	Client  uint8    // offline, online
	ID      int      // send: whom for; arrive, reply, push, visible: whom it is, as the server says
	Status  int      // arrive, reply; of a tell, 0 after a timeout, and of what could not leave
	Body    State    // of the reply to a fetch, of an echo or of a push: the record as it was read
	Rows    []Row    // of the reply to a list: what it has, in the order of ids
	Leg     Leg      // lost
	Kept    FieldSet // reply, push: the fields in which the client went on to show what it had
	Beacon  bool     // send: nobody waits for its reply
	Row     bool     // revert: with all that its row has shown since
	Ignored bool     // reply: the id or the record in it was thrown away
	Late    bool     // reply: after its timeout, so the strategy did not get it
	Reason  string   // hold, drop, refuse: in a few words
	Source  Source   // the line of the strategy that caused it, if one did
	Frames  []Source // the lines that led there, of our own strategies: the outermost first, Source last; at most [MaxFrames]
	Record  Record   // arrive: the record, after the event

	// What holds from the event on, until the next one. Events between which
	// nothing has changed share one value.
	Views     *[MaxViews]Person // what every screen shows of every person; see [Action.View]
	Unblocked []int             // the actions that had been blocked, and happen now
}

// About returns the numbers of the actions that the event is about: those that
// its request carries, or its own; none of a client that goes offline or is back.
func (e *Event) About() []int {
	switch {
	case e.Request != nil:
		return e.Request.Actions
	case e.Action == 0:
		return nil
	}
	return []int{e.Action}
}

// First returns the first action that the event is about; 0 if there is none.
func (e *Event) First() int {
	if e.Request != nil {
		return e.Request.Actions[0]
	}
	return e.Action
}

// ClientOf returns the client that the event is about, from 0.
func (e *Event) ClientOf(s *Script) int {
	if n := e.First(); n > 0 {
		return int(s.Action(n).Client)
	}
	return int(e.Client)
}

// Concerns reports whether the event is about action n.
func (e *Event) Concerns(n int) bool {
	return e.Action == n || e.Request != nil && slices.Contains(e.Request.Actions, n)
}

// Sent is a request as a trace remembers it.
type Sent struct {
	Number  int
	Do      Do
	Actions []int
	ID      int
	Sets    FieldSet
	Adds    FieldSet // see [Request]
	Body    State
	Parent  int   // of a create that has left and needs another record: its id; 0: the client knew none
	Unsent  bool  // it could not leave
	Or      []int // the actions of which it carries one or the other; nil: it is known
}

// Source is a place in a strategy's code. File is a base name; it is empty
// where no strategy had a part in the event.
type Source struct {
	File string
	Line int
}

// Trace is the ordered list of a trial's events.
type Trace struct {
	Events []Event
}

// MaxFrames bounds [Event].Frames.
const MaxFrames = 4

// calls is a call stack as the machine knows it, the innermost call first. Of
// frames of one trial there are few, so that what they mean is looked up once.
type calls [16]uintptr

// caller returns the lines of the strategy that are being run: the innermost ones,
// from the outermost of these to the innermost. The slice is shared.
func (w *World) caller() []Source {
	var at calls
	runtime.Callers(3, at[:])
	lines, known := w.lines[at]
	if !known {
		if w.lines == nil {
			w.lines = map[calls][]Source{}
		}
		lines = at.lines()
		w.lines[at] = lines
	}
	return lines
}

// lines finds those of this module that lie outside of this package, up to where it
// runs the trial.
func (c *calls) lines() (lines []Source) {
	frames := runtime.CallersFrames(c[:])
	for more := true; more && len(lines) < MaxFrames; {
		var f runtime.Frame
		f, more = frames.Next()
		name, ours := strings.CutPrefix(f.Function, "photofinish/sim.")
		if name == "(*World).Run" {
			break
		}
		if !ours && strings.HasPrefix(f.Function, "photofinish/") {
			lines = append(lines, Source{filepath.Base(f.File), f.Line})
		}
	}
	slices.Reverse(lines)
	return lines
}
