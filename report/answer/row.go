// Package answer says which client to take: it is the one ranking in the whole
// program, for reports and screens alike.
//
// A strategy is known in a scenario by its [Row]: many trials, all orders, and the
// run as the file pins it. That comes to a [State], of which two are safe.
// [Rank] puts rows into the order in which they are shown, and [Best] is the
// answer.
package answer

import (
	"photofinish/report"
	"photofinish/report/tell"
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

// State is what a row comes to.
type State uint8

// The states, from the worst on. The first that holds is meant, but that a trial
// is seen before anything is possible.
const (
	Wrong    State = iota // a trial ended wrong
	Stuck                 // a trial got stuck
	Possible              // no trial, and an order, or the run as pinned, ends wrong or stuck
	Open                  // a trial or an order is unknown, or not all orders were run
	Loud                  // safe, and a trial told the user no
	Proved                // safe
)

// States lists all of them, in the order in which rows are shown.
var States = [...]State{Proved, Loud, Possible, Wrong, Stuck, Open}

var states = [...]struct {
	word string
	sign tell.Sign
}{
	Wrong:    {"wrong", tell.Verdict(judge.Wrong)},
	Stuck:    {"stuck", tell.Verdict(judge.Stuck)},
	Possible: {"possible", tell.Sign{Glyph: "○", Role: tell.Unknown}},
	Open:     {"open", tell.Verdict(judge.Unknown)},
	Loud:     {"loud", tell.Verdict(judge.Loud)},
	Proved:   {"proved", tell.Verdict(judge.OK)},
}

// String returns the word of the state, as JSON has it.
func (s State) String() string { return states[s].word }

// Mark returns the glyph of the state, one column wide.
func (s State) Mark() string { return states[s].sign.Glyph }

// Sign returns the glyph with the role of its colour.
func (s State) Sign() tell.Sign { return states[s].sign }

// Safe reports whether the state is a proof that nothing is lost silently: every
// order was run, none of them ends wrong, stuck or unknown, no trial did, and
// neither did the run as pinned.
func (s State) Safe() bool { return s >= Loud }

// State returns what the row comes to.
func (r *Row) State() State {
	o, v := &r.Orders, &r.Odds.Verdicts
	switch {
	case v[judge.Wrong] > 0, r.Seen == judge.Wrong:
		return Wrong
	case v[judge.Stuck] > 0, r.Seen == judge.Stuck:
		return Stuck
	case o.Verdicts[judge.Wrong]+o.Verdicts[judge.Stuck] > 0, r.Replayed.Bad():
		return Possible
	case r.Odds.Trials == 0, v[judge.Unknown] > 0, r.Replayed == judge.Unknown, r.Seen == judge.Unknown, !o.RaceFree():
		return Open
	case v[judge.Loud] > 0, r.Seen == judge.Loud:
		return Loud
	}
	return Proved
}
