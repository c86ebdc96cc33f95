package export

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/judge"
)

// csvHeader names the columns of [WriteCSV].
var csvHeader = []string{
	"scenario", "strategy", "trials", "ok", "loud", "unknown", "stuck", "wrong", "share", "low", "high",
	"requests", "settled_p50_ms", "settled_p99_ms", "blocked_ms",
	"order_classes", "order_classes_bad", "order_classes_all_run", "mostly", "first_seed", "replay",
	"bad_a_day", "bad_a_day_low", "bad_a_day_high",
}

// csvLater names those that came later, behind all of csvHeader.
var csvLater = []string{
	"state", "replayed", "loud_share", "good", "good_of", "waits_ms", "waits_low_ms", "waits_high_ms", "unanswered",
	"p50_ms", "p99_ms", "never", "requests_per_save", "good_blocked_ms",
	"order_classes_blocked", "order_classes_refused", "order_classes_loud", "shortest",
	"program", "command", "network", "hash",
}

// WriteCSV writes the matrix as a table with commas (RFC 4180), a cell a row,
// under the names of its columns, which mean what [Schema] says of the keys; where a
// client of the user's own is in it, two say what it ran on and why it could not go
// on. A text that a spreadsheet would take for a formula has an apostrophe before it.
func WriteCSV(w io.Writer, m *report.Matrix) error {
	out := csv.NewWriter(w)
	own, header := m.Programs() != nil, slices.Clone(csvHeader)
	if own {
		header = append(header, "ran_on", "failed")
	}
	if err := out.Write(append(header, csvLater...)); err != nil {
		return err
	}
	tail := cells(m.Program, m.Command(), network(m), "")
	var of *scenarios.Scenario
	for c := range m.Each {
		if of != c.Scenario {
			of = c.Scenario
			tail[3] = of.Hash()
		}
		row := line(c)
		if own {
			row = append(row, ranOn(c)...)
		}
		if err := out.Write(slices.Concat(row, later(c), tail)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// ranOn returns what a client of the user's own ran on, and why it could not go on.
func ranOn(c report.Cell) []string {
	var on, failed any
	if own := c.Strategy.Own(); own != nil {
		on = report.Ran(own)
	}
	if err := cmp.Or(c.Failed, c.Orders.Failed); err != nil {
		failed = err.Error()
	}
	return cells(on, failed)
}

// cells writes numbers in full, null as nothing, and of what is text what a spreadsheet
// may be shown.
func cells(values ...any) (row []string) {
	for _, v := range values {
		switch v := v.(type) {
		case nil:
			row = append(row, "")
		case float64:
			row = append(row, strconv.FormatFloat(v, 'g', -1, 64))
		case string:
			row = append(row, tell.Cell(v))
		default:
			row = append(row, fmt.Sprint(v))
		}
	}
	return row
}

// later returns the columns of csvLater but the last four: keys of the JSON, of which
// null is an empty cell.
func later(c report.Cell) []string {
	k := costsOf(c)
	return cells(c.Word(), replayed(c), c.Share(c.Verdicts[judge.Loud]),
		k.good, k.of, k.waits, k.low, k.high, k.unanswered, k.p50, k.p99, k.never, k.requestsPerSave, k.blocked,
		c.Orders.Blocked, c.Orders.Refused, c.Orders.Verdicts[judge.Loud], shortest(c))
}

// line returns the cells of csvHeader for a cell of the matrix.
func line(c report.Cell) []string {
	row := cells(c.Scenario.Name, c.Strategy.Name, c.Trials)
	for _, n := range c.Verdicts {
		row = append(row, cells(n)...)
	}
	share := c.Share(c.Bad())
	low, high := c.Interval()
	var mostly, seed, replay any
	if k, ok := c.Mostly(); ok {
		mostly = k
	}
	if c.Bad() > 0 {
		seed, replay = c.FirstBad.Seed, c.Replay()
	}
	row = append(row, cells(share, low, high, c.Requests, milliseconds(c.P50), milliseconds(c.P99), milliseconds(c.Blocked),
		c.Orders.Classes, c.Orders.Bad(), c.Orders.Complete, mostly, seed, replay)...)
	if n := float64(c.Matrix.SavesADay); n > 0 {
		return append(row, cells(share*n, low*n, high*n)...)
	}
	return append(row, "", "", "")
}
