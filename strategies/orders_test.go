package strategies_test

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"slices"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// orders is what became of all the orders in which the events of a scenario
// can happen. Two orders are one class if what happened at each client is the
// same, and what happened at the server is the same.
type orders struct {
	orders  int
	classes map[string]outcome
	more    bool // there are, and they are not looked at
}

// mostRuns is after how many, which take seconds, no end is awaited any more.
const mostRuns = 500_000

type outcome struct {
	verdict judge.Verdict
	kinds   []judge.Kind
	events  []sim.Choice // one order of the class
	end     string       // everything that the judge makes of it
}

// explore runs every order, each from its start, and spares itself nothing.
func explore(s *sim.Script, strategy sim.Strategy) orders {
	return exploreSome(s, strategy, math.MaxInt)
}

// exploreSome is explore, of which no more than so many runs are awaited.
func exploreSome(s *sim.Script, strategy sim.Strategy, most int) orders {
	rules := rulesOf(s)
	s = s.Unpinned()
	s.Network.Processing, s.Network.Save, s.Network.Read = sim.Latency{}, sim.Apart{}, sim.Apart{}
	switch {
	case rules.enters:
		s.Network.Processing.A = 1
	default:
		s.Network.Workers = 0 // who waits for a worker is not seen
	}
	all := orders{classes: map[string]outcome{}}
	inVain := map[string]int{}
	w, j, o := &dumb.world, &dumb.judge, order{rules: rules}
	for todo, runs := [][]int{nil}, 0; len(todo) > 0; runs++ {
		if all.more = runs == most; all.more {
			break
		}
		o.from(todo[len(todo)-1])
		todo = todo[:len(todo)-1]
		ledger := w.Run(s, strategy, 1, sim.Options{Chooser: &o})
		for i := len(o.begin); i < len(o.taken); i++ {
			for k := 1; k < o.width[i]; k++ {
				todo = append(todo, append(o.taken[:i:i], k))
			}
		}
		if (o.vain || o.fired && w.FiredInVain()) && !o.over(inVain) {
			continue
		}
		all.orders++
		judged := j.Judge(s, ledger)
		out := outcome{verdict: judged.Verdict, events: slices.Clone(o.events), end: end(s, ledger, judged)}
		for _, a := range judged.Anomalies {
			out.kinds = append(out.kinds, a.Kind)
		}
		all.classes[o.class()] = out
	}
	return all
}

// dumb is what runs and judges all orders, again and again: a world is large.
var dumb struct {
	world sim.World
	judge judge.Judge
}

// order is a [sim.Chooser] that repeats the beginning of an order and then
// takes the first event that may come next.
type order struct {
	rules
	begin, taken []int // which of the events that could come next came
	width        []int // how many there were
	events       []sim.Choice
	places       [sim.MaxClients + 1][]byte // what happened at each client, and at the server
	before       [sim.MaxClients + 1]int    // how much of it did so before the last event
	alone        []bool                     // by step: nothing but timers could come next
	fired        bool                       // the last event was a timer
	vain         bool                       // a timer only set itself again: that is no event
	polls        [sim.MaxClients]int        // how often each client has polled while others had something to do
	inside       int                        // requests that have reached the server and are not done, but for those of polls
	begun        sim.Pending                // one that has just begun: it may have been turned away

	may []int // which of the pending events may come next
}

// from begins anew. What the last order took up is used again.
func (o *order) from(begin []int) {
	was := *o
	*o = order{rules: was.rules, begin: begin, taken: was.taken[:0], width: was.width[:0], events: was.events[:0], alone: was.alone[:0], may: was.may}
	for i := range o.places {
		o.places[i] = was.places[i][:0]
	}
}

// rules are what a script says of the order of events.
type rules struct {
	begins  bool // see [sim.Script.Begins]
	enters  bool // it is seen that a request reaches the server before that is done with it: of a client that is offline then only what has reached it is not lost
	workers int  // so many requests begin at most before others are done

	// Of how many messages, those sent first, each link may deliver the next one: of
	// any, if it is not fifo; else of one, save that a server that takes time does as
	// many requests at once as it has workers.
	up, down int
}

func rulesOf(s *sim.Script) rules {
	const any = 1000
	r := rules{begins: s.Begins(), workers: s.Network.Workers, up: 1, down: 1}
	r.enters = len(s.Offline) > 0 && s.TakesTime() && (!r.begins || r.workers > 0)
	switch {
	case !s.Network.Fifo:
		r.up, r.down = any, any
	case r.begins, r.enters: // inside the server they overtake each other after they have begun
	case !s.TakesTime(): // nothing can overtake
	case r.workers == 0:
		r.up = any
	default:
		r.up = r.workers
	}
	return r
}

// goesUp reports whether a pending event is a request on its way to the server. Where the
// server takes a request up and is done with it at two moments, it is there at the first.
func (r *rules) goesUp(what sim.What) bool {
	switch {
	case r.enters:
		return what == sim.RequestEnters || what == sim.DuplicateEnters
	case r.begins:
		return what == sim.RequestBegins || what == sim.DuplicateBegins
	}
	return what == sim.RequestArrives || what == sim.DuplicateArrives
}

// goesDown reports whether it is a message on its way to the client.
func goesDown(what sim.What) bool { return what == sim.ReplyArrives || what == sim.PushArrives }

// places are where an event happens: at the server, at its client, or, since the
// server sees who is cut off, at both.
func places(w *sim.World, e *sim.Pending) []int {
	switch e.What {
	case sim.RequestArrives, sim.DuplicateArrives, sim.RequestBegins, sim.DuplicateBegins,
		sim.RequestEnters, sim.DuplicateEnters, sim.WriteVisible:
		if other := 1 - w.Client(e); w.Tells(e) >= 0 {
			return []int{sim.MaxClients, other} // who is to hear of it, and has pressed something by then or not
		}
		return []int{sim.MaxClients}
	case sim.SpanEnds:
		return []int{w.Client(e), sim.MaxClients}
	}
	return []int{w.Client(e)}
}

// busy reports whether an event would have the server begin with a request when all
// of its workers have begun with others.
func (o *order) busy(pending []sim.Pending, e *sim.Pending) bool {
	if !o.begins || o.enters || o.workers == 0 || !o.goesUp(e.What) {
		return false
	}
	begun := 0
	for _, b := range pending {
		if b.What == sim.RequestArrives || b.What == sim.DuplicateArrives {
			begun++
		}
	}
	return begun >= o.workers
}

// polled reports whether a client would poll once too often: it does so twice at any
// moment, and once when nothing else is to come.
func (o *order) polled(w *sim.World, pending []sim.Pending, e *sim.Pending) bool {
	return e.What == sim.PollDue && !o.quiet(w, pending) && o.polls[w.Client(e)] == 2
}

// quiet: nothing is to come but polls, and what they bring. What waits for a worker is
// still to come, and no event yet.
func (o *order) quiet(w *sim.World, pending []sim.Pending) bool {
	return o.inside == 0 && !slices.ContainsFunc(pending, func(p sim.Pending) bool {
		return p.What != sim.PollDue && !ofPoll.MatchString(w.Label(&p))
	})
}

// ofPoll matches the labels of what a poll brings: "f·1>", "<f·2@2/3".
var ofPoll = regexp.MustCompile(`^<?f·\d`)

// early reports whether too many messages of its kind were sent before it.
func (o *order) early(w *sim.World, pending []sim.Pending, e *sim.Pending) bool {
	up, down := o.goesUp(e.What), goesDown(e.What)
	before := 0
	for _, b := range pending {
		if w.Client(&b) != w.Client(e) {
			continue
		}
		twin := e.What == sim.DuplicateArrives && b.What == sim.RequestArrives && !o.begins ||
			e.What == sim.DuplicateBegins && b.What == sim.RequestBegins || e.What == sim.DuplicateEnters && b.What == sim.RequestEnters
		if twin && b.N == e.N {
			return true // of two that are the same, one comes first
		}
		if (up && o.goesUp(b.What) || down && goesDown(b.What)) && b.Order() < e.Order() {
			before++
		}
	}
	return up && before >= o.up || down && before >= o.down
}

func (o *order) Choose(w *sim.World, pending []sim.Pending) int {
	if o.vain = o.fired && w.FiredInVain(); o.vain {
		return -1
	}
	o.leaves(pending)
	may := o.may[:0]
	for i := range pending {
		e := &pending[i]
		if !w.Idle(e) && !o.early(w, pending, e) && !o.busy(pending, e) && !o.polled(w, pending, e) {
			may = append(may, i)
		}
	}
	o.may = may
	k := 0
	if n := len(o.taken); n < len(o.begin) {
		k = o.begin[n]
	}
	o.taken, o.width = append(o.taken, k), append(o.width, len(may))
	o.alone = append(o.alone, !slices.ContainsFunc(pending, func(p sim.Pending) bool { return p.What != sim.TimerFires && !w.Idle(&p) }))
	next := pending[may[k]]
	o.fired = next.What == sim.TimerFires
	o.events = append(o.events, next.Choice())
	switch ofPoll := ofPoll.MatchString(w.Label(&next)); {
	case next.What == sim.PollDue && !o.quiet(w, pending):
		o.polls[w.Client(&next)]++
	case !o.enters || ofPoll:
	case next.What == sim.RequestEnters || next.What == sim.DuplicateEnters:
		o.inside++
	case next.What == sim.RequestBegins || next.What == sim.DuplicateBegins:
		o.begun = next
	case next.What == sim.RequestArrives || next.What == sim.DuplicateArrives:
		o.inside--
	}
	for i := range o.places {
		o.before[i] = len(o.places[i])
	}
	for _, place := range places(w, &next) {
		o.places[place] = append(append(o.places[place], w.Label(&next)...), ' ') // by label: another client's requests have numbers too
	}
	return may[k]
}

// leaves lets the request that has just begun be inside no more, if the server is not at
// work at it: its key was in use.
func (o *order) leaves(pending []sim.Pending) {
	b, done := o.begun, sim.RequestArrives
	if b.What == sim.DuplicateBegins {
		done = sim.DuplicateArrives
	}
	if b.N != 0 && !slices.ContainsFunc(pending, func(p sim.Pending) bool { return p.What == done && p.N == b.N }) {
		o.inside--
	}
	o.begun = sim.Pending{}
}

func (o *order) class() string { return string(bytes.Join(o.places[:], []byte("|"))) }

// over takes back the last event, a timer that fired in vain, and reports whether the
// order ends there: nothing but timers was left, and each of them would fire in vain.
func (o *order) over(inVain map[string]int) bool {
	n := len(o.taken) - 1
	at := fmt.Sprint(o.taken[:n])
	inVain[at]++
	o.events = o.events[:n]
	for i := range o.places {
		o.places[i] = o.places[i][:o.before[i]]
	}
	return o.alone[n] && inVain[at] == o.width[n]
}

func (o *orders) bad() (n int) {
	for _, c := range o.classes {
		if c.verdict >= judge.Unknown {
			n++
		}
	}
	return n
}

func (o *orders) verdicts() map[string]int {
	n := map[string]int{}
	for _, c := range o.classes {
		n[c.verdict.String()]++
	}
	return n
}
