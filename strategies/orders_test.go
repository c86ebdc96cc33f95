package strategies_test

import (
	"strings"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// orders is what became of all the orders in which the events of a scenario
// can happen. Two orders are one class if what happened at each client is the
// same, and what happened at the server is the same.
type orders struct {
	orders  int
	classes map[string]outcome
}

type outcome struct {
	verdict judge.Verdict
	kinds   []judge.Kind
	events  []sim.Choice // one order of the class
	end     string       // everything that the judge makes of it
}

// explore runs every order, each from its start, and spares itself nothing.
func explore(s *sim.Script, strategy sim.Strategy) orders {
	up, down := limits(s)
	s = s.Unpinned()
	s.Network.Processing, s.Network.Workers = sim.Latency{}, 0
	all := orders{classes: map[string]outcome{}}
	var w sim.World
	var j judge.Judge
	for todo := [][]int{nil}; len(todo) > 0; {
		o := order{begin: todo[len(todo)-1], up: up, down: down}
		todo = todo[:len(todo)-1]
		ledger := w.Run(s, strategy, 1, sim.Options{Chooser: &o})
		for i := len(o.begin); i < len(o.taken); i++ {
			for k := 1; k < o.width[i]; k++ {
				todo = append(todo, append(o.taken[:i:i], k))
			}
		}
		if o.vain || o.fired && w.FiredInVain() {
			continue
		}
		all.orders++
		judged := j.Judge(s, ledger)
		out := outcome{verdict: judged.Verdict, events: o.events, end: end(judged)}
		for _, a := range judged.Anomalies {
			out.kinds = append(out.kinds, a.Kind)
		}
		all.classes[o.class()] = out
	}
	return all
}

// order is a [sim.Chooser] that repeats the beginning of an order and then
// takes the first event that may come next.
type order struct {
	begin, taken []int // which of the events that could come next came
	width        []int // how many there were
	events       []sim.Choice
	places       [sim.MaxClients + 1]strings.Builder // what happened at each client, and at the server
	fired        bool                                // the last event was a timer
	vain         bool                                // a timer only set itself again: that is no event
	up, down     int                                 // how many messages of a link may come next
}

// limits says of how many messages, those sent first, each link may deliver
// the next one: of any, if it is not fifo; else of one, save that a server that
// takes time does as many requests at once as it has workers.
func limits(s *sim.Script) (up, down int) {
	const any = 1000
	switch {
	case !s.Network.Fifo:
		return any, any
	case s.Network.Processing == sim.Latency{}:
		return 1, 1
	case s.Network.Workers == 0:
		return any, 1
	}
	return s.Network.Workers, 1
}

// early reports whether too many messages of its kind were sent before it.
func (o *order) early(w *sim.World, pending []sim.Pending, e *sim.Pending) bool {
	up := func(w sim.What) bool { return w == sim.RequestArrives || w == sim.DuplicateArrives }
	before := 0
	for _, b := range pending {
		if w.Client(&b) != w.Client(e) {
			continue
		}
		if e.What == sim.DuplicateArrives && b.What == sim.RequestArrives && b.N == e.N {
			return true // of two that are the same, one comes first
		}
		if (up(b.What) && up(e.What) || b.What == sim.ReplyArrives && e.What == b.What) && b.Order() < e.Order() {
			before++
		}
	}
	return up(e.What) && before >= o.up || e.What == sim.ReplyArrives && before >= o.down
}

func (o *order) Choose(w *sim.World, pending []sim.Pending) int {
	if o.vain = o.fired && w.FiredInVain(); o.vain {
		return -1
	}
	var may []int
	for i := range pending {
		if !w.Idle(&pending[i]) && !o.early(w, pending, &pending[i]) {
			may = append(may, i)
		}
	}
	k := 0
	if n := len(o.taken); n < len(o.begin) {
		k = o.begin[n]
	}
	o.taken, o.width = append(o.taken, k), append(o.width, len(may))
	next := pending[may[k]]
	o.fired = next.What == sim.TimerFires
	o.events = append(o.events, sim.Choice{What: next.What, N: int(next.N)})
	place := w.Client(&next)
	if next.What == sim.RequestArrives || next.What == sim.DuplicateArrives {
		place = sim.MaxClients
	}
	o.places[place].WriteString(w.Label(&next) + " ") // by label: another client's requests have numbers too
	return may[k]
}

func (o *order) class() string {
	var all []string
	for i := range o.places {
		all = append(all, o.places[i].String())
	}
	return strings.Join(all, "|")
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
