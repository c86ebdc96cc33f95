package report

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Orders counts the orders of a scenario under one strategy, with the shortest bad
// one.
type Orders struct {
	Scenario *scenarios.Scenario
	Strategy strategies.Entry
	explore.Result

	Shortest *explore.Counterexample // nil if none is bad, or none was found
	Pinned   *sim.Script             // the shortest, with times that bring it about; nil if none were found
	Varied   string                  // of a client of the user's own: see [Varied]
	Why      string                  // why nobody knows how the shortest ends, if that is the worst of it
}

// Explore runs every order of a scenario under a strategy, within bounds, and
// looks for the shortest bad one. Of the time that a client of the user's own has
// until ctx ends, a quarter is left for that.
func Explore(ctx context.Context, s *scenarios.Scenario, e strategies.Entry, b explore.Bounds) *Orders {
	var x explore.Explorer
	o := &Orders{Scenario: s, Strategy: e}
	workers, counting := runtime.GOMAXPROCS(0), ctx
	own := e.Own()
	if own != nil {
		workers = min(workers, OwnWorkers)
		if end, ends := ctx.Deadline(); ends {
			var stop context.CancelFunc
			counting, stop = context.WithTimeout(ctx, time.Until(end)*3/4)
			defer stop()
		}
	}
	o.Result = explore.Count(counting, s.Script, func() sim.Strategy { return e.For(s.Script) }, b, workers)
	if own != nil {
		o.Varied = Varied(own)
	}
	if o.Failed != nil {
		return o
	}
	if o.Bad() > 0 || !o.Complete && ctx.Err() == nil {
		o.Shortest, _ = x.Shortest(ctx, s.Script, e.For(s.Script), b)
	}
	switch {
	case o.Shortest == nil:
	case own != nil && o.Verdict() == judge.Unknown:
		o.Why = o.Trial().Ledger.Why // no times bring about what nobody waited for
	default:
		o.Pinned, _ = explore.Pin(s.Script, e.For(s.Script), o.Shortest.Schedule)
	}
	return o
}

// Verdict returns what is proved: the gravest bad end, if there is one; ok,
// if there is none and all were run; unknown else.
func (o *Orders) Verdict() judge.Verdict {
	switch {
	case o.Failed != nil:
		return judge.Unknown
	case o.Bad() > 0:
		return o.Result.Gravest()
	case o.Shortest != nil:
		return o.Shortest.Verdict
	case o.RaceFree():
		return judge.OK
	}
	return judge.Unknown
}

// Says puts the result into a few words.
func (o *Orders) Says() string {
	if o.Failed != nil {
		return "unknown: " + tell.Clean(o.Failed.Error())
	}
	says := tell.OfOrders(o.Bad(), o.Classes, o.Complete)
	switch {
	case o.Why != "":
		return "unknown in " + says + ": " + tell.Clean(o.Why)
	case o.Bad() > 0:
		return tell.EndBadly(o.Bad(), o.Classes, o.Complete)
	case !o.Complete && o.Shortest != nil:
		return "none of the first " + tell.Grouped(o.Classes) + " orders is bad, but a later one is"
	case !o.Complete:
		return says + " is bad, and there are more"
	case o.Varied != "":
		return says + ", " + o.Varied // what is proved is proved of these
	}
	return says
}

// Trial replays the shortest bad order: by time where times were found that
// bring it about, else event by event.
func (o *Orders) Trial() *Trial {
	if o.Pinned != nil {
		return Replay(o.Scenario.Name, o.Pinned, o.Strategy, 1)
	}
	t, _ := ReplaySchedule(o.Scenario.Name, o.Scenario.Script, o.Strategy, o.Shortest.Schedule)
	return t
}

// Command returns what replays the shortest bad order.
func (o *Orders) Command() string {
	return fmt.Sprintf("photofinish replay %s%s --schedule %s",
		tell.Quote(o.Scenario.Ref()), Naming(o.Strategy), tell.Quote(o.Shortest.Schedule.String()))
}

// ReplaySchedule runs the order that a schedule describes. The error says
// where the schedule does not fit the scenario and the strategy.
func ReplaySchedule(scenario string, s *sim.Script, e strategies.Entry, schedule explore.Schedule) (*Trial, error) {
	if len(schedule) == 0 {
		return nil, errors.New("it is empty")
	}
	only, err := schedule.Only(s)
	if err != nil {
		return nil, err
	}
	only = explore.Script(only)
	c := schedule.Chooser()
	t := replay(scenario, only, e, 1, c)
	if err := c.Unused(); err != nil {
		return nil, err
	}
	t.Ordered = true
	return t, nil
}

// ScenarioFile returns the shortest bad order as a scenario file that replays to the
// same verdict, and nothing if there is none.
func (o *Orders) ScenarioFile() []byte {
	if o.Pinned == nil {
		return nil
	}
	verdict := o.Trial().Verdict
	s := *o.Scenario
	s.Script, s.Seed = o.Pinned, 0 // the times were found for the first seed
	s.Name += "-" + strings.ReplaceAll(o.Strategy.Name, "+", "-")
	s.About = "The shortest order of " + o.Scenario.Name + " that goes wrong under " + o.Strategy.Name + "."
	s.Expect = []scenarios.Expectation{{Strategy: o.Strategy.Name, Verdict: &verdict}}
	named := func(p scenarios.Program) bool { return p.Name == o.Strategy.Name }
	if o.Strategy.Own() != nil && !slices.ContainsFunc(s.Clients, named) {
		s.Expect = nil // a file can expect something only of a client that it names
	}
	return s.YAML()
}
