package desk_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/internal/testkit"
	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
	"photofinish/tui/desk"
	"photofinish/tui/page/pagetest"
	"photofinish/tui/session"
)

// own is a desk of which the last lane is the user's own. What it asks
// for in the background waits until the test has it done.
type own struct {
	*desk.Desk
	ours    *pagetest.Own
	pending []tea.Cmd
	seen    func() // called after each result
}

func open(t *testing.T, ours *pagetest.Own, names ...string) *own {
	t.Helper()
	o := sit(t, ours, names...)
	o.await(o.Estimate())
	return o
}

// sit returns a desk with a client of the user's own, for which nothing is done yet.
func sit(t *testing.T, ours *pagetest.Own, names ...string) *own {
	t.Helper()
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	lineup := append(slices.Clip(strategies.Catalogue), ours.Entry())
	d, err := desk.New(session.New(s, append(names, ours.Name), 1), lineup, false)
	if err != nil {
		t.Fatal(err)
	}
	pagetest.Few(d)
	t.Cleanup(d.Leave)
	return &own{Desk: d, ours: ours}
}

func (o *own) await(cmd tea.Cmd) {
	if cmd != nil {
		o.pending = append(o.pending, cmd)
	}
}

// work does what waits, and what comes of it, until nothing does.
func (o *own) work() {
	cmd := tea.Batch(o.pending...)
	o.pending = nil
	pagetest.Work(func(msg tea.Msg) tea.Cmd {
		cmd, _ := o.Take(msg)
		if o.seen != nil {
			o.seen()
		}
		return cmd
	}, cmd)
}

// lane returns that of the user's own client.
func (o *own) lane() *diagram.Lane { return o.Lanes[len(o.Lanes)-1] }

// TestOwnLaneWaits: a lane of the user's own is there at once, and says that it
// waits; what it had stays until the new trial is there.
func TestOwnLaneWaits(t *testing.T) { synctest.Test(t, ownLaneWaits) }

func ownLaneWaits(t *testing.T) {
	o := open(t, &pagetest.Own{Name: "ours"}, "naive")
	if n := o.ours.Trials.Load(); n != 0 || !o.lane().Waiting || len(o.lane().Events) > 0 || len(o.Lanes[0].Events) == 0 {
		t.Fatalf("before anything is worked: %d trials, %d events, waiting %v", n, len(o.lane().Events), o.lane().Waiting)
	}
	if st := o.lane().At(diagram.Forever); !st.Open {
		t.Errorf("nothing is known, and it says %+v", st)
	}
	o.work()
	first := o.lane()
	if first.Waiting || first.Name != "ours" || !first.Verdict.Bad() {
		t.Fatalf("waiting %v, %s %v", first.Waiting, first.Name, first.Verdict)
	}
	o.await(o.Act(sim.Delete))
	if o.lane() != first || !first.Waiting || o.Lanes[0].Waiting {
		t.Error("an edit takes away what was there, or does not say that it is old")
	}
	o.work()
	if o.lane() == first || o.lane().Waiting || len(o.lane().Script.Actions) != 4 {
		t.Error("the trial of the edit is not there")
	}
	was := o.ours.Trials.Load()
	o.await(o.Show(o.Session.NextField()))
	if o.work(); o.ours.Trials.Load() != was || o.lane().Field != o.Session.Field {
		t.Error("another field is another trial")
	}
	if o.ours.Overlap.Load() {
		t.Error("two trials at once")
	}
}

// TestOwnTrialsOfOldEdits: while a trial runs nothing else of that client does, and
// what it comes to is dropped if an edit has come in between.
func TestOwnTrialsOfOldEdits(t *testing.T) { synctest.Test(t, ownTrialsOfOldEdits) }

func ownTrialsOfOldEdits(t *testing.T) {
	gate := make(chan struct{})
	o := open(t, &pagetest.Own{Name: "ours", Gate: gate})
	results := make(chan tea.Msg)
	next := func(cmd tea.Cmd) { // as the program does it
		var run func(tea.Cmd)
		run = func(cmd tea.Cmd) {
			if cmd == nil {
				return
			}
			go func() {
				switch msg := cmd().(type) {
				case nil:
				case tea.BatchMsg:
					for _, cmd := range msg {
						run(cmd)
					}
				default:
					if fmt.Sprintf("%T", msg) != "desk.ownMsg" {
						return // of the survey of all others
					}
					select {
					case results <- msg:
					case <-t.Context().Done():
					}
				}
			}()
		}
		run(cmd)
	}
	next(o.pending[0])
	gate <- struct{}{} // the first trial is under way, and goes on
	msg := <-results
	for range 3 {
		next(o.Act(sim.Update)) // an edit each, before the result is looked at
	}
	synctest.Wait()
	if n := o.ours.Trials.Load(); n != 1 {
		t.Fatalf("%d trials have begun while one was on its way", n)
	}
	cmd, own := o.Take(msg)
	if !own || !o.lane().Waiting || len(o.lane().Events) > 0 {
		t.Fatalf("own %v, waiting %v with %d events: that was of an older script", own, o.lane().Waiting, len(o.lane().Events))
	}
	next(cmd)
	gate <- struct{}{}
	o.Take(<-results)
	if o.lane().Waiting || len(o.lane().Script.Actions) != 6 {
		t.Errorf("waiting %v, of %d actions", o.lane().Waiting, len(o.lane().Script.Actions))
	}
	if o.ours.Overlap.Load() {
		t.Error("two trials at once")
	}
	close(gate)
}

// TestOwnOddsRefine: the odds of a client of the user's own get better step by step,
// and orders come in between.
func TestOwnOddsRefine(t *testing.T) {
	testkit.Alone(t)
	synctest.Test(t, ownOddsRefine)
}

func ownOddsRefine(t *testing.T) {
	o := sit(t, &pagetest.Own{Name: "ours"}, "naive")
	o.Trials, o.Counts = 1_500, new(desk.Counts)
	o.await(o.Estimate())
	var trials []int
	ordersAt := 0
	o.seen = func() {
		if odds, known := o.Odds("ours"); known && !slices.Contains(trials, odds.Trials) {
			trials = append(trials, odds.Trials)
		}
		if _, known := o.Results.Orders["ours"]; known && ordersAt == 0 {
			ordersAt = len(trials)
		}
	}
	o.work()
	o.seen = nil
	if want := []int{64, 256, 1_024, o.Trials}; !slices.Equal(trials, want) || ordersAt != 3 {
		t.Errorf("odds of %v trials, and orders after %d of them", trials, ordersAt)
	}
	naive, _ := o.Odds("naive")
	if odds, _ := o.Odds("ours"); odds.Verdicts != naive.Verdicts || odds.FirstBad != naive.FirstBad || odds.Kinds != naive.Kinds {
		t.Errorf("%+v, and naive %+v", odds, naive)
	}
	if _, known := o.Results.Margin["ours"]; known {
		t.Error("it is said what would turn it, which takes too many trials")
	}
	was := o.ours.Trials.Load()
	o.await(o.Reseed(0))
	o.await(o.Reseed(0))
	o.work() // the pins go with the first one: other odds; with the second only the trial is another
	again := o.ours.Trials.Load() - was
	o.await(o.Reseed(0))
	if o.work(); o.ours.Trials.Load()-was-again != 1 {
		t.Errorf("another seed has the odds worked out anew: %d trials", o.ours.Trials.Load()-was-again)
	}
}

// TestOwnLaneFails: why it fails stands in the lane, in one clean line, and the
// others go on.
func TestOwnLaneFails(t *testing.T) {
	testkit.Alone(t)
	synctest.Test(t, ownLaneFails)
}

func ownLaneFails(t *testing.T) {
	o := open(t, &pagetest.Own{Name: "ours", Fails: errors.New("it ended (exit 3):\n\x1b[31mboom")}, "naive")
	o.work()
	st := o.lane().At(0)
	if st.Open || st.Kind != "failed" || st.Says != `it ended (exit 3):\n\x1b[31mboom` {
		t.Errorf("%+v", st)
	}
	if n := o.ours.Trials.Load(); n != 1 {
		t.Errorf("%d trials of what fails in the first", n)
	}
	if odds, known := o.Odds("naive"); !known || odds.Trials != pagetest.Trials {
		t.Error("the other lane has no odds")
	}
}

// TestOwnMissing: a lane that the lineup lacks says what to do about it.
func TestOwnMissing(t *testing.T) {
	testkit.Alone(t)
	synctest.Test(t, ownMissing)
}

func ownMissing(t *testing.T) {
	o := open(t, &pagetest.Own{Name: "theirs"}, "naive")
	o.await(o.Edit(o.Session.WithLanes([]string{"naive", "ours"})))
	o.work()
	if st := o.lane().At(0); st.Says != "ours is not here: --client ours=FILE" {
		t.Errorf("%+v", st)
	}
	named := *o.Session.Scenario
	named.File = "races/own.yaml"
	named.Clients = []scenarios.Program{{Name: "mine", File: "src/save.tsx"}}
	o.Session.Scenario = &named
	o.await(o.Edit(o.Session.WithLanes([]string{"naive", "mine"})))
	o.work()
	if st := o.lane().At(0); st.Says != "mine is not here: --client mine=./races/src/save.tsx" {
		t.Errorf("%+v", st)
	}
	came := pagetest.Own{Name: "mine"}
	cmd, own := o.Take(desk.Reloaded{Entry: came.Entry()})
	o.await(cmd)
	if o.work(); !own || o.lane().Failed != "" || came.Trials.Load() == 0 {
		t.Errorf("it has come, and the lane says %+v", o.lane().At(0))
	}
}

// TestReloaded: another program in the place of one runs again, and what the old
// one is still at is dropped.
func TestReloaded(t *testing.T) {
	testkit.Alone(t)
	synctest.Test(t, reloaded)
}

func reloaded(t *testing.T) {
	o := open(t, &pagetest.Own{Name: "ours"}, "naive")
	o.work()
	first, odds := o.lane(), o.Results.Odds["ours"]
	o.await(o.Act(sim.Update)) // of the old program
	other := pagetest.Own{Name: "ours", Again: true}
	cmd, _ := o.Take(desk.Reloaded{Entry: other.Entry()})
	o.await(cmd)
	if !o.lane().Waiting || o.lane() != first {
		t.Error("what there was is gone before the new one is there")
	}
	if _, known := o.Odds("ours"); known {
		t.Error("odds of the old program are those of the new one")
	}
	o.work()
	drops := slices.ContainsFunc(o.lane().Events, func(e sim.Event) bool { return e.Reason == "it does nothing" })
	if is := o.Results.Odds["ours"]; !drops || is.Trials != odds.Trials || is == odds || o.lane().Waiting {
		t.Errorf("the lane is not of the new program: %v, %d trials", drops, is.Trials)
	}
	cmd, _ = o.Take(desk.Reloaded{Entry: strategies.Entry{Name: "ours"}, Err: errors.New("save.tsx:3:1: \x1bno")})
	o.await(cmd)
	if o.work(); o.lane().At(time.Second).Says != `save.tsx:3:1: \x1bno` || !strings.Contains(o.Trouble("ours"), "save.tsx:3") {
		t.Errorf("it cannot be read, and the lane says %+v", o.lane().At(time.Second))
	}
	cmd, _ = o.Take(desk.Reloaded{Entry: other.Entry()})
	o.await(cmd)
	if o.work(); o.lane().Failed != "" || o.Trouble("ours") != "" {
		t.Error("it can be read again, and the lane does not say so")
	}
}

// TestOwnUnsound: of a client that does not do the same twice no order is counted.
func TestOwnUnsound(t *testing.T) {
	testkit.Alone(t)
	synctest.Test(t, ownUnsound)
}

func ownUnsound(t *testing.T) {
	o := open(t, &pagetest.Own{Name: "ours"}, "naive")
	o.Sound = func(s *scenarios.Scenario, e strategies.Entry) error {
		if s.Script != o.Session.Script || e.Name != "ours" {
			t.Errorf("asked of %s, and of another script", e.Name)
		}
		return errors.New("it differs")
	}
	o.work()
	r, known := o.Results.Orders["ours"]
	if !known || r.RaceFree() || r.Classes != 0 || !strings.Contains(o.Trouble("ours"), "it differs") {
		t.Errorf("%+v, and the lane says %q", r, o.Trouble("ours"))
	}
}
