package sim_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestForeign: a client that says itself what it does is the client that asks us
// to do it, in the ledger, the verdict, and the orders.
func TestForeign(t *testing.T) {
	own, err := strategies.Find("naive")
	if err != nil {
		t.Fatal(err)
	}
	property.Check(t, func(t *rapid.T) {
		script, seed := drawScript(t), rapid.Uint64().Draw(t, "seed")
		if script.Habits()&sim.Closes != 0 {
			return // no client of a user's own is closed
		}
		script.Network.Connections = 0 // naive's create takes what is there when a connection is
		for i := range script.Actions {
			if a := &script.Actions[i]; a.Status < 500 {
				a.Status = 0 // of theirs it is met by every request in which the value rides
			}
		}
		var w, x sim.World
		var j, k judge.Judge
		a, found := j.Run(&w, script, own.For(script), seed, sim.Options{})
		b, other := k.Run(&x, script, new(testkit.Stranger), seed, sim.Options{})
		if diff := differ(script, a, b); diff != "" {
			t.Fatalf("ours, and theirs:\n%s", diff)
		}
		if diff := cmp.Diff(found, other, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("judged (-ours +theirs):\n%s", diff)
		}
		if len(script.Actions) > 3 {
			return
		}
		count := func(s sim.Strategy) explore.Result { return testkit.Orders(script, s, 2000) }
		if diff := cmp.Diff(count(own.For(script)), count(new(testkit.Stranger))); diff != "" {
			t.Fatalf("orders (-ours +theirs):\n%s", diff)
		}
	})
}

// failing cannot go on after its first click.
type failing struct{ testkit.Stranger }

var errBroken = errors.New("it ended (exit 3)")

func (f *failing) Act(*sim.Client, *sim.Action) { f.Host.Fail(errBroken) }

// TestForeignFails: a client that cannot go on is no verdict and no proof.
func TestForeignFails(t *testing.T) {
	script := &sim.Script{Fields: []string{"name"}, Values: []any{"a"}, Actions: []sim.Action{
		{Number: 1, Do: sim.Create, Sets: 1, Up: sim.Unpinned, Down: sim.Unpinned},
	}}
	var w sim.World
	var j judge.Judge
	l, found := j.Run(&w, script, new(failing), 1, sim.Options{})
	if l.Failed != errBroken || found.Verdict != judge.Unknown {
		t.Errorf("failed %v, %v", l.Failed, found.Verdict)
	}
	var e explore.Explorer
	if r := e.Count(t.Context(), script, new(failing), explore.Bounds{}); r.Failed != errBroken || r.RaceFree() || r.Complete {
		t.Errorf("orders: %+v", r)
	}
	if found, all := e.Shortest(t.Context(), script, new(failing), explore.Bounds{}); found != nil || all {
		t.Errorf("the shortest bad order: %v, and it is said to be the only one", found)
	}
}

// stopped has the third trial of a stranger stop whoever has it run.
type stopped struct {
	testkit.Stranger
	trials int
	stop   func()
}

func (s *stopped) Reset() { s.Stranger.Reset() }

func (s *stopped) Start(h *sim.Host, view int) {
	if s.trials++; s.trials == 3 {
		s.stop()
	}
	s.Stranger.Start(h, view)
}

// TestForeignStops: whoever counts the orders of a client that is slow looks at the
// clock at each of them.
func TestForeignStops(t *testing.T) {
	script := &sim.Script{Fields: []string{"name"}, Values: []any{"a", "b"}, Given: true}
	for n := range 2 {
		a := sim.Action{Number: n + 1, Do: sim.Update, At: time.Duration(n) * ms, Sets: 1, Up: sim.Unpinned, Down: sim.Unpinned}
		a.Values[0] = sim.ValueID(n)
		script.Actions = append(script.Actions, a)
	}
	ctx, stop := context.WithCancel(t.Context())
	s := &stopped{stop: stop}
	var e explore.Explorer
	if r := e.Count(ctx, script, s, explore.Bounds{}); r.Complete || s.trials > 4 {
		t.Errorf("%d trials, complete %v", s.trials, r.Complete)
	}
}

// waiter posts an edit when a timer has fired that its click set; each answer
// sets one more, and so does a timer that asks in vain.
type waiter struct {
	testkit.Stranger
	click, answer, ask time.Duration
	waits              map[int]*sim.Action // by timer
}

func (s *waiter) Reset() { s.waits = map[int]*sim.Action{} }

func (s *waiter) Act(_ *sim.Client, a *sim.Action) {
	s.waits[s.Host.After(s.click, a)] = a
	if s.ask > 0 {
		s.Host.After(s.ask, a)
	}
}

func (s *waiter) Wake(_ *sim.Client, t sim.Timer) {
	a, posts := s.waits[t.Number]
	delete(s.waits, t.Number)
	switch {
	case posts && a == nil: // an answer's
		s.Host.Stir()
	case posts:
		s.Host.Send(testkit.Saves(a, 1))
	case len(s.waits) > 0:
		s.Host.After(s.ask, t.Action)
	default:
		s.Host.Stir()
	}
}

func (s *waiter) Reply(_ *sim.Client, r *sim.Reply) {
	if s.answer > 0 {
		s.waits[s.Host.After(s.answer, r.First())] = nil
	}
}

// TestForeignTimers: of two timers the one that was set no later and for no longer
// fires first; between others anything can happen, also if one that asks in vain
// is among them.
func TestForeignTimers(t *testing.T) {
	script := &sim.Script{Fields: []string{"name"}, Values: []any{"a", "b"}, Given: true}
	for n := range 2 {
		a := sim.Action{Number: n + 1, Do: sim.Update, At: time.Duration(n) * 10 * ms, Sets: 1, Up: sim.Unpinned, Down: sim.Unpinned}
		a.Values[0] = sim.ValueID(n)
		script.Actions = append(script.Actions, a)
	}
	for _, test := range []struct {
		name         string
		w            waiter
		never, comes string // two timers in this order
	}{
		{"clicks alike", waiter{click: 500 * ms}, "t2 t1", "t1 t2"},
		{"an answer's is shorter", waiter{click: 500 * ms, answer: 100 * ms}, "", "t3 t2"},
		{"one asks in vain", waiter{click: 500 * ms, ask: 50 * ms}, "t3 t1", "t2 t1"},
		{"beyond the horizon", waiter{click: time.Minute}, "t1 t2", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var e explore.Explorer
			orders := map[string]bool{}
			for c := range e.Classes(script, &test.w) {
				if c.Failed != nil {
					t.Fatal(c.Failed)
				}
				var fired []string
				for _, choice := range c.Choices {
					if choice.What == sim.TimerFires {
						fired = append(fired, choice.String())
					}
				}
				for i := range fired {
					for k := range fired[:i] {
						orders[fired[k]+" "+fired[i]] = true
					}
				}
			}
			if orders[test.never] || test.comes != "" && !orders[test.comes] {
				t.Errorf("%v: %q comes and %q never does", orders, test.comes, test.never)
			}
		})
	}
}

// TestErrand: what a client reads by itself is called after its cause, and judged
// by what it takes off the screen.
func TestErrand(t *testing.T) {
	slow, err := sim.NewLatency(sim.Constant, 0, 50*ms)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(n int, at, up time.Duration) sim.Action {
		a := sim.Action{Number: n, Do: sim.Update, At: at, Sets: 1, Up: up, Down: sim.Unpinned}
		a.Values[0] = sim.ValueID(n - 1)
		return a
	}
	for _, test := range []struct {
		name    string
		at, up  time.Duration // of the second edit
		verdict judge.Verdict
		says    string
	}{
		{"pressed after it asked", 80 * ms, 100 * ms, judge.Wrong, "the late answer to f·u1 replaced newer edit u2"},
		{"pressed after it was shown", 300 * ms, 10 * ms, judge.OK, ""},
		{"pressed before it asked, and not read", 20 * ms, 300 * ms, judge.Wrong, "f·u1 does not show u2, pressed before it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			script := &sim.Script{
				Fields: []string{"name"}, Values: []any{"a", "b"}, Given: true, GivenSets: 1,
				Network: sim.Network{Up: slow, Down: slow},
				Actions: []sim.Action{edit(1, 0, 10*ms), edit(2, test.at, test.up)},
			}
			var w sim.World
			var j judge.Judge
			l, found := j.Run(&w, script, &testkit.Stranger{Rereads: true}, 1, sim.Options{Trace: true})
			told := l.Script(script)
			var says []string
			for _, a := range found.Anomalies {
				says = append(says, a.Says(told))
			}
			if found.Verdict != test.verdict || len(says) > 0 != (test.says != "") || len(says) > 0 && says[0] != test.says {
				t.Errorf("%v: %q\n%s", found.Verdict, says, tell(told, w.Trace().Events))
			}
		})
	}
}

// TestErrandsAreTimed: an order in which a client read by itself has times like any
// other.
func TestErrandsAreTimed(t *testing.T) {
	script := &sim.Script{Fields: []string{"name"}, Values: []any{"a"}, Given: true, GivenSets: 1, Actions: []sim.Action{
		{Number: 1, Do: sim.Update, Sets: 1, Up: sim.Unpinned, Down: sim.Unpinned},
	}}
	if _, ok := explore.Pin(script, &testkit.Stranger{Rereads: true}, explore.ParseSchedule("u1 u1> <u1 f·u1> <f·u1")); !ok {
		t.Error("with the read there are none")
	}
	if _, ok := explore.Pin(script, new(testkit.Stranger), explore.ParseSchedule("u1 u1> <u1")); !ok {
		t.Error("without the read there are none")
	}
}

// wearing fails in every trial from the nth on.
type wearing struct {
	testkit.Stranger
	trials, n int
}

func (s *wearing) Act(c *sim.Client, a *sim.Action) {
	if s.trials >= s.n {
		s.Host.Fail(errBroken)
		return
	}
	s.Stranger.Act(c, a)
}

func (s *wearing) Start(h *sim.Host, view int) {
	s.trials++
	s.Stranger.Start(h, view)
}

// TestShortestOfWhatFails: a client may fail while an order is written down that it
// has just shown.
func TestShortestOfWhatFails(t *testing.T) {
	script := &sim.Script{Fields: []string{"name"}, Values: []any{"a", "b"}, Given: true, GivenSets: 1}
	for n := range 2 {
		a := sim.Action{Number: n + 1, Do: sim.Update, Sets: 1, Up: sim.Unpinned, Down: sim.Unpinned}
		a.Values[0] = sim.ValueID(n)
		script.Actions = append(script.Actions, a)
	}
	found := false
	for n := 1; n < 40 && !found; n++ {
		var e explore.Explorer
		bad, complete := e.Shortest(t.Context(), script, &wearing{n: n}, explore.Bounds{})
		if bad == nil && complete {
			t.Errorf("it fails in trial %d, and yet no order is bad", n)
		}
		found = bad != nil && complete
	}
	if !found {
		t.Error("no order is bad")
	}
}

// unsure is a stranger of whose every save nobody can tell which click it carries.
type unsure struct{ testkit.Stranger }

func (s *unsure) Act(c *sim.Client, a *sim.Action) {
	s.Host.Read(2)
	s.Stranger.Act(c, a)
}

// TestReadingsOfASchedule: whoever chooses what happens next chooses it in each
// reading.
func TestReadingsOfASchedule(t *testing.T) {
	script := &sim.Script{Fields: []string{"name"}, Values: []any{"a"}, Given: true, GivenSets: 1, Actions: []sim.Action{
		{Number: 1, Do: sim.Update, Sets: 1, Up: sim.Unpinned, Down: sim.Unpinned},
	}}
	var w sim.World
	var j judge.Judge
	c := explore.ParseSchedule("u1 u1> <u1").Chooser()
	l, found := j.Run(&w, script, new(unsure), 1, sim.Options{Chooser: c})
	if err := c.Unused(); err != nil || l.Fates[1].Replied == 0 || found.Verdict != judge.OK {
		t.Errorf("%v, replied %d: %v", found.Verdict, l.Fates[1].Replied, err)
	}
}
