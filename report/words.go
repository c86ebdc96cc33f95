package report

import (
	"strings"
	"time"

	"photofinish/sim"
	"photofinish/sim/judge"
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
			At: milliseconds(a.At).String() + " ms", Label: a.Label(), Number: a.Number,
			Says: strings.TrimPrefix(Describe(s, a), a.Label()+" "), Pins: pins(s, a),
		})
	}
	return steps
}

// Network puts a network into one line, as "uplink exp 120ms, downlink exp
// 80ms, timeout 2s".
func Network(n *sim.Network) string { return inLine(network(n)) }

// Mark returns the sign of a verdict, one column wide.
func Mark(v judge.Verdict) string { return mark(v) }

// Rounded writes a duration in whole milliseconds, as "188 ms".
func Rounded(d time.Duration) string { return rounded(d) + " ms" }

// Says puts an event into a few words, as a story does.
func (t *Trial) Says(e *sim.Event) string {
	r := t.row(e)
	switch e.Kind {
	case sim.EventSend:
		return t.labels(e.Request) + " leaves"
	case sim.EventArrive:
		return t.labels(e.Request) + " arrives: " + r.server
	case sim.EventLost:
		if e.Leg == sim.Uplink {
			return t.labels(e.Request) + " is lost"
		}
		return "the answer to " + t.labels(e.Request) + " is lost"
	}
	if r.screen != "" {
		return r.screen
	}
	return r.wire
}

// Fields lists what somebody wrote, as `name "Ada", age 36`.
func Fields(s *sim.Script, state sim.State) string {
	return fields(s, state, attributes.With(sim.Permissions))
}
