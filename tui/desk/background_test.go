package desk

import (
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/session"
)

// work does in the foreground what the program does in the background after a
// change: the tasks from first on, before last.
func work(d *Desk, first, last int) {
	for n := first; n < last; n++ {
		if cmd := d.task(n); cmd != nil {
			if msg, ok := cmd().(resultMsg); ok {
				d.Take(msg)
			}
		}
	}
}

// trials is how many odds are of in tests: what is done with them does not hang on it.
const trials = 200

// open returns a desk with the scenario of a queue whose drain inverts.
func open(t testing.TB) *Desk {
	t.Helper()
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(session.New(s, strategies.Default(), 1), strategies.Catalogue, false)
	if err != nil {
		t.Fatal(err)
	}
	d.Session.Lane, d.Trials = 2, trials
	return d
}

func TestResults(t *testing.T) {
	testkit.Alone(t)
	d := open(t)
	d.Trials = roughTrials + 500
	d.Estimate()
	work(d, 0, 1)
	for _, l := range d.Lanes {
		if o, ok := d.Odds(l.Name); !ok || o.Trials != roughTrials {
			t.Errorf("%s: %d trials after the first task, want %d", l.Name, o.Trials, roughTrials)
		}
	}
	work(d, 1, len(d.Results.tasks))
	for _, l := range d.Lanes {
		if o, _ := d.Odds(l.Name); o.Trials != d.Trials {
			t.Errorf("%s: %d trials, want %d", l.Name, o.Trials, d.Trials)
		}
		if r, ok := d.Results.Orders[l.Name]; !ok || !r.Complete {
			t.Errorf("%s: no orders", l.Name)
		}
	}
	if got, want := d.Results.Margin["action-queue"], "90 ms less on u2's way up, and it would end ok"; got != want {
		t.Errorf("margin %q, want %q", got, want)
	}
	if cmd := d.task(len(d.Results.tasks)); cmd != nil {
		t.Error("there is always more to do")
	}
}

// A spinner turns only where something is late, and stops when all is known.
func TestSpinner(t *testing.T) {
	d := open(t)
	d.Estimate()
	if d.Results.spinner() != "" {
		t.Error("a spinner before anything is late")
	}
	if cmd := d.Results.wait(lateMsg{d.Results.job - 1}); cmd != nil || d.Results.spinner() != "" {
		t.Error("an older job turns the spinner")
	}
	if cmd := d.Results.wait(lateMsg{d.Results.job}); cmd == nil || d.Results.spinner() == "" {
		t.Error("nothing turns though results are late")
	}
	work(d, 0, len(d.Results.tasks))
	if cmd := d.Results.wait(lateMsg{d.Results.job}); cmd != nil {
		t.Error("the spinner goes on for ever")
	}
}

// BenchmarkLiveOdds is what passes between a key press and the odds of six
// lanes, of 1,000 trials each and then of 10,000.
func BenchmarkLiveOdds(b *testing.B) {
	for _, part := range []struct {
		name string
		last int
	}{{"rough", 1}, {"10000", 19}, {"all", 25}} {
		b.Run(part.name, func(b *testing.B) {
			d := open(b)
			for b.Loop() {
				d.Estimate()
				work(d, 0, part.last)
			}
		})
	}
}

func TestStaleOddsAreDropped(t *testing.T) {
	d := open(t)
	d.Act(sim.Update)
	all := report.Odds{Trials: 10_000, Verdicts: [5]int{judge.Wrong: 10_000}}
	d.Take(resultMsg{job: d.Results.job - 1, note: func(r *Results) { r.Odds["naive"] = all }})
	if _, known := d.Odds("naive"); known {
		t.Error("odds of an older script are shown")
	}
	half := report.Odds{Trials: 10_000, Verdicts: [5]int{judge.Wrong: 5_000, judge.OK: 5_000}}
	d.Take(resultMsg{job: d.Results.job, note: func(r *Results) { r.Odds["naive"] = half }})
	if o, known := d.Odds("naive"); !known || o.Bad() != 5_000 {
		t.Error("odds of this script are not shown")
	}
}
