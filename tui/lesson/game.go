package lesson

import (
	"context"
	"errors"
	"slices"
	"time"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/game"
)

// Game is a break as it is being played: with the network, or with the clicks.
type Game struct {
	step     *lessons.Step
	strategy strategies.Entry
	network  *game.Game // nil: it is the clicks that are moved
	past     []outcome  // the last is the present one
}

type outcome struct {
	script  *sim.Script
	trial   *report.Trial
	lost    *Finding
	outlook explore.Result // of the orders that are left
}

func newGame(s *lessons.Step) *Game {
	g := &Game{step: s, strategy: Entry(s.Strategies[0])}
	if s.By == lessons.Clicks {
		g.replay(s.Scenario.Script)
		return g
	}
	g.network = game.New(g.strategy.For, 1)
	g.network.Open(game.Turn{Script: explore.Script(s.Scenario.Script)})
	g.judge()
	return g
}

func (g *Game) now() *outcome { return &g.past[len(g.past)-1] }

// Moves returns what may happen next; none when all is quiet, and none when
// it is the clicks that are moved.
func (g *Game) Moves() (moves []Move) {
	if g.network == nil {
		return nil
	}
	teller := tell.Teller{Script: g.now().script, Events: g.network.Now.Events, Fit: tell.Fit}
	for _, o := range g.network.Now.Next {
		moves = append(moves, Move{o, teller.Next(o.Choice, o.Whole()).Says})
	}
	return moves
}

// Pick lets a move happen.
func (g *Game) Pick(i int) error {
	if g.network == nil {
		return errors.New("there is no message to pick: it is the clicks that are moved")
	}
	if err := g.network.Pick(i); err != nil {
		return err
	}
	g.judge()
	return nil
}

// Finish lets happen what is left, the first of the moves each time, as one
// pick.
func (g *Game) Finish() {
	if !g.Over() {
		g.network.Finish()
		g.judge()
	}
}

// Shift moves click n by some time, earlier if it is negative, but not past
// its neighbours. An error says why it stays where it is.
func (g *Game) Shift(n int, by time.Duration) error {
	now := g.now()
	if g.step.By != lessons.Clicks || n < 1 || n > len(now.script.Actions) {
		return errors.New("there is no such click to move")
	}
	least, most := time.Duration(0), sim.MaxLatency
	if n > 1 {
		least = now.script.Action(n - 1).At
	}
	if n < len(now.script.Actions) {
		most = now.script.Action(n + 1).At
	}
	script := *now.script
	script.Actions = slices.Clone(script.Actions)
	a := script.Action(n)
	at := min(max(a.At+by, least), most)
	if at == a.At {
		return errors.New("clicks keep their order: it cannot go past its neighbour")
	}
	a.At = at
	g.replay(&script)
	return nil
}

// Undo takes the last pick or shift back, and reports whether there was one.
func (g *Game) Undo() bool {
	if len(g.past) == 1 {
		return false
	}
	g.past = g.past[:len(g.past)-1]
	if g.network != nil {
		g.network.Back()
	}
	return true
}

// Restart takes all back.
func (g *Game) Restart() {
	g.past = g.past[:1]
	if g.network != nil {
		g.network.Open(g.network.Turns[0])
	}
}

// Script returns the clicks as they are now. Its latencies count only where
// it is the clicks that are moved.
func (g *Game) Script() *sim.Script { return g.now().script }

// Trial returns the trial as it stands: with the picks made so far, or with
// the clicks as they are now. While there are moves it has not ended, and its
// verdict is unknown.
func (g *Game) Trial() *report.Trial { return g.now().trial }

// Over reports whether nothing is left to happen. Where clicks are moved, that
// is always so.
func (g *Game) Over() bool { return g.network == nil || g.network.Now.Over() }

// Broken reports whether the strategy has lost: it ends badly, or it will,
// whatever happens next. The run counts the step as done.
func (g *Game) Broken() bool { return g.now().lost != nil }

// Lost says where and why it has lost; nil while it has not.
func (g *Game) Lost() *Finding { return g.now().lost }

// Outlook returns how many of the orders that are left end badly, of how many.
// It is not complete where there are too many to count. Where clicks are
// moved, it says nothing.
func (g *Game) Outlook() (bad, all int64, complete bool) {
	o := &g.now().outlook
	return o.Bad(), o.Classes, o.Complete
}

func (g *Game) replay(script *sim.Script) {
	o := outcome{script: script, trial: report.Replay(g.step.Scenario.Name, script, g.strategy, g.step.Scenario.ReplaySeed())}
	o.lose(o.trial)
	g.past = append(g.past, o)
}

// foreseen is how many orders are looked at after each pick: few enough for a
// hand not to notice.
const foreseen = 5000

// judge runs the picks as they are now, and counts how the orders end that are
// left. If all of them end badly, it is lost already, and the one that takes the
// first of the moves each time shows how.
func (g *Game) judge() {
	t := *g.network.Turn()
	end := g.trial(game.Turn{Script: t.Script, Choices: g.network.Rest()}, true)
	o := outcome{script: t.Script, trial: end}
	if g.Over() {
		o.outlook = explore.Result{Classes: 1, Orders: 1, Complete: true}
		o.outlook.Verdicts[end.Verdict]++
	} else {
		o.trial = g.trial(t, false)
		o.trial.Judgement = judge.Judgement{Verdict: judge.Unknown}
		o.outlook = new(explore.Explorer).From(context.Background(), t.Script, g.strategy.For(t.Script), t.Choices, foreseen).Result
	}
	if r := &o.outlook; r.Complete && r.Classes > 0 && r.Bad() == r.Classes {
		o.lose(end)
	}
	g.past = append(g.past, o)
}

// trial runs a turn, and if on what time brings behind it.
func (g *Game) trial(turn game.Turn, on bool) *report.Trial {
	events, l := g.network.Trial(turn, on)
	ledger := *l
	ledger.Reads, ledger.Records = slices.Clone(l.Reads), slices.Clone(l.Records)
	ledger.Reverts, ledger.Sums, ledger.Commits = slices.Clone(l.Reverts), slices.Clone(l.Sums), slices.Clone(l.Commits)
	t := &report.Trial{
		Scenario: g.step.Scenario.Name, Script: l.Script(turn.Script), Strategy: g.strategy.Name, Seed: 1,
		Events: events, Ledger: &ledger,
	}
	t.Judgement = new(judge.Judge).Judge(turn.Script, t.Ledger)
	return t
}

// lose notes that the strategy has lost, if a trial shows it.
func (o *outcome) lose(t *report.Trial) {
	if f := found(t); f.Bad {
		o.lost = &f
	}
}

// Move is something that may happen next, when the user is the network.
type Move struct {
	game.Option
	Says string // in words: "u2 arrives at the server"
}
