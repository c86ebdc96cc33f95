package desk

import (
	"maps"
	"reflect"
	"slices"
	"sync"

	"photofinish/report"
	"photofinish/sim"
	"photofinish/sim/explore"
)

// keptCounts is of how many scripts [Counts] are kept.
const keptCounts = 16

// Counts keeps what was counted of the scripts that were in use last: who comes back to
// one by undo has it at once. Several desks may share it, where a name is the same
// strategy for all; the user's own clients are not in it. The zero value is empty.
type Counts struct {
	mu  sync.Mutex
	all []counted // the one in use last is first
}

// counted is what strategies come to under a script, by name, as far as it is known.
// Latencies that are pinned do not count.
type counted struct {
	of     *sim.Script // its actions and network, without pins
	odds   map[string]report.Odds
	orders map[string]explore.Result
}

// of returns what is known of a script; the maps are the caller's.
func (c *Counts) of(s *sim.Script) counted {
	c.mu.Lock()
	defer c.mu.Unlock()
	known := c.find(s)
	return counted{s, maps.Clone(known.odds), maps.Clone(known.orders)}
}

func (c *Counts) note(known counted) {
	c.mu.Lock()
	defer c.mu.Unlock()
	in := c.find(known.of)
	maps.Copy(in.odds, known.odds)
	maps.Copy(in.orders, known.orders)
}

// find returns what is kept of a script, and puts it before all others.
func (c *Counts) find(s *sim.Script) counted {
	i := slices.IndexFunc(c.all, func(k counted) bool { return k.of == s || reflect.DeepEqual(k.of, s) })
	k := counted{s, map[string]report.Odds{}, map[string]explore.Result{}}
	if i >= 0 {
		k = c.all[i]
		c.all = slices.Delete(c.all, i, i+1)
	}
	c.all = slices.Insert(c.all, 0, k)
	c.all = c.all[:min(len(c.all), keptCounts)]
	return k
}
