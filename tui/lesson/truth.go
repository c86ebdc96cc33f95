package lesson

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"time"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// Truth answers a step that asks, as the engine found it.
type Truth struct {
	Picks  []int     // of a question with choices: the right ones. Of a mend: the strategies that hold
	Number float64   // of a question of a number
	Says   string    // in a sentence
	Lanes  []Finding // one a strategy of the step, in its order
	Scenes []Scene   // what there is to see, one script each; of a question, at least one
}

// The first seed and the number of trials that odds speak of.
const (
	oddsSeed   = 1
	oddsTrials = 10_000
)

func workers() int { return min(4, runtime.GOMAXPROCS(0)) }

func (b *Book) truth(ctx context.Context, n int) (*Truth, error) {
	s := &b.Lesson.Steps[n]
	t := &Truth{}
	for _, l := range b.lanes(n) {
		f, err := find(ctx, l.step, l.strategy)
		if err != nil {
			return nil, err
		}
		f.Name = l.name
		t.Lanes = append(t.Lanes, f)
	}
	if asksOrders(s) {
		var err error
		if t.Scenes, err = scenes(ctx, s, b.lanes(n), t.Lanes); err != nil {
			return nil, err
		}
		for i := range t.Lanes {
			f, _ := t.Shown(i)
			t.Lanes[i] = *f
		}
	}
	switch s.Kind {
	case lessons.Break:
		t.Says = breaking(&t.Lanes[0].Orders.Result)
	case lessons.Mend:
		t.pick(s, neverLose, func(f *Finding) bool { return f.Orders.RaceFree() })
	default:
		if t.answer(s); t.Scenes == nil {
			t.Scenes = []Scene{t.Lanes}
		}
	}
	return t, nil
}

// asksOrders reports whether a step asks about all orders.
func asksOrders(s *lessons.Step) bool {
	return (s.Kind == lessons.Predict || s.Kind == lessons.Check) && (s.Answer == lessons.Possible || s.Answer == lessons.RaceFree)
}

// laneOf is what stands in a lane: a strategy in a world.
type laneOf struct {
	name     string
	step     *lessons.Step // with the scenario of the lane
	strategy string
}

// lanes returns those of a step that asks, in the order in which they are shown.
func (b *Book) lanes(n int) (all []laneOf) {
	s := &b.Lesson.Steps[n]
	for i, w := range s.Worlds {
		world := *s
		world.Scenario, world.Worlds = w, nil
		all = append(all, laneOf{titles(s)[i], &world, s.Strategies[0]})
	}
	for i, name := range s.Strategies {
		if len(s.Worlds) > 0 {
			break
		}
		l := laneOf{name, s, name}
		if q := b.questions[n]; q != nil && q.Pages[i].Name != name {
			l.name = q.Pages[i].Name + " " + name
		}
		all = append(all, l)
	}
	return all
}

// breaking says whether something can be broken, to somebody who may hear of
// orders for the first time.
func breaking(r *explore.Result) string {
	all, bad := tell.Grouped(r.Classes), tell.Grouped(r.Bad())
	switch {
	case r.RaceFree():
		return "nobody can break it: it ends well in " + tell.AllOrders(r.Classes) + " in which things can happen"
	case r.Bad() == 0:
		return "nobody knows: there are more orders than the " + all + " that were tried"
	case !r.Complete:
		all = "first " + all
	}
	return "it can be broken: it ends badly in " + bad + " of the " + all + " orders in which things can happen"
}

func find(ctx context.Context, s *lessons.Step, name string) (Finding, error) {
	switch {
	case s.Kind == lessons.Break && s.By == lessons.Clicks:
		return byClicks(ctx, s, name)
	case s.Kind == lessons.Break || s.Kind == lessons.Mend || s.Answer == lessons.Possible || s.Answer == lessons.RaceFree:
		return allOrders(ctx, s, name)
	case s.Answer == lessons.Odds:
		return odds(ctx, s, name)
	}
	return found(Replay(s, name)), ctx.Err()
}

// Replay runs the trial of a step in one lane.
func Replay(s *lessons.Step, name string) *report.Trial {
	return report.Replay(s.Scenario.Name, s.Scenario.Script, Entry(name), s.Scenario.ReplaySeed())
}

func allOrders(ctx context.Context, s *lessons.Step, name string) (Finding, error) {
	o := report.Explore(ctx, s.Scenario, Entry(name), explore.Bounds{Classes: report.MaxClasses})
	if err := ctx.Err(); err != nil {
		return Finding{}, err
	}
	f := witness(o)
	if f.Trial == nil {
		f = found(Replay(s, name))
		f.Says = o.Says()
	}
	f.Strategy, f.Orders, f.Bad = name, o, o.Verdict().Bad()
	return f, nil
}

// byClicks is like allOrders, and shows a run in which the network stays as it is, and the
// clicks alone have been moved, as little as will do. Without such a run it shows the
// shortest order.
func byClicks(ctx context.Context, s *lessons.Step, name string) (Finding, error) {
	f, err := allOrders(ctx, s, name)
	if err != nil || !f.Bad {
		return f, err
	}
	for _, script := range moved(s.Scenario.Script) {
		lost := found(report.Replay(s.Scenario.Name, script, Entry(name), s.Scenario.ReplaySeed()))
		if ctx.Err() == nil && lost.Bad {
			lost.Orders = f.Orders
			return lost, nil
		}
	}
	return f, ctx.Err()
}

// moved returns a script with its clicks elsewhere, by tens of ms, in the order in which
// they are: with one behind the first moved, the closest to where it was before the
// others, and then with all of them closer together.
func moved(script *sim.Script) (all []*sim.Script) {
	const step = 10 * time.Millisecond
	place := func(times func(i int) time.Duration) {
		s := *script
		s.Actions = slices.Clone(script.Actions)
		for i := range s.Actions {
			s.Actions[i].At = times(i)
		}
		if slices.IsSortedFunc(s.Actions, func(a, b sim.Action) int { return cmp.Compare(a.At, b.At) }) {
			all = append(all, &s)
		}
	}
	for by := step; by <= time.Second; by += step {
		for k := 1; k < len(script.Actions); k++ {
			for _, by := range []time.Duration{-by, by} {
				place(func(i int) time.Duration {
					if i == k {
						return script.Actions[i].At + by
					}
					return script.Actions[i].At
				})
			}
		}
	}
	for part := time.Duration(9); part >= 0; part-- {
		place(func(i int) time.Duration { return script.Actions[i].At * part / 10 })
	}
	return all
}

func odds(ctx context.Context, s *lessons.Step, name string) (Finding, error) {
	e := Entry(name)
	o := report.Estimate(ctx, s.Scenario.Script, e, report.Options{Seed: oddsSeed, Trials: oddsTrials, Workers: workers()})
	if err := ctx.Err(); err != nil {
		return Finding{}, err
	}
	script, seed := s.Scenario.Script.Unpinned(), uint64(oddsSeed)
	if o.Bad() > 0 {
		seed = o.FirstBad.Seed
	}
	f := found(report.Replay(s.Scenario.Name, script, e, seed))
	f.Odds = &o
	return f, nil
}

// answer says what is true, in the form of the question.
func (t *Truth) answer(s *lessons.Step) {
	f := &t.Lanes[0]
	switch s.Answer {
	case lessons.Lanes:
		t.pick(s, endsBadly, func(f *Finding) bool { return f.Bad })
	case lessons.Possible:
		t.pick(s, canLose, func(f *Finding) bool { return f.Bad })
	case lessons.RaceFree:
		t.pick(s, neverLose, func(f *Finding) bool { return f.Orders.RaceFree() })
	case lessons.Verdict:
		i := slices.IndexFunc(ends, func(e end) bool { return e.verdict == f.Trial.Verdict })
		if t.Says = "it does not come to an end"; i >= 0 {
			t.Picks, t.Says = []int{i}, ends[i].text
		}
	case lessons.Stands:
		t.stands(s)
	case lessons.Requests:
		t.Number = float64(f.Trial.Ledger.Requests)
		t.Says = fmt.Sprintf("%s sends %g requests", f.Name, t.Number)
		if t.Number == 1 {
			t.Says = f.Name + " sends 1 request"
		}
	case lessons.Blocked:
		t.Number = math.Round(float64(f.Trial.Ledger.Blocked) / float64(time.Millisecond))
		t.Says = fmt.Sprintf("under %s the user is held up for %g ms", f.Name, t.Number)
	case lessons.Odds:
		t.Number = math.Round(100 * f.Odds.Share(f.Odds.Bad()))
		t.Says = fmt.Sprintf("%g of 100 end badly", t.Number)
		switch bad := f.Odds.Bad(); {
		case t.Number == 0 && bad > 0:
			t.Says = "fewer than 1 of 100 end badly: " + tell.Grouped(bad) + " of " + tell.Grouped(f.Odds.Trials)
		case t.Number == 0:
			t.Says = "none of " + tell.Grouped(f.Odds.Trials) + " ended badly"
		}
	}
}

// pick picks the lanes of which a claim is true. Where the choices are yes and
// no, it picks one of those.
func (t *Truth) pick(s *lessons.Step, c claim, is func(*Finding) bool) {
	for i := range t.Lanes {
		if is(&t.Lanes[i]) {
			t.Picks = append(t.Picks, i)
		}
	}
	t.Says = c.of(t.names(), t.Picks)
	if asksYesNo(s) {
		t.Picks = []int{1 - len(t.Picks)}
	}
}

func (t *Truth) names() (all []string) {
	for i := range t.Lanes {
		all = append(all, t.Lanes[i].Name)
	}
	return all
}

// stands finds what the server holds at the end, and which event made it so.
func (t *Truth) stands(s *lessons.Step) {
	f, tr := &t.Lanes[0], t.Lanes[0].Trial
	l := diagram.New(Entry(f.Strategy), tr.Script, tr.Events, tr.Judgement, tr.Ledger.Settled, s.Field)
	_, server := l.Ends()
	ids := lessons.Values(tr.Script, s.Field)
	t.Picks = []int{len(ids)}
	thing, field := tell.Clean(s.Thing), tell.Clean(tr.Script.FieldName(s.Field))
	switch {
	case !server.Exists:
		t.Says = "there is no " + thing + " on the server"
	case server.Writer == 0:
		t.Says = "the " + thing + " on the server has no " + field
	default:
		value := tr.Script.Value(server.Writer, s.Field)
		t.Picks = []int{slices.IndexFunc(ids, func(id sim.ValueID) bool { return int(id) == value })}
		t.Says = fmt.Sprintf("%s is %s", field, tell.Clean(l.Holds(server)))
	}
	if !f.Bad && server.Event >= 0 && server.Event < len(tr.Events) {
		f.point(server.Event, t.Says)
	}
}

// claim is something that may be true of a strategy, in words.
type claim struct{ one, many, not, none string }

var (
	endsBadly = claim{"ends badly", "end badly", "does not end badly", "none of them ends badly"}
	canLose   = claim{"can end badly", "can end badly", "cannot end badly", "none of them can end badly"}
	neverLose = claim{"never ends badly", "never end badly", "can end badly", "each of them can end badly"}
)

// of says of which of several strategies the claim is true.
func (c claim) of(all []string, picks []int) string {
	var some []string
	for _, p := range picks {
		some = append(some, all[p])
	}
	switch n := len(some); {
	case len(all) == 1 && n == 0:
		return all[0] + " " + c.not
	case n == 0:
		return c.none
	case n == len(all) && n > 1:
		return "all of them " + c.many
	case n == 1:
		return some[0] + " " + c.one
	default:
		return judge.And(some) + " " + c.many
	}
}
