package export

import (
	"encoding/csv"
	"io"

	"photofinish/report"
	"photofinish/report/tell"
)

// WriteCurvesJSON writes curves as one JSON object on a line of its own: what was
// varied, and of each strategy its points.
func WriteCurvesJSON(w io.Writer, c *report.Curves) error {
	curves := []object{}
	for _, curve := range c.Curves {
		points := []object{}
		for k, x := range c.X {
			points = append(points, object{
				"x", x, "trials", c.TrialsAt(&curve, k), "share", curve.Bad[k], "low", curve.Low[k], "high", curve.High[k],
			})
		}
		curves = append(curves, object{"strategy", curve.Strategy, "points", points})
	}
	return writeLine(w, append(chartHead(&c.Made, c.Against), "unit", c.XLabel, "now", c.Now, "notes", cleaned(c.Notes()), "curves", curves))
}

// WriteFrontiersJSON writes what strategies cost as one JSON object, a line a cost.
// Why says why the cost of one is not compared.
func WriteFrontiersJSON(w io.Writer, all []*report.Frontier) error {
	for _, f := range all {
		points := []object{}
		for _, p := range f.Points {
			var cost any
			if p.Known {
				cost = object{"mean", p.Cost, "low", p.CostLow, "high", p.CostHigh}
			}
			points = append(points, object{
				"strategy", p.Strategy, "state", p.State.String(), "share", p.Bad, "low", p.Low, "high", p.High, "loud", p.Loud,
				"cost", cost, "why", p.Why.String(), "frontier", p.Best,
			})
		}
		head := append(chartHead(&f.Made, f.Kind.Name), "unit", f.Kind.Long, "atMost", f.AtMost, "notes", cleaned(f.Notes()))
		if err := writeLine(w, append(head, "strategies", points)); err != nil {
			return err
		}
	}
	return nil
}

func chartHead(m *report.Made, against string) object {
	return object{
		"version", Version, "chart", against, "scenario", m.Scenario, "network", tell.Clean(m.Network),
		"seed", m.Seed, "trials", m.Trials, "command", m.Command,
	}
}

// WriteCurvesCSV writes curves as a table with commas, a point a row.
func WriteCurvesCSV(w io.Writer, c *report.Curves) error {
	rows := [][]string{{"scenario", "strategy", "against", "x", "as_it_is", "trials", "share", "low", "high", "seed", "network", "command"}}
	for _, curve := range c.Curves {
		for k, x := range c.X {
			rows = append(rows, cells(
				c.Scenario, curve.Strategy, c.Against, x, x == c.Now,
				c.TrialsAt(&curve, k), curve.Bad[k], curve.Low[k], curve.High[k], c.Seed, c.Network, c.Command,
			))
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// WriteFrontiersCSV writes what strategies cost as a table with commas, a strategy
// and a cost a row.
func WriteFrontiersCSV(w io.Writer, all []*report.Frontier) error {
	rows := [][]string{{"scenario", "strategy", "cost", "state", "share", "low", "high", "loud", "mean", "mean_low", "mean_high", "why", "frontier", "trials", "seed", "network", "command"}}
	for _, f := range all {
		for _, p := range f.Points {
			var mean, low, high any
			if p.Known {
				mean, low, high = p.Cost, p.CostLow, p.CostHigh
			}
			rows = append(rows, cells(
				f.Scenario, p.Strategy, f.Kind.Name, p.State, p.Bad, p.Low, p.High, p.Loud,
				mean, low, high, p.Why, p.Best, f.Trials, f.Seed, f.Network, f.Command,
			))
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}
