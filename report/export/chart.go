package export

import (
	"encoding/csv"
	"io"
	"strconv"

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

func cleaned(notes []string) []string {
	list := []string{}
	for _, note := range notes {
		list = append(list, tell.Clean(note))
	}
	return list
}

// WriteCurvesCSV writes curves as a table with commas, a point a row.
func WriteCurvesCSV(w io.Writer, c *report.Curves) error {
	rows := [][]string{{"scenario", "strategy", "against", "x", "as_it_is", "trials", "share", "low", "high", "seed", "network", "command"}}
	for _, curve := range c.Curves {
		for k, x := range c.X {
			rows = append(rows, []string{
				tell.Cell(c.Scenario), tell.Cell(curve.Strategy), c.Against, float(x), strconv.FormatBool(x == c.Now),
				strconv.Itoa(c.TrialsAt(&curve, k)), float(curve.Bad[k]), float(curve.Low[k]), float(curve.High[k]),
				strconv.FormatUint(c.Seed, 10), tell.Cell(c.Network), tell.Cell(c.Command),
			})
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
			mean, low, high := "", "", ""
			if p.Known {
				mean, low, high = float(p.Cost), float(p.CostLow), float(p.CostHigh)
			}
			rows = append(rows, []string{
				tell.Cell(f.Scenario), tell.Cell(p.Strategy), f.Kind.Name, p.State.String(), float(p.Bad), float(p.Low), float(p.High), float(p.Loud),
				mean, low, high, p.Why.String(), strconv.FormatBool(p.Best), strconv.Itoa(f.Trials),
				strconv.FormatUint(f.Seed, 10), tell.Cell(f.Network), tell.Cell(f.Command),
			})
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// float writes a number in full.
func float(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
