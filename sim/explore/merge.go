package explore

import (
	"context"
	"crypto/sha256"
	"slices"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// merger counts classes without running each of them: two orders that have come
// to the same state go on alike, so what can follow is run once. States are what
// [sim.Snapshot] and [judge.Gist] write of them; a state is reached by running the trial from the start, as ever, and
// no further than to one that is known.
//
// What follows a state is counted by what follows those after it:
//
//	orders(s)  = Σ orders(s·a)
//	classes(s) = Σ classes(s·a) − Σ classes(s·a·b) + Σ classes(s·a·b·c)
//
// with one event a of those that may come next, two, and three, at as many sites:
// they can be exchanged, so orders that begin with both are counted once for each
// (Cartier, Foata, "Problèmes combinatoires de commutation et réarrangements", 1969).
type merger struct {
	script   *sim.Script
	strategy sim.Strategy
	faults   []Fault
	begin    []sim.Choice // what happens first, and counts as no event
	states   int          // how many there may be at most

	world    sim.World
	judge    judge.Judge
	path     path // for what its rules say of links
	snapshot sim.Snapshot
	key      []byte
	known    map[[16]byte]int32 // nodes, by fingerprints of what is written of their states
	nodes    []node
	edges    []edge
	leaves   []int32 // nodes of ends, one for each way to end
	stack    []frame // the states on the way to the one that is being run
	depth    int     // how many they are

	begun int   // how much of the beginning this trial has passed
	at    int   // how many of the states
	came  int32 // the node that it has come to, or one of those below
	fired bool  // the last event was a timer

	unable bool // it cannot be done: a state cannot be written down, or comes again
}

// What a trial came to, if to no node.
const (
	ended int32 = -1 - iota // its end
	vain                    // a timer that changed nothing: that is no event
	full                    // a state that is one too many
	open                    // nothing yet
)

// node is a state, with what may follow.
type node struct {
	classes [tallies]uint64 // by how they end, and with what on the way: modulo 2^64
	orders  uint64          // at most the largest number: see add
	from    int32           // its edges
	to      int32           // and where they end; or open: it is on the stack
}

// What is counted of classes: their verdicts, and these.
const (
	blocked = int(judge.Wrong) + 1 + iota
	refused
	tallies
)

// edge is an event, and the state that it leads to.
type edge struct {
	event uint32
	sites uint8 // where it happens, one bit each
	to    int32
}

// frame is a state on the stack.
type frame struct {
	node   int32
	events []choice
	at     int // the event that is being run
}

// choice is an event that may come next.
type choice struct {
	edge
	place int // among those that are pending
}

// count counts every class of a script in so many states at most, and reports
// false if it cannot, or ctx ends. To be called again with more goes on.
func (m *merger) count(ctx context.Context, states int) (r Result, ok bool) {
	if m.known == nil {
		m.known = map[[16]byte]int32{}
		m.path.over(m.script)
		m.script = Script(m.script)
	}
	m.states = states
	for runs := 1; !m.unable; runs++ {
		if runs%256 == 0 && ctx.Err() != nil {
			return r, false
		}
		m.begun, m.at, m.came, m.fired = 0, 0, ended, false
		l := m.world.Run(m.script, m.strategy, 0, sim.Options{Chooser: m})
		switch {
		case m.came == full:
			return r, false
		case m.came == ended && m.fired && m.world.FiredInVain():
			m.came = vain
		}
		m.unable = m.unable || l.Bounded || l.Failed != nil || l.Readings > 0
		if len(l.Reverts) > 0 && !m.snapshot.Covered {
			m.again()
			continue
		}
		if root, done := m.back(l); done && !m.unable {
			return m.result(root), true
		}
	}
	return r, false
}

// again begins anew, now that it is known that the strategy takes actions back.
func (m *merger) again() {
	clear(m.known)
	m.snapshot.Covered = true
	m.nodes, m.edges, m.leaves, m.depth = m.nodes[:0], m.edges[:0], m.leaves[:0], 0
}

// Choose follows the stack, and then looks whether the state is known.
func (m *merger) Choose(w *sim.World, pending []sim.Pending) int {
	switch {
	case m.begun < len(m.begin):
		return m.start(pending)
	case m.at < m.depth:
		return m.take(pending)
	case m.fired && w.FiredInVain():
		m.came = vain
		return -1
	}
	state, ok := m.snapshot.Of(w)
	m.key = judge.Gist(append(m.key[:0], state...), w.Script(), w.Ledger())
	key := fingerprint(m.key)
	n, known := m.known[key]
	switch {
	case !ok || known && m.nodes[n].to == open: // it cannot be written down, or comes again without an end
		m.unable = true
		return -1
	case known:
		m.came = n
		return -1
	case len(m.known) >= m.states:
		m.came = full
		return -1
	}
	m.known[key] = int32(len(m.nodes))
	m.push(w, pending)
	if !m.stack[m.depth-1].next() {
		m.came = open // all of it is known
		return -1
	}
	return m.take(pending)
}

func (m *merger) start(pending []sim.Pending) int {
	i := m.begin[m.begun].Among(pending)
	m.begun++
	m.unable = m.unable || i < 0
	return i
}

// fingerprint returns the first half of a SHA-256: two states that differ have the
// same one about as often as a machine adds two numbers wrongly unnoticed.
func fingerprint(state []byte) [16]byte {
	sum := sha256.Sum256(state)
	return [16]byte(sum[:16])
}

// push puts a new state on the stack. What can happen at the server is run first.
func (m *merger) push(w *sim.World, pending []sim.Pending) {
	if m.depth == len(m.stack) {
		m.stack = append(m.stack, frame{})
	}
	f := &m.stack[m.depth]
	f.node, f.events, f.at = int32(len(m.nodes)), f.events[:0], -1
	m.nodes = append(m.nodes, node{to: open})
	for _, first := range [...]bool{true, false} {
		for i := range pending {
			p := &pending[i]
			if atServer(p.What) != first || p.What == sim.WriteVisible && w.Idle(p) || !m.path.inTurn(w, pending, i) {
				continue
			}
			e := edge{event: m.snapshot.Event(p), to: open}
			if !first {
				e.sites = 1 << w.Client(p)
			}
			if first || p.What == sim.SpanEnds {
				e.sites |= 1 << server
			}
			if c := w.Tells(p); c >= 0 {
				e.sites |= 1 << c
			}
			f.events = append(f.events, choice{e, i})
		}
	}
	m.infer(f)
	m.depth++
}

// infer notes of a new state where events lead that could have come before the one
// that led to it, at another site: they have been run there, and that one after them.
func (m *merger) infer(f *frame) {
	if m.depth == 0 {
		return
	}
	before := &m.stack[m.depth-1]
	last := &before.events[before.at]
	for _, e := range before.events[:before.at] {
		if e.sites&last.sites != 0 {
			continue
		}
		for i := range f.events {
			if k := &f.events[i]; k.event == e.event && e.to >= 0 {
				k.to = m.after(&m.nodes[e.to], last.event)
			} else if k.event == e.event {
				k.to = e.to
			}
		}
	}
}

// next goes to the next event of which it is not known where it leads, and reports
// whether there is one.
func (f *frame) next() bool {
	for f.at++; f.at < len(f.events); f.at++ {
		if f.events[f.at].to == open {
			return true
		}
	}
	return false
}

// take takes the event that is being run in the next state of the stack.
func (m *merger) take(pending []sim.Pending) int {
	f := &m.stack[m.at]
	m.at++
	i := f.events[f.at].place
	m.fired = pending[i].What == sim.TimerFires
	return i
}

// back notes what the trial came to, and goes back to the last state of which not
// all has been run. If there is none, it returns the first node.
func (m *merger) back(l *sim.Ledger) (root int32, done bool) {
	to := m.came
	if to == ended {
		to = m.end(l)
	}
	for ; m.depth > 0; m.depth-- {
		f := &m.stack[m.depth-1]
		if to != open {
			f.events[f.at].to = to
		}
		if f.next() {
			return 0, false
		}
		to = m.close(f, l)
	}
	return to, true
}

// end returns a node for the end of a trial.
func (m *merger) end(l *sim.Ledger) int32 {
	n := node{}
	if happened(l, m.faults) {
		n.orders = 1
		n.count(int(m.judge.Judge(m.script, l).Verdict), true)
		b, r := m.judge.Impeded()
		n.count(blocked, b)
		n.count(refused, r)
	}
	for _, leaf := range m.leaves {
		if m.nodes[leaf] == n {
			return leaf
		}
	}
	m.nodes = append(m.nodes, n)
	m.leaves = append(m.leaves, int32(len(m.nodes)-1))
	return m.leaves[len(m.leaves)-1]
}

// count notes of an end that it is one of what is counted.
func (n *node) count(what int, is bool) {
	if is {
		n.classes[what] = 1
	}
}

// close works out the node of a state of which all has been run. Where timers
// alone were left, and none of them changes anything, it is an end.
func (m *merger) close(f *frame, l *sim.Ledger) int32 {
	from := len(m.edges)
	for _, e := range f.events {
		if e.to != vain {
			m.edges = append(m.edges, e.edge)
		}
	}
	if len(m.edges) == from {
		m.nodes[f.node] = m.nodes[m.end(l)]
		return f.node
	}
	n := &m.nodes[f.node]
	n.from, n.to = int32(from), int32(len(m.edges))
	for i := range m.edges[from:] {
		e := &m.edges[from+i]
		n.orders = add(n.orders, m.nodes[e.to].orders)
		m.follow(n, e.to, int32(from+i), e.sites, 1)
	}
	return f.node
}

// follow adds, or takes away, the classes that follow one event, two, or three of
// those that may come next after n, each at other sites: the last of them is the
// first of the edges.
func (m *merger) follow(n *node, after, edge int32, sites uint8, sign int) {
	t := &m.nodes[after]
	for v := range n.classes {
		if sign > 0 {
			n.classes[v] += t.classes[v]
		} else {
			n.classes[v] -= t.classes[v]
		}
	}
	for i := n.from; i < edge; i++ {
		if e := m.edges[i]; e.sites&sites == 0 {
			m.follow(n, m.after(t, e.event), i, sites|e.sites, -sign)
		}
	}
}

// after returns where an event leads from a state. Where it leads nowhere, an event at
// one site can no longer happen after one at another: the script cannot be counted
// by states.
func (m *merger) after(n *node, event uint32) int32 {
	for _, e := range m.edges[n.from:n.to] {
		if e.event == event {
			return e.to
		}
	}
	m.unable = true
	return 0
}

// result returns what a node says of all that follows. There are no more classes
// than orders: if these are a number, so are those.
func (m *merger) result(root int32) Result {
	n := &m.nodes[root]
	var near tally
	if n.orders >= uint64(Most) {
		near = m.near(root, map[int32]tally{})
	}
	counted := func(as int) int64 {
		if !(near[as] < float64(Most)) { // not even a number, past all numbers
			return Most
		}
		return int64(n.classes[as])
	}
	r := Result{Complete: true, Orders: n.orders, Blocked: counted(blocked), Refused: counted(refused)}
	for v := range r.Verdicts {
		r.Verdicts[v] = counted(v)
		r.Classes = min(r.Classes+r.Verdicts[v], Most)
	}
	return r
}

// bad returns a bad order with the fewest events, of those that have been counted.
func (m *merger) bad() *Class {
	f := follower{events: m.way(0, map[int32][]uint32{})}
	c := &Class{Ledger: m.world.Run(m.script, m.strategy, 0, sim.Options{Chooser: &f})}
	c.Choices, c.Judged = f.choices, m.judge.Judge(m.script, c.Ledger)
	return c
}

// way returns the fewest events that lead from a node to a bad end, the last one
// first; nil if none do.
func (m *merger) way(node int32, known map[int32][]uint32) []uint32 {
	n := &m.nodes[node]
	way, done := known[node]
	if done {
		return way
	}
	if n.from == n.to && n.classes[judge.Wrong]+n.classes[judge.Stuck]+n.classes[judge.Unknown] > 0 {
		way = []uint32{}
	}
	for _, e := range m.edges[n.from:n.to] {
		if rest := m.way(e.to, known); rest != nil && (way == nil || len(rest)+1 < len(way)) {
			way = append(slices.Clip(rest), e.event)
		}
	}
	known[node] = way
	return way
}

// follower lets the events of a way happen.
type follower struct {
	events   []uint32 // to come, the last one first
	snapshot sim.Snapshot
	choices  []sim.Choice
}

// Choose takes the next event of the way.
func (f *follower) Choose(w *sim.World, pending []sim.Pending) int {
	f.snapshot.Of(w)
	n := len(f.events) - 1
	for i := range pending {
		if n >= 0 && f.snapshot.Event(&pending[i]) == f.events[n] {
			f.events = f.events[:n]
			f.choices = append(f.choices, pending[i].Choice())
			return i
		}
	}
	return -1
}

// tally has what is counted of classes, nearly.
type tally [tallies]float64

// near works out anew, nearly, what is counted modulo 2^64.
func (m *merger) near(node int32, known map[int32]tally) tally {
	n := &m.nodes[node]
	sum, done := known[node]
	if done {
		return sum
	}
	if n.from == n.to {
		for i, c := range n.classes {
			sum[i] = float64(c)
		}
	}
	var follow func(after, edge int32, sites uint8, sign float64)
	follow = func(after, edge int32, sites uint8, sign float64) {
		for i, c := range m.near(after, known) {
			sum[i] += sign * c
		}
		for i := n.from; i < edge; i++ {
			if e := m.edges[i]; e.sites&sites == 0 {
				follow(m.after(&m.nodes[after], e.event), i, sites|e.sites, -sign)
			}
		}
	}
	for i := n.from; i < n.to; i++ {
		follow(m.edges[i].to, i, m.edges[i].sites, 1)
	}
	known[node] = sum
	return sum
}
