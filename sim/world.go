package sim

import (
	"slices"
	"time"
)

// MaxEvents bounds a trial. Past it nobody knows how the trial ends.
const MaxEvents = 100_000

// World runs trials, one at a time, and reuses its memory: after the first
// few, an untraced trial allocates nothing. The zero value is ready.
type World struct {
	script   *Script
	strategy Strategy
	poster   Poster  // the strategy, if it decides how requests leave
	foreign  Foreign // the strategy, if its program is not ours
	client   Client
	luck     luck
	ahead    [MaxActions]fortune // of the first attempt at each action
	scripted bool                // the script says that the server refuses an action, or saves something else
	habits   Habits              // of the script

	now      time.Duration
	seq      int32
	pending  []Pending // sorted by time, then by order of scheduling
	room     []Pending // where they stand: they move to its end, and then back to its beginning
	timers   []Timer   // every timer of the trial
	still    stillness
	acting   *Action // the next action, where time decides; nil: none, or it is among the pending events
	choosing bool    // somebody else than time decides

	requests  []*Request // every request of the trial, and spare ones behind
	posted    int
	jobs      []job         // at which the server has begun to work, where that is an event of its own
	job       job           // of these, the one that it is done with now
	copied    []Record      // what reads show, where they lag behind
	turns     []int32       // by commit, the place of the event with which they show it: see [Pending.Order]
	seenUntil time.Duration // when they show all that has been written
	inbox     []Pending     // what has entered the server, and waits for a worker
	working   int           // how many workers are busy
	reaches   What          // the event that a request gets there: that it asks for a worker, that the server begins with it, or is done
	minted    int           // the last id that a client has made
	mints     FieldSet      // the views that have made one
	gone      FieldSet      // the views that have given theirs up, and have not created since

	ended    spanEnd    // the end of a span that came last
	upcoming int        // where there are spans, the next action
	offline  FieldSet   // the clients that are
	unsent   []*Request // what could not leave in this step

	shown  Moment   // the reply in hand came
	taken  bool     // and was taken
	kept   FieldSet // but for these fields
	rows   []Row    // of the second reply to a list, which goes nowhere
	handed Reply    // the one that the strategy has

	inHand       int                // the view of the action, reply or timer that the strategy has
	acted        int                // the number of the action, while the strategy has it; else 0
	before       [MaxActions]Person // by action: whom it is about, as they were before it
	takenBack    uint64             // the actions that the client has taken back, a bit each from 1 on
	woken        *Action            // that of the timer, while the strategy has it
	blocked      int
	blockedSince time.Duration
	disabled     uint64 // the actions that are blocked, a bit each from 1 on

	closed FieldSet          // the clients that are
	shuts  [MaxClients]int32 // how often each of them has been
	keeps  uint64            // what the one that is being closed keeps, a bit an action

	heed      int // from so many events on there is something to do behind each
	tracing   bool
	trace     Trace
	sealed    int   // how many events of the trace say what the screens show
	unblocked []int // what has happened since, blocked until then
	lines     map[calls][]Source

	wires [MaxClients]wire
	wired bool // something is on them

	errands []*Action // every errand of the trial, and spare ones behind
	bound   int       // at so many events the trial ends
	polls   [MaxClients]poll
	hushed  int32              // nothing but polls was to come, at this count of changes; else -1
	told    [MaxPersons]Record // of those that clients share, as all of them have been told
	pluses  int                // how often an action was added to something
	host    Host
	pauses  []pause // of the timers of a foreign client

	ledger Ledger // at the end: it is large, and what is in use of it stands first
}

// wire has the messages between one client and the server that wait for others.
type wire struct {
	underWay int
	waiting  []*Request    // sent, and waiting for a connection
	lastUp   time.Duration // of a fifo link: the last arrival
	lastDown time.Duration
	early    []*Request // at the server, and waiting for those numbered before them
	applied  int32      // the number of the last one that was handled
	former   []int32    // the same, of each time that the client was open before
}

// wire returns that of a request.
func (w *World) wire(r *Request) *wire {
	w.wired = true
	return &w.wires[r.First().Client]
}

// person returns whom an action is about, as its screen shows them.
func (w *World) person(a *Action) *Person { return &w.ledger.Views[a.View()] }

// Options say how a trial is run. The zero value lets time decide and keeps
// no trace.
type Options struct {
	Chooser Chooser
	Trace   bool
	Reading int // which of the ways to read whom requests carried, from 0: see [Ledger.Readings]
}

// Run runs one trial to its end: until no action and no message is left and
// no timer would change anything but itself, until [MaxEvents], or until the
// chooser stops it. The ledger is the world's own and is overwritten by the
// next trial.
func (w *World) Run(script *Script, strategy Strategy, seed uint64, o Options) *Ledger {
	w.reset(script, strategy, seed, o)
	choose := o.Chooser
	byTime := choose == nil && w.foreign == nil // and nothing else
	for {
		if w.still.others <= 0 && (len(w.pending) == 0 || !w.stirring()) {
			return w.close()
		}
		switch {
		case w.acting != nil && (len(w.pending) == 0 || w.acting.At <= w.pending[0].At):
			w.now = max(w.now, w.acting.At)
			w.still.begin()
			w.act(w.acting)
		case byTime:
			w.step()
		default:
			i := w.due(choose)
			if i < 0 {
				return w.close()
			}
			w.met(i)
			w.bringForward(i)
			w.step()
		}
		if w.ledger.Events < w.heed {
			continue
		}
		if w.follow(); w.ledger.Events >= w.bound {
			w.ledger.Bounded = true
			return w.close()
		}
	}
}

// close ends the ledger. What timers did in vain at the end is no part of the
// trial.
func (w *World) close() *Ledger {
	if quiet := w.still.quiet; quiet >= 0 {
		w.ledger.Events = quiet
		if w.tracing {
			w.trace.Events, w.sealed = w.trace.Events[:quiet], min(w.sealed, quiet)
		}
	}
	if w.foreign != nil && w.still.others == 0 { // not if the chooser has stopped it half way
		w.quiet()
	}
	if w.blocked > 0 {
		w.ledger.Blocked += w.ledger.Settled - w.blockedSince
	}
	w.strategy.Reset() // and leaves nothing running
	return &w.ledger
}

// Trace returns the events of the last trial, if it was traced. Unlike the
// ledger it is not overwritten.
func (w *World) Trace() Trace { return w.trace }

func (w *World) reset(script *Script, strategy Strategy, seed uint64, o Options) {
	had := w.habits
	w.script, w.strategy, w.luck = script, strategy, newLuck(seed)
	if w.foreign != nil {
		w.foreign = nil
		for _, r := range w.requests {
			r.own = nil
		}
	}
	if w.poster, _ = strategy.(Poster); w.poster != nil {
		w.foreign, _ = strategy.(Foreign)
	}
	w.bound, w.heed = MaxEvents, MaxEvents
	w.lookAhead()
	if had|w.habits != 0 {
		w.live()
	}
	w.client.w = w
	w.ledger.reset(len(script.Actions))
	w.now, w.seq = 0, 0
	w.still = stillness{fired: -1, quiet: -1}
	w.pending = w.room[:0]
	w.timers = w.timers[:0]
	w.posted, w.blocked, w.takenBack, w.pluses, w.disabled = 0, 0, 0, 0, 0
	w.acting, w.choosing = nil, o.Chooser != nil
	if w.reaches = RequestArrives; w.habits != 0 || script.Network.Workers > 0 {
		w.reaches = w.reaching()
	}
	w.inbox, w.working, w.minted, w.mints, w.gone = w.inbox[:0], 0, 0, 0, 0
	if w.wired {
		for i := range w.wires {
			w.wires[i] = wire{waiting: w.wires[i].waiting[:0], early: w.wires[i].early[:0], former: w.wires[i].former[:0]}
		}
		w.wired = false
	}
	if w.tracing {
		w.trace, w.sealed, w.unblocked = Trace{}, 0, nil
	}
	if w.tracing = o.Trace; o.Trace || w.habits != 0 {
		w.heed = 0
	}
	if script.Given {
		w.give()
	}
	strategy.Reset()
	w.scheduleAct(0)
	if w.habits != 0 {
		w.startHabits()
	}
	if w.foreign != nil {
		w.startForeign(o)
	}
}

// lookAhead looks what the script asks for, and draws what the first attempt at each
// action meets. Side by side it takes half the time, and it is known when the order of
// events hangs on it.
func (w *World) lookAhead() {
	net, actions := &w.script.Network, w.script.Actions
	w.habits, w.scripted = w.script.setting(), false
	for i := range actions {
		a, f := &actions[i], &w.ahead[i]
		if a.Do >= Fetch || a.Status|int(a.Saves|a.Adds)|int(a.Parent) != 0 {
			w.habits |= a.habits()
			w.scripted = w.scripted || a.Status != 0 || a.Saves != 0
		}
		f.luck = w.luck.of(a.Number, 1)
		net.pin(f, a, a.Do)
	}
}

// stirring reports whether some timer may still change something, now that
// only timers are left.
func (w *World) stirring() bool {
	if w.still.quiet < 0 {
		w.still.quiet = w.ledger.Events
	}
	for i := range w.pending {
		if p := &w.pending[i]; p.What != PollDue && !w.Idle(p) {
			return true
		}
	}
	return false
}

func (w *World) step() {
	p := w.pending[0]
	w.pending = w.pending[1:]
	if p.At > w.now {
		w.now = p.At
	}
	if p.What == TimerFires {
		w.fire(w.timers[p.N-1])
		return
	}
	if w.habits != 0 {
		passes := false
		if p, passes = w.passesBy(p); passes {
			return
		}
	}
	w.still.begin()
	switch p.What {
	case UserActs:
		w.act(&w.script.Actions[p.N-1])
	case RequestArrives, DuplicateArrives:
		if r := w.requests[p.N-1]; r.Header.Seq == 0 && w.reaches == RequestArrives {
			w.arrive(r) // as w.arrives has it, without a call: every trial comes by here
		} else {
			w.arrives(p)
		}
	case ReplyArrives:
		w.reply(w.requests[p.N-1])
	case ClientGivesUp:
		w.giveUp(w.requests[p.N-1])
	default:
		w.stepAside(p)
	}
}

// stepAside is step for what plain trials do not have.
func (w *World) stepAside(p Pending) {
	switch p.What {
	case RequestBegins, DuplicateBegins:
		w.begin(p)
	case RequestEnters, DuplicateEnters:
		w.still.changes-- // nobody sees it
		w.enter(p)
	case SpanEnds:
		w.spanEnds(int(p.N))
	case PushArrives:
		w.pushed(w.requests[p.N-1])
	}
}

// schedule adds a pending event that is no timer.
func (w *World) schedule(at time.Duration, what What, n int) {
	w.still.others++
	w.insert(at, what, n)
}

// scheduleAct makes the first action behind number n that is not skipped the next one.
func (w *World) scheduleAct(n int) {
	actions := w.script.Actions
	for ; n < len(actions); n++ {
		a := &actions[n]
		switch {
		case a.Skip:
			continue
		case w.habits&Offlines != 0:
			w.scheduleScript(n + 1)
		case w.choosing:
			w.scheduleFirst(a.At, UserActs, n+1)
		default:
			w.acting = a // time finds it without a place among the pending events
			w.still.others++
		}
		return
	}
	if w.acting = nil; w.habits&Offlines != 0 {
		w.scheduleScript(n + 1)
	}
}

// scheduleNext is schedule, but of what happens now the event is the first.
func (w *World) scheduleNext(at time.Duration, what What, n int) {
	w.still.others++
	if i := w.insert(at, what, n); at == w.now {
		w.bringForward(i)
	}
}

func (w *World) bringForward(i int) {
	p := w.pending[i]
	for ; i > 0; i-- {
		w.pending[i] = w.pending[i-1]
	}
	w.pending[0] = p
}

// scheduleFirst is schedule for what the script has: it counts as scheduled at the
// start, and comes before all else of its instant.
func (w *World) scheduleFirst(at time.Duration, what What, n int) {
	w.still.others++
	p := &w.pending[w.insert(at-1, what, n)]
	p.At, p.seq = at, 0
}

// insert adds a pending event, and returns its place. Of one instant, later ones stay
// behind earlier ones.
func (w *World) insert(at time.Duration, what What, n int) (i int) {
	w.seq++
	if len(w.pending) == cap(w.pending) {
		w.room = slices.Grow(append(w.room[:0], w.pending...), 64)
		w.pending = w.room
	}
	queue := w.pending[:len(w.pending)+1]
	w.pending = queue
	i = len(queue) - 1
	for ; i > 0 && queue[i-1].At > at; i-- {
		queue[i] = queue[i-1]
	}
	queue[i] = Pending{At: at, seq: w.seq, N: int32(n), What: what}
	return i
}

func (w *World) cancel(r *Request) {
	for i := range w.pending {
		if p := &w.pending[i]; p.What == ClientGivesUp && int(p.N) == r.Number {
			w.pending = append(w.pending[:i], w.pending[i+1:]...)
			w.still.others--
			return
		}
	}
}

// happens counts an event and returns its moment.
func (w *World) happens() Moment {
	w.ledger.Settled = w.now
	return w.passes()
}

// passes is happens for what nobody waits for: it settles nothing.
func (w *World) passes() Moment {
	w.ledger.Events++
	w.still.quiet = -1
	return Moment(w.ledger.Events)
}

// seal writes what the screens show by now into the events that lack it: of
// every view, whichever the events are about. A step does so at its end, and the
// client before it goes on to change what is shown.
func (w *World) seal() {
	if !w.tracing || w.sealed == len(w.trace.Events) {
		return
	}
	fresh := w.trace.Events[w.sealed:]
	fresh[0].Unblocked, w.unblocked = append(fresh[0].Unblocked, w.unblocked...), nil
	var now *[MaxViews]Person
	if w.sealed > 0 {
		now = w.trace.Events[w.sealed-1].Views
	}
	if now == nil || *now != w.ledger.Views {
		views := w.ledger.Views
		now = &views
	}
	for i := range fresh {
		fresh[i].Views = now
	}
	w.sealed = len(w.trace.Events)
}

func (w *World) note(e Event, byStrategy bool) {
	e.At = w.now
	switch {
	case byStrategy && w.foreign != nil:
		e.Source = w.host.source
	case byStrategy:
		if e.Frames = w.caller(); len(e.Frames) > 0 {
			e.Source = e.Frames[len(e.Frames)-1]
		}
	}
	w.trace.Events = append(w.trace.Events, e)
}

func (w *World) act(a *Action) {
	if w.habits&Closes != 0 && w.comesOrGoes(a) {
		return
	}
	w.scheduleAct(a.Number)
	w.inHand = a.View()
	p := &w.ledger.Views[w.inHand]
	w.before[a.Number-1], w.acted = *p, a.Number
	if w.foreign == nil {
		if a.Adds == 0 {
			p.apply(a)
		} else {
			w.apply(p, a)
		}
	} else {
		w.host.pressed(a)
	}
	w.ledger.Fates[a.Number].Pressed = w.happens()
	if w.tracing {
		w.note(Event{Kind: EventAct, Action: a.Number}, false)
	}
	w.strategy.Act(&w.client, a)
	w.acted = 0
	if w.habits&Cancels != 0 && a.Do < Fetch {
		if f := &w.ledger.Fates[a.Number]; f.Refused == 0 && !f.Blocked {
			w.cancelReads(a, f.Pressed)
		}
	}
}

func (p *Person) apply(a *Action) {
	switch a.Do {
	case Create:
		p.Deleted = false
	case Delete:
		p.Deleted = true
	}
	p.State.Put(a.Sets, By(a.Number))
}

// takeBack undoes apply for the action that the user has just asked for.
func (w *World) takeBack(a *Action) {
	p, before := w.person(a), &w.before[a.Number-1]
	p.Deleted = before.Deleted
	if a.Do != Create {
		p.State = before.State
	}
}

// undo takes an earlier action off the screen. What it covered is seen again.
func (w *World) undo(a *Action) {
	p, fates := w.person(a), &w.ledger.Fates
	stands := func(b *Action) bool {
		return b != a && b.View() == a.View() && fates[b.Number].Pressed != 0 && fates[b.Number].Refused == 0
	}
	for f := range a.Sets.All {
		by := p.State[f]
		if !w.ledger.Sums.Has(by, a.Number) {
			continue
		}
		under := w.ledger.Sums.Base(by)
		if under.Action() == a.Number {
			under = w.seenUnder(a, f, stands)
		}
		p.State[f] = w.onto(under, by, a.Number)
	}
	p.Deleted = false
	for i := range w.script.Actions {
		if b := &w.script.Actions[i]; (b.Do == Create || b.Do == Delete) && stands(b) {
			p.Deleted = b.Do == Delete
		}
	}
}

// seenUnder returns what a field had shown when action a was pressed, of what still
// stands.
func (w *World) seenUnder(a *Action, f int, stands func(*Action) bool) Writer {
	by, since := Nobody, Moment(0)
	if w.script.Gave(int(a.Person)).Has(f) {
		by = GivenTo(int(a.Person))
	}
	for i := range w.script.Actions[:a.Number-1] {
		if b := &w.script.Actions[i]; b.Sets.Has(f) && stands(b) {
			since = w.ledger.Fates[b.Number].Pressed
			if b.Adds.Has(f) {
				by = w.plus(by, b.Number)
			} else {
				by = By(b.Number)
			}
		}
	}
	if shown := w.shownOf(a, f, since); shown != Nobody {
		by = shown
	}
	return by
}

// shownOf returns the last writer on another client that a reply had shown in
// a field since some moment, when a was pressed; else Nobody.
func (w *World) shownOf(a *Action, f int, since Moment) (by Writer) {
	for i := range w.ledger.Reads {
		r := &w.ledger.Reads[i]
		if int(r.View) != a.View() || r.Shown <= since || r.Shown >= w.ledger.Fates[a.Number].Pressed {
			continue
		}
		for n := range w.ledger.Sums.All(r.Body[f]) {
			if n > 0 && w.script.Action(n).View() != a.View() {
				by = r.Body[f]
			}
		}
	}
	return by
}

// forget makes a view's client forget the id.
func (w *World) forget(view int) {
	if p := &w.ledger.Views[view]; p.ID != 0 {
		w.seal()
		p.ID = 0
		w.gone = w.gone.With(view)
	}
}

// creating reports whether a view's client still waits for the reply to a
// create, sent or not, or to the read of one that was opened: it may bring an id.
func (w *World) creating(view int) bool {
	return slices.ContainsFunc(w.requests[:w.posted], func(r *Request) bool {
		return (r.Do == Create || r.opens()) && !r.ended && r.First().View() == view
	})
}

// block notes that an action has not happened yet.
func (w *World) block(a *Action) {
	if w.blocked == 0 {
		w.blockedSince = w.now
	}
	w.blocked++
	w.disabled |= 1 << (a.Number - 1)
	w.ledger.Fates[a.Number].Blocked = true
	w.wait(EventBlock, a, "")
}

// enable notes that an action waits for no button any more.
func (w *World) enable(a *Action) {
	w.disabled &^= 1 << (a.Number - 1)
	if w.blocked--; w.blocked == 0 {
		w.ledger.Blocked += w.now - w.blockedSince
	}
}

// unblock notes that it has happened now.
func (w *World) unblock(a *Action) {
	w.enable(a)
	if w.tracing {
		w.unblocked = append(w.unblocked, a.Number)
	}
}

// refuse notes that an action never happens, and that the user knows.
func (w *World) refuse(a *Action, reason string) {
	fate := &w.ledger.Fates[a.Number]
	fate.Refused, fate.Waits = w.happens(), 0
	fate.end(w.now, false)
	if w.tracing {
		w.note(Event{Kind: EventRefuse, Action: a.Number, Reason: reason}, true)
	}
}

// wait notes that an action waits, once an action. One that has left before
// has ended, even if it is to leave again.
func (w *World) wait(kind EventKind, a *Action, reason string) {
	w.still.changes++
	fate := &w.ledger.Fates[a.Number]
	if fate.Waits != 0 || fate.Sent != 0 {
		return
	}
	fate.Waits = w.happens()
	if w.tracing {
		w.note(Event{Kind: kind, Action: a.Number, Reason: reason}, true)
	}
}

func (w *World) fire(t Timer) {
	w.ledger.Events++ // and no more: it neither settles anything nor ends the quiet
	if w.tracing {
		w.note(Event{Kind: EventWake, Action: t.Action.Number}, false)
	}
	w.inHand = t.Action.View()
	if w.foreign != nil {
		w.host.fired(t)
	}
	w.still.fired, w.still.asked = w.still.changes, w.still.reads
	w.woken = t.Action
	w.strategy.Wake(&w.client, t)
	w.woken = nil
	w.still.vain++
	if !w.still.inVain() {
		w.still.quiet, w.still.vain = -1, 0
	}
}
