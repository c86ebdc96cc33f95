package html

import (
	"context"
	"html/template"
	"slices"

	"photofinish/report"
	"photofinish/report/svg"
	"photofinish/strategies"
)

// chartTrials returns how many trials a point of a curve has at most, but for the point
// as it is, which is the table's: the fewer, the more cells the report has.
func chartTrials(m *report.Matrix) int {
	return max(500, 200/(len(m.Scenarios)*len(m.Strategies))*100)
}

// charts draws what people would rather look at than read, of scenario i: odds
// against the gap before the last click and against latency, and what safety
// costs. A chart that ctx did not leave the time for is left out.
func charts(ctx context.Context, m *report.Matrix, i int) (out []template.HTML, err error) {
	s, o := m.Scenarios[i], m.Options
	lead := slices.Clone(m.Named)
	if m.Answer != nil {
		lead = append(lead, m.Answer.Strategy.Name)
	}
	var es []strategies.Entry // clients of the user's own are too slow for so many points
	for j, e := range m.Strategies {
		if e.Own() == nil && m.Cells[i][j].Trials > 0 {
			es = append(es, e)
		}
	}
	o.Trials, o.Progress = min(o.Trials, chartTrials(m)), nil
	draw := func(c *report.Curves, err error) error {
		if ctx.Err() != nil {
			return nil
		}
		if err == nil {
			c.Tabled(m, i)
			c.Label(lead...)
			out = append(out, template.HTML(svg.Curves(c).String()))
		}
		return err
	}
	if n := len(s.Script.Actions); n > 1 && len(es) > 0 {
		if err := draw(report.GapCurves(ctx, s, es, n, o)); err != nil {
			return nil, err
		}
	}
	if len(es) > 0 {
		if err := draw(report.LatencyCurves(ctx, s, es, o)); err != nil {
			return nil, err
		}
	}
	if len(m.Strategies) > 1 {
		for _, kind := range report.CostKinds {
			out = append(out, template.HTML(svg.Frontier(m.Frontier(i, kind, lead...)).String()))
		}
	}
	return out, nil
}
