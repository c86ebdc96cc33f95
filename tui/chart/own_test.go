package chart

import (
	"testing"
	"testing/synctest"

	"photofinish/internal/testkit"
	"photofinish/tui/page/pagetest"
)

// TestOwnHasNoCurve: the user's own client is too slow for a curve, and the chart says
// so; none of its trials is for it.
func TestOwnHasNoCurve(t *testing.T) {
	testkit.Long(t, "it counts 10,000 trials")
	testkit.Alone(t)
	synctest.Test(t, func(t *testing.T) {
		ours := &pagetest.Own{Name: "ours"}
		m := alone.OnOwn(t, "overlapping-updates", ours, 120, 40)
		m.ShowLane(1)
		pagetest.Work(m.Route, m.Estimate())
		was := ours.Trials.Load()
		pagetest.Work(m.Route, m.Own.Open())
		pagetest.Fits(t, m.Host)
		if _, known := m.Own.curves[1].at(0, 1); known || ours.Trials.Load() > was {
			t.Errorf("%d trials for a curve", ours.Trials.Load()-was)
		}
		testkit.Golden(t, "own-120x40.txt", m.Canvas.String())
	})
}
