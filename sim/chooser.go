package sim

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// What is the kind of a pending event.
type What uint8

// What may happen next.
const (
	UserActs         What = iota // N is the action
	RequestArrives               // N is the request
	ReplyArrives                 // N is the request
	ClientGivesUp                // N is the request: its timeout
	TimerFires                   // N is the timer
	DuplicateArrives             // N is the request: the network made a copy
	RequestEnters                // N is the request: it asks for a worker, which nobody sees
	DuplicateEnters              // N is the request: its copy does
	SpanEnds                     // N is 2i+1 where the span i of the script begins, and 2i+2 where it ends
	PollDue                      // N is the poll: a client reads, as it does every so often
	PushArrives                  // N is the request that stands for the news
	RequestBegins                // N is the request: the server begins to work at it
	DuplicateBegins              // N is the request: it begins with its copy
	WriteVisible                 // N is the request: reads show from now on what it has written
)

// Pending is an event that has been scheduled and has not happened yet.
type Pending struct {
	At   time.Duration // when it happens, if time decides
	seq  int32         // order of scheduling: decides between events of one instant
	N    int32
	What What // four fields and no more: the compiler keeps such a struct in registers
}

// Idle reports, for a timer, that it fired in vain and nothing has changed
// since: to fire it now would change nothing but itself. So it is with a client
// that is not ours and reads again and again, once a read has brought nothing new;
// and with a poll, where there is nobody to read or everything has ended.
func (w *World) Idle(p *Pending) bool {
	return 1<<p.What&(1<<TimerFires|1<<PollDue|1<<WriteVisible) != 0 && w.idle(p)
}

// idle is Idle for what may be.
func (w *World) idle(p *Pending) bool {
	switch p.What {
	case PollDue:
		return w.idlePoll(p)
	case WriteVisible:
		return !w.nextVisible(p)
	}
	t := &w.timers[p.N-1]
	if w.foreign == nil {
		return t.idle == w.still.changes
	}
	return t.idle == w.still.changes && !w.patient() || w.pauses[p.N-1].again == w.still.effects() || w.far(&w.pauses[p.N-1])
}

// Before reports whether pending event a is a timer of a client that is not ours
// which was set no later, and for no longer, than timer b of the same client. Of
// those that ask again and again in vain nothing is said.
func (w *World) Before(a, b *Pending) bool {
	if w.foreign == nil || a.What != TimerFires || b.What != TimerFires || a.N >= b.N || w.Idle(a) {
		return false
	}
	t, u := &w.timers[a.N-1], &w.timers[b.N-1]
	return w.pauses[a.N-1].set <= w.pauses[b.N-1].set && t.idle < 0 && u.idle < 0 && t.Action.Client == u.Action.Client
}

// Count makes the timer that has just fired count as one that changed something,
// even if it did not: others had to wait for it.
func (w *World) Count() { w.still.changes++ }

// FiredInVain reports, right after a timer has fired, that nothing has changed
// but the timer itself.
func (w *World) FiredInVain() bool { return w.still.inVain() }

// Order returns the place of the event in the order of scheduling: what is
// scheduled later has a higher one.
func (p *Pending) Order() int32 { return p.seq }

// Label returns a short name of a pending event, the same in every run in
// which it may happen: "u2" the user acts, "u2>" the request arrives, "<u2"
// its reply arrives, "u2!" the client gives up on it, "u2~" the action's
// timer fires, "off@1" and "on@1" client 1 has no network any more, or again,
// timer fires, "f·2" a client polls, "<u2@1" news of it arrive,
// "u2>>" a copy of the request arrives, "u2>|" and
// "u2>>|" they ask for a worker. A request is named by all
// that it carries, "u2+u3>", and from the second attempt on by its number,
// "u2#2>".
func (w *World) Label(p *Pending) string {
	switch p.What {
	case UserActs:
		return w.script.Action(int(p.N)).Label()
	case TimerFires:
		return w.timerLabel(&w.timers[p.N-1])
	case SpanEnds:
		return w.spanLabel(p)
	case PollDue:
		return w.pollLabel(p)
	}
	r := w.requests[p.N-1]
	label := r.First().Label()
	for _, a := range r.Actions[1:] {
		label += "+" + a.Label()
	}
	if r.attempt > 1 {
		label += "#" + itoa(r.attempt)
	}
	if p.What == ReplyArrives {
		return "<" + label
	}
	return label + signs[p.What]
}

// signs stand behind the label of a request, by what happens to it.
var signs = [...]string{
	RequestArrives: ">", DuplicateArrives: ">>", RequestEnters: ">|", DuplicateEnters: ">>|",
	RequestBegins: ">|", DuplicateBegins: ">>|", ClientGivesUp: "!", PushArrives: "", WriteVisible: "=",
}

// timerLabel names a timer after its action. A client that is not ours may have
// set several for one: from the second on they are numbered.
func (w *World) timerLabel(t *Timer) string {
	n := 1
	for i := range w.timers[:t.Number-1] {
		if w.timers[i].Action == t.Action {
			n++
		}
	}
	if n > 1 && w.foreign != nil {
		return t.Action.Label() + "#" + itoa(n) + "~"
	}
	return t.Action.Label() + "~"
}

// of returns the request that a pending event is about; nil if that is none.
func (w *World) of(p *Pending) *Request {
	switch p.What {
	case UserActs, TimerFires, SpanEnds, PollDue:
		return nil
	}
	return w.requests[p.N-1]
}

// Carries returns the number of the first action that a pending message
// carries: the one whose pins it obeys.
func (w *World) Carries(p *Pending) int { return w.requests[p.N-1].First().Number }

// Client returns the client at which a pending event happens, or whose message
// it is.
func (w *World) Client(p *Pending) int {
	switch p.What {
	case UserActs:
		return int(w.script.Actions[p.N-1].Client)
	case TimerFires:
		return int(w.timers[p.N-1].Action.Client)
	case SpanEnds:
		return int(w.script.Offline[(p.N-1)/2].Client)
	case PollDue:
		return p.poller()
	}
	return int(w.requests[p.N-1].First().Client)
}

// A Chooser picks which of the pending events happens next: its index, or -1
// to stop the trial there. Pending events are sorted by time; of the user's
// actions only the next one is pending. The list may not be kept or changed.
type Chooser interface {
	Choose(w *World, pending []Pending) int
}

// ByTime lets the earliest event happen.
type ByTime struct{}

// Choose returns 0.
func (ByTime) Choose(*World, []Pending) int { return 0 }

// Choice names a pending event so that it can be found again in another run
// of the same script and strategy. A poll with -N is the poll N: where that is due as
// the last one it comes before that. See [World.Early].
type Choice struct {
	What What
	N    int
}

// Choice names the event.
func (p *Pending) Choice() Choice { return Choice{p.What, int(p.N)} }

// Among returns the place of the event that the choice names; -1 if it is not among them.
func (c Choice) Among(pending []Pending) int {
	return slices.IndexFunc(pending, func(p Pending) bool { return p.Choice() == c })
}

// whats gives each kind of choice its letter, in the order of the constants.
const whats = "arpgtdefsonbcv"

// String returns the choice as a letter and a number: a user acts, r request
// arrives, p reply arrives, g client gives up, t timer fires,
// d duplicate arrives, e request enters the server, f duplicate does, s a span
// offline begins or ends, o a client polls, n news arrive, b the server begins with
// a request, c with a copy, v what was written is visible.
func (c Choice) String() string { return whats[c.What:c.What+1] + strconv.Itoa(c.N) }

// Replay repeats recorded choices and then lets time decide. If a choice does
// not fit, the trial stops there and Err says why.
type Replay struct {
	Choices []Choice
	Err     error
	next    int
}

// Again returns the same from the beginning.
func (r *Replay) Again() Chooser { return &Replay{Choices: r.Choices} }

// Choose returns the pending event that the next recorded choice names.
func (r *Replay) Choose(w *World, pending []Pending) int {
	if r.next == len(r.Choices) {
		return 0
	}
	want := r.Choices[r.next]
	i := Choice{want.What, max(want.N, -want.N)}.Among(pending)
	if i < 0 {
		r.Err = fmt.Errorf("choice %d, %v, is not possible here", r.next+1, want)
		return -1
	}
	if want.N < 0 {
		w.Early(&pending[i])
	}
	r.next++
	return i
}
