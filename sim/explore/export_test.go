package explore

import (
	"context"

	"photofinish/sim"
)

// Sequential is how many classes are run before others are asked to help.
const Sequential = sequential

// Merged counts the classes of a script by merging states alone, and tells how many.
func Merged(s *sim.Script, strategy sim.Strategy, states int, begin ...sim.Choice) (r Result, nodes int, ok bool) {
	m := merger{script: s, strategy: strategy, begin: begin}
	r, ok = m.count(context.Background(), states)
	return r, len(m.nodes), ok
}

// Schedules returns one of every class.
func Schedules(s *sim.Script, strategy sim.Strategy) (all []Schedule) {
	var e Explorer
	for c := range e.Classes(s, strategy) {
		all = append(all, e.describe(s, strategy, c, 0, nil).Schedule)
	}
	return all
}
