package explore_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// decide returns where the trial of a strategy was decided, and its lane.
func decide(t interface{ Fatal(...any) }, s *sim.Script, name string, seed uint64, bound int) (explore.Decision, *diagram.Lane) {
	e, err := strategies.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	l := diagram.Run(new(sim.World), new(judge.Judge), e, s, seed, 0)
	d := new(explore.Explorer).Decided(context.Background(), s, e.For(s), seed, bound)
	l.Turning = l.Turned(d)
	return d, l
}

// The opening: by which event each of its lanes was decided, and how many of the
// orders that were possible until then ended ok.
func TestDecidedInTheOpening(t *testing.T) {
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		strategy     string
		decided      string
		verdict      judge.Verdict
		ok, possible int64
		seen         time.Duration
	}{
		{"naive", "70ms act", judge.Wrong, 1, 2, 70},
		{"callbacks", "210ms arrive", judge.Wrong, 2, 4, 300},
		{"action-queue", "210ms arrive", judge.Wrong, 2, 4, 300},
		{"merged-updates", "70ms act", judge.OK, 4, 6, -1},
		{"hold-outgoing", "70ms act", judge.Wrong, 1, 2, 70},
		{"polling", "220ms wake", judge.Wrong, 1, 2, 390},
	} {
		d, l := decide(t, s.Script, c.strategy, s.ReplaySeed(), 20_000)
		seen := time.Duration(-1)
		if l.Turning.Seen >= 0 {
			seen = l.Events[l.Turning.Seen].At / time.Millisecond
		}
		e := &l.Events[max(d.Event, 0)]
		got := fmt.Sprint(e.At, " ", e.Kind)
		if got != c.decided || d.Verdict != c.verdict || d.Before.Verdicts[judge.OK] != c.ok || d.Before.Classes != c.possible || !d.Before.Complete || seen != c.seen {
			t.Errorf("%s: %s %v, %d of %d ok until then, seen at %d: want %+v", c.strategy, got, d.Verdict, d.Before.Verdicts[judge.OK], d.Before.Classes, seen, c)
		}
	}
	two, err := scenarios.Find("two-tabs")
	if err != nil {
		t.Fatal(err)
	}
	d, l := decide(t, two.Script, "naive", two.ReplaySeed(), 20_000)
	if !d.Always || d.Event != -1 || d.Before.Verdicts != [judge.Wrong + 1]int64{judge.Wrong: 2} || l.Turning.Seen < 0 {
		t.Errorf("two tabs: %+v, seen at %d", d, l.Turning.Seen)
	}
}

// Over the catalogue and the six the bound is never reached; half of all trials are
// decided before they begin; and where a loss was still open it is seen
// after it was decided, or in that instant. Four trials have a proof that was none
// yet, since what came later could have made up for it.
func TestDecidedOverTheCatalogue(t *testing.T) {
	testkit.Alone(t)
	testkit.Long(t, "TestDecidedInTheOpening and TestDecidedByADumbRecount have the rule")
	trials, always, after, same, early := 0, 0, 0, 0, 0
	for _, s := range scenarios.All() {
		for _, name := range strategies.Default() {
			trials++
			d, l := decide(t, s.Script, name, s.ReplaySeed(), 20_000)
			what := fmt.Sprintf("%s under %s: %+v", s.Name, name, d)
			if d.Verdict != l.Verdict || d.TooMany || !d.Before.Complete || d.Always == (d.Event >= 0) {
				t.Errorf("%s, in the lane %v", what, l.Verdict)
				continue
			}
			if d.Always {
				always++
			}
			if !d.Always && d.Before.Verdicts[d.Verdict] == d.Before.Classes {
				t.Errorf("%s: it was decided before", what)
			}
			for i := range l.Events {
				if st := l.Upto(i); l.Turning.Seen >= 0 && (!st.Open && st.Verdict == l.Verdict) != (i >= l.Turning.Seen) {
					t.Errorf("%s: seen at %d, and after event %d it says %v", what, l.Turning.Seen, i, st)
				}
			}
			if !l.Verdict.Bad() || d.Always {
				continue
			}
			switch at, first := l.Events[d.Event].At, l.Seen(-1); {
			case first < d.Event:
				early++
				if l.Turning.Seen < d.Event {
					t.Errorf("%s: seen at %d", what, l.Turning.Seen)
				}
			case l.Events[first].At > at:
				after++
			default:
				same++
			}
		}
	}
	if got, want := [...]int{after, same, early}, [...]int{177, 36, 4}; got != want || 20*always < 9*trials {
		t.Errorf("%d trials, %d decided before they begin; open ones seen after, at and before: %v, want %v", trials, always, got, want)
	}
}

// What halving finds a dumb recount finds too, which runs all orders from each
// beginning of the trial: in the catalogue and in any script, with what chance does.
func TestDecidedByADumbRecount(t *testing.T) {
	t.Run("catalogue", func(t *testing.T) {
		recounted := 0
		for i, s := range testkit.Some(scenarios.All(), 24) {
			name := strategies.Default()[i%6]
			if recount(t, s.Script, name, s.ReplaySeed(), s.Name) {
				recounted++
			}
		}
		if recounted < testkit.Size(30, 5) {
			t.Errorf("only %d trials were recounted", recounted)
		}
	})
	open, all := 0, 0
	property.Check(t, func(t *rapid.T) {
		s := anyScript(t)
		if rapid.IntRange(0, 3).Draw(t, "updates alone") == 0 {
			s = updates(3) // of which much can become
		}
		pace := sim.Latency{Dist: sim.Exponential, A: 60 * time.Millisecond}
		s.Network.Up, s.Network.Down = pace, pace
		share := func(of string) float64 { return rapid.SampledFrom([]float64{0, 0, 0, 0.3}).Draw(t, of) }
		s.Network.Loss, s.Network.Duplicates, s.Network.Errors = share("loss"), share("duplicates"), share("errors")
		name := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy")
		seed := rapid.Uint64().Draw(t, "seed")
		if recount(t, s, name, seed, labelled(s)) {
			all++
			if d, _ := decide(t, s, name, seed, 0); d.Event >= 0 {
				open++
			}
		}
	})
	if !testing.Short() && (all < 8 || open == 0) {
		t.Errorf("recounted %d scripts, of which %d were decided on the way", all, open)
	}
}

// recount fails if all orders, run from each beginning of the trial, do not say
// what [explore.Explorer.Decided] says. It reports whether there were few enough.
func recount(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, s *sim.Script, name string, seed uint64, what string) bool {
	e, err := strategies.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	certain := s.Certain(seed)
	works := slices.ContainsFunc(certain.Actions, func(a sim.Action) bool { return a.Processing > 0 })
	twice := slices.ContainsFunc(certain.Actions, func(a sim.Action) bool { return a.Twice })
	if s.Network.Fifo && (works || twice) {
		return false // the dumb one lets nothing overtake inside the server, and copies everywhere
	}
	if certain.Begins() && s.Network.Workers > 0 || s.Network.Poll > 0 {
		return false // it has as many workers as it likes, and would poll for ever
	}
	if all := new(explore.Explorer).From(context.Background(), certain, e.For(s), nil, 300); !all.Complete || all.Orders > 1000 {
		return false
	}
	d, l := decide(t, s, name, seed, 0)
	what = fmt.Sprintf("%s under %s, seed %d: %+v", what, name, seed, d)

	r := testkit.Recorder{Chooser: sim.ByTime{}}
	new(sim.World).Run(s, e.For(s), seed, sim.Options{Chooser: &r})
	var choices []sim.Choice
	for _, c := range r.Choices {
		if c.What != sim.RequestEnters && c.What != sim.DuplicateEnters {
			choices = append(choices, c)
		}
	}
	if !d.Always && d.Event < 0 {
		if end := everyOrder(certain, e.For(s), choices); len(end.classes) != 0 && s.Network.Loss+s.Network.Errors+s.Network.Duplicates == 0 && d.Verdict != judge.Unknown {
			t.Fatalf("%s: nothing is known, but it could be", what)
		}
		return false
	}
	first := -1 // how many choices it took
	for i := range len(choices) + 1 {
		sure := true
		for _, end := range everyOrder(certain, e.For(s), choices[:i]).classes {
			sure = sure && end.verdict == l.Verdict
		}
		if sure {
			first = i
			break
		}
	}
	if d.Always != (first == 0) {
		t.Fatalf("%s: the dumb one says after %d choices", what, first)
	}
	before := everyOrder(certain, e.For(s), choices[:max(first-1, 0)])
	// It tells no two clients apart, and of a copy not where it arrives.
	if s.Clients() == 1 && !twice && (d.Before.Classes != int64(len(before.classes)) || d.Before.Verdicts != before.verdicts()) {
		t.Fatalf("%s: until then %v are possible", what, before.verdicts())
	}
	if first > 0 && !made(&l.Events[d.Event], choices[first-1]) {
		t.Fatalf("%s: it is %v that decided", what, choices[first-1])
	}
	return true
}

// made reports whether an event is the first that a choice brings about.
func made(e *sim.Event, c sim.Choice) bool {
	kinds := map[sim.What]sim.EventKind{
		sim.UserActs: sim.EventAct, sim.RequestArrives: sim.EventArrive, sim.DuplicateArrives: sim.EventArrive,
		sim.ReplyArrives: sim.EventReply, sim.ClientGivesUp: sim.EventTimeout, sim.TimerFires: sim.EventWake,
		sim.RequestBegins: sim.EventBegin, sim.DuplicateBegins: sim.EventBegin, sim.WriteVisible: sim.EventVisible,
	}
	switch c.What {
	case sim.UserActs:
		return e.Kind == kinds[c.What] && e.Action == c.N
	case sim.TimerFires:
		return e.Kind == kinds[c.What]
	case sim.SpanEnds:
		return e.Kind == sim.EventOffline || e.Kind == sim.EventOnline
	}
	return e.Kind == kinds[c.What] && e.Request.Number == c.N
}

// That no order ends otherwise is known of more orders than could be looked at, where
// their states can be counted.
func TestDecidedByStates(t *testing.T) {
	s := updates(12)
	for i := range s.Actions {
		s.Actions[i].At, s.Actions[i].Up, s.Actions[i].Down = time.Duration(i)*50*time.Millisecond, 80*time.Millisecond, 10*time.Millisecond
	}
	if d, _ := decide(t, s, "hold-outgoing", 1, 1_000); !d.Always || !d.Before.Complete || d.Before.Classes <= 1_000 {
		t.Errorf("held back: %+v", d)
	}
	if d, _ := decide(t, s, "naive", 1, 1_000); d.Always || d.Event < 0 {
		t.Errorf("at once: %+v", d)
	}
}

// That every order ends so for the same reasons is said where each has them, and of no
// other: with a double click every order ends wrong, held back, but not each with the
// saves of the opening that never leave.
func TestDecidedSharesItsReasons(t *testing.T) {
	opening, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	double := opening.Script.Copy()
	for _, at := range []time.Duration{150, 180} { // another person
		c := double.Actions[0]
		c.Number, c.Person, c.At, c.Up, c.Down = len(double.Actions)+1, 1, at*time.Millisecond, sim.Unpinned, sim.Unpinned
		double.Actions = append(double.Actions, c)
	}
	for _, c := range []struct {
		script *sim.Script
		seed   uint64
		name   string
		bound  int
		want   explore.Shared
	}{
		{found(t, "two-tabs"), 1, "naive", 20_000, explore.Each},
		{found(t, "lost-request"), 1, "naive", 20_000, explore.Each},
		{found(t, "failure-middle"), 1, "naive", 20_000, explore.NotEach},
		{double, opening.ReplaySeed(), "hold-outgoing", 20_000, explore.NotEach},
		{double, opening.ReplaySeed(), "hold-outgoing", 1, explore.Unsaid},
		{opening.Script, opening.ReplaySeed(), "naive", 20_000, explore.Unsaid},
	} {
		d, l := decide(t, c.script, c.name, c.seed, c.bound)
		if d.Shared != c.want {
			t.Errorf("%s, %d orders: %+v, want %d", c.name, c.bound, d, c.want)
		}
		if says := l.Turning.Every(l.Verdict); strings.Contains(says, "the rule itself") != (c.want == explore.Each) || strings.Contains(says, "not each") != (c.want == explore.NotEach) {
			t.Errorf("%s, %d orders: %q", c.name, c.bound, says)
		}
	}
}

func found(t *testing.T, name string) *sim.Script {
	s, err := scenarios.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return s.Script
}

// Past the bound nobody says where it was; and what nobody waits for says nothing.
func TestDecidedIsNotKnown(t *testing.T) {
	s := updates(4)
	if d, l := decide(t, s, "naive", 1, 3); !d.TooMany || d.Always || d.Event != -1 || l.Turning.Decided != -1 || !l.Turning.TooMany {
		t.Errorf("bounded: %+v", d)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if d := new(explore.Explorer).Decided(ctx, s, named(t, "naive"), 1, 0); d.TooMany || d.Always || d.Event != -1 {
		t.Errorf("cancelled: %+v", d)
	}
	if d := new(explore.Explorer).Decided(context.Background(), &sim.Script{}, named(t, "naive"), 1, 0); d.Always || d.Event != -1 {
		t.Errorf("of nothing: %+v", d)
	}
	if d, _ := decide(t, s, "naive", 1, 0); slices.Equal([]bool{d.TooMany, d.Always}, []bool{false, false}) == (d.Event < 0) {
		t.Errorf("unbounded: %+v", d)
	}
}
