// Package answer says which client to take: it is the one ranking in the whole
// program, for reports and screens alike.
//
// A strategy is known in a scenario by its [Row]: many trials, all orders, and the
// run as the file pins it. That comes to a [report.State], of which two are safe.
// [Rank] puts rows into the order in which they are shown, and [Best] is the
// answer.
package answer

import (
	"photofinish/report"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Row is what is known of a strategy in one scenario.
type Row struct {
	Entry    strategies.Entry
	Odds     report.Odds
	Orders   explore.Result
	Replayed judge.Verdict // of the run as the file pins it; OK where nothing is pinned
	Seen     judge.Verdict // of the run that is on the screen, which counts as a trial; OK where there is none
}

// State returns what the row comes to.
func (r *Row) State() report.State {
	return report.StateOf(&r.Odds, &r.Orders, r.Replayed, r.Seen)
}
