package lesson

import (
	"errors"
	"slices"
	"time"

	"photofinish/report"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Game is a break as it is being played.
type Game struct {
	step     *lessons.Step
	strategy strategies.Entry
	past     []*scene // the last is the present one
	world    sim.World
}

// scene is what the game has come to.
type scene struct {
	script  *sim.Script
	choices []sim.Choice // what the user picked, in order
	moves   []Move
	trial   *report.Trial
	lost    *Finding
	outlook explore.Result // of the orders that are left
}

// newGame begins at the beginning.
func newGame(s *lessons.Step) *Game {
	g := &Game{step: s, strategy: entry(s.Strategies[0])}
	script := s.Scenario.Script
	if s.By == lessons.Network {
		script = explore.Script(script)
	}
	g.past = []*scene{g.play(script, nil)}
	return g
}

func (g *Game) now() *scene { return g.past[len(g.past)-1] }

// By returns with what the strategy is broken.
func (g *Game) By() lessons.By { return g.step.By }

// Strategy returns the name of what is to be broken.
func (g *Game) Strategy() string { return g.strategy.Name }

// Moves returns what may happen next; none when all is quiet, and none when
// it is the clicks that are moved.
func (g *Game) Moves() []Move { return g.now().moves }

// Pick lets a move happen.
func (g *Game) Pick(i int) error {
	now := g.now()
	if i < 0 || i >= len(now.moves) {
		return errors.New("there is no such message")
	}
	choices := append(slices.Clip(now.choices), now.moves[i].choice)
	g.past = append(g.past, g.play(now.script, choices))
	return nil
}

// Finish lets happen what is left, the first of the moves each time, as one
// pick.
func (g *Game) Finish() {
	now := g.now()
	if len(now.moves) == 0 {
		return
	}
	g.past = append(g.past, g.play(now.script, g.rest(now)))
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
	g.past = append(g.past, g.play(&script, nil))
	return nil
}

// Undo takes the last pick or shift back, and reports whether there was one.
func (g *Game) Undo() bool {
	if len(g.past) == 1 {
		return false
	}
	g.past = g.past[:len(g.past)-1]
	return true
}

// Restart takes all back.
func (g *Game) Restart() { g.past = g.past[:1] }

// Script returns the clicks as they are now. Its latencies count only where
// it is the clicks that are moved.
func (g *Game) Script() *sim.Script { return g.now().script }

// Trial returns the trial as it stands: with the picks made so far, or with
// the clicks as they are now. While there are moves it has not ended, and its
// verdict is unknown.
func (g *Game) Trial() *report.Trial { return g.now().trial }

// Over reports whether nothing is left to happen. Where clicks are moved, that
// is always so.
func (g *Game) Over() bool { return len(g.now().moves) == 0 }

// Broken reports whether the strategy has lost: it ends badly, or it will,
// whatever happens next. The run counts the step as done.
func (g *Game) Broken() bool { return g.now().lost != nil }

// Lost says where and why it has lost; nil while it has not.
func (g *Game) Lost() *Finding { return g.now().lost }

// Outlook returns how many of the orders that are left end badly, of how many.
// It is not complete where there are too many to count. Where clicks are
// moved, it says nothing.
func (g *Game) Outlook() (bad, all int, complete bool) {
	o := &g.now().outlook
	return o.Bad(), o.Classes, o.Complete
}

// play works a scene out.
func (g *Game) play(script *sim.Script, choices []sim.Choice) *scene {
	s := &scene{script: script, choices: choices}
	if g.step.By == lessons.Clicks {
		s.trial = report.Replay(g.step.Scenario.Name, script, g.strategy, g.step.Scenario.ReplaySeed())
		s.lose(s.trial)
		return s
	}
	g.look(s)
	end := g.run(script, g.rest(s), nil)
	if s.trial = end; !s.over() {
		s.trial = g.run(script, choices, stop)
		s.trial.Judgement = judge.Judgement{Verdict: judge.Unknown}
	}
	s.foresee(g, end)
	return s
}

// over reports whether nothing is left to happen.
func (s *scene) over() bool { return len(s.moves) == 0 }

// lose notes that the strategy has lost, if a trial shows it.
func (s *scene) lose(t *report.Trial) {
	if f := found(t); f.Bad {
		s.lost = &f
	}
}

// foreseen is how many orders are looked at after each pick: few enough for a
// hand not to notice.
const foreseen = 5000

// foresee counts how the orders end that are left. If all of them end badly,
// it is lost already, and end shows how.
func (s *scene) foresee(g *Game, end *report.Trial) {
	if s.over() {
		s.outlook = explore.Result{Classes: 1, Orders: 1, Complete: true}
		s.outlook.Verdicts[end.Verdict]++
	} else {
		var x explore.Explorer
		s.outlook = x.From(background, s.script, g.strategy.For(s.script), s.choices, foreseen).Result
	}
	if o := &s.outlook; o.Complete && o.Classes > 0 && o.Bad() == o.Classes {
		s.lose(end)
	}
}
