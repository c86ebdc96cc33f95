package explain_test

import (
	"strings"
	"testing"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// What says exactly when something is an anomaly names each way in which something can
// come onto the screen that has been the cause of it.
func TestWhenNamesWhatBroughtIt(t *testing.T) {
	var w sim.World
	var j judge.Judge
	brought := func(s *sim.Script, n int) string {
		switch a := s.Action(n); {
		case a.Errand == nil && a.Do == sim.Fetch:
			return "fetch"
		case a.Errand == nil:
			return "echo"
		case a.Errand.News:
			return "news"
		case a.Errand.Cause == nil:
			return "poll"
		}
		return "reread"
	}
	met := map[string]bool{}
	for _, s := range scenarios.All() {
		for _, e := range strategies.Catalogue {
			l, found := j.Run(&w, s.Script, e.For(s.Script), s.ReplaySeed(), sim.Options{})
			script := l.Script(s.Script)
			for _, a := range found.Anomalies {
				read := a.Actions[0]
				switch a.Kind {
				case judge.StaleRead, judge.ReadYourWrites:
					read = a.Actions[1]
				case judge.ClobberedEdit:
					if len(l.Reverts) > 0 {
						continue // it may have been that
					}
				case judge.MonotonicReads:
				default:
					continue
				}
				by := brought(script, read)
				met[by] = true
				if when := judge.Kinds[a.Kind].When; !strings.Contains(when, by) {
					t.Errorf("%s, %s: %s by %s, and it is one when %s", s.Name, e.Name, a.Says(script), by, when)
				}
			}
		}
	}
	if len(met) < 5 {
		t.Errorf("only these have been the cause of anything: %v", met)
	}
}
