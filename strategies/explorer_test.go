package strategies_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/sim"
	clever "photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// The clever explorer is held against the dumb one: the same orders, the same
// classes, and the same ends, for every strategy and whatever the user does.
func TestExplorerAgainstTheDumbOne(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s := anyScript(t, 4)
		name := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy").Name
		calm(s, name)
		againstTheDumbOne(t, s, name, named(name, s))
	})
}

// Of a client that is not ours, too, which reads by itself.
func TestExplorerOfErrandsAgainstTheDumbOne(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s := anyScript(t, 3)
		s.Network.Timeout = 0
		againstTheDumbOne(t, s, "a stranger", &testkit.Stranger{Rereads: true})
	})
}

func againstTheDumbOne(t interface{ Fatalf(string, ...any) }, s *sim.Script, name string, strategy sim.Strategy) {
	got := map[string]int{}
	classes, orders := 0, uint64(0)
	for c := range new(clever.Explorer).Classes(s, strategy) {
		classes++
		orders += c.Orders
		got[end(s, c.Ledger, c.Judged)]++
		if orders > 100_000 {
			return // each of them would be run
		}
	}
	want := exploreSome(s, strategy, mostRuns)
	if want.more {
		t.Fatalf("%s under %s: %d orders in %d classes, and the dumb explorer does not end", written(s), name, orders, classes)
	}
	wanted := map[string]int{}
	for _, c := range want.classes {
		wanted[c.end]++
	}
	if classes != len(want.classes) || orders != uint64(want.orders) || fmt.Sprint(got) != fmt.Sprint(wanted) {
		t.Fatalf("%s under %s: %d orders in %d classes that end %v, want %d in %d that end %v",
			written(s), name, orders, classes, got, want.orders, len(want.classes), wanted)
	}
}

// Whatever chance finds, the explorer finds: the end of any trial, under any
// latencies, is the end of some order.
func TestChanceFindsNothingNew(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s := anyScript(t, 5)
		mean := time.Duration(rapid.IntRange(1, 200).Draw(t, "mean")) * time.Millisecond
		leg, err := sim.NewLatency(sim.Exponential, 0, mean)
		if err != nil {
			t.Fatal(err)
		}
		s.Network.Up, s.Network.Down = leg, leg
		name := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy").Name
		calm(s, name)
		chanceFindsNothingElse(t, s, name, 50)
	})
}

// chanceFindsNothingElse fails if one of so many trials, under any latencies that the
// script draws, ends as no order does.
func chanceFindsNothingElse(t interface{ Fatalf(string, ...any) }, s *sim.Script, name string, seeds uint64) {
	ends := map[string]bool{}
	for c := range new(clever.Explorer).Classes(s, named(name, s)) {
		ends[end(s, c.Ledger, c.Judged)] = true
	}
	var w sim.World
	var j judge.Judge
	strategy := named(name, s)
	for seed := range seeds {
		l := w.Run(s, strategy, seed, sim.Options{})
		if got := end(s, l, j.Judge(s, l)); !ends[got] {
			t.Fatalf("%s under %s, seed %d: ends %s, and no order does: %v", written(s), name, seed, got, ends)
		}
	}
}

// n updates at once have (3n)!/(6·12·…·6n) orders; the classes are pinned.
func TestExplorerCountsUpdates(t *testing.T) {
	for n, want := range []clever.Result{
		2: {Orders: 10, Classes: 5, Verdicts: [5]int64{judge.OK: 3, judge.Wrong: 2}},
		3: {Orders: 280, Classes: 57, Verdicts: [5]int64{judge.OK: 27, judge.Wrong: 30}},
		4: {Orders: 15_400, Classes: 1_145, Verdicts: [5]int64{judge.OK: 471, judge.Wrong: 674}},
		5: {Orders: 1_401_400, Classes: 35_505},
	} {
		if n < 2 {
			continue
		}
		got := new(clever.Explorer).Count(context.Background(), press(strings.Repeat("update ", n)), named("naive", nil), clever.Bounds{})
		if n == 5 {
			got.Verdicts = want.Verdicts
		}
		want.Complete = true
		if got != want {
			t.Errorf("%d updates: %+v, want %+v", n, got, want)
		}
	}
}

// Every counterexample is one: its schedule replays to its verdict, no smaller
// set of clicks would do, and times are found that bring it about.
func TestCounterexamples(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s := anyScript(t, 4)
		s.Network.Timeout = 0 // what gives up at a fixed time cannot always be timed
		for i := range s.Actions {
			s.Actions[i].Twice = false // nor can a copy, which is left to luck
		}
		name := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy").Name
		calm(s, name)
		found, pinned := counterexample(t, s, name, clever.Bounds{})
		// The luck of a second attempt cannot be pinned; and of the equal orders of two
		// clients it is not always the one that is run that has times.
		if found != nil && !pinned && !strings.Contains(found.Schedule.String(), "#") && s.Views() == 1 {
			t.Fatalf("%s under %s: no times for %v", written(s), name, found.Schedule)
		}
	})
}

// counterexample fails where bad classes have none, or it is none: where it does not
// replay to its verdict, or not in the times that are found for it, if any are.
func counterexample(t *rapid.T, s *sim.Script, name string, within clever.Bounds) (found *clever.Counterexample, pinned bool) {
	var e clever.Explorer
	found, complete := e.Shortest(context.Background(), s, named(name, s), within)
	all := e.Count(context.Background(), s, named(name, s), within)
	if within == (clever.Bounds{}) && !complete || found == nil && complete && all.Complete && all.Bad() > 0 {
		t.Fatalf("%s under %s: %d bad classes, and no counterexample", written(s), name, all.Bad())
	}
	if found == nil {
		return nil, false
	}
	only, err := found.Schedule.Only(s)
	if err != nil {
		t.Fatal(err)
	}
	var w sim.World
	var j judge.Judge
	c := found.Schedule.Chooser()
	got := j.Judge(only, w.Run(clever.Script(only), named(name, s), 1, sim.Options{Chooser: c}))
	if err := c.Unused(); err != nil || got.Verdict != found.Verdict {
		t.Fatalf("%s under %s: %v replays to %v, want %v (%v)", written(s), name, found.Schedule, got.Verdict, found.Verdict, err)
	}
	timed, pinned := clever.Pin(s, named(name, s), found.Schedule)
	if pinned {
		if got := j.Judge(timed, w.Run(timed, named(name, s), 1, sim.Options{})); got.Verdict != found.Verdict {
			t.Fatalf("%s under %s: %v in time ends %v, want %v", written(s), name, found.Schedule, got.Verdict, found.Verdict)
		}
	}
	return found, pinned
}

// A margin is one: the change turns the verdict, and none that is a
// millisecond smaller does.
func TestMargin(t *testing.T) {
	s := press("create update update")
	pin(s, 1, 0, 120, 80)
	pin(s, 2, 40, 100, 30)
	pin(s, 3, 70, 10, 30)
	for _, c := range []struct {
		strategy string
		want     clever.Flip
	}{
		{"action-queue", clever.Flip{By: -90 * time.Millisecond, Action: 2, Leg: sim.Uplink, From: judge.Wrong, To: judge.OK}},
		{"merged-updates", clever.Flip{By: 131 * time.Millisecond, Action: 3, Leg: sim.NoLeg, From: judge.OK, To: judge.Wrong}},
	} {
		if got, ok := clever.Margin(s, named(c.strategy, s), 1); !ok || got != c.want {
			t.Errorf("%s: %+v, want %+v", c.strategy, got, c.want)
		}
	}
	if got, ok := clever.Margin(s, named("action-queue+hold", s), 1); ok {
		t.Errorf("action-queue+hold: %+v, want no margin", got)
	}
}

// A lost message is a fault that a queue has no answer to.
func TestFaults(t *testing.T) {
	s := press("create update")
	var e clever.Explorer
	strategy := named("action-queue", s)
	if r := e.Count(context.Background(), s, strategy, clever.Bounds{}); !r.RaceFree() {
		t.Errorf("without faults: %+v", r)
	}
	r := e.Count(context.Background(), s, strategy, clever.Bounds{Faults: 1})
	if r.RaceFree() || r.Bad() == 0 {
		t.Errorf("with a fault: %+v", r)
	}
	found, _ := e.Shortest(context.Background(), s, strategy, clever.Bounds{Faults: 1})
	if found == nil || found.Schedule.String() != "lost:c1> c1" {
		t.Fatalf("the shortest: %+v", found)
	}
	if _, ok := clever.Pin(s, strategy, found.Schedule); !ok {
		t.Error("no times for it")
	}
}

func TestExplorerStops(t *testing.T) {
	s := press("update update update update update update")
	var e clever.Explorer
	r := e.Count(context.Background(), s, named("naive", nil), clever.Bounds{Classes: 20})
	if r.Complete || r.Classes != 20 || r.RaceFree() {
		t.Errorf("bounded: %+v", r)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r := e.Count(ctx, s, named("naive", nil), clever.Bounds{}); r.Complete || r.RaceFree() {
		t.Errorf("cancelled: %+v", r)
	}
	n := 0
	for range e.Classes(s, named("naive", nil)) {
		if n++; n == 3 {
			break
		}
	}
	if again := e.Count(context.Background(), press("update update"), named("naive", nil), clever.Bounds{}); again.Classes != 5 {
		t.Errorf("after a loop that stopped: %+v", again)
	}
}

// named returns a strategy that is known to be there.
func named(name string, s *sim.Script) sim.Strategy {
	e, err := strategies.Find(name)
	if err != nil {
		panic(err)
	}
	return e.For(s)
}

// end says how an order ends: everything that the judge makes of it. Errands are named
// by their labels: another client's are numbered with them.
func end(s *sim.Script, l *sim.Ledger, j judge.Judgement) string {
	out := []string{}
	for _, a := range j.Anomalies {
		var names []string
		for _, n := range a.Actions {
			names = append(names, l.Action(s, n).Label())
		}
		out = append(out, a.Kind.String()+" "+strings.Join(names, " "))
	}
	slices.Sort(out)
	return j.Verdict.String() + " " + strings.Join(out, " ")
}

// anyScript draws up to most actions of any kind, refused or not, on a given
// person or none.
func anyScript(t *rapid.T, most int) *sim.Script {
	dos := rapid.SliceOfN(rapid.SampledFrom([]string{"create", "update", "update", "update", "delete", "lock", "unlock", "fetch"}), 1, most).Draw(t, "actions")
	s := press(strings.NewReplacer("unlock", "set-permissions", "lock", "set-permissions").Replace(strings.Join(dos, " ")))
	s.Values = append(s.Values, "admin")
	for i, do := range dos {
		if a := &s.Actions[i]; a.Do == sim.SetPermissions {
			a.Sets = a.Sets.With(sim.Permissions)
			if do == "unlock" {
				a.Values[sim.Permissions] = sim.ValueID(len(s.Values) - 1)
			}
		}
	}
	s.Given = rapid.Bool().Draw(t, "given")
	if !s.Given {
		s.GivenSets = 0
	} else {
		s.GivenSets, s.GivenValues[0] = 1, 1
	}
	if rapid.IntRange(0, 3).Draw(t, "fails") == 0 {
		s.Actions[rapid.IntRange(0, len(dos)-1).Draw(t, "which")].Status = 500
	}
	if rapid.IntRange(0, 4).Draw(t, "twice") == 0 && len(dos) < 5 {
		s.Actions[rapid.IntRange(0, len(dos)-1).Draw(t, "which of them")].Twice = true
	}
	if rapid.IntRange(0, 2).Draw(t, "several") == 0 {
		for i := range s.Actions {
			s.Actions[i].Client = uint8(rapid.IntRange(0, 1).Draw(t, "client"))
			s.Actions[i].Person = uint8(rapid.IntRange(0, 1).Draw(t, "person"))
		}
		s.Skew[1] = time.Duration(rapid.IntRange(0, 1).Draw(t, "skew")) * time.Second
	}
	s.Network.Echo = rapid.IntRange(0, 3).Draw(t, "echo") == 0
	if rapid.IntRange(0, 3).Draw(t, "fifo") == 0 {
		s.Network.Fifo = true
		if rapid.Bool().Draw(t, "takes time") {
			s.Network.Processing, _ = sim.NewLatency(sim.Exponential, 0, 80*time.Millisecond)
			s.Network.Workers = rapid.IntRange(0, 3).Draw(t, "workers")
		}
	}
	if rapid.IntRange(0, 4).Draw(t, "impatient") == 0 && most < 5 && len(dos) < 4 {
		s.Network.Timeout = 300 * time.Millisecond
	}
	return s
}

// calm makes a script smaller for a strategy that answers failures with more
// requests: more orders come of it than can be run.
func calm(s *sim.Script, strategy string) {
	for _, eager := range []string{"retry", "idempotency-key", "outbox", "if-match-rebase"} {
		if strings.Contains(strategy, eager) {
			s.Network.Timeout = 0
			s.Actions = s.Actions[:min(3, len(s.Actions))]
		}
	}
}

func pin(s *sim.Script, n, at, up, down int) {
	a := s.Action(n)
	a.At, a.Up, a.Down = time.Duration(at)*time.Millisecond, time.Duration(up)*time.Millisecond, time.Duration(down)*time.Millisecond
}

func written(s *sim.Script) string {
	var labels []string
	for i := range s.Actions {
		label := s.Actions[i].Label()
		if s.Actions[i].Status != 0 {
			label += "!"
		}
		if s.Actions[i].Twice {
			label += " twice"
		}
		if a := s.Actions[i]; a.View() != 0 {
			label += fmt.Sprintf(" (client %d, person %d)", a.Client+1, a.Person+1)
		}
		labels = append(labels, label)
	}
	n := &s.Network
	line := fmt.Sprintf("%s (given %v, timeout %v, echo %v, fifo %v, processing %v, workers %d)", strings.Join(labels, " "), s.Given, n.Timeout, n.Echo, n.Fifo, n.Processing, n.Workers)
	if s.Habits() != 0 {
		line += fmt.Sprintf(" %+v offline %v", *n, s.Offline)
	}
	return line
}

// delayed is a stranger that shows at once and sends later, each action after a
// pause of its own; an answer begins another pause, after which it reads.
type delayed struct {
	testkit.Stranger
	pause, after [4]time.Duration // by action
	waits        map[int]*sim.Action
}

func (s *delayed) Reset() {
	s.Stranger.Reset()
	s.waits = map[int]*sim.Action{}
}

func (s *delayed) Act(_ *sim.Client, a *sim.Action) {
	s.waits[s.Host.After(s.pause[a.Number], a)] = a
}

func (s *delayed) Wake(c *sim.Client, t sim.Timer) {
	a, saves := s.waits[t.Number]
	delete(s.waits, t.Number)
	if saves {
		s.Stranger.Act(c, a)
	} else {
		s.Host.Send(sim.Message{Do: sim.Fetch, ID: 1, Cause: t.Action})
	}
}

func (s *delayed) Reply(c *sim.Client, r *sim.Reply) {
	s.Stranger.Reply(c, r)
	if first := r.First(); first.Errand == nil && first.Do == sim.Update {
		s.Host.After(s.after[first.Number], first)
	}
}

// Of the timers of a client that is not ours not every order is run, and yet
// chance finds nothing that the explorer does not.
func TestChanceFindsNothingNewOfTimers(t *testing.T) {
	pauses := []time.Duration{20, 50, 100, 200, 400}
	property.Check(t, func(t *rapid.T) {
		s := press(strings.Repeat("update ", rapid.IntRange(1, 2).Draw(t, "updates")))
		s.Given, s.GivenSets, s.GivenValues[0] = true, 1, 1
		var client delayed
		for i := range s.Actions {
			s.Actions[i].At = time.Duration(i) * rapid.SampledFrom(pauses).Draw(t, "gap") * time.Millisecond
			client.pause[i+1] = rapid.SampledFrom(pauses).Draw(t, "pause") * time.Millisecond
			client.after[i+1] = rapid.SampledFrom(pauses).Draw(t, "after") * time.Millisecond
		}
		leg, err := sim.NewLatency(sim.Exponential, 0, time.Duration(rapid.IntRange(1, 200).Draw(t, "mean"))*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		s.Network.Up, s.Network.Down = leg, leg
		ends := map[string]bool{}
		for c := range new(clever.Explorer).Classes(s, &client) {
			ends[landed(c.Ledger)+end(s, c.Ledger, c.Judged)] = true
		}
		var w sim.World
		var j judge.Judge
		for seed := range uint64(50) {
			l := w.Run(s, &client, seed, sim.Options{})
			if got := landed(l) + end(s, l, j.Judge(s, l)); !ends[got] {
				t.Fatalf("%s, pauses %v, after %v, seed %d: ends %s, and no order does: %v", written(s), client.pause, client.after, seed, got, ends)
			}
		}
	})
}

// landed lists what the client sent and what the server handled, each in order.
func landed(l *sim.Ledger) string {
	sent, handled := map[sim.Moment]int{}, map[sim.Moment]int{}
	for n, f := range l.Fates[:sim.MaxActions+len(l.Errands)+1] {
		sent[f.Sent], handled[f.Landed] = n, n
	}
	in := func(at map[sim.Moment]int) (order []int) {
		for _, m := range slices.Sorted(maps.Keys(at)) {
			order = append(order, at[m])
		}
		return order[1:] // the first is what never was
	}
	return fmt.Sprint(in(sent), in(handled), " ")
}
