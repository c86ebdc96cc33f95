package explore

import (
	"context"

	"photofinish/sim"
)

// Merged counts the classes of a script by merging states alone, and tells how many.
func Merged(s *sim.Script, strategy sim.Strategy, states int, begin ...sim.Choice) (r Result, nodes int, ok bool) {
	m := merger{script: s, strategy: strategy, begin: begin}
	r, ok = m.count(context.Background(), states)
	return r, len(m.nodes), ok
}
