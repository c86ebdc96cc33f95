package lesson

import (
	"strings"

	"photofinish/report/explain"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
)

// Click is something that the user does in a step, in words, none of which is fit for a
// terminal yet.
type Click struct {
	Number    int
	Label, At string
	Where, Do string // whose click it is, "" where there is one client; and what it does
	Up, Down  string // what its messages take, in ms; "" where that is not known
}

// Says says whose click it is and what it does.
func (c *Click) Says() string { return strings.TrimSpace(c.Where + " " + c.Do) }

// Clicks returns what the user does in a step, with what is known before the answer.
func Clicks(s *lessons.Step) (all []Click) {
	script := s.Scenario.Script
	for _, step := range explain.Steps(script) {
		a := script.Action(step.Number)
		c := Click{Number: step.Number, Label: step.Label, At: step.At, Where: script.Where(a), Do: step.Says}
		if !Free(s) && a.Up >= 0 && a.Down >= 0 {
			c.Up, c.Down = tell.Rounded(a.Up), tell.Rounded(a.Down)
		}
		all = append(all, c)
	}
	return all
}

// Free reports whether luck, every order, or whoever is the network takes the place of the
// latencies.
func Free(s *lessons.Step) bool {
	switch s.Kind {
	case lessons.Break:
		return s.By == lessons.Network
	case lessons.Mend:
		return true
	}
	return Freely(s) != ""
}

// Freely says what is known of a network of which no latency is, where a question is about
// luck or about all orders; "" elsewhere.
func Freely(s *lessons.Step) string {
	switch s.Answer {
	case lessons.Odds:
		return OnNetwork(s.Scenario) + ": luck draws how long each message takes"
	case lessons.Possible, lessons.RaceFree:
		return "every order of clicks and messages counts, whatever their times"
	}
	return ""
}
