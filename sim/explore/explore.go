// Package explore runs a scenario in every order in which its events can
// happen, and counts how they end. What it calls race-free is a proof.
//
// # What an order is
//
// An event is: the user acts, a request arrives, a reply reaches the
// client, the client gives up waiting, a timer does something. The user acts
// in issue order; think time and latencies are otherwise free, so any message
// in flight may be the next to arrive and any timer may be the next to fire.
// A firing that changes nothing and only sets the timer again is no event. A client that
// polls does so twice at most, at any moment (no anomaly names more than two reads), and
// once more when all is quiet. A client
// goes offline, and is back, between the clicks between which it does in the script.
// Of the network, orders know fifo, connections, timeout and whether replies
// echo the record. On a fifo link requests overtake each other only inside a
// server that takes time, and there only as many as it has workers for. A message is
// lost, delivered twice, or refused, only where the script says so, or as one of the faults
// that [Bounds] allow. That a timer may fire at any moment could be too much for
// one that asks again and again at a fixed pace; [Pin] finds the clicks and
// latencies at which it does fire in that order.
//
// # Why not all of them need to be run
//
// An event at the client and one at the server, neither of which caused the
// other, can be exchanged without anybody noticing. Orders that differ only by
// such exchanges are one class; a class is what the client saw and what the
// server saw, each in order. Exactly one order of each class has no event at
// the server directly before an event at the client that it could be
// exchanged with: to exchange such a pair wherever there is one always ends,
// and always in the same order, because no two such pairs overlap. Only those
// orders are run. (An arrival is nearly always followed by its reply, so
// hardly any run turns out to lead nowhere.)
//
// Of two clients the same is true, with the sites in a row: the first client,
// the second, the server. That a client goes offline, or is back, is an event of that
// client and of the server too, which sees who is cut off: what arrived before and what
// did not are two orders. The order that is run is the one that always goes on
// at the first site at which anything can happen: between an event and what
// it waited for, the click before it, the event before it at its site, the
// message it is about, no event at a later site may stand.
//
//	client   a1 ──┐   a2 ──┐          a2 could come before the arrival
//	server        └▶ r1    └▶ r2      of r1 or after it: one class
//
// An order is run by starting the trial anew and choosing its events one by
// one. Nothing is copied, and the memory needed is one number an event.
//
// # Why most of those need not be run either
//
// Where only the counts are wanted, and they are large, two orders that have come to
// the same state are one from there on: what follows is run once, and counted for
// both. A state is all that what comes next can depend on, and all of the past that
// the judge may still ask for. Six updates at once have 1,566,813 classes, which go
// through 4,450 states. The count is the same to the digit; see [Explorer.Count].
package explore

import (
	"context"
	"errors"
	"iter"
	"slices"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// Result counts the orders of a scenario under one strategy.
type Result struct {
	Classes  int64 // of orders; see the package comment
	Orders   uint64
	Verdicts [judge.Wrong + 1]int64 // classes, by how they end
	Blocked  int64                  // classes in which the client blocked a press
	Refused  int64                  // classes in which it refused one that was owed
	Complete bool                   // every class was run; if not, nothing is proved
	Why      string                 // why the end of a class is unknown, if a client that is not ours said so
	Failed   error                  // why a client that is not ours could not go on: then nothing is proved
}

// Most is where counts of classes end: it stands for that many or more.
const Most int64 = 1_000_000_000_000_000_000

// ErrStray says that the same choices did not lead to the same place.
var ErrStray = errors.New("the same clicks and answers led to another place: it depends on something else, or keeps what a new start should forget")

// Bad returns the number of classes that end wrong, stuck or unknown.
func (r *Result) Bad() int64 {
	return min(Most, r.Verdicts[judge.Wrong]+r.Verdicts[judge.Stuck]+r.Verdicts[judge.Unknown])
}

// Gravest returns the gravest verdict that any class ends with.
func (r *Result) Gravest() judge.Verdict {
	for v := judge.Wrong; v > judge.OK; v-- {
		if r.Verdicts[v] > 0 {
			return v
		}
	}
	return judge.OK
}

// RaceFree reports whether every order was run and none is bad.
func (r *Result) RaceFree() bool { return r.Complete && r.Classes > 0 && r.Bad() == 0 }

// Class is one class of orders, as it was run. It is overwritten by the next.
type Class struct {
	Choices []sim.Choice // the events in order
	Ledger  *sim.Ledger
	Judged  judge.Judgement
	Orders  uint64 // how many orders are in the class
	Blocked bool   // the client blocked a press
	Refused bool   // it refused one that was owed
	Failed  error  // it is none: why a client that is not ours could not go on

	slow bool // it is of a client that is not ours: to run one takes long enough to look at the clock
}

// Explorer runs every order of one scenario after the other. It may be used
// again, and allocates nothing once warm.
type Explorer struct {
	world  sim.World
	judge  judge.Judge
	path   path
	behind behind // the path behind a beginning, where there is one
	counts counter
	second sim.World // for what is told of an order, beside the running one
}

// Script returns the scenario as orders know it: without latencies, and
// without what chance does.
func Script(s *sim.Script) *sim.Script {
	c := s.Unpinned()
	c.Network = sim.Network{
		Echo: s.Network.Echo, Fifo: s.Network.Fifo, Connections: s.Network.Connections, Timeout: s.Network.Timeout,
		Reread: s.Network.Reread, Poll: s.Network.Poll, Push: s.Network.Push, Cancel: s.Network.Cancel,
		Lag: s.Network.Lag, Torn: s.Network.Torn, KeyInUse: s.Network.KeyInUse,
	}
	if s.Enters() { // what the server is at work at then is not lost
		c.Network.Processing, c.Network.Workers = sim.Latency{A: 1}, s.Network.Workers
	}
	return c
}

// Bounds say how far to go. The zero value is: to the end, without faults.
type Bounds struct {
	// How many classes to run at most, one by one; 0: all. Where they are more than a
	// few, states are merged to count them, and then they may be any number: see
	// [Explorer.Count].
	Classes int
	Faults  int // how many messages may be lost, delivered twice, or refused, beyond what the script says
}

// When classes are more than one wants to run, and how many states are kept to
// merge them: for each class that may be run, more where none was found that is
// bad, for then it is a proof that is missing; and never more than memory is for.
const (
	singly     = 500
	statesEach = 5
	proofEach  = 25
	maxStates  = 2_000_000
)

// Count counts every class of orders within the bounds, until ctx ends. It begins
// to run them one by one. If they are more than a few hundred it tries to count
// them by the states that they go through, and else goes on; a result that is not
// complete is of the classes that were run.
func (e *Explorer) Count(ctx context.Context, script *sim.Script, strategy sim.Strategy, b Bounds) Result {
	some, proof := min(statesEach*b.Classes, maxStates), min(proofEach*b.Classes, maxStates)
	if b.Classes == 0 {
		some, proof = maxStates, maxStates
	}
	return e.count(ctx, script, strategy, b, some, proof)
}

// count is Count with so many states at most, and so many for a proof.
func (e *Explorer) count(ctx context.Context, script *sim.Script, strategy sim.Strategy, b Bounds, some, proof int) Result {
	r, whole := Result{Complete: true}, Result{Complete: true} // run one by one, and merged
	for s, faults := range faulty(script, b.Faults) {
		before, n := r, 0
		var m *merger
		merged := func(states int) bool {
			if m == nil {
				m = &merger{script: s, strategy: strategy, faults: faults}
			}
			all, ok := m.count(ctx, states)
			if ok {
				r = before
				whole.add(all)
			}
			return ok
		}
		for c := range e.Classes(s, strategy) {
			if n++; n > singly && !c.slow && m == nil && merged(some) {
				break
			}
			if r.count(ctx, c, faults, b.Classes) {
				continue
			}
			if c.slow || c.Failed != nil || r.Bad() > 0 || !merged(proof) {
				r.add(whole)
				return r
			}
			break
		}
	}
	r.add(whole)
	return r
}

// add adds what was counted of other classes.
func (r *Result) add(o Result) {
	r.Classes = min(r.Classes+o.Classes, Most)
	r.Orders = add(r.Orders, o.Orders)
	for v, n := range o.Verdicts {
		r.Verdicts[v] = min(r.Verdicts[v]+n, Most)
	}
	r.Blocked, r.Refused = min(r.Blocked+o.Blocked, Most), min(r.Refused+o.Refused, Most)
	r.Complete = r.Complete && o.Complete
	r.wonder(o.Why)
	if r.Failed == nil {
		r.Failed = o.Failed
	}
}

// count adds a class, and reports whether to go on.
func (r *Result) count(ctx context.Context, c *Class, faults []Fault, limit int) bool {
	if limit > 0 && r.Classes == int64(limit) || (c.slow || r.Classes%256 == 0) && ctx.Err() != nil {
		r.Complete = false
		return false
	}
	if c.Failed != nil {
		r.Failed, r.Complete = c.Failed, false
		return false
	}
	if happened(c.Ledger, faults) {
		r.Classes++
		r.Orders = add(r.Orders, c.Orders)
		r.Verdicts[c.Judged.Verdict]++
		if c.Blocked {
			r.Blocked++
		}
		if c.Refused {
			r.Refused++
		}
		r.wonder(c.Ledger.Why)
	}
	return true
}

// wonder keeps one of the reasons: the first by the alphabet, whoever comes first.
func (r *Result) wonder(why string) {
	if why != "" && (r.Why == "" || why < r.Why) {
		r.Why = why
	}
}

// Classes yields every class of orders of the scenario under the strategy, in
// a fixed order. A loop over it may stop at any time.
func (e *Explorer) Classes(script *sim.Script, strategy sim.Strategy) iter.Seq[*Class] {
	return func(yield func(*Class) bool) { e.run(script, strategy, nil, yield) }
}

// run yields the orders that begin with some steps.
func (e *Explorer) run(script *sim.Script, strategy sim.Strategy, begin []step, yield func(*Class) bool) {
	e.path.over(script)
	script = Script(script)
	p := &e.path
	p.cut = 0
	p.steps, p.fixed = append(p.steps[:0], begin...), len(begin)
	class := Class{}
	_, class.slow = strategy.(sim.Foreign)
	for {
		p.begin()
		class.Ledger = e.world.Run(script, strategy, 0, sim.Options{Chooser: e.chooser()})
		if class.Failed = class.Ledger.Failed; p.stray && class.Failed == nil {
			class.Failed = ErrStray
		}
		if class.Failed != nil {
			yield(&class)
			return
		}
		if p.ended(&e.world) {
			if class.Orders = p.orders(&e.counts); class.Orders == 0 {
				if !p.next() {
					return
				}
				continue
			}
			class.Choices = p.choices
			class.Judged = e.judge.Judge(script, class.Ledger)
			if class.Ledger.Readings > 1 {
				e.read(script, strategy, &class)
			}
			class.Blocked, class.Refused = e.judge.Impeded()
			if !yield(&class) {
				return
			}
		}
		if !p.next() {
			return
		}
	}
}

// read judges a class in each way that it can be read.
func (e *Explorer) read(script *sim.Script, strategy sim.Strategy, c *Class) {
	again := &sim.Replay{Choices: slices.Concat(e.behind.begin, c.Choices)}
	c.Ledger, c.Judged = e.judge.Run(&e.world, script, strategy, 0, sim.Options{Chooser: again})
	c.Failed = c.Ledger.Failed
}
