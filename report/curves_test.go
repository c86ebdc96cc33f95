package report_test

import (
	"context"
	"slices"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/strategies"
)

// What a chart says of the scenario as it is are the scenario's own odds, not
// those of a point near by.
func TestGapCurvesKnowTheScenario(t *testing.T) {
	s, err := scenarios.Find("overlapping-updates")
	if err != nil {
		t.Fatal(err)
	}
	e := testkit.Strategy(t, "naive")
	o := report.Options{Seed: 1, Trials: 500}
	c, err := report.GapCurves(context.Background(), s, []strategies.Entry{e}, 2, o)
	if err != nil {
		t.Fatal(err)
	}
	odds := report.Estimate(context.Background(), s.Script, e, o)
	i := slices.Index(c.X, c.Now)
	if i < 0 || c.Curves[0].Bad[i] != odds.Share(odds.Bad()) {
		t.Errorf("the curve has %v at %v, the report %v", c.Curves[0].Bad, c.Now, odds.Share(odds.Bad()))
	}
}
