package explore

import (
	"math"
	"slices"

	"photofinish/sim"
)

// maxPolls is how often a client polls at any moment: no anomaly names more than two
// reads.
const maxPolls = 2

// A client polls at any moment as long as others have something to do, and once when all
// is quiet. Which event makes it quiet is not the same in all orders of a class:
//
//	client 1   f·1   f·2          that client 2 closes may come before f·1, before f·2,
//	client 2      x2              or last: then f·2 was not when all was quiet
//
// So in the order that is run a client may poll when all is quiet, and once more yet, if
// in another order of the class something else was still to come; and of the orders of
// the class only those are counted in which it was.

// polls is the last poll of a client that came at any moment.
type polls struct {
	last  int32 // the events of the client up to it; 0: it has not polled
	event int   // which of all events it is
}

// poll notes that a client polls: when all is quiet, or at any moment.
func (p *path) poll(e *event, due bool) {
	if due {
		e.after = p.hush
		e.after[e.site] = 0
		return
	}
	p.polls[e.site] = polls{p.happened[e.site] + 1, len(p.events) - 1}
}

// mayBeEarly reports whether a poll that is due may also be one that came at any moment,
// and be followed by the one that is due: something that is of no poll has happened that
// the client need not have waited for.
func (p *path) mayBeEarly(w *sim.World, pending []sim.Pending, e *sim.Pending) bool {
	if !w.Due(e) || w.Polled(w.Client(e)) >= maxPolls || w.Since(e) <= p.newer[w.Client(e)].order {
		return false
	}
	if slices.ContainsFunc(pending, func(o sim.Pending) bool { return o.What == sim.TimerFires }) {
		return false // they ask in vain: before that was known, the client could poll
	}
	cut := p.past(w.Client(e))
	for site, events := range p.other {
		if events > cut[site] {
			return true
		}
	}
	return false
}

// pickEarly finds the k-th of the polls that may be early, and lets it be.
func (p *path) pickEarly(w *sim.World, pending []sim.Pending, k int) int {
	for i := range pending {
		switch {
		case !p.mayBeEarly(w, pending, &pending[i]):
		case k == 0:
			w.Early(&pending[i])
			p.early = true
			return i
		default:
			k--
		}
	}
	return -1
}

// past returns how many events of each site come before what a client does next, in
// every order of the class.
func (p *path) past(client int) (cut [sites]int32) {
	cut[client], cut[server] = p.happened[client], p.told[client]
	left := p.happened
	for i := len(p.events) - 1; i >= 0; i-- {
		e := &p.events[i]
		if left[e.site] <= cut[e.site] {
			for site, events := range e.after {
				cut[site] = max(cut[site], events)
			}
		}
		left[e.site]--
	}
	return cut
}

// orders returns how many orders are in the class: of those in which each event comes
// behind what caused it, those in which no client polled at any moment when all was
// quiet.
func (p *path) orders(c *counter) uint64 {
	all := c.orders(p.events)
	if all == math.MaxUint64 {
		return all
	}
	var after [sim.MaxClients][sites]int32
	for client, q := range p.polls {
		if q.last > 0 {
			after[client] = p.events[q.event].after
		}
	}
	for late := 1; late < 1<<sim.MaxClients; late++ { // whose last poll comes behind all else
		can, n := true, 0
		for client, q := range p.polls {
			if late>>client&1 != 0 {
				n, can = n+1, can && q.last > p.other[client]
			}
		}
		if !can {
			continue
		}
		for client, q := range p.polls {
			if late>>client&1 != 0 {
				p.events[q.event].after = p.behind(client, after[client])
			}
		}
		if some := c.orders(p.events); n%2 == 1 {
			all -= some
		} else {
			all += some
		}
		for client, q := range p.polls {
			if late>>client&1 != 0 {
				p.events[q.event].after = after[client]
			}
		}
	}
	return all
}

// orderly returns the labels of the events of the order that was run, in one of its class
// in which no client polls at any moment when all is quiet: so they happen in a trial.
func (p *path) orderly(labels []string) []string {
	for site, events := range p.other {
		if all := p.before(site, events, labels); events > 0 && len(all) == len(labels) {
			return all
		}
	}
	return labels
}

// before is orderly, where the event of that number at a site comes behind every poll at
// any moment; it returns fewer labels if it cannot.
func (p *path) before(site int, last int32, labels []string) (all []string) {
	var done [sites]int32
	may := func(e *event) bool {
		for other, events := range e.after {
			if events > done[other] {
				return false
			}
		}
		for client, q := range p.polls {
			if e.site == site && done[site] == last-1 && q.last > done[client] {
				return false
			}
		}
		return true
	}
	for left := len(labels); left > 0; left-- {
		var ahead [sites]int32 // the events of each site so far
		for i := range p.events {
			e := &p.events[i]
			if ahead[e.site]++; ahead[e.site] == done[e.site]+1 && may(e) {
				done[e.site]++
				all = append(all, labels[i])
				break
			}
		}
	}
	return all
}

// behind returns what an event of a client comes behind if it comes behind all that is of
// no poll, too.
func (p *path) behind(client int, after [sites]int32) [sites]int32 {
	for site, events := range p.other {
		if site != client {
			after[site] = max(after[site], events)
		}
	}
	return after
}
