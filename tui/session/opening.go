package session

import (
	"slices"

	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Opening returns the strategies that have a lane when a scenario is opened and nobody has
// said which: the default ones. Where none of those ends badly, and the scenario says that
// another does, that one comes first, so that what its title tells is to be seen; the last
// of them that the scenario says nothing of makes room.
func Opening(s *scenarios.Scenario) []string {
	names := strategies.Default()
	var w sim.World
	var j judge.Judge
	bad := func(name string) bool {
		e, err := strategies.Find(name)
		return err == nil && diagram.Run(&w, &j, e, s.Script, s.ReplaySeed(), 0).Verdict.Bad()
	}
	expects := func(name string) bool {
		return slices.ContainsFunc(s.Expect, func(x scenarios.Expectation) bool { return x.Strategy == name })
	}
	told := slices.IndexFunc(s.Expect, func(x scenarios.Expectation) bool {
		return x.Verdict != nil && x.Verdict.Bad() && !slices.Contains(names, x.Strategy) && bad(x.Strategy)
	})
	if told < 0 || slices.ContainsFunc(names, bad) {
		return names
	}
	for i := len(names) - 1; i >= 0; i-- {
		if !expects(names[i]) {
			names = slices.Delete(names, i, i+1)
			break
		}
	}
	return slices.Insert(names, 0, s.Expect[told].Strategy)
}
