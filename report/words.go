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
			Says: strings.TrimPrefix(Describe(s, a), a.Label()+" "), Pins: strings.TrimPrefix(pins(a), ", "),
		})
	}
	return steps
}

// Network puts a network into one line, as "uplink exp 120ms, downlink exp
// 80ms, timeout 2s".
func Network(n *sim.Network) string {
	var parts []string
	for _, x := range network(n) {
		parts = append(parts, x.name+" "+x.about)
	}
	return strings.Join(parts, ", ")
}

// Mark returns the sign of a verdict, one column wide.
func Mark(v judge.Verdict) string { return mark(v) }

// Percent writes a share, as "49.1 %".
func Percent(share float64) string { return percent(share) }

// Rounded writes a duration in whole milliseconds, as "188 ms".
func Rounded(d time.Duration) string { return rounded(d) + " ms" }
