package explore

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"

	"photofinish/sim"
)

// Pin returns the script with clicks and latencies pinned so that time alone
// brings about the schedule in a trial with seed 1, and false if it finds no
// such times.
//
// Messages can take as long as one likes and the user may click at will; what
// is not free is a timer. One that fires in vain and sets itself again fires
// in steps of its own length, so what lets a waiter go must happen after every
// other waiter has asked and before this one does. Where that depends on when
// the user clicked, a few hundred rhythms of clicking are tried. Of two clients
// it may find none where an equal order, in which their timers fire in another
// sequence, has some.
func Pin(script *sim.Script, strategy sim.Strategy, schedule Schedule) (*sim.Script, bool) {
	only, err := schedule.Only(script)
	if err != nil {
		return nil, false
	}
	var w sim.World
	plan := planner{Scheduled: schedule.Chooser()}
	const seed = 1 // what is left to luck, such as a pause before another attempt
	w.Run(Script(only), strategy, seed, sim.Options{Chooser: &plan})
	if plan.Unused() != nil || plan.errands && (only.Begins() || only.Enters()) {
		return nil, false // the server's time for what nobody pressed cannot be pinned
	}
	rnd := rand.New(rand.NewPCG(1, 1))
	for try := range 500 {
		pinned := only.Unpinned()
		if !plan.times(try, rnd) {
			continue
		}
		plan.pin(pinned)
		if only.TakesTime() || only.Begins() {
			plan.pinWork(pinned)
		}
		l := labeller{chooser: sim.ByTime{}}
		w.Run(pinned, strategy, seed, sim.Options{Chooser: &l})
		l.look(&w)
		if slices.Equal(l.schedule(), plan.schedule) {
			return pinned, true
		}
	}
	return nil, false
}

// planned is an event of the schedule that is to get a time.
type planned struct {
	what   sim.What
	n      int32
	action int           // of an act
	since  int           // the event that scheduled it, -1 if none did
	after  time.Duration // how long after that, of a timer or a timeout
	at     time.Duration // when it is to happen
	errand bool          // nobody pressed what it is about
}

// planner follows a schedule and notes what set what.
type planner struct {
	*Scheduled
	events []planned
	keys   map[sim.Choice]planned // of what is pending
	first  map[int32]int          // by request, the action whose pins it obeys
	tried  map[int]bool           // by action: a request has carried it first
	now    time.Duration

	errands        bool          // clients read by themselves, or the server sent news
	up, down, seen time.Duration // what a message of theirs takes, and until a write is visible
}

// Choose follows the schedule.
func (p *planner) Choose(w *sim.World, pending []sim.Pending) int {
	if p.keys == nil {
		p.keys, p.first, p.tried = map[sim.Choice]planned{}, map[int32]int{}, map[int]bool{}
	}
	for i := range pending {
		e := &pending[i]
		key := e.Choice()
		if _, known := p.keys[key]; !known {
			p.keys[key] = planned{what: e.What, n: e.N, since: len(p.events) - 1, after: e.At - p.now}
			if e.What == sim.RequestArrives || e.What == sim.ReplyArrives || e.What == sim.PushArrives {
				of := p.keys[key]
				of.errand = w.Carries(e) > sim.MaxActions
				p.keys[key], p.errands = of, p.errands || of.errand
			}
			if _, known := p.first[e.N]; !known && (e.What == sim.RequestArrives || e.What == sim.RequestEnters || e.What == sim.RequestBegins) {
				p.first[e.N] = p.obeys(w.Carries(e))
			}
		}
	}
	i := p.Scheduled.Choose(w, pending)
	if i >= 0 {
		e := pending[i]
		chosen := p.keys[e.Choice()]
		switch e.What {
		case sim.UserActs:
			chosen.action = int(e.N)
		case sim.PollDue:
			chosen.at = e.At
		}
		p.events = append(p.events, chosen)
		p.now = max(p.now, e.At)
	}
	return i
}

// obeys returns the action whose pins a new request obeys: the first one that
// it carries, or 0 if it is a later attempt at it, or an errand.
func (p *planner) obeys(action int) int {
	if p.tried[action] || action > sim.MaxActions {
		return 0
	}
	p.tried[action] = true
	return action
}

// times finds a time for every event, and reports whether it could. The first
// try takes even steps, later ones a random rhythm.
func (p *planner) times(try int, rnd *rand.Rand) bool {
	now := time.Duration(0)
	step := func() time.Duration {
		if try == 0 {
			return 10 * time.Millisecond
		}
		return time.Duration(1+rnd.IntN(10*(1+try%5))) * time.Millisecond
	}
	most := 4 + 40*(try%5)
	own := rand.New(rand.NewPCG(2, uint64(try)))
	for _, d := range []*time.Duration{&p.up, &p.down, &p.seen} {
		*d = time.Duration(1+own.IntN(most)) * time.Millisecond
	}
	for k := 0; k < len(p.events); k++ {
		e := &p.events[k]
		if wake := p.released(k); wake > k {
			from, to, ok := p.gap(k, wake, now)
			if !ok {
				return false
			}
			for i := k; i < wake; i++ {
				p.events[i].at = from + (to-from)*time.Duration(i-k+1)/time.Duration(wake-k+1)
			}
			p.events[wake].at = to
			now, k = to, wake
			continue
		}
		at, fixed := p.fixed(e)
		switch {
		case fixed:
			if e.at = at; at < now {
				return false
			}
		case e.what == sim.TimerFires:
			_, to, ok := p.gap(k, k, now)
			if !ok {
				return false
			}
			e.at = to
		case k > 0:
			d, ok := p.until(k, now)
			if !ok {
				return false
			}
			e.at = now + min(step(), d)
		default:
			e.at = 0
		}
		now = e.at
	}
	return true
}

// fixed returns when an event happens that nothing delays, once it has been scheduled.
func (p *planner) fixed(e *planned) (at time.Duration, is bool) {
	switch {
	case e.what == sim.PollDue:
		return e.at, true
	case e.what == sim.ClientGivesUp:
		return p.begun(e) + e.after, true
	case e.what == sim.WriteVisible:
		return p.begun(e) + p.seen, true
	case e.errand && e.what == sim.RequestArrives:
		return p.begun(e) + p.up, true
	case e.errand:
		return p.begun(e) + p.down, true
	}
	return 0, false
}

// until returns how long event k may be in coming, for all between it and the next that
// nothing delays to come before that; false if there is no time left.
func (p *planner) until(k int, now time.Duration) (d time.Duration, ok bool) {
	for j := k + 1; j < len(p.events); j++ {
		if at, fixed := p.fixed(&p.events[j]); fixed && p.events[j].since < k {
			d = (at - now) / time.Duration(j-k+1)
			return d, d > 0
		}
	}
	return sim.MaxLatency, true
}

// released returns the firing that event k lets go: the next timer of the
// schedule, if k is the last reply or timeout before it.
func (p *planner) released(k int) int {
	if w := p.events[k].what; w != sim.ReplyArrives {
		return -1
	}
	for i := k + 1; i < len(p.events); i++ {
		switch p.events[i].what {
		case sim.TimerFires:
			if p.events[i].since >= k {
				return -1 // it was set then
			}
			return i
		case sim.ReplyArrives, sim.ClientGivesUp:
			return -1
		}
	}
	return -1
}

// gap returns when the firing at wake can happen, not before now, and since
// when no other timer will have fired: the events from k on go in between.
func (p *planner) gap(k, wake int, now time.Duration) (from, to time.Duration, ok bool) {
	e := &p.events[wake]
	if e.since >= k && e.since >= 0 && k != wake {
		return 0, 0, false
	}
	to = p.begun(e)
	for range 10_000 {
		to += e.after
		if to <= now+time.Duration(wake-k+1)*time.Microsecond {
			continue
		}
		from = now
		for i := wake + 1; i < len(p.events); i++ {
			if o := &p.events[i]; o.what == sim.TimerFires && o.since < wake {
				from = max(from, o.lastBefore(to, p))
			}
		}
		if k == wake && from > now {
			return 0, 0, false // another would have come first
		}
		if to-from > time.Duration(wake-k+1)*10*time.Microsecond {
			return from, to, true
		}
	}
	return 0, 0, false
}

// begun returns when an event was scheduled: before the first of them, a client
// that is not ours does so as the trial begins.
func (p *planner) begun(e *planned) time.Duration {
	if e.since < 0 {
		return 0
	}
	return p.events[e.since].at
}

// lastBefore returns the last time not after t at which the timer asks.
func (e *planned) lastBefore(t time.Duration, p *planner) time.Duration {
	set := p.begun(e)
	if t < set+e.after {
		return 0
	}
	return set + (t-set)/e.after*e.after
}

// pin writes the times into the script.
func (p *planner) pin(script *sim.Script) {
	arrived := map[int32]time.Duration{}
	script.Offline = slices.Clone(script.Offline)
	if net := &script.Network; p.errands {
		said := func(d time.Duration) sim.Own { return sim.Own{Said: true, Latency: sim.Latency{A: d}} }
		net.Read = sim.Apart{Up: said(p.up), Down: said(p.down), Processing: said(0)}
	}
	if script.Habits()&sim.Lags != 0 {
		script.Network.Lag = sim.Latency{A: p.seen}
	}
	if script.Habits()&(sim.Offlines|sim.Closes) != 0 {
		p.strand(script)
	}
	for _, e := range p.events {
		switch e.what {
		case sim.UserActs:
			script.Action(e.action).At = e.at
		case sim.SpanEnds:
			if span := &script.Offline[(e.n-1)/2]; e.n%2 == 1 {
				span.From = e.at
			} else {
				span.To = e.at
			}
		case sim.RequestArrives:
			arrived[e.n] = e.at
			if a := p.first[e.n]; a != 0 {
				script.Action(a).Up = e.at - p.begun(&e)
			}
		case sim.ReplyArrives:
			if a := p.first[e.n]; a != 0 {
				script.Action(a).Down = e.at - arrived[e.n]
			}
		}
	}
}

// strand lets all that arrives nowhere in the schedule, since its client went offline or away,
// still be on its way then.
func (p *planner) strand(script *sim.Script) {
	for i := range script.Actions {
		if a := &script.Actions[i]; p.tried[a.Number] {
			a.Up, a.Down = sim.MaxLatency, sim.MaxLatency
		}
	}
}

// pinWork divides the time until a request is handled between the link and the
// server. On a fifo link it is all the server's, where alone requests overtake
// each other; else nearly all the link's.
func (p *planner) pinWork(script *sim.Script) {
	net := &script.Network
	entered := map[int32]planned{}
	for _, e := range p.events {
		if e.what == sim.RequestEnters || e.what == sim.RequestBegins && entered[e.n].what != sim.RequestEnters {
			entered[e.n] = e
		}
	}
	arrivals := slices.DeleteFunc(slices.Clone(p.events), func(e planned) bool { return e.what != sim.RequestArrives })
	slices.SortFunc(arrivals, func(a, b planned) int { return cmp.Compare(a.n, b.n) })
	var done []time.Duration // when the requests before were, in order
	for i, e := range arrivals {
		sent := p.begun(&e)
		begun := e.at - time.Microsecond
		if net.Fifo {
			begun = sent
			if k := i - net.Workers; net.Workers > 0 && k >= 0 {
				begun = max(sent, done[k]) // then a worker is free
			}
		}
		if n := p.first[e.n]; n != 0 {
			a := script.Action(n)
			a.Up, a.Processing = 0, e.at-begun
			if !net.Fifo {
				a.Up = begun - sent
			}
			if at, known := entered[e.n]; known {
				a.Up, a.Processing = at.at-p.begun(&at), e.at-at.at
			}
		}
		at, _ := slices.BinarySearch(done, e.at)
		done = slices.Insert(done, at, e.at)
	}
}
