package html

import (
	"context"
	"html/template"
	"slices"

	"photofinish/report"
	"photofinish/report/svg"
	"photofinish/strategies"
)

// chartTrials is how many trials a point of a chart has at most.
const chartTrials = 500

// charts draws what people would rather look at than read, of scenario i: odds
// against the gap before the last click and against latency, and what safety
// costs. A chart that ctx did not leave the time for is left out.
func charts(ctx context.Context, m *report.Matrix, i int) (out []template.HTML, err error) {
	s, o := m.Scenarios[i], m.Options
	es := slices.DeleteFunc(slices.Clone(m.Strategies), func(e strategies.Entry) bool { return e.Own() != nil })
	if len(es) == 0 {
		return nil, nil // clients of the user's own are too slow for so many points
	}
	o.Trials, o.Progress = min(o.Trials, chartTrials), nil
	draw := func(c *report.Curves, err error) error {
		if ctx.Err() != nil {
			return nil
		}
		if err == nil {
			out = append(out, template.HTML(svg.Curves(c)))
		}
		return err
	}
	if n := len(s.Script.Actions); n > 1 {
		if err := draw(report.GapCurves(ctx, s, es, n, o)); err != nil {
			return nil, err
		}
	}
	if err := draw(report.LatencyCurves(ctx, s, es, o)); err != nil {
		return nil, err
	}
	if costs := m.Costs(i); len(costs) > 1 {
		for _, what := range report.CostKinds {
			out = append(out, template.HTML(svg.Costs(costs, what)))
		}
	}
	return out, nil
}
