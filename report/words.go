package report

import (
	"time"

	"photofinish/report/tell"
	"photofinish/sim"
)

// Step is an action of a script, in words.
type Step struct {
	At, Says, Pins string
	Label          string
	Number         int
}

// Steps puts what the user does into words.
func Steps(s *sim.Script) []Step {
	var steps []Step
	for i := range s.Actions {
		a := &s.Actions[i]
		steps = append(steps, Step{
			At: tell.Milliseconds(a.At) + " ms", Label: a.Label(), Number: a.Number,
			Says: tell.Asks(s, a), Pins: pins(s, a),
		})
	}
	return steps
}

// Network puts a network into one line, as "uplink exp 120ms, downlink exp
// 80ms, timeout 2s".
func Network(n *sim.Network) string { return inLine(network(n)) }

// Rounded writes a duration in whole milliseconds, as "188 ms".
func Rounded(d time.Duration) string { return rounded(d) + " ms" }
