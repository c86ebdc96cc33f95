package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/answer"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/session"
)

// on returns a desk on a scenario of the catalogue.
func on(t testing.TB, scenario string, names ...string) *Desk {
	t.Helper()
	s, err := scenarios.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(session.New(s, names, 1), strategies.Catalogue, false)
	if err != nil {
		t.Fatal(err)
	}
	d.Trials = trials
	return d
}

// all does all that is to be worked out.
func all(d *Desk) {
	for n := d.Results.next; n < len(d.Results.tasks); n++ {
		work(d, n, n+1)
	}
}

// TestSurvey: every strategy is counted, also those without a lane, and what is said
// of them is what their own lanes say; a proof is one.
func TestSurvey(t *testing.T) {
	testkit.Long(t, "it counts many orders")
	for _, name := range testkit.Part(scenarios.Names(), 2) {
		d := on(t, name, strategies.Default()...)
		d.Estimate()
		if n, of := d.SurveyedOf(); n != 0 || of != len(strategies.Catalogue)+1 {
			t.Fatalf("%s: %d of %d before anything is done", name, n, of)
		}
		if _, _, ok := d.Survivor(); ok {
			t.Errorf("%s: a survivor before anything is counted", name)
		}
		all(d)
		if !d.Surveyed() {
			t.Fatalf("%s: all is done, and not all is counted", name)
		}
		for _, row := range d.Survey() {
			if ordered := row.Orders.Classes > 0; ordered != (row.Odds.Bad() == 0) && !d.shown(row.Entry) {
				t.Errorf("%s, %s: %d bad runs, and nobody looks: orders counted %v", name, row.Entry.Name, row.Odds.Bad(), ordered)
			}
		}
		d.Wanted()
		all(d)
		for i, row := range d.Survey() {
			holds(t, d, name, row)
			odds, has := d.Results.Odds[row.Entry.Name]
			if !has && i%6 > 0 {
				continue
			}
			if !has {
				lane := on(t, name, row.Entry.Name)
				lane.Lineup = lane.Entries // it is counted of the others already
				lane.Estimate()
				all(lane)
				odds = lane.Results.Odds[row.Entry.Name]
				if r := lane.Results.Orders[row.Entry.Name]; r != row.Orders {
					t.Errorf("%s, %s: orders %+v, its lane has %+v", name, row.Entry.Name, row.Orders, r)
				}
				if lane.Lanes[0].Verdict != row.Replayed {
					t.Errorf("%s, %s: its trial ends %v, in its lane %v", name, row.Entry.Name, row.Replayed, lane.Lanes[0].Verdict)
				}
			}
			if odds != row.Odds {
				t.Errorf("%s, %s: odds %+v, its lane has %+v", name, row.Entry.Name, row.Odds, odds)
			}
		}
	}
}

// holds checks that what a row says is so, by counting again.
func holds(t *testing.T, d *Desk, scenario string, row answer.Row) {
	t.Helper()
	if !row.State().Safe() {
		return
	}
	s, e := d.Session.Script, row.Entry
	r := new(explore.Explorer).Count(t.Context(), s, e.For(s), explore.Bounds{Classes: LiveClasses})
	o := report.Estimate(t.Context(), s, e, report.Options{Seed: 1, Trials: d.Trials})
	_, found := new(judge.Judge).Run(new(sim.World), s, e.For(s), d.Session.Seed, sim.Options{})
	if !r.Complete || r.Bad() > 0 || r.Classes != row.Orders.Classes || o.Bad()+o.Verdicts[judge.Unknown] > 0 || found.Verdict > judge.Loud {
		t.Errorf("%s, %s is %v: %+v, %d bad runs, this one ends %v", scenario, e.Name, row.State(), r, o.Bad(), found.Verdict)
	}
	if row.State() == report.Proved && o.Verdicts[judge.Loud] > 0 {
		t.Errorf("%s, %s: the user is told something, and it is %v", scenario, e.Name, row.State())
	}
}

// TestSurveyStays: latencies, seeds and lanes change nothing of what has been
// counted; another click does, until it is taken back.
func TestSurveyStays(t *testing.T) {
	testkit.Alone(t)
	d := open(t)
	d.Estimate()
	all(d)
	was := d.Survey()
	d.Reseed(0)
	if o, known := d.Odds("naive"); !known || o.Trials != d.Trials {
		t.Error("the odds of a lane go with its latencies")
	}
	if n := len(d.Results.tasks); n != 3+3*len(d.Lanes) {
		t.Errorf("%d things are to be done of another seed: the margins, where they were decided, first runs that are known, a trial each, and what is left of orders", n)
	}
	d.Edit(d.Session.WithLanes([]string{"conflate", "naive+hold"}))
	if o, known := d.Odds("conflate"); !known || o.Trials != d.Trials || d.Results.Orders["conflate"].Classes == 0 {
		t.Error("a strategy that has been counted is counted again for its lane")
	}
	all(d)
	now := d.Survey()
	if len(now) != len(was)+1 || now[len(was)].Entry.Name != "naive+hold" || now[len(was)].Odds.Trials != d.Trials {
		t.Fatalf("%d rows with a composition that has a lane, %d before", len(now), len(was))
	}
	for i := range was {
		if was[i].Odds != now[i].Odds || was[i].Orders != now[i].Orders {
			t.Errorf("%s is another one", was[i].Entry.Name)
		}
	}
	task := d.task(0)
	d.Act(sim.Update)
	if msg := task(); msg != nil {
		t.Error("an older survey goes on")
	}
	if n, _ := d.SurveyedOf(); n != 0 {
		t.Errorf("%d are counted of a script that is new", n)
	}
	d.Undo(0)
	other := open(t)
	other.Counts = d.Counts
	other.Estimate()
	for i, row := range other.Survey() {
		if back := d.Row(row.Entry); back.Odds != was[i].Odds || back.Orders != was[i].Orders || row.Odds != was[i].Odds || row.Orders != was[i].Orders {
			t.Errorf("%s is counted again, after undo or by another desk with the same counts", row.Entry.Name)
		}
	}
}

// TestAddSurvivor: the answer gets the last lane, which is in view, in one step; and
// where that cannot be it is said why.
func TestAddSurvivor(t *testing.T) {
	testkit.Alone(t)
	d := open(t)
	d.Estimate()
	says := func(want string) {
		t.Helper()
		was := len(d.Session.Strategies)
		if d.Message = ""; d.AddSurvivor() != nil && len(d.Session.Strategies) != was {
			t.Errorf("there is another lane, and not %q", want)
		}
		if !strings.Contains(d.Message, want) {
			t.Errorf("%q, want %q", d.Message, want)
		}
	}
	says(fmt.Sprintf("still counting who survives this: 0 of %d", len(d.Listed())))
	all(d)
	name, state, ok := d.Survivor()
	if best, _ := answer.Best(d.Survey()); !ok || !state.Safe() || name != best.Entry.Name {
		t.Fatalf("%s, %v, %v", name, state, ok)
	}
	d.Message = ""
	d.AddSurvivor()
	if last := d.Session.Strategies[6]; last != name || d.Session.Lane != 6 || len(d.Lanes) != 7 || d.Message != "" {
		t.Errorf("lanes %v, %d in view, %q", d.Session.Strategies, d.Session.Lane, d.Message)
	}
	all(d) // the trial in view of each
	d.Session.Lane = 0
	says(name + " has a lane already")
	if d.Session.Lane != 6 {
		t.Error("and it does not come into view")
	}
	d.Undo(0)
	if len(d.Session.Strategies) != 6 {
		t.Error("it is more than one step")
	}
	names := slices.DeleteFunc(strategies.Names(), func(n string) bool { return n == name })[:session.MaxLanes]
	d.Edit(d.Session.WithLanes(names))
	all(d)
	says("24 lanes are as many as there can be")

	d = on(t, "lost-create-answer", "naive", "optimistic-lock")
	d.Estimate()
	all(d)
	if name, _, ok := d.Survivor(); ok {
		t.Fatalf("%s survives", name)
	}
	says("there is none that is proved to lose nothing")
	d.Session.Script = &sim.Script{}
	d.Estimate()
	says("nothing has happened yet")
	if len(d.Results.tasks) > 0 || d.Surveyed() || d.AddSurvivor() != nil {
		t.Error("there is something to do where nothing has happened")
	}
}

// TestSurveyOfGuests: on somebody else's machine a survey begins when it is looked
// at, and waits for its turn.
func TestSurveyOfGuests(t *testing.T) {
	testkit.Alone(t)
	d := open(t)
	turns := 0
	d.Guest = func(work func()) { turns++; work() }
	d.Estimate()
	all(d)
	if n, _ := d.SurveyedOf(); n != len(d.Lanes) {
		t.Errorf("%d have been counted that nobody has looked at", n)
	}
	for cmd := d.Wanted(); cmd != nil; {
		cmd, _ = d.Take(cmd())
	}
	if !d.Surveyed() || turns < 30 || d.Wanted() != nil {
		t.Errorf("surveyed %v, in %d turns", d.Surveyed(), turns)
	}
}

// TestCount: what somebody looks at besides is counted too, as long as they do.
func TestCount(t *testing.T) {
	d := open(t)
	d.Estimate()
	e, err := d.Lineup.Find("naive+hold-per-person")
	if err != nil {
		t.Fatal(err)
	}
	d.Wanted()
	if cmd := d.Count([]strategies.Entry{e}); cmd != nil {
		t.Error("it is begun beside the others")
	}
	all(d)
	if row := d.Row(e); !d.Surveyed() || row.Odds.Trials != d.Trials || !row.Orders.Complete {
		t.Errorf("%+v", row)
	}
	again, _ := d.Lineup.Find("callbacks+hold")
	cmd := d.Count([]strategies.Entry{e, again})
	if d.Surveyed() || cmd == nil {
		t.Fatal("nothing is begun")
	}
	for cmd != nil {
		cmd, _ = d.Take(cmd())
	}
	if !d.Surveyed() {
		t.Error("it is not counted")
	}
	if d.Count(nil); len(d.Listed()) != len(strategies.Catalogue)+1 {
		t.Errorf("%d are listed still", len(d.Listed()))
	}
}

// TestSurveyEnds: nothing is awaited when all has been counted.
func TestSurveyEnds(t *testing.T) {
	testkit.Alone(t)
	d := open(t)
	var run func(cmd tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		switch msg := cmd().(type) {
		case tea.BatchMsg:
			for _, cmd := range msg {
				run(cmd)
			}
		default:
			cmd, _ := d.Take(msg)
			run(cmd)
		}
	}
	within, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	run(d.Estimate())
	if !d.Surveyed() || within.Err() != nil {
		t.Error("it does not end")
	}
}

// BenchmarkSurvey is what passes between a key and the survey of all strategies; a
// desk has done it when six lanes and all others have been counted.
func BenchmarkSurvey(b *testing.B) {
	for _, name := range testkit.Some([]string{"create-then-two-updates", "typing-burst"}, 1) {
		b.Run(name, func(b *testing.B) {
			d := on(b, name, strategies.Default()...)
			for b.Loop() {
				d.survey.of = nil
				d.Estimate()
				all(d)
			}
		})
	}
}
