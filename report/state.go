package report

import (
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// State is what is known of a strategy in a scenario: by trials, by orders, and by the
// run as the file pins it.
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

// StateOf returns what trials, orders and the runs as pinned and on a screen come
// to; of runs that there are not, the verdict is OK.
func StateOf(odds *Odds, orders *explore.Result, replayed, seen judge.Verdict) State {
	v := &odds.Verdicts
	switch {
	case v[judge.Wrong] > 0, seen == judge.Wrong:
		return Wrong
	case v[judge.Stuck] > 0, seen == judge.Stuck:
		return Stuck
	case orders.Verdicts[judge.Wrong]+orders.Verdicts[judge.Stuck] > 0, replayed.Bad():
		return Possible
	case odds.Trials == 0, v[judge.Unknown] > 0, replayed == judge.Unknown, seen == judge.Unknown, !orders.RaceFree():
		return Open
	case v[judge.Loud] > 0, seen == judge.Loud:
		return Loud
	}
	return Proved
}

// State returns what the cell comes to.
func (c Cell) State() State { return StateOf(c.Odds, c.Orders, c.Replayed, judge.OK) }

// Replayed returns how the scenario ends as its file pins it, as the command replays
// it.
func Replayed(s *scenarios.Scenario, e strategies.Entry) judge.Verdict {
	if !Pinned(s.Script) {
		return judge.OK
	}
	var w sim.World
	var j judge.Judge
	_, found := j.Run(&w, s.Script, e.For(s.Script), s.ReplaySeed(), sim.Options{})
	return found.Verdict
}
