package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"photofinish/report/latency"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

// Made says of what a chart is, and how it was made.
type Made struct {
	Scenario string // its name, from a file
	Network  string // what its messages meet
	Seed     uint64 // of the first trial of each point
	Trials   int    // of each point
	AtNow    int    // of the point where the scenario stands, if they are more; else 0
	Command  string // that draws it
}

// madeOf says how a chart is made by a command that begins with photofinish chart.
func madeOf(s *scenarios.Scenario, es []strategies.Entry, o Options, against ...string) Made {
	words := slices.Concat([]string{"photofinish", "chart", tell.Quote(s.Ref()), "--against"}, against, flags(es))
	if names := strategies.Lineup(es).Names(); !slices.Equal(names, strategies.Default()) {
		words = append(words, "--strategy", naming(names))
	}
	return Made{
		Scenario: s.Name, Network: networkOf(s, o), Seed: o.Seed, Trials: o.Trials,
		Command: strings.Join(append(words, o.flags()...), " ") + o.suffix(),
	}
}

// flags returns those by which a command runs as many trials, of the same seeds, in the
// same time.
func (o *Options) flags() []string {
	words := []string{"--trials", strconv.Itoa(o.Trials), "--seed", strconv.FormatUint(o.Seed, 10)}
	if o.Within > 0 {
		words = append(words, "--within", o.Within.String())
	}
	return words
}

// suffix ends a command, so that it draws the latencies of the report.
func (o *Options) suffix() string {
	flags := o.Latency.Flags()
	if o.Latency.Resampled() {
		flags[1] = tell.Quote(flags[1]) // the name of a file
	}
	return strings.Join(append([]string{""}, flags...), " ")
}

// ChartCommand returns the command that draws odds of scenario i along a gap, or, where
// there is none, along latency, with so many trials a point.
func (m *Matrix) ChartCommand(i, trials int) string {
	s, o, against := m.Scenarios[i], m.Options, "gap"
	if o.Trials = trials; len(s.Script.Actions) < 2 {
		against = "latency"
	}
	return madeOf(s, m.Strategies, o, against).Command
}

// MadeByReplay says how trials are drawn by a command that begins with photofinish
// replay, which more follows: what decides the order of events, if latencies do not.
func MadeByReplay(s *scenarios.Scenario, es []strategies.Entry, seed uint64, o Options, more string) Made {
	words := append([]string{"photofinish", "replay", tell.Quote(s.Ref())}, flags(es)...)
	words = append(words, "--strategy", naming(strategies.Lineup(es).Names()), "--seed", strconv.FormatUint(seed, 10))
	return Made{
		Scenario: s.Name, Network: networkOf(s, o), Seed: seed, Trials: 1,
		Command: strings.Join(words, " ") + more + o.suffix(),
	}
}

// naming lists strategies as --strategy takes them.
func naming(names []string) string {
	if slices.Equal(names, append(strategies.Names(), strategies.Listed)) {
		return "all"
	}
	return strings.Join(names, ",")
}

// networkOf says in a line what messages meet.
func networkOf(s *scenarios.Scenario, o Options) string {
	var says []string
	for _, f := range scenarios.NetworkFacts(&s.Script.Network) {
		text := " " + f.Text
		switch v := f.Value.(type) {
		case bool:
			text = ""
		case float64:
			text = " " + Percent(v)
		case sim.Latency:
			text = " " + v.String()
		}
		says = append(says, tell.Clean(f.Key+text))
	}
	name := cmp.Or(tell.Clean(s.Network), "its own")
	if o.Latency != (latency.RoundTrip{}) {
		name = "your own latencies"
	}
	return name + " (" + strings.Join(says, ", ") + ")"
}

// cleaned puts errors into words that a chart can show.
func cleaned(errs []error) (list []string) {
	for _, err := range errs {
		list = append(list, tell.Clean(err.Error()))
	}
	return list
}

// Says tells of trials, seed and network, a line each.
func (m *Made) Says() []string {
	each := tell.Grouped(m.Trials) + " trials a point"
	if m.AtNow > 0 {
		each += ", " + tell.Grouped(m.AtNow) + " as it is"
	}
	return []string{each + fmt.Sprintf(", from seed %d", m.Seed), "network: " + m.Network}
}
