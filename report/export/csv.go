package export

import (
	"cmp"
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim/judge"
)

// csvHeader names the columns of [WriteCSV].
var csvHeader = []string{
	"scenario", "strategy", "trials", "ok", "loud", "unknown", "stuck", "wrong", "share", "low", "high",
	"requests", "settled_p50_ms", "settled_p99_ms", "blocked_ms",
	"order_classes", "order_classes_bad", "order_classes_all_run", "mostly", "first_seed", "replay",
	"bad_a_day", "bad_a_day_low", "bad_a_day_high",
}

// WriteCSV writes the matrix as a table with commas (RFC 4180), a cell a row,
// under the names of its columns, which mean what [WriteMatrixJSON] says of the
// keys; where a client of the user's own is in it, two more say what it ran on and
// why it could not go on. A text that a spreadsheet would take for a formula has an
// apostrophe before it.
func WriteCSV(w io.Writer, m *report.Matrix) error {
	out := csv.NewWriter(w)
	own, header := m.Programs() != nil, csvHeader
	if own {
		header = append(slices.Clone(header), "ran_on", "failed")
	}
	if err := out.Write(header); err != nil {
		return err
	}
	for c := range m.Each {
		row := line(c)
		if own {
			row = append(row, ranOn(c)...)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// ranOn returns what a client of the user's own ran on, and why it could not go on.
func ranOn(c report.Cell) []string {
	on, failed := "", ""
	if own := c.Strategy.Own(); own != nil {
		on = tell.Cell(report.Ran(own))
	}
	if err := cmp.Or(c.Failed, c.Orders.Failed); err != nil {
		failed = tell.Cell(err.Error())
	}
	return []string{on, failed}
}

// line returns the cells of the table for a cell of the matrix.
func line(c report.Cell) []string {
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	row := []string{tell.Cell(c.Scenario.Name), c.Strategy.Name, strconv.Itoa(c.Trials)}
	for v := judge.OK; v <= judge.Wrong; v++ {
		row = append(row, strconv.Itoa(c.Verdicts[v]))
	}
	low, high := c.Interval()
	mostly, seed, replay := "", "", ""
	if k, ok := c.Mostly(); ok {
		mostly = k.String()
	}
	if c.Bad() > 0 {
		seed, replay = strconv.FormatUint(c.FirstBad.Seed, 10), c.Replay()
	}
	rate := func(share float64) string {
		if c.Matrix.SavesADay == 0 {
			return ""
		}
		return number(share * float64(c.Matrix.SavesADay))
	}
	return append(row, number(c.Share(c.Bad())), number(low), number(high),
		number(c.Requests), tell.Milliseconds(c.P50), tell.Milliseconds(c.P99), tell.Milliseconds(c.Blocked),
		strconv.FormatInt(c.Orders.Classes, 10), strconv.FormatInt(c.Orders.Bad(), 10), strconv.FormatBool(c.Orders.Complete),
		mostly, seed, replay, rate(c.Share(c.Bad())), rate(low), rate(high))
}
